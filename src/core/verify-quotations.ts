import type { Claim, Context, Failure } from "./claims.ts";
import { holdsVerbatim } from "./evidence.ts";
import { foldText, tokenize } from "./normalise.ts";

/** Fewer words in quotation marks are a title or a scare quote. */
const MIN_WORDS = 3;
/** Characters of an unspaced script that make up about three words. */
const MIN_UNSPACED = 6;

const QUOTED = [
  /"([^"]+)"/g,
  /[“„‟]([^“”„"]+)[”“"]/g,
  /«([^«»]+)»/g,
  /»([^«»]+)«/g,
  /「([^「」]+)」/g,
  /『([^『』]+)』/g,
  /‘((?:[^‘’]|’(?=\p{L}))+)’(?!\p{L})/gu,
  /(?<![\p{L}\p{N}])'(?![\s]|s\b)((?:[^']|'(?=\p{L}))+)'(?!\p{L})/gu,
];

/** What a claim puts in quotation marks must be the article's words, in its order. */
export function checkQuotations(claim: Claim, context: Context): Failure | null {
  for (const quotation of quotations(claim.text)) {
    if (holdsVerbatim(context.article.found, quotation)) continue;
    if (context.article.title.folded.includes(foldText(quotation))) continue;
    if (spellsOut(context.article.found.joined, quotation)) continue;
    return { reason: "quotation", detail: quotation };
  }
  return null;
}

/** The quotations of a text that are long enough to be somebody's words. */
export function quotations(text: string): string[] {
  const found = new Set<string>();
  for (const pattern of QUOTED) {
    for (const match of text.matchAll(pattern)) {
      const words = match[1]?.trim() ?? "";
      const tokens = tokenize(words);
      const needed = tokens.some((token) => /[\p{Script=Han}\p{Script=Hiragana}]/u.test(token.key))
        ? MIN_UNSPACED
        : MIN_WORDS;
      if (tokens.length >= needed) found.add(words);
    }
  }
  return [...found];
}

/** English contractions and what they stand for: a writer may spell out what a speaker ran together, or "failed to". */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon't\b/g, "will not"],
  [/\bcan't\b|\bcannot\b/g, "can not"],
  [/n't\b/g, " not"],
  [/'re\b/g, " are"],
  [/'ve\b/g, " have"],
  [/'ll\b/g, " will"],
  [/'m\b/g, " am"],
  [/\b(?:did|had) not\b|\bfailed to\b/g, "did not"],
  [/\b(?:does|has) not\b|\bfails to\b/g, "does not"],
];

function spellsOut(article: string, quotation: string): boolean {
  const words = tokenize(quotation).map(({ key }) => key);
  return spelt(article).includes(spelt(` ${words.join(" ")} `));
}

function spelt(text: string): string {
  return CONTRACTIONS.reduce((spelled, [pattern, full]) => spelled.replace(pattern, full), text);
}
