import { type ArticleIndex, type Passage, overlap } from "./article-index.ts";
import type { Claim, Failure } from "./claims.ts";
import { foreignIn } from "./foreign-text.ts";

/** The rule a claim fails that hardly shares a word with its article. */
export const FLOOR = "floor";
/** Words of a sentence beside the subject that a claim may repeat by chance. */
const CHANCE = 1;
/** Share of a claim's words from which on even one is too many. */
const TOO_MUCH = 0.3;
/** Share of a claim's words that the article must hold in some form: people's own headlines and summaries have more. */
const LEAST_SHARE = 0.2;
/** A claim of fewer words may say it all in other words. */
const TELLING = 4;
/** As many letters of a word as all of its forms share. */
const FRONT = 4;

/** Fails a claim in the article's language that hardly shares a word with it. */
export function checkFloor(claim: Claim, article: ArticleIndex): Failure | null {
  if (claim.translated || claim.stems.size < TELLING || share(claim, article) >= LEAST_SHARE) return null;
  return { reason: "no-evidence", detail: null, rule: FLOOR };
}

/** Fails a claim that takes its words from what is beside the article's subject. */
export function checkSubject(claim: Claim, article: ArticleIndex): Failure | null {
  return claim.translated ? null : restsBeside(claim, article, foreignIn(article).beside);
}

/** The same for a headline, which must also be about more than one sentence that shares nothing with the rest. */
export function checkHeadline(claim: Claim, article: ArticleIndex): Failure | null {
  if (claim.translated) return null;
  const { beside, untied } = foreignIn(article);
  return restsBeside(claim, article, new Set([...beside, ...untied]));
}

/** Whether all of a fact's evidence is beside the article's subject. */
export function citesBeside(cited: readonly number[], article: ArticleIndex): Failure | null {
  const { beside } = foreignIn(article);
  return cited.length > 0 && cited.every((at) => beside.has(at)) ? BESIDE : null;
}

const BESIDE: Failure = { reason: "no-evidence", detail: null, rule: "beside-the-subject" };

function restsBeside(claim: Claim, article: ArticleIndex, beside: ReadonlySet<number>): Failure | null {
  if (beside.size === 0) return null;
  const taken = new Set<string>();
  for (const at of beside) for (const each of article.sentences[at]?.stems ?? []) taken.add(each);
  const others: readonly Passage[] = [article.title, ...article.sentences.filter((_, at) => !beside.has(at))];
  for (const { stems } of others) for (const each of stems) taken.delete(each);
  const repeated = [...claim.stems].filter((each) => taken.has(each)).length;
  return repeated > CHANCE || (repeated > 0 && repeated >= claim.stems.size * TOO_MUCH) ? BESIDE : null;
}

const FRONTS = new WeakMap<ArticleIndex, ReadonlySet<string>>();

function share(claim: Claim, article: ArticleIndex): number {
  const fronts = FRONTS.get(article) ?? new Set([...article.stems].map(front));
  FRONTS.set(article, fronts);
  return overlap({ ...claim, stems: new Set([...claim.stems].map(front)) }, fronts);
}

function front(stem: string): string {
  return stem.slice(0, FRONT);
}
