import { PARAGRAPH_BREAK } from "./article.ts";
import { type TextIndex, indexText } from "./evidence.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, foldText, stem, tokenize } from "./normalise.ts";
import { type NumberMention, findNumbers } from "./numbers.ts";
import { type Range, splitSentences } from "./sentences.ts";

/** A piece of text with all that the rules compare. */
export interface Passage {
  text: string;
  folded: string;
  tokens: Token[];
  /** Stems of the words that say something. */
  stems: ReadonlySet<string>;
  /** Keys of all words. */
  keys: ReadonlySet<string>;
  numbers: NumberMention[];
}

export interface Sentence extends Passage {
  range: Range;
}

/** An article taken apart once, for every rule. */
export interface ArticleIndex {
  language: string;
  title: Passage;
  text: string;
  found: TextIndex;
  sentences: Sentence[];
  /** Keys of all words of title and text. */
  keys: ReadonlySet<string>;
  stems: ReadonlySet<string>;
  /** Title and text, folded, for what is no word. */
  folded: string;
}

/**
 * Longest text that is read, in UTF-16 units: as long as a book, and about as long as one may be taken apart (3 s).
 * Writers say so where they leave out the rest.
 */
export const MAX_TEXT = 400_000;

export interface IndexInput {
  title: string;
  paragraphs: readonly string[];
  language: string;
}

/** What was made of an article's paragraphs: a draft and its verification take it apart once. */
const MADE = new WeakMap<readonly string[], { text: string; index: ArticleIndex }>();

export function indexArticle({ title, paragraphs, language }: IndexInput): ArticleIndex {
  const text = paragraphs.join(PARAGRAPH_BREAK).slice(0, MAX_TEXT);
  const made = MADE.get(paragraphs);
  if (made?.text === text && made.index.title.text === title && made.index.language === language)
    return made.index;
  const index = takeApart(text, title, language);
  MADE.set(paragraphs, { text, index });
  return index;
}

function takeApart(text: string, heading: string, language: string): ArticleIndex {
  const title = passage(heading, language);
  const found = indexText(text);
  const sentences = splitSentences(text, language).map((range) => ({
    ...takenApart(text.slice(range.start, range.end), tokensWithin(found.tokens, range), language),
    range,
  }));
  const keys = new Set(title.keys);
  const stems = new Set(title.stems);
  for (const sentence of sentences) {
    for (const key of sentence.keys) keys.add(key);
    for (const each of sentence.stems) stems.add(each);
  }
  const folded = `${title.folded}\n${foldText(text)}`;
  return { language, title, text, found, sentences, keys, stems, folded };
}

/** The tokens of a sentence, by its own offsets: they are the text's, which need not be read twice. */
function tokensWithin(tokens: readonly Token[], { start, end }: Range): Token[] {
  const own: Token[] = [];
  for (let i = firstFrom(tokens, start); i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || token.end > end) break;
    own.push({ start: token.start - start, end: token.end - start, key: token.key });
  }
  return own;
}

/** Index of the first token that begins at an offset or later. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function passage(text: string, language: string): Passage {
  return takenApart(text, tokenize(text), language);
}

function takenApart(text: string, tokens: Token[], language: string): Passage {
  const ignored = functionWords(language);
  const stems = new Set<string>();
  const keys = new Set<string>();
  for (const { key } of tokens) {
    keys.add(key);
    if (!ignored.has(key)) stems.add(stem(key, language));
  }
  return { text, folded: foldText(text), tokens, stems, keys, numbers: findNumbers(text, tokens, language) };
}

/** Sentences that any of the runs touches, by index. */
export function sentencesAt(index: ArticleIndex, runs: readonly Range[]): number[] {
  const found: number[] = [];
  for (const [i, { range }] of index.sentences.entries()) {
    if (runs.some((run) => run.start < range.end && run.end > range.start)) found.push(i);
  }
  return found;
}

/** The given sentences with one neighbour on each side. */
export function withNeighbours(index: ArticleIndex, at: readonly number[]): Sentence[] {
  const wanted = new Set(at.flatMap((i) => [i - 1, i, i + 1]));
  return index.sentences.filter((_, i) => wanted.has(i));
}

/** Share of a claim's stems that a set holds, from 0 to 1. */
export function overlap(claim: Passage, stems: ReadonlySet<string>): number {
  if (claim.stems.size === 0) return 0;
  let shared = 0;
  for (const each of claim.stems) if (stems.has(each)) shared += 1;
  return shared / claim.stems.size;
}

/** Index of the sentence that shares most with a claim; null when none shares anything. */
export function bestSentence(index: ArticleIndex, claim: Passage): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [i, sentence] of index.sentences.entries()) {
    const score = overlap(claim, sentence.stems);
    if (score > most) [best, most] = [i, score];
  }
  return best;
}
