import { functionWords } from "./lexicon.ts";
import { MIN_FIRST, MIN_HEAD, MIN_OTHER, mayBeCompound, phrasesOf, stemOf } from "./topic-find.ts";
import type { TopicNode, TopicWord } from "./topic-node.ts";
import type { SubjectToken, TopicSubject } from "./topic-subject.ts";
import { MIN_PREFIX } from "./topic-terms.ts";
import { looseKind } from "./topic-words.ts";

/** Keys of beginnings and parts of words are cut to so many UTF-16 units. */
const MAX_PART = 12;
/** An outlet or a language brings many articles: asked for only where no word is. */
const SITE_COST = 20;
const LANGUAGE_COST = 100;
const COMMON_COST = 50;
/** A long word is rarer than a short one; divided by its length. */
const WORD_COST = 10;

/**
 * Sets of keys: an article of the language matches only if it has at least one of each set (see `reachOf`). None where
 * nothing need occur.
 */
export function requiredKeys(node: TopicNode, language: string): string[][] {
  if (node.kind === "all") return node.parts.flatMap((part) => requiredKeys(part, language));
  const keys = anyKeys(node, language);
  return keys === null ? [] : [keys];
}

/** Keys of which an article must have one; null where it need have none. */
function anyKeys(node: TopicNode, language: string): string[] | null {
  switch (node.kind) {
    case "term":
      return phrasesOf(node, language).map((words) => rarest(words, language));
    case "site":
      return [`@${node.site}`];
    case "language":
      return [`:${node.language}`];
    case "everything":
    case "not":
      return null;
    case "all":
      return requiredKeys(node, language).toSorted((a, b) => total(a) - total(b))[0] ?? null;
    case "any":
      break;
  }
  return union(node.parts.map((part) => anyKeys(part, language)));
}

/** Every key under which a query could be waiting for this article. */
export function reachOf(subject: TopicSubject): Set<string> {
  const keys = new Set([`:${subject.language}`, ...[...subject.siteKeys].map((key) => `@${key}`)]);
  for (const token of subject.tokens) {
    const seen = keys.has(`=${token.key}`);
    if (!seen) addWord(keys, token);
    if (mayBeCompound(token, subject.language)) addCompound(keys, token.stem);
  }
  return keys;
}

function addWord(keys: Set<string>, { key, stem }: SubjectToken): void {
  keys.add(`=${key}`).add(`~${stem}`);
  const longest = Math.min(key.length, MAX_PART);
  for (let length = MIN_PREFIX; length <= longest; length += 1) keys.add(`^${key.slice(0, length)}`);
  const loose = looseKind(key);
  if (loose === null) return;
  const last = loose === "anywhere" ? key.length : 1;
  for (let start = 0; start < last; start += 1) {
    for (let length = 1; length <= MAX_PART; length += 1) keys.add(`%${key.slice(start, start + length)}`);
  }
}

function addCompound(keys: Set<string>, stem: string): void {
  if (keys.has(`#${stem}`)) return;
  keys.add(`#${stem}`);
  for (let length = MIN_HEAD; length <= stem.length - MIN_OTHER; length += 1) {
    keys.add(`~${stem.slice(-length)}`);
    if (length >= MIN_FIRST) keys.add(`~${stem.slice(0, length)}`);
  }
}

function rarest(words: readonly TopicWord[], language: string): string {
  const keys = words.map((word) => keyOf(word, language));
  return keys.reduce((best, key) => (costOf(key) < costOf(best) ? key : best), keys[0] ?? "");
}

function keyOf(word: TopicWord, language: string): string {
  if (word.prefix) return `^${word.key.slice(0, MAX_PART)}`;
  const loose = looseKind(word.key);
  if (loose === "anywhere" || (loose !== null && !word.exact)) return `%${word.key.slice(0, MAX_PART)}`;
  return word.exact ? `=${word.key}` : `~${stemOf(word, language)}`;
}

function union(parts: readonly (string[] | null)[]): string[] | null {
  const keys: string[] = [];
  for (const part of parts) {
    if (part === null) return null;
    keys.push(...part);
  }
  return [...new Set(keys)];
}

/** How many articles have one of the keys, roughly, beside other sets of keys. */
function total(keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + costOf(key), 0);
}

function costOf(key: string): number {
  if (key.startsWith("@")) return SITE_COST;
  if (key.startsWith(":")) return LANGUAGE_COST;
  return functionWords("en").has(key.slice(1)) ? COMMON_COST : WORD_COST / key.length;
}
