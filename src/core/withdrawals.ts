import { revisionText } from "./article.ts";
import {
  type ArticleIndex,
  bestSentence,
  indexArticle,
  overlap,
  type Passage,
  passage,
  sentencesAt,
} from "./article-index.ts";
import { type BriefView, quotesOf } from "./brief-reply.ts";
import type { Brief } from "./brief.ts";
import { baseLanguage, foldText, isUnspaced } from "./normalise.ts";
import { factKey, type PostView } from "./post-view.ts";
import type { Range } from "./sentences.ts";
import { splitSentences } from "./sentences.ts";

/** A fact that a moderator took back. */
export interface Withdrawal {
  articleId: string;
  /** As `factKey`. */
  fact: string;
  text: string;
  /** The article's words that it rested on; none where they were not kept. */
  evidence: readonly string[];
}

/** What of a brief is not shown where facts were taken back. */
export type TakenParts = Pick<Extract<PostView, { kind: "story" }>, "withdrawn" | "unsaid">;

/** What says so much of the other's words, and no number of its own, says the same. */
const SAME = 0.8;
/** Fewer words that say something say nothing of their own. */
const FEWEST = 3;
/** A summary's sentence rests on the article's sentence that has most of its words, if it has so many. */
const RESTS = 0.5;
/** A quotation that is so much of another one is the same run of text. */
const SAME_RUN = 0.5;

/**
 * The one judge of what a withdrawal takes away. Offsets, wording and language change between briefs of an article; its
 * own words stay. So a fact goes with every fact that rests on the same words, and with what the summary says of it.
 */
export function takenParts(shown: BriefView, withdrawals: readonly Withdrawal[]): TakenParts {
  const { brief, revision } = shown;
  const own = withdrawals.filter(({ articleId }) => articleId === brief.articleId);
  if (own.length === 0) return { withdrawn: [] };
  const keys = new Set(own.map(({ fact }) => fact));
  const text = revisionText(revision);
  const taken = brief.facts.filter(
    (fact) =>
      keys.has(factKey(brief.articleId, fact.text)) ||
      own.some(({ evidence }) => isSameEvidence(quotesOf(fact, text), evidence)),
  );
  const said = new Set([...own, ...taken].map((each) => each.text));
  const unsaid = unsaidOf(shown, { said: [...said], quotes: own.flatMap(({ evidence }) => evidence) });
  return {
    withdrawn: taken.map((fact) => factKey(brief.articleId, fact.text)).sort(),
    ...(unsaid.length === 0 ? {} : { unsaid }),
  };
}

/** The brief without what was taken back. Its summary and its facts may be empty then. */
export function standingPart(brief: Brief, { unsaid = [], withdrawn }: TakenParts): Brief {
  return {
    ...brief,
    summary: without(brief, unsaid),
    facts: brief.facts.filter(({ text }) => !withdrawn.includes(factKey(brief.articleId, text))),
  };
}

/** How many facts a reader is told of. What only the summary said counts as one. */
export function takenCount({ unsaid = [], withdrawn }: TakenParts): number {
  return Math.max(withdrawn.length, unsaid.length === 0 ? 0 : 1);
}

/** Whether the one with fewer runs rests on nothing but the other's. */
function isSameEvidence(left: readonly string[], right: readonly string[]): boolean {
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  return (
    few.length > 0 && few.every((one) => many.some((other) => isSameRun(foldText(one), foldText(other))))
  );
}

function isSameRun(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short.length >= long.length * SAME_RUN && long.includes(short);
}

/** The summary's sentences that say what was taken back, or rest on the article's sentence of it. */
function unsaidOf(
  { article, brief, revision }: BriefView,
  { quotes, said }: { said: readonly string[]; quotes: readonly string[] },
): Range[] {
  const facts = said.map((text) => passage(text, brief.language));
  const language = article.language ?? "en";
  const isTranslated = baseLanguage(language) !== baseLanguage(brief.language);
  const index = isTranslated
    ? null
    : indexArticle({ title: revision.title, paragraphs: revision.paragraphs, language });
  const rested =
    index === null
      ? []
      : sentencesAt(
          index,
          quotes.flatMap((quote) => runOf(index.text, quote)),
        );
  return splitSentences(brief.summary, brief.language).filter(({ start, end }) => {
    const sentence = passage(brief.summary.slice(start, end), brief.language);
    return (
      facts.some((fact) => saysSame(sentence, fact)) ||
      (index !== null && rested.includes(restsOn(sentence, index) ?? -1))
    );
  });
}

function runOf(text: string, quote: string): Range[] {
  const start = text.indexOf(quote);
  return start === -1 ? [] : [{ start, end: start + quote.length }];
}

function restsOn(sentence: Passage, index: ArticleIndex): number | null {
  const at = bestSentence(index, sentence);
  const best = at === null ? undefined : index.sentences[at];
  return best === undefined || overlap(sentence, best.stems) < RESTS ? null : at;
}

function saysSame(left: Passage, right: Passage): boolean {
  if (left.folded === right.folded) return true;
  const [less, more] = left.stems.size <= right.stems.size ? [left, right] : [right, left];
  if (less.stems.size < FEWEST || overlap(less, more.stems) < SAME) return false;
  const known = new Set(more.numbers.map(({ values }) => values[0]));
  return less.numbers.every(({ values }) => known.has(values[0]));
}

function without({ language, summary }: Brief, unsaid: readonly Range[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of unsaid) {
    kept.push(summary.slice(from, start).trim());
    from = end;
  }
  kept.push(summary.slice(from).trim());
  return kept.filter((part) => part !== "").join(isUnspaced(language) ? "" : " ");
}
