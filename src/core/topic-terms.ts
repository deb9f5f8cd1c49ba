import { baseLanguage, foldText } from "./normalise.ts";
import { functionWords } from "./lexicon.ts";
import { ACRONYMS } from "./topic-countries.ts";
import type { SynonymTable, TopicNode, TopicScope, TopicTerm, TopicWord } from "./topic-node.ts";
import { isOperator } from "./topic-lexer.ts";
import { findSynonyms, MAX_NAME_WORDS, toWords } from "./topic-synonyms.ts";
import { topicTokens } from "./topic-words.ts";

interface TermPlace {
  scope: TopicScope;
  notes: Set<string>;
}

/** A word that a star ends must have so many letters before it; a shorter one is looked for as it stands. */
export const MIN_PREFIX = 2;

/**
 * The terms of words that stand side by side: together where they name something the table knows (`climate change`), each
 * for itself otherwise. Words such as “the” are left out, with a note, unless nothing else is there.
 */
export function groupWords(bare: readonly string[], place: TermPlace & { extra: SynonymTable }): TopicTerm[] {
  const terms: TopicTerm[] = [];
  for (let i = 0; i < bare.length;) {
    const length = namedLength(bare.slice(i, i + MAX_NAME_WORDS), place.extra);
    const group = bare.slice(i, i + length);
    i += length;
    if (length === 1 && bare.length > 1 && isEmptyWord(group[0] ?? "")) {
      place.notes.add(`I left out “${group[0]}”, which nearly every article has; quotes keep it.`);
    } else {
      const term = wordTerm(group, place);
      if (term !== null) terms.push(term);
    }
  }
  return terms;
}

/** A phrase or word that must occur as it stands, apart from case and accents. */
export function exactTerm(text: string, { scope, notes }: TermPlace): TopicTerm | null {
  const words = toWords(text, "exact");
  const shown = text.replaceAll('"', "");
  if (words.length > 0)
    return { kind: "term", text: shown, form: "exact", scope, words, also: [], country: null };
  notes.add(`“${shown}” holds no word to look for; I left it out.`);
  return null;
}

/** `elect*`: every word that begins so. */
export function prefixTerm(raw: string, { scope, notes }: TermPlace): TopicTerm | null {
  const text = trimmed(raw.replace(/\*+$/, ""));
  const words = toWords(text, "exact");
  const last = words.at(-1);
  if (last === undefined || last.key.length < MIN_PREFIX) {
    notes.add(`“${raw}” would find nearly every word; I look for “${text}” as it stands.`);
    return exactTerm(text, { scope, notes });
  }
  if (!PLAIN.test(text)) {
    notes.add(`A star works at the end of one word alone; I look for “${text}” as it stands.`);
    return exactTerm(text, { scope, notes });
  }
  const open: TopicWord = { ...last, prefix: true };
  const opened = [...words.slice(0, -1), open];
  return { kind: "term", text, form: "prefix", scope, words: opened, also: [], country: null };
}

/** `site:` with a host, an address or an outlet's name. */
export function siteNode(text: string, notes: Set<string>): TopicNode | null {
  const site = foldText(text)
    .replace(/^(?:[a-z]+:\/\/|\*?\.|www\.|\s)+/, "")
    .replace(/[/?#:].*$/, "")
    .trim();
  if (/[\p{L}\p{N}]/u.test(site)) return { kind: "site", site };
  notes.add(`“${text}” is no site, such as example.com; I left it out.`);
  return null;
}

/** `lang:` with a code such as `en`. */
export function languageNode(text: string, notes: Set<string>): TopicNode | null {
  const language = baseLanguage(text);
  if (language !== "und") return { kind: "language", language };
  notes.add(`“${text}” is no language code, such as en or de; I left it out.`);
  return null;
}

/** Words, with no other sign than those that stand inside one or between two. */
const PLAIN = /^\.?[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|[-'’.&,/·・_ ](?=[\p{L}\p{N}]))*(?:\+\+|#)?$/u;

function wordTerm(group: readonly string[], place: TermPlace & { extra: SynonymTable }): TopicTerm | null {
  const text = trimmed(group.join(" "));
  if (isOperator(text) || !PLAIN.test(text)) return exactTerm(text, place);
  const typed = toWords(text);
  if (typed.length === 0) return null;
  const entry = findSynonyms(
    typed.map(({ key }) => key),
    place.extra,
  );
  const words = typed.map((word) => ({
    ...word,
    capitals: ACRONYMS.has(word.key) && (entry !== null || word.capitals),
    proper: entry?.country !== undefined && entry.country !== null,
  }));
  const also = entry?.also ?? [];
  return {
    kind: "term",
    text,
    form: "word",
    scope: place.scope,
    words,
    also,
    country: entry?.country ?? null,
  };
}

/** Without the signs before the first word and after the last one. */
function trimmed(text: string): string {
  const tokens = topicTokens(text);
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? text.length);
}

/** How many of the words that come next make up a name of the table; 1 where none do. */
function namedLength(bare: readonly string[], extra: SynonymTable): number {
  for (let length = bare.length; length > 1; length -= 1) {
    const keys = topicTokens(bare.slice(0, length).join(" ")).map(({ key }) => key);
    if (findSynonyms(keys, extra) !== null) return length;
  }
  return 1;
}

/** Small English words. In capitals, or as a name of the table, they are something else: IT, US, WHO. */
function isEmptyWord(text: string): boolean {
  const [token] = topicTokens(text);
  return (
    token !== undefined && text === text.toLowerCase() && functionWords("en").has(text) && !ACRONYMS.has(text)
  );
}
