import { stemWord } from "./stem.ts";
import { ACRONYMS, COUNTRIES, localCountryName } from "./topic-countries.ts";
import { SynonymTable, type TopicSynonym, type TopicWord } from "./topic-node.ts";
import { THEMES } from "./topic-themes.ts";
import { topicTokens } from "./topic-words.ts";

/** What the table knows about a word or phrase. */
interface SynonymEntry {
  also: readonly TopicSynonym[];
  country: string | null;
}

/** As many words as the longest name of a theme or country has. */
export const MAX_NAME_WORDS = 6;

/** Entries of one table; more are left out, with a note. */
const MAX_ENTRIES = 2_000;

/** The entry of a phrase, by its folded words; the workspace's own table goes before the shipped one. */
export function findSynonyms(keys: readonly string[], extra: SynonymTable = {}): SynonymEntry | null {
  const name = nameKey(keys);
  return compiled(extra).get(name) ?? shipped().get(name) ?? null;
}

const COMPILED = new WeakMap<SynonymTable, Map<string, SynonymEntry>>();

function compiled(extra: SynonymTable): Map<string, SynonymEntry> {
  const known = COMPILED.get(extra);
  if (known !== undefined) return known;
  const made = new Map(Object.entries(extra).map(([name, also]) => toEntry(name, also)));
  COMPILED.set(extra, made);
  return made;
}

function toEntry(name: string, also: readonly string[]): [string, SynonymEntry] {
  const key = nameKey(keysOf(name));
  return [key, { also: toSynonyms(also, key), country: null }];
}

/** The words of a synonym or of a country's name, as a query has them. */
export function toWords(text: string, form: "word" | "exact" = "word"): TopicWord[] {
  return topicTokens(text).map((token) => ({
    key: token.key,
    prefix: false,
    exact: form === "exact",
    capitals: token.capitals && ACRONYMS.has(token.key),
    proper: false,
    glued: token.glued,
  }));
}

/**
 * Reads synonyms as a person writes them: `oil: crude, petroleum` a line (oil finds the others), `laptop = notebook`
 * (each finds the other), `#` before a remark, or a JSON object of lists. What cannot be read is left out with a note.
 */
export function parseSynonyms(text: string): { table: SynonymTable; notes: string[] } {
  if (text.trim().startsWith("{")) return parseJsonSynonyms(text);
  const found = new Map<string, string[]>();
  const notes: string[] = [];
  for (const [i, raw] of text.split("\n").entries()) {
    const line = raw.replace(/(?:^|\s)#.*$/, "").trim();
    if (line === "") continue;
    const { names, also } = parseLine(line);
    if (names.length === 0 || (names.length === 1 && !line.includes(":"))) {
      notes.push(
        `Line ${i + 1} names no synonyms and was left out; write “word: other, another” or “word = other”.`,
      );
    } else addNames(found, names, also);
  }
  if (found.size > MAX_ENTRIES) notes.push(`Only the first ${MAX_ENTRIES} entries were read.`);
  return { table: Object.fromEntries([...found].slice(0, MAX_ENTRIES)), notes };
}

function parseLine(line: string): { names: string[]; also: string[] } {
  const colon = line.indexOf(":");
  const left = colon === -1 ? line : line.slice(0, colon);
  const right = colon === -1 ? "" : line.slice(colon + 1);
  return { names: words(left, "="), also: words(right, ",") };
}

function addNames(found: Map<string, string[]>, names: readonly string[], also: readonly string[]): void {
  for (const name of names) {
    const others = names.filter((other) => other !== name);
    found.set(name, [...new Set([...(found.get(name) ?? []), ...others, ...also])]);
  }
}

function parseJsonSynonyms(text: string): { table: SynonymTable; notes: string[] } {
  const read = SynonymTable.safeParse(readJson(text));
  return read.success
    ? { table: read.data, notes: [] }
    : {
        table: {},
        notes: ['The synonyms are no JSON object of lists, such as {"oil": ["crude"]}, and were left out.'],
      };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

let table: Map<string, SynonymEntry> | null = null;

/** Built once, when the first query is read: the names in other languages take some milliseconds. */
function shipped(): Map<string, SynonymEntry> {
  table ??= new Map([...countryEntries(), ...themeEntries()]);
  return table;
}

function themeEntries(): [string, SynonymEntry][] {
  return THEMES.trim()
    .split("\n")
    .flatMap((line) => {
      const { names, also } = parseLine(line);
      return names.map((name) => toEntry(name, also));
    });
}

/** Languages in which people are expected to type a country's name. */
const TYPED_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl"];

function* countryEntries(): Generator<[string, SynonymEntry]> {
  for (const { code, names, demonyms, cities } of COUNTRIES.toReversed()) {
    const all = [...names, ...demonyms, ...cities];
    const locals = TYPED_LANGUAGES.map((language) => localCountryName(code, language));
    for (const name of [...locals.filter((name) => name !== null), ...names]) {
      const key = nameKey(keysOf(name));
      const also = toSynonyms(all, key).map((synonym) => ({
        ...synonym,
        words: synonym.words.map((word) => ({ ...word, proper: true })),
      }));
      yield [key, { also, country: code }];
    }
  }
}

/** The other ways without the one that was typed. */
function toSynonyms(texts: readonly string[], name: string): TopicSynonym[] {
  return texts
    .map((text) => ({ text, words: toWords(text) }))
    .filter(({ words }) => words.length > 0 && nameKey(words.map(({ key }) => key)) !== name);
}

function keysOf(text: string): string[] {
  return topicTokens(text).map(({ key }) => key);
}

function nameKey(keys: readonly string[]): string {
  return keys.map((key) => stemWord(key, "en")).join(" ");
}

function words(list: string, separator: string): string[] {
  return list
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
