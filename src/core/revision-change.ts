import type { Revision } from "./article.ts";
import { type Sentence, passage } from "./article-index.ts";
import { cleanTitle, shorten } from "./headline.ts";
import { MAX_NOTE, type Note, WEIGHT, noteOnChange } from "./revision-note.ts";
import { isCorrection, sentenceChanges } from "./revision-pairs.ts";
import type { Range } from "./sentences.ts";

/** Most runs that are marked as changed. */
const MAX_RANGES = 12;

interface Change extends Note {
  ranges: Range[];
}

/**
 * What a reader has to be told about the step from one revision to the next, the most important difference first, such
 * as "nine → eleven injured"; null where only typography, order or wording changed. The ranges are the changed sentences
 * of the new text; there are none where only the headline changed or text was taken out.
 */
export function changeBetween(
  before: Pick<Revision, "title" | "paragraphs">,
  after: { title: string; paragraphs: readonly string[] },
  language: string,
): Revision["change"] {
  const changes = [
    ...bodyChanges(before.paragraphs, after.paragraphs, language),
    ...titleChange(before.title, after.title, language),
  ];
  if (changes.length === 0) return null;
  changes.sort((a, b) => a.weight - b.weight);
  return { note: noteOf(changes), ranges: rangesOf(changes) };
}

function bodyChanges(before: readonly string[], after: readonly string[], language: string): Change[] {
  const { changed, added, removed } = sentenceChanges(before, after, language);
  const changes: Change[] = [];
  for (const pair of changed) {
    const note = noteOnChange(pair.before, pair.after, language);
    if (note !== null) changes.push({ ...note, ranges: [pair.after.range] });
  }
  const news = added.filter((sentence) => !isCorrection(sentence.text));
  const corrections = added.filter((sentence) => isCorrection(sentence.text));
  const [first] = news.length > 0 ? news : corrections;
  if (first !== undefined && (news.length > 0 || changes.length === 0)) {
    changes.push({
      ...quoted("added", first, WEIGHT.added),
      ranges: (news.length > 0 ? news : corrections).map(({ range }) => range),
    });
  }
  const [gone] = removed;
  if (gone !== undefined) changes.push({ ...quoted("removed", gone, WEIGHT.removed), ranges: [] });
  return changes;
}

function quoted(verb: "added" | "removed", sentence: Sentence, weight: number): Note {
  return {
    text: `${verb}: ${shorten(sentence.text.replace(/\s+/g, " "), MAX_NOTE - verb.length - 2)}`,
    weight,
  };
}

/** A headline with other words; a number that changed in it says more than the headline itself. */
function titleChange(before: string, after: string, language: string): Change[] {
  const [old, now] = [
    sentenceOf(cleanTitle(before, language), language),
    sentenceOf(cleanTitle(after, language), language),
  ];
  if (
    now.tokens.length === 0 ||
    old.tokens.map(({ key }) => key).join(" ") === now.tokens.map(({ key }) => key).join(" ")
  )
    return [];
  const note = noteOnChange(old, now, language);
  if (note === null) return [];
  if (note.weight === WEIGHT.number && note.text.includes("→")) return [{ ...note, ranges: [] }];
  return [{ text: `new headline: ${shorten(now.text, MAX_NOTE - 14)}`, weight: WEIGHT.headline, ranges: [] }];
}

function sentenceOf(text: string, language: string): Sentence {
  return { ...passage(text, language), range: { start: 0, end: text.length } };
}

/** The most important difference, and the other numbers and names that fit beside it. */
function noteOf(changes: readonly Change[]): string {
  const [first, ...rest] = withoutEchoes(changes);
  let note = shorten(first?.text ?? "", MAX_NOTE);
  for (const { text, weight } of rest) {
    if (weight > WEIGHT.name || note.length + text.length + 2 > MAX_NOTE) continue;
    note += `; ${text}`;
  }
  return note;
}

/** One number corrected in several places is one difference: the wording that says most about it stays. */
function withoutEchoes(changes: readonly Change[]): Change[] {
  const kept: Change[] = [];
  for (const change of changes) {
    const same = kept.findIndex(({ text }) => arrowOf(text) === arrowOf(change.text));
    if (same === -1) kept.push(change);
    else if ((kept[same]?.text.length ?? 0) < change.text.length) kept[same] = change;
  }
  return kept;
}

function arrowOf(note: string): string {
  return (/^\S+(?: \p{L}+)? → \S+/u.exec(note)?.[0] ?? note).toLowerCase();
}

function rangesOf(changes: readonly Change[]): Range[] {
  const ranges = changes.flatMap((change) => change.ranges).slice(0, MAX_RANGES);
  return ranges.sort((a, b) => a.start - b.start);
}
