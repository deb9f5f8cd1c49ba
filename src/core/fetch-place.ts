/** A part of a private server that the operator lets sources be read from: `host:port/path/` of LEDE_FETCH_ALLOW. */
export interface FetchPlace {
  /** As URLs spell it: `http://host:port` tells nothing of the scheme, which may be either. */
  hostname: string;
  port: string;
  /** Begins and ends with a slash. */
  path: string;
}

/**
 * By whose right an address is read: "member" is a link that somebody gives in a chat, whoever they are there;
 * "moderator" is what the operator or a moderator set up (sources, their articles and hubs, signed webhooks), and the operator
 * at the page or in a shell. Private servers are read for the second alone, redirects included.
 */
export type FetchRight = "member" | "moderator";

/** What servers decode or cut away after Lede has compared: an encoded dot, slash, backslash, percent sign or NUL. */
const ENCODED = /%(?:2e|2f|5c|25|00)/i;

/** An entry of the list, null where it is none. Without a path it means the whole server. */
export function fetchPlace(entry: string): FetchPlace | null {
  const [, port] = /^[^/]*:(\d{1,5})(?:\/|$)/.exec(entry) ?? [];
  const url = URL.parse(`http://${entry}`);
  if (port === undefined || url === null || url.username !== "" || url.search !== "" || url.hash !== "")
    return null;
  if (!isPlainPath(url.pathname)) return null;
  const path = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
  return { hostname: url.hostname, port: String(Number(port)), path };
}

/** Whether a URL lies in one of the places, compared as the URL standard writes both. */
export function isIn(places: readonly FetchPlace[], url: URL): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return places.some(
    (place) =>
      place.hostname === url.hostname &&
      place.port === port &&
      (place.path === "/" || (isPlainPath(url.pathname) && `${url.pathname}/`.startsWith(place.path))),
  );
}

/** Whether every server reads the same path in it: no `//`, no `..;`, nothing encoded that would be another segment. */
function isPlainPath(pathname: string): boolean {
  const segments = pathname.split("/").slice(1);
  return (
    !ENCODED.test(pathname) &&
    segments.every((segment, at) => isPlainSegment(segment, at === segments.length - 1))
  );
}

function isPlainSegment(segment: string, last: boolean): boolean {
  return segment === "" ? last : !segment.startsWith("..") && !segment.includes("\\");
}
