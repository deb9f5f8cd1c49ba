import type { ArticleIndex, Passage, Sentence } from "./article-index.ts";
import * as german from "./contrasts-de.ts";
import * as englishKinds from "./contrasts-en-kinds.ts";
import { OPPOSITES } from "./contrasts-en.ts";
import * as dutch from "./contrasts-nl.ts";
import { ES, FR, IT, PT } from "./contrasts-romance.ts";
import { baseLanguage } from "./normalise.ts";

/** Where a word stands in the tables: one of the members of a class that exclude each other. */
export interface Place {
  /**
   * Two sides that deny each other; things of one kind; such as are never left unnamed; or units of time, which say the
   * same in other numbers and so differ only where all else is equal.
   */
  sort: "opposite" | "kind" | "thing" | "unit";
  group: number;
  member: number;
}

interface Table {
  exact: Map<string, Place[]>;
  /** By what stands before the "*". */
  prefixes: Map<string, Place[]>;
  /** What was looked up before. */
  known: Map<string, readonly Place[]>;
}

const CLASSES: Record<string, Record<Place["sort"], readonly string[]>> = {
  de: { opposite: german.OPPOSITES, kind: german.KINDS, thing: german.THINGS, unit: german.UNITS },
  en: { opposite: OPPOSITES, kind: englishKinds.KINDS, thing: englishKinds.THINGS, unit: englishKinds.UNITS },
  es: ES,
  fr: FR,
  it: IT,
  nl: { opposite: dutch.OPPOSITES, kind: dutch.KINDS, thing: dutch.THINGS, unit: dutch.UNITS },
  pt: PT,
};
const SORTS = ["opposite", "kind", "thing", "unit"] as const;
const TABLES = new Map<string, Table>();
const NOWHERE: readonly Place[] = [];
/** Shortest beginning that a "*" stands behind. */
const MIN_PREFIX = 2;

/** The places of a word, folded; none for a language without tables. */
export function placesOf(key: string, language: string): readonly Place[] {
  const table = tableOf(language);
  if (table === null) return NOWHERE;
  const known = table.known.get(key);
  if (known !== undefined) return known;
  const places = [...(table.exact.get(key) ?? [])];
  for (let length = MIN_PREFIX; length <= key.length; length++)
    places.push(...(table.prefixes.get(key.slice(0, length)) ?? []));
  const found = places.length === 0 ? NOWHERE : places;
  table.known.set(key, found);
  return found;
}

export function isSamePlace(left: Place, right: Place): boolean {
  return left.group === right.group && left.member === right.member;
}

/** True for two members of one class. */
export function isRival(left: Place, right: Place): boolean {
  return left.group === right.group && left.member !== right.member;
}

/** Where an article has a word of a class. */
export interface Spot {
  sentence: Sentence;
  /** Token index in the sentence. */
  at: number;
  member: number;
}

const SPOTS = new WeakMap<ArticleIndex, ReadonlyMap<number, readonly Spot[]>>();

/** Every word of a class in an article's sentences. */
export function spotsOf(article: ArticleIndex, group: number): readonly Spot[] {
  let known = SPOTS.get(article);
  if (known === undefined) SPOTS.set(article, (known = findSpots(article)));
  return known.get(group) ?? [];
}

function findSpots(article: ArticleIndex): Map<number, Spot[]> {
  const found = new Map<number, Spot[]>();
  for (const sentence of article.sentences) {
    for (const [at, { key }] of sentence.tokens.entries()) {
      for (const { group, member } of placesOf(key, article.language)) {
        const spots = found.get(group);
        if (spots === undefined) found.set(group, [{ sentence, at, member }]);
        else spots.push({ sentence, at, member });
      }
    }
  }
  return found;
}

/** True when an article has a word of that place anywhere. */
export function articleHas(article: ArticleIndex, place: Place): boolean {
  return (
    spotsOf(article, place.group).some(({ member }) => member === place.member) ||
    passageHas(article.title, place, article.language)
  );
}

/** True when a passage has a word of that place. */
export function passageHas(passage: Passage, place: Place, language: string): boolean {
  for (const key of passage.keys)
    if (placesOf(key, language).some((other) => isSamePlace(place, other))) return true;
  return false;
}

function tableOf(language: string): Table | null {
  const base = baseLanguage(language);
  const made = TABLES.get(base);
  if (made !== undefined) return made;
  const classes = CLASSES[base];
  if (classes === undefined) return null;
  const table: Table = { exact: new Map(), prefixes: new Map(), known: new Map() };
  let group = 0;
  for (const sort of SORTS) for (const line of classes[sort]) enter(table, line, { sort, group: group++ });
  TABLES.set(base, table);
  return table;
}

function enter(table: Table, line: string, { sort, group }: Omit<Place, "member">): void {
  for (const [member, words] of line.split(" | ").entries()) {
    for (const word of words.split(" ")) {
      const [into, key] = word.endsWith("*") ? [table.prefixes, word.slice(0, -1)] : [table.exact, word];
      const places = into.get(key) ?? [];
      places.push({ sort, group, member });
      into.set(key, places);
    }
  }
}
