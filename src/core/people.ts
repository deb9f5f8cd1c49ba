import type { ArticleIndex, Passage } from "./article-index.ts";
import { functionWords } from "./lexicon.ts";
import { peopleOf } from "./demonyms.ts";
import { calendarWords, findNames } from "./names.ts";
import { baseLanguage, foldText } from "./normalise.ts";
import { BEARERS, titleKinds } from "./title-words.ts";

/** A person with an office, as one sentence names them together: "mayor Hanne Brock", "Brock, mayor since May". */
export interface Bearer {
  /** Last word of the name, folded; in a script without capitals the whole name. */
  name: string;
  /** What kinds of office the word may name. */
  kinds: readonly number[];
}

/** The names of an article and who holds which office in it. */
export interface People {
  /** Folded words that are names, or whole names in a script without capitals. */
  names: ReadonlySet<string>;
  /** Offices right before a name. */
  bearers: readonly Bearer[];
  /** By name, the kinds of office named anywhere near it. */
  near: ReadonlyMap<string, ReadonlySet<number>>;
  /** By name, the names that stand right beside it: "Purvis" by "Dawn". */
  partners: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names behind which an office stands: "Lund, a spokesman for the trust". */
  apposed: ReadonlySet<string>;
}

/** How far an office may stand from its bearer's name: right before it, and at all, in tokens. */
const CLOSE = 5;
const NEAR = 10;

const KNOWN = new WeakMap<ArticleIndex, People>();

/** Read once an article. */
export function peopleIn(article: ArticleIndex): People {
  let known = KNOWN.get(article);
  if (known === undefined) KNOWN.set(article, (known = readPeople(article)));
  return known;
}

function readPeople(article: ArticleIndex): People {
  const { language } = article;
  const passages = [article.title, ...article.sentences];
  const names = new Set<string>();
  const near = new Map<string, Set<number>>();
  if (baseLanguage(language) in BEARERS) {
    const bearers = passages.flatMap((each) => unspelled(each.text, language));
    for (const { name, kinds } of bearers) {
      names.add(name);
      near.set(name, new Set([...(near.get(name) ?? []), ...kinds]));
    }
    return { names, bearers, near, partners: new Map(), apposed: new Set() };
  }
  for (const each of passages) {
    for (const { keys } of findNames(each, language)) for (const key of keys) names.add(key);
    if (baseLanguage(language) !== "de")
      for (const raw of each.text.match(/(?<=[\p{L}\p{N}],? )\p{Lu}\p{L}+/gu) ?? []) names.add(foldText(raw));
  }
  for (const each of functionWords(language)) names.delete(each);
  for (const each of calendarWords(language)) names.delete(each);
  for (const each of names) if (titleKinds(each).length > 0 || peopleOf(each) !== null) names.delete(each);
  for (const each of passages) gatherNear(each, names, near);
  const bearers = passages.flatMap((each) => spelled(each, names));
  const apposed = new Set(passages.flatMap((each) => apposedIn(each, names)));
  return { names, bearers, near, partners: partnersIn(passages, names), apposed };
}

function partnersIn(passages: readonly Passage[], names: ReadonlySet<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { tokens, text } of passages) {
    for (const [i, { key, end }] of tokens.entries()) {
      const next = tokens[i + 1];
      if (next === undefined || !names.has(key) || !names.has(next.key)) continue;
      if (!/^[\s-]$/.test(text.slice(end, next.start))) continue;
      found.set(key, (found.get(key) ?? new Set()).add(next.key));
      found.set(next.key, (found.get(next.key) ?? new Set()).add(key));
    }
  }
  return found;
}

function gatherNear(passage: Passage, names: ReadonlySet<string>, near: Map<string, Set<number>>): void {
  const offices = passage.tokens.flatMap(({ key }, at) => titleKinds(key).map((kind) => ({ at, kind })));
  for (const [i, { key }] of passage.tokens.entries()) {
    if (!names.has(key)) continue;
    for (const { at, kind } of offices)
      if (Math.abs(at - i) <= NEAR) near.set(key, (near.get(key) ?? new Set()).add(kind));
  }
}

function apposedIn({ text, tokens }: Passage, names: ReadonlySet<string>): string[] {
  return tokens.flatMap((token, i) => {
    if (!names.has(token.key) || !/^,\s/.test(text.slice(token.end))) return [];
    const stop = /[,.;:–—]/.exec(text.slice(token.end + 1));
    const end = stop === null ? text.length : token.end + 1 + stop.index;
    const behind = tokens.slice(i + 1, i + 1 + CLOSE).filter((other) => other.end <= end);
    return behind.some(({ key }) => titleKinds(key).length > 0) ? [token.key] : [];
  });
}

/** Who a passage names with an office right before the name. */
export function bearersIn(passage: Passage, language: string, { names }: People): Bearer[] {
  return baseLanguage(language) in BEARERS ? unspelled(passage.text, language) : spelled(passage, names);
}

/** In a script without capitals the office tells where a name begins. */
function unspelled(text: string, language: string): Bearer[] {
  const table = BEARERS[baseLanguage(language)];
  if (table === undefined) return [];
  return [...text.matchAll(table.pattern)].flatMap(({ groups }) => {
    const title = groups?.["title"] ?? "";
    const kind = table.kinds.findIndex((words) => words.includes(title));
    return groups?.["name"] === undefined || kind === -1 ? [] : [{ name: groups["name"], kinds: [kind] }];
  });
}

/** A run of two names or more is a person where an office stands before it: "la ministra de Minería, Lucía Arredondo". */
function spelled(passage: Passage, names: ReadonlySet<string>): Bearer[] {
  const { tokens, text } = passage;
  const isName = (i: number) => {
    const token = tokens[i];
    return token !== undefined && names.has(token.key) && /^\p{Lu}/u.test(text.slice(token.start));
  };
  const joined = (i: number, pattern: RegExp) => {
    const [before, token] = [tokens[i - 1], tokens[i]];
    return before !== undefined && token !== undefined && pattern.test(text.slice(before.end, token.start));
  };
  const found: Bearer[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!isName(i)) continue;
    const from = i;
    while (isName(i + 1) && joined(i + 1, /^[\s-]$/)) i += 1;
    const last = tokens[i];
    if (last === undefined || from === i) continue;
    for (let k = from; k > 0 && from - k < CLOSE; k--) {
      if (!joined(k, k === from ? /^,?\s$/ : /^[\s-]$|^['’]s?\s?$/)) break;
      const kinds = titleKinds(tokens[k - 1]?.key ?? "");
      if (kinds.length === 0) continue;
      found.push({ name: last.key, kinds });
      break;
    }
  }
  return found;
}
