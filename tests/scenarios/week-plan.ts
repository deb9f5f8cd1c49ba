import type { Cast, Claim, Topic } from "./week-words.ts";

export const STEP_MS = 30 * 60_000;
/** Steps of the clock in an hour and in a day. */
export const HOUR = 2;
export const DAY = 24 * HOUR;

/** When something is taken back, and how it can be known. */
export interface Withdrawal {
  step: number;
  how: "webhook" | "page";
}

/** One outlet's article on an event. */
export interface Coverage {
  /** Index among the outlets; null for what only a webhook brings. */
  outlet: number | null;
  slug: string;
  /** Which of the outlets' ways to tell it. */
  style: number;
  /** When its outlet publishes it, and when it is dated. */
  step: number;
  dated: number;
  /** When Lede can first know of it. */
  seen: number;
  visibility: "public" | "members";
  /** Sent ahead, with an embargo that ends at `seen`. */
  isEmbargoed: boolean;
  /** A word that stands in no public article. */
  marker: string | null;
  /** How Lede hears of each correction after the first claim. */
  corrections: readonly { step: number; how: "feed" | "page" | "webhook" }[];
  withdrawn: Withdrawal | null;
  /** Something that must make no difference: sent by webhook as well, a guid shared with others, a trivial edit. */
  extra: "none" | "resent" | "sent-first" | "shared-guid" | "trivial";
}

/** What happened, as the generator knows it. */
export interface NewsEvent {
  id: number;
  /** Stands in every article on the event, title included, and in no other. */
  tag: string;
  topics: readonly Topic[];
  cast: Cast | null;
  /** The claim at first, and what it was corrected to. */
  claims: Claim[];
  coverage: Coverage[];
  /** Set for a report of a series, which has words of its own. */
  market: { points: string; moved: number; weekday: string } | null;
}

export interface Outage {
  outlet: number;
  /** From this step up to but not including the other one. */
  from: number;
  to: number;
}

export interface Plan {
  seed: number;
  /** Steps in which something is published, and all of them. */
  publishing: number;
  steps: number;
  events: NewsEvent[];
  outages: Outage[];
  /** When one subscription is added, another paused and resumed. */
  added: number;
  paused: number;
  resumed: number;
  restarts: ReadonlySet<number>;
}

/** Whether the outlet answers in the step. */
export function isUp({ outages }: Pick<Plan, "outages">, outlet: number | null, step: number): boolean {
  return !outages.some((outage) => outage.outlet === outlet && outage.from <= step && step < outage.to);
}
