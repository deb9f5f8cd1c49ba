import { isWeekend } from "./feed-cadence.ts";
import { type Feed, feedName, type FeedState } from "./feed.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A feed is failing once it has failed this often over this long: a hiccup says nothing. */
const FAILING: readonly { failures: number; overMs: number }[] = [
  { failures: 3, overMs: DAY_MS },
  { failures: 8, overMs: 6 * HOUR_MS },
];
/** Silence begins at this many times the feed's own longer gaps, and never before a day. */
const MISSED_GAPS = 4;
const LEAST_SILENCE_MS = DAY_MS;

/** The feed with its state as of now; `healthSince` moves only when the state does. */
export function withHealth(feed: Feed, now: Date): Feed {
  const health = stateOf(feed, now);
  if (health === feed.health) return feed;
  return { ...feed, health, healthSince: sinceOf(feed, health) ?? now };
}

/** What is new about a feed, in one sentence for a person; null where nothing needs to be said. */
export function healthNews(feed: Feed, zone = "UTC"): string | null {
  if (feed.health === feed.told) return null;
  if (feed.health === "ok") return `${feedName(feed.url)} works again.`;
  return healthText(feed, zone);
}

/** How a feed is, in one sentence for a person: what is wrong, since when, and what to do about it. */
export function healthText(feed: Feed, zone = "UTC"): string {
  const name = feedName(feed.url);
  const since = feed.healthSince === null ? "" : ` since ${moment(feed.healthSince, zone)}`;
  switch (feed.health) {
    case "ok":
      return `${name} works.`;
    case "gone":
      return `${name} is gone: its site says that it was withdrawn (410). It is polled no more; take it out with /sources remove, or give its new address to /sources add.`;
    case "failing":
      return `${name} ${failureText(feed)}${since}; check the address with /sources.`;
    case "silent":
      return `${name} has published nothing${since}, although it usually does every ${span(feed.cadence?.typicalMs ?? 0)}; look whether the site has moved its feed.`;
    default:
      return feed.health satisfies never;
  }
}

/** How long a feed may publish nothing before it counts as silent, in milliseconds; null while its cadence is unknown. */
export function silenceMs({ cadence }: Pick<Feed, "cadence">): number | null {
  if (cadence === null) return null;
  return Math.max(LEAST_SILENCE_MS, MISSED_GAPS * Math.max(cadence.typicalMs, cadence.longMs));
}

function stateOf(feed: Feed, now: Date): FeedState {
  if (feed.failures > 0 && feed.lastFailure?.status === 410) return "gone";
  if (isFailing(feed)) return "failing";
  return isSilent(feed, now) ? "silent" : "ok";
}

/** Measured up to the last failure: time in which nothing was asked, or nothing failed, is no failing. */
function isFailing({ failures, failingSince, lastFailure }: Feed): boolean {
  if (failingSince === null || lastFailure === null) return false;
  const over = lastFailure.at.getTime() - failingSince.getTime();
  return FAILING.some((limit) => failures >= limit.failures && over >= limit.overMs);
}

function isSilent(feed: Feed, now: Date): boolean {
  const allowed = silenceMs(feed);
  if (allowed === null || feed.lastEntryAt === null) return false;
  const quiet = now.getTime() - feed.lastEntryAt.getTime();
  if (quiet <= allowed) return false;
  return quiet - (feed.cadence?.weekends === true ? 0 : weekendMs(feed.lastEntryAt, now)) > allowed;
}

/** Hours of Saturdays and Sundays between two moments, in milliseconds. */
function weekendMs(from: Date, to: Date): number {
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  const weeks = Math.floor(hours / (7 * 24));
  let weekend = weeks * 2 * DAY_MS;
  for (let at = from.getTime() + weeks * 7 * DAY_MS; at < to.getTime(); at += HOUR_MS)
    if (isWeekend(at)) weekend += Math.min(HOUR_MS, to.getTime() - at);
  return weekend;
}

function sinceOf(feed: Feed, health: FeedState): Date | null {
  if (health === "failing") return feed.failingSince;
  return health === "silent" ? feed.lastEntryAt : null;
}

const FAILURES: Readonly<Record<string, string>> = {
  "fetch/timeout": "has not answered in time",
  "fetch/unreachable": "can not be reached",
  "fetch/certificate": "has had a certificate that is not valid",
  "fetch/too-large": "is larger than 5 MB, which is too much for a feed,",
  "fetch/redirects": "leads in circles (too many redirects)",
  "fetch/not-public": "leads to a private address, which is not read,",
  "fetch/not-text": "answers with a file that is no feed",
  "fetch/coding": "comes packed in a way that is not opened",
  "feed/page": "answers with a web page instead of a feed",
  "feed/unreadable": "answers with something that is no feed",
};

function failureText({ lastFailure }: Feed): string {
  const status = lastFailure?.status ?? null;
  if (status === 401 || status === 402 || status === 403) return `asks for a login (${status})`;
  if (status !== null) return `answers ${status}`;
  return FAILURES[lastFailure?.code ?? ""] ?? "can not be read";
}

function moment(date: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "long",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  })
    .format(date)
    .replace(" at ", ", ");
}

function span(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  return `${Math.max(2, Math.round(ms / 60_000))} minutes`;
}
