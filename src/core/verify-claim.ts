import {
  type ArticleIndex,
  type Sentence,
  bestSentence,
  overlap,
  passage,
  sentencesAt,
  withNeighbours,
} from "./article-index.ts";
import type { Evidence } from "./brief.ts";
import type { Claim, Context, Failure, Rule } from "./claims.ts";
import { type Contradiction, carries } from "./contradictions.ts";
import { datelines } from "./dateline.ts";
import { locateIn } from "./evidence.ts";
import { isInstruction } from "./instructions.ts";
import { checkAddress } from "./verify-address.ts";
import { checkFractions, checkTwice } from "./verify-arithmetic.ts";
import { checkCause } from "./verify-cause.ts";
import { checkAttribution, checkCertainty } from "./verify-certainty.ts";
import { checkContrasts } from "./verify-contrasts.ts";
import { checkDates } from "./verify-dates.ts";
import { checkExchanged } from "./verify-exchanged.ts";
import { checkCodes, checkForms } from "./verify-forms.ts";
import { checkFloor } from "./verify-foreign.ts";
import { checkInserted } from "./verify-inserted.ts";
import { checkMoved } from "./verify-moved.ts";
import { checkNames } from "./verify-names.ts";
import { checkNumbers } from "./verify-numbers.ts";
import { checkOpinion } from "./verify-opinion.ts";
import { checkNegation, checkOpposites } from "./verify-polarity.ts";
import { checkQuotations } from "./verify-quotations.ts";
import { checkRoles } from "./verify-roles.ts";
import { checkSlots } from "./verify-slots.ts";
import { checkSpeaker } from "./verify-speaker.ts";
import { checkStandIn } from "./verify-stand-in.ts";
import { checkTitles } from "./verify-titles.ts";

/** All a claim is checked with. */
export interface Checker {
  article: ArticleIndex;
  contradictions: readonly Contradiction[];
  /** Language of the draft. */
  language: string;
  translated: boolean;
  /** When the article was published, for "yesterday" and weekdays; left out or null where nobody knows. */
  publishedAt?: Date | null;
}

const RULES: readonly Rule[] = [
  checkQuotations,
  checkNumbers,
  checkFractions,
  checkTwice,
  checkDates,
  checkNames,
  checkNegation,
  checkOpposites,
  checkContrasts,
  checkForms,
  checkCodes,
  checkRoles,
  checkExchanged,
  checkSlots,
  checkStandIn,
  checkMoved,
  checkSpeaker,
  checkTitles,
  checkCertainty,
  checkCause,
  checkInserted,
];
/** A claim without a quote may rest on this many sentences: summaries run two or three together. */
const RESTS_ON = 3;
/** Share of a sentence that a claim must repeat to be that sentence rather than a piece torn out of it. */
const WHOLE = 0.8;

export function toClaim(text: string, checker: Checker): Claim {
  return { ...passage(text, checker.language), language: checker.language, translated: checker.translated };
}

/** Checks a sentence without a quote of its own against the sentences of the article that say most of it. */
export function checkSentence(text: string, checker: Checker): Failure | null {
  if (isInstruction(text)) return { reason: "instruction", detail: null };
  const claim = toClaim(text, checker);
  const flawed = checkAddress(claim, checker.article) ?? contradictionIn(claim, checker);
  if (flawed !== null) return flawed;
  if (verbatimIn(claim, checker) !== null) return null;
  const at = restsOn(claim, checker.article);
  return applyRules(claim, contextOf(checker, at)) ?? checkFloor(claim, checker.article);
}

/** Checks a claim against the sentences it cites. */
export function checkCited(claim: Claim, cited: readonly number[], checker: Checker): Failure | null {
  const context = contextOf(checker, cited);
  return (
    contradictionIn(claim, checker) ??
    applyRules(claim, context) ??
    checkAttribution(claim, context) ??
    checkOpinion(claim, context)
  );
}

export function contextOf({ article, publishedAt }: Checker, at: readonly number[]): Context {
  const cited = at.flatMap((i) => article.sentences[i] ?? []);
  const known = publishedAt === undefined || publishedAt === null ? [] : datelines(publishedAt);
  return { article, cited, near: withNeighbours(article, at), datelines: known };
}

/** Where the article says the claim word for word, as one or more whole sentences; else null. */
export function verbatimIn(claim: Claim, checker: Checker): Evidence[] | null {
  const runs = checker.translated ? null : locateIn(checker.article.found, claim.text);
  if (runs === null) return null;
  const said = runs.map((run) => checker.article.text.slice(run.start, run.end)).join(" ");
  if (
    passage(said, claim.language)
      .tokens.map(({ key }) => key)
      .join(" ") !== claim.tokens.map(({ key }) => key).join(" ")
  )
    return null;
  const at = sentencesAt(checker.article, runs);
  const length = at.reduce((total, i) => total + (checker.article.sentences[i]?.tokens.length ?? 0), 0);
  return claim.tokens.length >= length * WHOLE ? runs : null;
}

export function contradictionIn(claim: Claim, checker: Checker): Failure | null {
  const found = checker.contradictions.find((each) => carries(claim, each, checker.language));
  return found === undefined
    ? null
    : { reason: "contradiction", detail: found.stated.phrase, rule: "self-contradiction" };
}

function applyRules(claim: Claim, context: Context): Failure | null {
  for (const rule of RULES) {
    const failure = rule(claim, context);
    if (failure !== null) return failure;
  }
  return null;
}

/** The sentences that together say most of a claim, each adding words that the ones before it lack. */
function restsOn(claim: Claim, article: ArticleIndex): number[] {
  const chosen: number[] = [];
  const open = new Set(claim.stems);
  while (chosen.length < RESTS_ON && open.size > 0) {
    const best = mostNew(article.sentences, open);
    if (best === null || chosen.includes(best)) break;
    chosen.push(best);
    for (const each of article.sentences[best]?.stems ?? []) open.delete(each);
  }
  return chosen;
}

function mostNew(sentences: readonly Sentence[], open: ReadonlySet<string>): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [i, { stems }] of sentences.entries()) {
    let count = 0;
    for (const each of open) if (stems.has(each)) count += 1;
    if (count > most) [best, most] = [i, count];
  }
  return best;
}

/** Share of a claim's words that its evidence has to hold at least, and that another sentence must hold to replace it. */
const RELATED = 0.2;
const CLOSELY_RELATED = 0.6;
/** A claim of fewer words may say it all in other words than its evidence: "no injuries" for "nobody was hurt". */
const TELLING = 3;

/** The sentences a claim rests on: those cited, or a better one where those are about something else; null for neither. */
export function relatedSentences(
  claim: Claim,
  cited: readonly number[],
  article: ArticleIndex,
): readonly number[] | null {
  if (claim.translated || claim.stems.size < TELLING) return cited;
  const near = new Set(withNeighbours(article, cited).flatMap((sentence) => [...sentence.stems]));
  if (overlap(claim, near) >= RELATED) return cited;
  const best = bestSentence(article, claim);
  const sentence = best === null ? undefined : article.sentences[best];
  return best !== null && sentence !== undefined && overlap(claim, sentence.stems) >= CLOSELY_RELATED
    ? [best]
    : null;
}
