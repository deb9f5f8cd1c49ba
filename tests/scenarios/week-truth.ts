import type { Desk } from "./week-desks.ts";
import { QUIET } from "./week-desks.ts";
import { type Coverage, DAY, HOUR, type NewsEvent } from "./week-plan.ts";
import type { Claim } from "./week-words.ts";

/** The only outlet that has no feed. */
export const PRESS = "press.example";
/** Longer than a post is late by what the platforms did, in steps. */
const LATE = 4 * HOUR;
/** Longer than a page is gone before its looks tell, in steps. */
const NOTICED_WITHIN = 11 * HOUR;

/** What a channel must show of an event: nothing, a post, a tombstone; "gone" is a tombstone or nothing. */
export type Truth =
  | { kind: "absent" | "withdrawn" | "gone" }
  | { kind: "shown"; outlets: ReadonlySet<string>; claim: Claim | null; old: readonly Claim[] };

export interface Ended {
  /** Where time ended. */
  steps: number;
  /** The outlets' names. */
  outlets: readonly string[];
}

/** What the desk's subscriptions say, from what happened alone. */
export function truthOf(desk: Desk, event: NewsEvent, { steps, outlets }: Ended): Truth {
  const visible = event.coverage.filter(({ visibility }) => desk.isCleared || visibility === "public");
  const owedAt = owedStep(desk, event, visible);
  if (owedAt === null || shownStep(desk, owedAt) > steps) return { kind: "absent" };
  const standing = visible.filter(({ withdrawn }) => withdrawn === null);
  if (standing.length === 0) return { kind: endOf(visible, shownStep(desk, owedAt)) };
  return {
    kind: "shown",
    outlets: new Set(standing.map(({ outlet }) => (outlet === null ? PRESS : (outlets[outlet] ?? "")))),
    claim: event.claims.at(-1) ?? null,
    old: event.claims.slice(0, -1),
  };
}

/** When the channel is first owed the event; null for never. */
function owedStep(desk: Desk, { topics }: NewsEvent, visible: readonly Coverage[]): number | null {
  if (!desk.topics.flat().some((topic) => topics.includes(topic))) return null;
  const seen = visible.map((covered) => covered.seen).toSorted((a, b) => a - b);
  const enough = seen[desk.minOutlets - 1];
  const first = seen.find((step) => isListening(desk, step));
  return enough === undefined || first === undefined ? null : Math.max(enough, first);
}

function isListening({ from, pause }: Desk, step: number): boolean {
  return step >= from && (pause === null || step < pause.from || step >= pause.to);
}

/** When it shows what it is owed, if nothing fails. */
function shownStep({ digestHour, rhythm }: Desk, owed: number): number {
  if (rhythm === "digest") return nextHour(owed, digestHour ?? 0);
  return rhythm === "quiet" && isQuiet(owed) ? nextHour(owed, QUIET.to) : owed;
}

/** The next time after a step that it is that hour of the day. */
function nextHour(step: number, hour: number): number {
  const today = Math.floor(step / DAY) * DAY + hour * HOUR;
  return today > step ? today : today + DAY;
}

export function isQuiet(step: number): boolean {
  const hour = (step % DAY) / HOUR;
  return hour >= QUIET.from || hour < QUIET.to;
}

/** What stands where all was taken back: depends on whether it had been shown. */
function endOf(visible: readonly Coverage[], shown: number): "absent" | "withdrawn" | "gone" {
  const gone = visible.flatMap(({ withdrawn }) => withdrawn ?? []);
  const last = Math.max(...gone.map(({ step }) => step));
  const isPage = gone.some(({ how }) => how === "page");
  if (last >= shown + LATE) return "withdrawn";
  return last + (isPage ? NOTICED_WITHIN : 0) < shown ? "absent" : "gone";
}
