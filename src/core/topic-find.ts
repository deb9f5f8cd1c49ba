import { looseKind } from "./topic-words.ts";
import { localCountryName } from "./topic-countries.ts";
import type { TopicTerm, TopicWord } from "./topic-node.ts";
import { stemWord } from "./stem.ts";
import type { SubjectToken, TopicSubject } from "./topic-subject.ts";
import { toWords } from "./topic-synonyms.ts";

/** A run of the article's tokens that a term found; both ends included. */
export interface Mention {
  from: number;
  to: number;
}

/** Every way a term can be said in an article of a language: as typed first, then its synonyms. */
export function phrasesOf(term: TopicTerm, language: string): (readonly TopicWord[])[] {
  const phrases = [term.words, ...term.also.map(({ words }) => words)];
  const local = term.country === null ? null : localCountryName(term.country, language);
  if (local !== null) phrases.push(toWords(local).map((word) => ({ ...word, proper: true })));
  return phrases;
}

/** Where a term occurs, in order; what several phrases find at one place counts once. */
export function findTerm(term: TopicTerm, subject: TopicSubject): Mention[] {
  const found: Mention[] = [];
  for (const phrase of phrasesOf(term, subject.language)) found.push(...findPhrase(phrase, subject));
  const scoped =
    term.scope === "title" ? found.filter(({ from }) => subject.tokens[from]?.paragraph === 0) : found;
  return withoutOverlaps(scoped);
}

export function withoutOverlaps(mentions: Mention[]): Mention[] {
  const kept: Mention[] = [];
  for (const mention of mentions.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (mention.from > (kept.at(-1)?.to ?? -1)) kept.push(mention);
  }
  return kept;
}

function findPhrase(phrase: readonly TopicWord[], subject: TopicSubject): Mention[] {
  const [first] = phrase;
  if (first === undefined) return [];
  const found: Mention[] = [];
  for (const from of positionsOf(first, subject)) {
    const to = from + phrase.length - 1;
    if (phrase.length > 1 && (!follows(phrase, subject, from) || crosses(subject, from, to))) continue;
    found.push({ from, to });
  }
  return found;
}

function follows(phrase: readonly TopicWord[], subject: TopicSubject, from: number): boolean {
  const paragraph = subject.tokens[from]?.paragraph;
  for (const [i, word] of phrase.entries()) {
    const token = subject.tokens[from + i];
    if (token === undefined || token.paragraph !== paragraph) return false;
    if (i > 0 && ((word.glued && !token.glued) || !isWord(word, token, subject))) return false;
  }
  return true;
}

/** Begins inside a dictionary word and ends outside it. */
function crosses(subject: TopicSubject, from: number, to: number): boolean {
  return (
    subject.tokens[from]?.opens === false && subject.tokens.slice(from + 1, to + 1).some(({ opens }) => opens)
  );
}

function positionsOf(word: TopicWord, subject: TopicSubject): readonly number[] {
  const listed = word.exact
    ? subject.byKey.get(word.key)
    : subject.byStem.get(stemOf(word, subject.language));
  const places = isLoose(word, subject)
    ? [...new Set([...(listed ?? []), ...likePlaces(word, subject)])]
    : listed;
  return (places ?? []).filter((i) => {
    const token = subject.tokens[i];
    return token !== undefined && isWritten(word, token, subject);
  });
}

/** Words that are not the word but hold it: by a star, in a compound, or where a script runs words together. */
function likePlaces(word: TopicWord, subject: TopicSubject): number[] {
  const places: number[] = [];
  for (const positions of subject.byKey.values()) {
    for (const i of positions) {
      const token = subject.tokens[i];
      if (token !== undefined && isLike(word, token, subject)) places.push(i);
    }
  }
  return places;
}

/** The stem of each word in the language it was last asked for: one query is asked about many articles. */
const STEMS = new WeakMap<TopicWord, { language: string; stem: string }>();

/** A query's word as `TopicSubject.byStem` has it. */
export function stemOf(word: TopicWord, language: string): string {
  const known = STEMS.get(word);
  if (known?.language === language) return known.stem;
  const stem = stemWord(word.key, language);
  STEMS.set(word, { language, stem });
  return stem;
}

function isLoose(word: TopicWord, subject: TopicSubject): boolean {
  if (word.prefix || looseKind(word.key) === "anywhere") return true;
  return !word.exact && (looseKind(word.key) !== null || COMPOUNDING.has(subject.language));
}

function isWord(word: TopicWord, token: SubjectToken, subject: TopicSubject): boolean {
  if (!isWritten(word, token, subject)) return false;
  if (word.key === token.key || isLike(word, token, subject)) return true;
  return !word.exact && stemOf(word, subject.language) === token.stem;
}

function isWritten(word: TopicWord, token: SubjectToken, subject: TopicSubject): boolean {
  if (subject.caseless) return true;
  return (!word.capitals || token.capitals) && (!word.proper || token.proper);
}

function isLike(word: TopicWord, token: SubjectToken, subject: TopicSubject): boolean {
  if (word.prefix) return token.key.startsWith(word.key);
  const loose = looseKind(word.key);
  if (loose === "anywhere") return token.key.includes(word.key);
  if (word.exact) return false;
  if (loose === "beginning") return token.key.startsWith(word.key);
  return mayBeCompound(token, subject.language) && isCompound(stemOf(word, subject.language), token.stem);
}

/** Whether a token may be read as a compound: German writes its nouns with a capital, and verbs are none. */
export function mayBeCompound(token: SubjectToken, language: string): boolean {
  return COMPOUNDING.has(language) && (language !== "de" || token.proper);
}

/** Languages that write compounds as one word. */
const COMPOUNDING: ReadonlySet<string> = new Set(["de", "nl"]);
/** Fewest letters of the head (which says what the thing is), of the first part, and of what is joined to either. */
export const MIN_HEAD = 4;
export const MIN_FIRST = 5;
export const MIN_OTHER = 4;
/** What makes a place's name of a word: Frank-reich, Peters-burg. */
const PLACE_ENDINGS =
  /^s?(?:reich|burg|furt|land|stadt|stedt|hausen|heim|dorf|berg|feld|stein|bach|hof|hafen|thal|brueck)$/;

/** Whether a compound is of the word: `Bundestagswahl` is a Wahl, `Klimawandel` is of the Klima. */
function isCompound(stem: string, compound: string): boolean {
  const other = compound.length - stem.length;
  if (other < MIN_OTHER || stem.length < MIN_HEAD) return false;
  if (compound.endsWith(stem)) return true;
  return (
    stem.length >= MIN_FIRST && compound.startsWith(stem) && !PLACE_ENDINGS.test(compound.slice(stem.length))
  );
}
