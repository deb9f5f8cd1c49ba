import type { Visibility } from "./article.ts";

export interface BacktestRequest {
  query: string;
  days: number;
  clearance: Visibility;
  minOutlets: number;
  maxAnHour: number | null;
}

/** One story of the past days and what the subscription would have done with it. */
export interface BacktestRow {
  title: string;
  outlets: string[];
  url: string | null;
  at: Date;
  /** Where it ended: posted, merged with others, or at which stage it stopped. */
  stage: "posted" | "merged" | "topic" | "members-only" | "too-few-outlets";
  why: string;
}

export interface Backtest {
  days: number;
  /** How the query was understood, where not everything of it was. */
  notes: string[];
  matchesEverything: boolean;
  stories: number;
  posted: BacktestRow[];
  /** Nearest misses first. */
  stopped: BacktestRow[];
  postsADay: number;
  /** What writing the posted stories' briefs would have cost: calls that no brief at hand saves, and their tokens. */
  cost: { calls: number; tokens: number; money: string | null };
}
