import type { ArticleIndex, Passage, Sentence } from "./article-index.ts";
import type { DropReason, Dropped } from "./brief.ts";

/** Something a draft says, with the part of the article that it should follow from. */
export interface Claim extends Passage {
  /** Language the claim is written in. */
  language: string;
  /** True when claim and article are in different languages, so that words cannot be compared. */
  translated: boolean;
}

export interface Context {
  article: ArticleIndex;
  /** The sentences that the claim rests on. */
  cited: readonly Sentence[];
  /** Those and one sentence on each side. */
  near: readonly Sentence[];
  /** The days, counted from 1970, on which the article may have been published; none where that is not known. */
  datelines: readonly number[];
}

/** Why a claim does not follow, with the word that failed. */
export interface Failure {
  reason: DropReason;
  detail: string | null;
  /** The rule that failed, where several share a reason. */
  rule?: string;
}

export type Rule = (claim: Claim, context: Context) => Failure | null;

/** What a brief keeps of a claim that failed. */
export function droppedAs(part: Dropped["part"], text: string, { reason, detail, rule }: Failure): Dropped {
  return { part, text, reason, detail, rule: rule ?? null };
}
