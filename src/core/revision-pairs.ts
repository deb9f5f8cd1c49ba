import { diffArrays } from "diff";
import { PARAGRAPH_BREAK } from "./article.ts";
import { type Sentence, passage } from "./article-index.ts";
import { isFurniture } from "./junk.ts";
import { likeness } from "./salience.ts";
import { splitSentences } from "./sentences.ts";

/** How two versions of a text differ, sentence by sentence; order and typography do not count. */
export interface SentenceChanges {
  changed: { before: Sentence; after: Sentence }[];
  added: Sentence[];
  removed: Sentence[];
}

/** Two sentences that share this much are one sentence, rewritten. */
const REWRITTEN = 0.45;
/** Sentences of each version that are paired at most: each is compared with each. */
const MAX_COMPARED = 200;
/** Shortest run of words that counts as a sentence of the report rather than a scrap of the page. */
const MIN_WORDS = 3;

export function sentenceChanges(
  before: readonly string[],
  after: readonly string[],
  language: string,
): SentenceChanges {
  const old = sentencesOf(before, language);
  const now = sentencesOf(after, language);
  const removed = without(old, now);
  const added = without(now, old);
  const changed: SentenceChanges["changed"] = [];
  for (const pair of likelyPairs(removed, added)) {
    if (!removed.includes(pair.before) || !added.includes(pair.after)) continue;
    removed.splice(removed.indexOf(pair.before), 1);
    added.splice(added.indexOf(pair.after), 1);
    changed.push({ before: pair.before, after: pair.after });
  }
  changed.sort((a, b) => a.after.range.start - b.after.range.start);
  return { changed, added: added.filter(isReport), removed: removed.filter(isReport) };
}

/** The words that differ between two sentences, as runs of token indexes. */
export interface WordChange {
  before: { from: number; to: number };
  after: { from: number; to: number };
}

export function wordChanges(before: Sentence, after: Sentence): WordChange[] {
  const changes: WordChange[] = [];
  let [i, j] = [0, 0];
  let open: WordChange | null = null;
  for (const part of diffArrays(keysOf(before), keysOf(after))) {
    const count = part.value.length;
    if (!part.added && !part.removed) {
      if (open !== null) changes.push(open);
      open = null;
      i += count;
      j += count;
      continue;
    }
    open ??= { before: { from: i, to: i }, after: { from: j, to: j } };
    if (part.removed) i += count;
    else j += count;
    open.before.to = i;
    open.after.to = j;
  }
  if (open !== null) changes.push(open);
  return changes;
}

function sentencesOf(paragraphs: readonly string[], language: string): Sentence[] {
  const text = paragraphs.join(PARAGRAPH_BREAK);
  return splitSentences(text, language).map((range) => ({
    ...passage(text.slice(range.start, range.end), language),
    range,
  }));
}

/** The sentences of one version that the other lacks, each counted as often as it stands there. */
function without(sentences: readonly Sentence[], others: readonly Sentence[]): Sentence[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(identity(other), (left.get(identity(other)) ?? 0) + 1);
  return sentences.filter((sentence) => {
    const known = left.get(identity(sentence)) ?? 0;
    left.set(identity(sentence), known - 1);
    return known <= 0;
  });
}

function identity(sentence: Sentence): string {
  return keysOf(sentence).join(" ");
}

function keysOf(sentence: Sentence): string[] {
  return sentence.tokens.map(({ key }) => key);
}

/** Pairs of an old and a new sentence that may be one, the likest first. */
function likelyPairs(
  removed: readonly Sentence[],
  added: readonly Sentence[],
): { before: Sentence; after: Sentence; like: number }[] {
  const [old, now] = [removed.slice(0, MAX_COMPARED), added.slice(0, MAX_COMPARED)];
  const pairs = old.flatMap((before) => now.map((after) => ({ before, after, like: alike(before, after) })));
  return pairs.filter(({ like }) => like >= REWRITTEN).sort((a, b) => b.like - a.like);
}

function alike(before: Sentence, after: Sentence): number {
  return Math.max(likeness(before.stems, after.stems), likeness(before.keys, after.keys));
}

function isReport(sentence: Sentence): boolean {
  return sentence.tokens.length >= MIN_WORDS && (!isFurniture(sentence.text) || isCorrection(sentence.text));
}

/** The line under an article that owns up to a mistake. */
export function isCorrection(text: string): boolean {
  return /^\W*(?:correction|clarification|editor['’]?s['’]? note|this (?:article|story|report) (?:was|has been) (?:amended|corrected|updated)|korrektur|berichtigung|correctif|rectificatif|corrección|fe de errores|訂正)/i.test(
    text,
  );
}
