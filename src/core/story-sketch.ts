import { z } from "zod";
import { PARAGRAPH_BREAK, digest } from "./article.ts";
import { type Passage, passage } from "./article-index.ts";
import { cleanTitle } from "./headline.ts";
import { functionWords } from "./lexicon.ts";
import { calendarWords, findNames } from "./names.ts";
import { baseLanguage, isUnspaced, stem, tokenize } from "./normalise.ts";
import { minHash, packHashes } from "./story-minhash.ts";
import { isRoutine } from "./story-routine.ts";

/** What a term is: a word, a name, a name of the title, or a number (its key is `#` and the value). */
export const TermKind = z.enum(["w", "n", "t", "#"]);
export type TermKind = z.infer<typeof TermKind>;

/** What story matching needs of an article, small enough to be stored beside it: below 2 KB as JSON. */
export const StorySketch = z.strictObject({
  version: z.literal(1),
  /** Base language of the text; "und" where it is not known. */
  language: z.string(),
  /** 128 MinHash values of 16 bits over the text's shingles, base64; empty for a text too short to have any. */
  hashes: z.string(),
  shingles: z.int().min(0),
  /** Key, weight and kind of the terms that say most, in the order of their keys. */
  terms: z.array(z.tuple([z.string(), z.number(), TermKind])),
  /** Weekdays, months and days that title and lead name. */
  dates: z.array(z.string()),
  /** Results such as 2-1 that title and lead name. */
  scores: z.array(z.string()),
  /** Digest of the title without its numbers and dates, and those; empty for a title without words. */
  form: z.string(),
  slots: z.string(),
  /** A kind of article that comes again and again: a market report, a forecast, a live page. */
  routine: z.boolean(),
});
export type StorySketch = z.infer<typeof StorySketch>;

/** What the clustering of a restarted process begins with. */
export interface SketchRow {
  articleId: string;
  storyId: string;
  at: Date;
  sketch: StorySketch;
}

export interface Sketched {
  title: string;
  paragraphs: readonly string[];
  language: string;
}

/** Words of the text that count as its lead, and as far as names and numbers are read. */
const LEAD_TOKENS = 120;
const BODY_TOKENS = 600;
/** Measured: weights of the title from 1 to 3 and of names from 2 to 3 make no difference above half a point. */
const TITLE_WEIGHT = 3;
const NAME_WEIGHT = 2;
const BODY_WEIGHT = 0.5;
/** UTF-8 bytes that all terms have together, so that a sketch stays below 2 KB. */
const TERM_BYTES = 1_250;
const MAX_KEY = 24;
const MAX_MARKS = 6;
/** Characters that are read at most. */
const MAX_TEXT = 40_000;
const MAX_TITLE = 300;

/** The sketch of an article. Equal articles have equal sketches in every process. */
export function sketchOf({ title, paragraphs, language }: Sketched): StorySketch {
  const base = baseLanguage(language);
  const text = paragraphs.join(PARAGRAPH_BREAK).slice(0, MAX_TEXT);
  const tokens = tokenize(text);
  const [leadEnd, bodyEnd] = [endOf(tokens, LEAD_TOKENS), endOf(tokens, BODY_TOKENS)];
  const head = passage(cleanTitle(title, base).slice(0, MAX_TITLE), base);
  const lead = passage(text.slice(0, leadEnd), base);
  const body = passage(text.slice(leadEnd, bodyEnd), base);
  const { hashes, shingles } = minHash(tokens, base);
  return {
    version: 1,
    language: base,
    hashes: shingles === 0 ? "" : packHashes(hashes),
    shingles,
    terms: heaviest(termsOf({ head, lead, body, language: base })),
    dates: datesIn([head, lead], base),
    scores: scoresIn(`${head.text}\n${lead.text}`),
    ...formOf(head, base),
    routine: isRoutine(head.text, base),
  };
}

function endOf(tokens: readonly { end: number }[], count: number): number {
  return tokens[Math.min(tokens.length, count) - 1]?.end ?? 0;
}

interface Parts {
  head: Passage;
  lead: Passage;
  body: Passage;
  language: string;
}

interface Term {
  weight: number;
  kind: TermKind;
}

function termsOf({ head, lead, body, language }: Parts): Map<string, Term> {
  const leadNames = nameKeys(lead, language);
  const bodyNames = nameKeys(body, language);
  const titleNames = [...nameKeys(head, language)].filter(
    (key) => !isTitleCase(head) || leadNames.has(key) || bodyNames.has(key),
  );
  const names = new Set([...titleNames, ...leadNames]);
  const terms = new Map<string, Term>();
  const add = (part: Passage, factor: number, onlyNames: ReadonlySet<string> | null) => {
    for (const key of wordKeys(part, language)) {
      const isName = names.has(key) || onlyNames?.has(key) === true;
      if (onlyNames !== null && !isName) continue;
      const kind = part === head && isName ? "t" : isName ? "n" : "w";
      put(terms, stem(key, language).slice(0, MAX_KEY), {
        weight: factor * (isName ? NAME_WEIGHT : 1),
        kind,
      });
    }
    for (const { values } of part.numbers) {
      const [value = 1] = values;
      // "One" is as often an article or a pronoun as a number.
      if (value !== 1) put(terms, `#${value}`, { weight: factor * NAME_WEIGHT, kind: "#" });
    }
  };
  add(head, TITLE_WEIGHT, null);
  add(lead, 1, null);
  add(body, BODY_WEIGHT, bodyNames);
  return terms;
}

const RANK: Record<TermKind, number> = { w: 0, "#": 1, n: 2, t: 3 };

function put(terms: Map<string, Term>, key: string, { weight, kind }: Term): void {
  const known = terms.get(key);
  const better = known === undefined || RANK[kind] > RANK[known.kind] ? kind : known.kind;
  terms.set(key, { weight: (known?.weight ?? 0) + weight, kind: better });
}

const UNSPACED_LETTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]$/u;

/** Keys of the words that say something; where words have no spaces between them, of each two letters in a row. */
function wordKeys(part: Passage, language: string): string[] {
  const ignored = functionWords(language);
  const dates = calendarWords(language);
  const keys: string[] = [];
  for (const [i, token] of part.tokens.entries()) {
    if (part.numbers.some((number) => token.start >= number.start && token.end <= number.end)) continue;
    const next = part.tokens[i + 1];
    if (isUnspaced(language) && UNSPACED_LETTER.test(token.key)) {
      const pair =
        next !== undefined && next.start === token.end && !/^\p{Script=Hiragana}$/u.test(token.key);
      if (pair) keys.push(token.key + next.key);
    } else if (token.key.length > 1 && !ignored.has(token.key) && !dates.has(token.key)) keys.push(token.key);
  }
  return keys;
}

function nameKeys(part: Passage, language: string): Set<string> {
  return new Set(findNames(part, language).flatMap(({ keys }) => keys));
}

/** True for a headline that writes most of its words with a capital: its capitals name nothing. */
function isTitleCase(head: Passage): boolean {
  const words = head.tokens
    .map(({ start, end }) => head.text.slice(start, end))
    .filter((raw) => /^\p{L}{4,}/u.test(raw));
  return words.length > 2 && words.filter((raw) => /^\p{Lu}/u.test(raw)).length >= words.length * 0.7;
}

/** The terms with most weight that fit, logarithmic, in the order of their keys. */
function heaviest(terms: ReadonlyMap<string, Term>): StorySketch["terms"] {
  const ranked = [...terms].toSorted(
    ([left, a], [right, b]) => b.weight - a.weight || RANK[b.kind] - RANK[a.kind] || (left < right ? -1 : 1),
  );
  const kept: StorySketch["terms"] = [];
  let left = TERM_BYTES;
  for (const [key, { weight, kind }] of ranked) {
    const rounded = Math.round(Math.max(0.3, 1 + Math.log(weight)) * 10) / 10;
    left -= Buffer.byteLength(JSON.stringify([key, rounded, kind])) + 1;
    if (left < 0) break;
    kept.push([key, rounded, kind]);
  }
  return kept.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function datesIn(parts: readonly Passage[], language: string): string[] {
  const words = calendarWords(language);
  const found = new Set<string>();
  for (const part of parts) {
    for (const [i, token] of part.tokens.entries()) {
      if (!words.has(token.key) || token.key === "may" || token.key === "mar") continue;
      const near = [part.tokens[i - 1]?.key, part.tokens[i + 1]?.key];
      const day = near.find((key) => key !== undefined && /^\d{1,2}$/.test(key));
      found.add((token.key.slice(0, 4) + (day ?? "")).slice(0, MAX_KEY));
    }
  }
  return [...found].slice(0, MAX_MARKS).toSorted();
}

/** Results of matches and votes; three numbers in a row are a record or a telephone number. */
function scoresIn(text: string): string[] {
  const found = text.matchAll(/(?<![\d\p{L}.,–-])(\d{1,3}) ?[-–] ?(\d{1,3})(?! ?[-–.,]? ?\d|\p{L}|-\p{L})/gu);
  return [...new Set([...found].map(([, left, right]) => `${left}-${right}`))].slice(0, MAX_MARKS).toSorted();
}

/** What stays of a title when its numbers and dates go: equal for each part of a series. */
function formOf(head: Passage, language: string): Pick<StorySketch, "form" | "slots"> {
  const dates = calendarWords(language);
  const slots: string[] = [];
  const words: string[] = [];
  for (const { key } of head.tokens) {
    if (dates.has(key)) slots.push(`@${key.slice(0, 4)}`);
    else if (/\p{Nd}/u.test(key)) slots.push(key.slice(0, MAX_KEY));
    else words.push(key);
  }
  if (words.length === 0) return { form: "", slots: "" };
  return { form: digest(words.join(" ")).slice(0, 12), slots: slots.slice(0, MAX_MARKS).join(" ") };
}
