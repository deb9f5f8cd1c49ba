import type { BriefDraft, Dropped } from "./brief.ts";
import { type Failure, droppedAs } from "./claims.ts";
import { asHeadline, cleanTitle } from "./headline.ts";
import { isUnspaced } from "./normalise.ts";
import { likeness } from "./salience.ts";
import { splitSentences } from "./sentences.ts";
import { type Checker, checkSentence, toClaim } from "./verify-claim.ts";
import { checkHeadline, checkSubject } from "./verify-foreign.ts";

/** Summary sentences that are enough without filling up. */
const ENOUGH = 2;
const SAME_SENTENCE = 0.7;

export interface Checked {
  text: string;
  dropped: Dropped[];
}

/**
 * The summary's sentences that stand. One that does not is replaced by the article's own next-best sentence, or left out
 * where two others stand or the draft is a translation.
 */
export function verifySummary(input: {
  draft: BriefDraft;
  checker: Checker;
  most: number;
  spare: () => BriefDraft;
}): Checked {
  const { checker, most } = input;
  const sentences = split(input.draft.summary, checker.language);
  const kept: string[] = [];
  const dropped: Dropped[] = [];
  for (const sentence of sentences) {
    const failure =
      kept.length >= most
        ? TOO_MANY
        : (checkSentence(sentence, checker) ?? checkSubject(toClaim(sentence, checker), checker.article));
    if (failure === null) kept.push(sentence);
    else dropped.push(droppedAs("summary", sentence, failure));
  }
  const wanted = Math.min(most, ENOUGH, Math.max(sentences.length, 1));
  const missing = checker.translated && kept.length > 0 ? 0 : wanted - kept.length;
  if (missing > 0) kept.push(...fillers(input.spare(), kept, checker, missing));
  return { text: kept.join(isUnspaced(checker.language) ? "" : " "), dropped };
}

const TOO_MANY: Failure = { reason: "too-many", detail: null };

function split(summary: string, language: string): string[] {
  return splitSentences(summary, language).map(({ start, end }) => summary.slice(start, end));
}

/** Sentences of the article that say nothing the summary says already. */
function fillers(spare: BriefDraft, kept: readonly string[], checker: Checker, count: number): string[] {
  const chosen: string[] = [];
  const candidates = [
    ...split(spare.summary, checker.article.language),
    ...spare.facts.map(({ text }) => text),
  ];
  for (const candidate of candidates) {
    if (chosen.length >= count) break;
    const stems = toClaim(candidate, checker).stems;
    const known = [...kept, ...chosen].some(
      (other) => likeness(toClaim(other, checker).stems, stems) > SAME_SENTENCE,
    );
    if (!known && checkSentence(candidate, checker) === null) chosen.push(candidate);
  }
  return chosen;
}

/** The draft's headline where it stands, else the article's own title, else its first good sentence. */
export function verifyHeadline(input: {
  draft: BriefDraft;
  checker: Checker;
  spare: () => BriefDraft;
}): Checked {
  const { checker } = input;
  const headline = asHeadline(input.draft.headline.replace(/\s+/g, " "));
  const failure: Failure | null = headline === "" ? EMPTY : headlineFailure(headline, checker);
  if (failure === null) return { text: headline, dropped: [] };
  const dropped: Dropped[] = failure === EMPTY ? [] : [droppedAs("headline", headline, failure)];
  return { text: ownHeadline(checker, input.spare), dropped };
}

const EMPTY: Failure = { reason: "empty", detail: null };

/** The title says itself, so only what it says against the text or to a machine counts against it. */
function headlineFailure(headline: string, checker: Checker): Failure | null {
  const failure =
    checkSentence(headline, checker) ?? checkHeadline(toClaim(headline, checker), checker.article);
  if (failure === null || failure.reason === "contradiction" || failure.reason === "instruction")
    return failure;
  const title = toClaim(cleanTitle(checker.article.title.text, checker.article.language), checker).folded;
  return title === toClaim(headline, checker).folded ? null : failure;
}

function ownHeadline(checker: Checker, spare: () => BriefDraft): string {
  const title = cleanTitle(checker.article.title.text, checker.article.language);
  if (title !== "" && headlineFailure(title, checker) === null) return title;
  return spare().headline;
}
