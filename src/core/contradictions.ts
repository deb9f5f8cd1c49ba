import { type ArticleIndex, type Passage, indexArticle } from "./article-index.ts";
import { isJunk } from "./junk.ts";
import { type CountedThing, countedThings, singleThings } from "./counted.ts";

/** A figure of the headline or the opening that the rest of the article gives differently. */
export interface Contradiction {
  /** One line for the reader, in the article's language where it is known. */
  text: string;
  where: "headline" | "opening";
  /** What the headline or opening says, and what the text says. */
  stated: CountedThing;
  body: CountedThing;
  /** Stems of the other words of the headline or opening: a claim with some of them is about the same. */
  beside: ReadonlySet<string>;
}

/** Sentences of the report that count as its opening, and how far down to look for them. */
const OPENING = 3;
const OPENING_DEPTH = 10;
/** Words beside the thing counted that both sentences must share before two figures are about the same. */
const SHARED_COUNTS = 2;
const SHARED_SINGLE = 3;

/** Finds figures of headline and opening that the article's own text contradicts: "three bridges" there, two here. */
export function findContradictions(
  title: string,
  paragraphs: readonly string[],
  language: string,
): Contradiction[] {
  return [...contradictionsIn(indexArticle({ title, paragraphs, language }))];
}

const FOUND = new WeakMap<ArticleIndex, readonly Contradiction[]>();

/** `findContradictions` over an index made before; remembered with it. */
export function contradictionsIn(article: ArticleIndex): readonly Contradiction[] {
  let known = FOUND.get(article);
  if (known === undefined) FOUND.set(article, (known = contradictionsOf(article)));
  return known;
}

function contradictionsOf(article: ArticleIndex): Contradiction[] {
  const language = article.language;
  const counted = article.sentences.map((sentence) => countedThings(sentence, language));
  const opening = article.sentences
    .slice(0, OPENING_DEPTH)
    .filter(({ text }) => !isJunk(text, language))
    .slice(0, OPENING);
  const found: Contradiction[] = [];
  const heads = [
    { head: article.title, from: 0 },
    ...opening.map((sentence) => ({ head: sentence, from: article.sentences.indexOf(sentence) + 1 })),
  ];
  for (const { head, from } of heads) {
    const later = { article, counted, from };
    for (const thing of countedThings(head, language))
      push(found, contradict(head, thing, later, SHARED_COUNTS));
    for (const thing of singleThings(head, language))
      push(found, contradict(head, thing, later, SHARED_SINGLE));
  }
  return found;
}

interface Later {
  article: ArticleIndex;
  counted: CountedThing[][];
  /** First sentence after the head: 0 after the headline, n after the n-th sentence. */
  from: number;
}

function contradict(head: Passage, thing: CountedThing, later: Later, needed: number): Contradiction | null {
  const rivals = later.counted
    .flatMap((things, at) => (at < later.from ? [] : things.map((other) => ({ other, at }))))
    .filter(({ other }) => sameThing(thing, other));
  const values = new Set(rivals.map(({ other }) => other.value));
  if (values.size !== 1 || values.has(thing.value) || backed(thing, later)) return null;
  for (const { other, at } of rivals) {
    const sentence = later.article.sentences[at];
    if (sentence === undefined || isOfAnotherTime(head, sentence)) continue;
    if (thing.value === 1 && other.value > MOST_FOR_SINGLE) continue;
    const shared = sharedStems(head, sentence, [thing, other]);
    if (shared.size < (later.from === 0 && thing.value > 1 ? needed - 1 : needed)) continue;
    const where = later.from === 0 ? "headline" : "opening";
    return {
      text: caveat(where, lowered(thing.phrase), lowered(other.phrase), later.article.language),
      where,
      stated: thing,
      body: other,
      beside: without(head.stems, [thing]),
    };
  }
  return null;
}

/** True when the text counts the same as the head somewhere, in whatever words. */
function backed(thing: CountedThing, later: Later): boolean {
  return later.article.sentences.some((sentence, at) => {
    if (at < later.from) return false;
    const number =
      thing.value > 1 &&
      sentence.numbers.some((other) => other.values.includes(thing.value) && other.unit === null);
    return (
      number ||
      (thing.value === 1 &&
        SINGLED_OUT.test(sentence.text) &&
        [...thing.keys].some((key) => sentence.stems.has(key)))
    );
  });
}

/** "One of the photographs", "the photograph" by itself: the text knows the single thing as one of several. */
const SINGLED_OUT = /\b(?:one|each|first) of (?:the|these|those|his|her|its|their)\b/i;

/** More than this many is no slip for one. */
const MOST_FOR_SINGLE = 12;
const ANOTHER_TIME =
  /\b(?:(?:1[89]|20)\d\d|last (?:year|month|week|season)|ago|previous(?:ly)?|earlier (?:this|in)|letztes Jahr|año pasado|l['’]an dernier)\b/gi;

/** True when the later sentence tells of a time that the head does not: what was counted then was something else. */
export function isOfAnotherTime(head: Passage, body: Passage): boolean {
  const told = new Set<string>(head.text.match(WEEKDAY));
  const said = [...new Set<string>(body.text.match(WEEKDAY))];
  if (told.size > 0 && said.length > 0 && !said.some((day) => told.has(day))) return true;
  return (body.text.match(ANOTHER_TIME) ?? []).some((mark) => !head.text.includes(mark));
}

const WEEKDAY =
  /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)/g;

function sameThing(left: CountedThing, right: CountedThing): boolean {
  for (const key of left.keys) if (right.keys.has(key)) return true;
  return false;
}

function sharedStems(head: Passage, body: Passage, things: readonly CountedThing[]): Set<string> {
  const shared = without(head.stems, things);
  for (const each of shared) if (!body.stems.has(each)) shared.delete(each);
  return shared;
}

/** The stems that are neither a thing counted nor a number. */
function without(stems: ReadonlySet<string>, things: readonly CountedThing[]): Set<string> {
  const left = [...stems].filter(
    (each) => !/\p{Nd}/u.test(each) && !things.some((thing) => thing.keys.has(each) || thing.number === each),
  );
  return new Set(left);
}

function push(found: Contradiction[], next: Contradiction | null): void {
  if (next !== null && !found.some((known) => known.text === next.text)) found.push(next);
}

/** True when a claim states the figure that the article's text contradicts. */
export function carries(claim: Passage, contradiction: Contradiction, language: string): boolean {
  const { stated, body, beside } = contradiction;
  const things = [
    ...countedThings(claim, language),
    ...(stated.value === 1 ? singleThings(claim, language) : []),
  ];
  const mine = things.filter((thing) => sameThing(thing, stated));
  if (!mine.some((thing) => thing.value === stated.value) || mine.some((thing) => thing.value === body.value))
    return false;
  let common = 0;
  for (const each of beside) if (claim.stems.has(each)) common += 1;
  return common >= (stated.value === 1 ? 2 : 1);
}

type Where = Contradiction["where"] | "text";

const CAVEATS: Record<string, Record<Where, (stated: string, body: string) => string>> = {
  en: {
    headline: (stated, body) => `The headline says ${stated}; the text says ${body}.`,
    opening: (stated, body) => `The opening says ${stated}; the text says ${body}.`,
    text: (stated, body) => `The text says ${stated}; further down it says ${body}.`,
  },
  de: {
    headline: (stated, body) => `In der Überschrift steht „${stated}“, im Text „${body}“.`,
    opening: (stated, body) => `Am Anfang steht „${stated}“, weiter unten „${body}“.`,
    text: (stated, body) => `Im Text steht „${stated}“, weiter unten „${body}“.`,
  },
  es: {
    headline: (stated, body) => `El titular dice «${stated}»; el texto dice «${body}».`,
    opening: (stated, body) => `El comienzo dice «${stated}»; el texto dice «${body}».`,
    text: (stated, body) => `El texto dice «${stated}»; más abajo dice «${body}».`,
  },
  fr: {
    headline: (stated, body) => `Le titre dit « ${stated} » ; le texte dit « ${body} ».`,
    opening: (stated, body) => `Le début dit « ${stated} » ; le texte dit « ${body} ».`,
    text: (stated, body) => `Le texte dit « ${stated} » ; plus loin, « ${body} ».`,
  },
};

/** What a reader is told, in the article's language where it is known. */
export function caveat(where: Where, stated: string, body: string, language: string): string {
  const said = CAVEATS[language.slice(0, 2)] ?? CAVEATS["en"];
  return said?.[where](stated, body) ?? `${stated} / ${body}`;
}

/** A phrase for the middle of a sentence. */
export function lowered(phrase: string): string {
  return /^\p{Lu}\p{Ll}/u.test(phrase) ? phrase.charAt(0).toLowerCase() + phrase.slice(1) : phrase;
}
