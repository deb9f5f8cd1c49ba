import type { Passage, Sentence } from "./article-index.ts";
import { shorten } from "./headline.ts";
import { functionWords } from "./lexicon.ts";
import { calendarWords, findNames } from "./names.ts";
import { type Token, isUnspaced, stem } from "./normalise.ts";
import type { NumberMention } from "./numbers.ts";
import { isNumberKey } from "./number-words.ts";
import { isNegated } from "./opposites.ts";
import { quotations } from "./verify-quotations.ts";
import { type WordChange, wordChanges } from "./revision-pairs.ts";

/** How much a change matters to a reader: the smaller, the more. */
export const WEIGHT = { number: 0, name: 1, headline: 2, corrected: 3, added: 4, removed: 5 } as const;

export interface Note {
  text: string;
  weight: number;
}

/** Longest note, in UTF-16 units. */
export const MAX_NOTE = 120;
/** Words after a number that may name what it counts. */
const REACH = 4;
/** Words that say the same in a report; changing one for another is no news. */
const SAME_MEANING: readonly ReadonlySet<string>[] = [
  "said says told stated added noted explained remarked announced reported according tells",
  "big large huge great major",
  "small little minor",
  "begin began begun start started starts begins",
  "buy bought purchase purchased",
  "about around roughly approximately some nearly",
  "also too additionally",
  "but however though although yet",
  "near close nearby",
  "show shows showed shown reveal revealed reveals",
  "use used using utilise utilize",
  "help helped assist assisted aid",
  "car vehicle",
  "build built construct constructed",
  "children kids",
  "people persons individuals residents",
  "get got receive received obtain obtained",
  "quick quickly rapid rapidly fast swift swiftly",
  "important significant key",
  "whilst while",
  "toward towards",
  "among amongst",
  "until till",
  "sagte erklarte teilte mitteilte betonte meinte",
  "gross grosse grosser grossen riesig",
  "dijo afirmo senalo explico aseguro declaro indico",
  "dit declare affirme explique indique precise",
].map((line) => new Set(line.split(" ")));

/** What a reader should know about one rewritten sentence; null where it says what it said. */
export function noteOnChange(before: Sentence, after: Sentence, language: string): Note | null {
  const changes = wordChanges(before, after);
  const number = numberNote(before, after, changes, language);
  if (number !== null) return { text: number, weight: WEIGHT.number };
  const name = nameNote(before, after, language);
  if (name !== null) return { text: name, weight: WEIGHT.name };
  const turned = isNegated(before.text, language) !== isNegated(after.text, language);
  const requoted =
    quotations(before.text).join() !== quotations(after.text).join() &&
    changes.length > 0 &&
    quotesDiffer(before, after);
  if (!turned && !requoted && changes.every((change) => isTrivial(before, after, change, language)))
    return null;
  return {
    text: `corrected: ${shorten(after.text.replace(/\s+/g, " "), MAX_NOTE - 11)}`,
    weight: WEIGHT.corrected,
  };
}

function quotesDiffer(before: Passage, after: Passage): boolean {
  const words = (passage: Passage) =>
    quotations(passage.text)
      .join(" ")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  return words(before) !== words(after);
}

/** "9 → 11 injured" for the first number that changed in its place. */
function numberNote(
  before: Sentence,
  after: Sentence,
  changes: readonly WordChange[],
  language: string,
): string | null {
  const gone = before.numbers.filter((number) => !after.numbers.some((other) => sameNumber(number, other)));
  const fresh = after.numbers.filter((number) => !before.numbers.some((other) => sameNumber(number, other)));
  if (gone.length === 0 && fresh.length === 0) return null;
  for (const number of fresh) {
    const partner =
      gone.find((other) =>
        samePlace({ sentence: before, number: other }, { sentence: after, number }, changes),
      ) ?? (gone.length === 1 && fresh.length === 1 ? gone[0] : undefined);
    if (partner !== undefined)
      return arrow(
        stated(before, partner, language),
        stated(after, number, language),
        counted(after, number, language),
      );
  }
  const [first] = fresh;
  if (first !== undefined && gone.length === 0)
    return `new figure: ${stated(after, first, language)} ${counted(after, first, language)}`.trim();
  return `corrected: ${shorten(after.text.replace(/\s+/g, " "), MAX_NOTE - 11)}`;
}

function arrow(before: string, after: string, what: string): string {
  return `${before} → ${after}${what === "" || /^[%％]/.test(what) ? what : ` ${what}`}`;
}

function sameNumber(left: NumberMention, right: NumberMention): boolean {
  return (
    left.values.some((value) => right.values.includes(value)) &&
    (left.unit === right.unit || left.unit === null || right.unit === null)
  );
}

/** A number and the sentence it stands in. */
interface Placed {
  sentence: Sentence;
  number: NumberMention;
}

/** True when both numbers fall into one changed run of words. */
function samePlace(before: Placed, after: Placed, changes: readonly WordChange[]): boolean {
  return changes.some((change) => within(before, change.before) && within(after, change.after));
}

function within({ sentence, number }: Placed, run: { from: number; to: number }): boolean {
  const at = sentence.tokens.findIndex((token) => token.start >= number.start);
  return at < run.to && number.next > run.from;
}

/** The number as the text has it, with its currency sign. */
function stated(passage: Passage, number: NumberMention, language: string): string {
  const sign = /(?:US|A|C)?[$€£¥]\s?$/.exec(passage.text.slice(0, number.start))?.[0] ?? "";
  const raw = passage.text.slice(number.start, number.end);
  const opens = number.start === 0 && number.spelt && language !== "de";
  return sign.trim() + (opens ? raw.toLowerCase() : raw);
}

const PEOPLE =
  /^(?:people|persons?|others|men|women|children|residents|menschen|personen|leute|personas|personnes)$/;
const LINKING =
  /^(?:were|was|are|is|have|has|had|been|being|who|wurden|sind|waren|worden|fueron|resultaron|estan|ont|ete|sont)$/;

/** What a number counts, in the text's own words: past "people were" to what happened to them. */
function counted(passage: Passage, number: NumberMention, language: string): string {
  const after = passage.text.slice(number.end);
  if (isUnspaced(language)) return /^[^\d、。，,「」（）()\s]{1,6}/u.exec(after)?.[0] ?? "";
  const share = /^\s?(?:[%€£$¥]|per ?cent|percent|percentage points?|prozent|por ciento|pour cent)/i.exec(
    after,
  )?.[0];
  if (share !== undefined) return share.trim();
  const words: Token[] = [];
  let people: Token | null = null;
  let end = number.end;
  for (const token of passage.tokens.slice(number.next, number.next + REACH)) {
    if (!/^[\s-]+$/.test(passage.text.slice(end, token.start)) || words.length >= 2) break;
    end = token.end;
    if (words.length === 0 && PEOPLE.test(token.key)) people = token;
    else if (words.length === 0 && LINKING.test(token.key)) continue;
    else if (isSmall(token, language)) break;
    else words.push(token);
  }
  const named = words.length === 0 && people !== null ? [people] : words;
  return named.map((token) => passage.text.slice(token.start, token.end)).join(" ");
}

function isSmall(token: Token, language: string): boolean {
  return (
    functionWords(language).has(token.key) ||
    calendarWords(language).has(token.key) ||
    /\p{Nd}/u.test(token.key)
  );
}

/** "Smith → Schmidt" where a name went and another came. */
function nameNote(before: Sentence, after: Sentence, language: string): string | null {
  const gone = namesOnly(before, after, language);
  const fresh = namesOnly(after, before, language);
  const [old] = gone;
  const [now] = fresh;
  if (old !== undefined && now !== undefined) return `${old} → ${now}`;
  return now === undefined ? null : `corrected: ${shorten(after.text.replace(/\s+/g, " "), MAX_NOTE - 11)}`;
}

function namesOnly(passage: Passage, other: Passage, language: string): string[] {
  const names = findNames(passage, language).filter((name) =>
    name.keys.some((key) => !other.keys.has(key) && !other.folded.includes(key)),
  );
  return names.map((name) => name.raw);
}

/** The numbers were compared by value before: here only words are left. A changed run that only touches small words, endings, spelling, or one word for another of the same meaning. */
function isTrivial(before: Sentence, after: Sentence, change: WordChange, language: string): boolean {
  if (isUnspaced(language))
    return change.before.to - change.before.from + change.after.to - change.after.from <= 2;
  const ignored = functionWords(language);
  const words = (tokens: readonly Token[]) =>
    tokens.filter(({ key }) => !ignored.has(key) && !isNumberKey(key));
  const old = words(before.tokens.slice(change.before.from, change.before.to));
  const now = words(after.tokens.slice(change.after.from, change.after.to));
  if (old.length !== now.length) return old.length + now.length === 1 && isFiller(old[0] ?? now[0]);
  return old.every((token, i) => sayTheSame(token.key, now[i]?.key ?? "", language));
}

/** Adverbs and tags whose coming or going changes nothing. */
function isFiller(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (/^(?:also|however|meanwhile|today|really|quite|added|local|yesterday|earlier)$/.test(token.key) ||
      /.{2}ly$/.test(token.key))
  );
}

function sayTheSame(left: string, right: string, language: string): boolean {
  if (left === right || stem(left, language) === stem(right, language)) return true;
  if (SAME_MEANING.some((set) => set.has(left) && set.has(right))) return true;
  return (
    Math.min(left.length, right.length) >= 5 &&
    distance(left, right) <= (Math.min(left.length, right.length) >= 8 ? 2 : 1)
  );
}

/** Letters to add, drop, change or swap to get from one word to the other. */
function distance(left: string, right: string): number {
  let above: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const plain = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      next.push(swap ? Math.min(plain, (above[j - 2] ?? 0) + 1) : plain);
    }
    above = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
