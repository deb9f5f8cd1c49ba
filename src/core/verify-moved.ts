import type { Passage } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { stem } from "./normalise.ts";
import { weekdaysIn } from "./verify-dates.ts";

/** Words that say something on either side of a mark that are taken to belong to it. */
const BESIDE = 6;
/** How many more of them another mark must share with the claim's. */
const CLEARLY_CLOSER = 3;

/** A mark of a text, such as a weekday or a year, with the words around it. */
interface Mark {
  value: number;
  raw: string;
  words: ReadonlySet<string>;
}

/** A weekday or year that the article gives to something else: "opened on Friday" where it opened on Thursday. */
export function checkMoved(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  return movedAmong("date", claim, context, weekdayMarks) ?? movedAmong("number", claim, context, yearMarks);
}

type Marks = (passage: Passage, language: string) => Mark[];

function movedAmong(
  reason: "date" | "number",
  claim: Claim,
  ...[context, marks]: [Context, Marks]
): Failure | null {
  const mine = marks(claim, claim.language);
  if (mine.length === 0) return null;
  const { sentences, title, language } = context.article;
  const stated = [title, ...sentences].flatMap((passage) => marks(passage, language));
  for (const mark of mine) {
    const own = Math.max(
      0,
      ...stated.filter(({ value }) => value === mark.value).map((each) => common(mark, each)),
    );
    const rivals = stated.filter(
      ({ value }) => value !== mark.value && !mine.some((each) => each.value === value),
    );
    const best = Math.max(0, ...rivals.map((each) => common(mark, each)));
    if (best >= own + CLEARLY_CLOSER && own <= 1)
      return { reason, detail: mark.raw, rule: reason === "date" ? "weekday moved" : "year moved" };
  }
  return null;
}

function common(left: Mark, right: Mark): number {
  let count = 0;
  for (const word of left.words) if (right.words.has(word)) count += 1;
  return count;
}

function weekdayMarks(passage: Passage, language: string): Mark[] {
  return weekdaysIn(passage, language).map(({ at, value, raw }) => ({
    value,
    raw,
    words: wordsAround(passage, at, language),
  }));
}

function yearMarks(passage: Passage, language: string): Mark[] {
  return passage.tokens.flatMap((token, at) =>
    /^(?:1[5-9]|20)\d\d$/.test(token.key)
      ? [{ value: Number(token.key), raw: token.key, words: wordsAround(passage, at, language) }]
      : [],
  );
}

function wordsAround(passage: Passage, at: number, language: string): Set<string> {
  const ignored = functionWords(language);
  const telling = (token: { key: string }) => !ignored.has(token.key) && !/\p{Nd}/u.test(token.key);
  const words = [
    ...passage.tokens.slice(0, at).filter(telling).slice(-BESIDE),
    ...passage.tokens
      .slice(at + 1)
      .filter(telling)
      .slice(0, BESIDE),
  ];
  return new Set(words.map(({ key }) => stem(key, language)));
}
