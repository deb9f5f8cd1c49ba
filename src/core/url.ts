import normalizeUrl from "normalize-url";

/**
 * Parameters that say where a reader came from, never which page is shown. Checked against links of real news sites;
 * names that some sites use for the page itself (id, p, story, article, page, v, q, ref_id) must stay out.
 */
const TRACKING_PARAMETERS = [
  /^utm_/i,
  /^(?:fbclid|gclid|gclsrc|dclid|msclkid|twclid|ttclid|yclid|igshid|igsh|gbraid|wbraid|li_fat_id|srsltid)$/i,
  /^fb_(?:action_ids|action_types|ref|source)$/i,
  /^(?:mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hstc|__hssc|hsCtaTracking|vero_id|oly_anon_id|oly_enc_id|trk_contact)$/i,
  /^(?:ref|ref_src|ref_url|referrer|referer|source_ref|share_ref)$/i,
  /^at_(?:medium|campaign|custom\d?|link_\w+|format|ptr_name|bbc_team|creation)$/i,
  /^ns_(?:mchannel|source|campaign|linkname|fee)$/i,
  /^(?:cmp|icid|ito|ocid|ncid|cmpid|smid|smtyp|smprod|partner_id|cid_source|wt_mc|wt_zmc|xtor|xtref|sref|feature)$/i,
  /^(?:_ga|_gl|gaa_\w+|__twitter_impression|__s|_openstat|spm|scm|rss|chn|taid|guccounter|guce_referrer\w*)$/i,
  /^(?:share|shared|sharetype|share_id|smcid|socialshare|via|from_source|amp|outputtype)$/i,
  /^(?:pk|piwik|mtm|matomo|hmb|stm|itm|pf_rd)_\w+$/i,
];

/** Host prefixes under which a site shows the same page again; the look-ahead spares `m.com`. */
const SAME_SITE_PREFIX = /^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)/;

/** A link ends before these; CJK and full-width marks follow a link without a space. */
const LINK =
  /https?:\/\/[^\s<>"`{}|\\^\p{Cc}\u3000-\u3003\u3008-\u3011\u300C-\u301F\uFF01\uFF08\uFF09\uFF0C\uFF1A\uFF1B\uFF1F“”«»„]+/giu;
const TRAILING_MARK = /[.,;:!?'’*_~…]$/u;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[" };

/** Longest link worth following; beyond it a message is noise or an attack. */
const MAX_URL_LENGTH = 4096;

export function isHttpUrl(raw: string): boolean {
  const url = URL.parse(raw);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
}

/**
 * The address a page is stored under and can still be opened with: tracking parameters, fragment, default port,
 * credentials and trailing slash gone, host in lower case, parameters sorted. Null when it is no http(s) link.
 */
export function canonicalUrl(raw: string, base?: string): string | null {
  const parsed = URL.parse(raw.trim(), base);
  if (parsed === null || !isHttpUrl(parsed.href) || parsed.href.length > MAX_URL_LENGTH) return null;
  // `#!` is a route of its own on older single-page sites; every other fragment is a place on the same page.
  const route = parsed.hash.startsWith("#!") ? parsed.hash : "";
  parsed.hash = "";
  parsed.hostname = parsed.hostname.replace(/\.$/, "");
  try {
    const normal = normalizeUrl(parsed.href, {
      removeQueryParameters: TRACKING_PARAMETERS,
      stripWWW: false,
      stripHash: true,
      removeSingleSlash: false,
      sortQueryParameters: true,
    });
    return normal + route;
  } catch {
    return null;
  }
}

/**
 * The key under which two addresses count as one page: scheme, `www.`, `m.` and `amp.` hosts do not tell pages apart.
 * For comparing only; it may not open.
 */
export function urlIdentity(raw: string): string | null {
  const canonical = canonicalUrl(raw);
  if (canonical === null) return null;
  const url = new URL(canonical);
  const host = url.host.replace(SAME_SITE_PREFIX, "");
  const path = url.pathname.replace(/\/(?:amp|index\.(?:html?|php))$/i, "").replace(/\/$/, "");
  return `${host}${path}${url.search}${url.hash}`;
}

/** The http(s) links of a chat message in order, each once; understands Slack's, Discord's and markdown's brackets. */
export function findLinks(text: string): string[] {
  const links = new Set<string>();
  for (const match of text.matchAll(LINK)) {
    // Slack escapes `&` in message text (api.slack.com, formatting).
    const link = trimLink(match[0].replaceAll("&amp;", "&"));
    if (link.length <= MAX_URL_LENGTH && isHttpUrl(link)) links.add(link);
  }
  return [...links];
}

function trimLink(raw: string): string {
  let link = cutAtUnopenedCloser(raw);
  while (TRAILING_MARK.test(link)) link = link.slice(0, -1);
  return link;
}

/** Cuts at the first bracket that was opened before the link, as in `[label](https://…)` or `(see https://…)`. */
function cutAtUnopenedCloser(link: string): string {
  const open: string[] = [];
  for (const bracket of link.matchAll(/[()[\]]/g)) {
    const opener = CLOSERS[bracket[0]];
    if (opener === undefined) open.push(bracket[0]);
    else if (open.pop() !== opener) return link.slice(0, bracket.index);
  }
  return link;
}
