import { requiredKeys, reachOf } from "./topic-anchors.ts";
import { NAMED_LANGUAGES } from "./topic-countries.ts";
import { type TopicMatch, matchTopic } from "./topic-match.ts";
import type { TopicQuery } from "./topic-node.ts";
import { isStemmed } from "./stem.ts";
import type { TopicSubject } from "./topic-subject.ts";

/** Many queries, asked about one article at a time. */
export interface TopicIndex {
  /** A known id gets the new query. */
  add: (id: string, query: TopicQuery) => void;
  /** An unknown id is no error. */
  remove: (id: string) => void;
  /**
   * What `matchTopic` says of every query, in the order of adding, at the cost of those that have their rarest required
   * word in common with the article.
   */
  match: (subject: TopicSubject) => { id: string; match: TopicMatch }[];
}

/** Ids whose queries say the same; they are asked once. */
interface Group {
  query: TopicQuery;
  ids: Set<string>;
}

export function createTopicIndex(): TopicIndex {
  const groups = new Map<string, Group>();
  const places = new Map<string, { key: string; order: number }>();
  let added = 0;
  /** Made for a language when its first article comes. */
  const byLanguage = new Map<string, LanguageLists>();

  function remove(id: string): void {
    const place = places.get(id);
    const group = place === undefined ? undefined : groups.get(place.key);
    places.delete(id);
    if (place === undefined || group === undefined) return;
    group.ids.delete(id);
    if (group.ids.size > 0) return;
    groups.delete(place.key);
    for (const lists of byLanguage.values()) lists.remove(group);
  }

  function add(id: string, query: TopicQuery): void {
    remove(id);
    const key = JSON.stringify(query.root);
    added += 1;
    places.set(id, { key, order: added });
    const known = groups.get(key);
    if (known !== undefined) {
      known.ids.add(id);
      return;
    }
    const group: Group = { query, ids: new Set([id]) };
    groups.set(key, group);
    for (const lists of byLanguage.values()) lists.add(group);
  }

  function listsFor(language: string): LanguageLists {
    const known = byLanguage.get(language);
    if (known !== undefined) return known;
    const lists = createLanguageLists(language);
    for (const group of groups.values()) lists.add(group);
    byLanguage.set(language, lists);
    return lists;
  }

  function match(subject: TopicSubject): { id: string; match: TopicMatch }[] {
    const lists = listsFor(indexLanguage(subject.language));
    const found: { id: string; match: TopicMatch }[] = [];
    for (const group of lists.candidates(reachOf(subject))) {
      const match = matchTopic(group.query, subject);
      if (match !== null) for (const id of group.ids) found.push({ id, match });
    }
    const orderOf = (id: string): number => places.get(id)?.order ?? 0;
    return found.sort((a, b) => orderOf(a.id) - orderOf(b.id));
  }

  return { add, remove, match };
}

/** Languages that treat words alike share their lists, so that no tag an article names makes new ones. */
function indexLanguage(language: string): string {
  return isStemmed(language) || NAMED_LANGUAGES.has(language) ? language : "und";
}

interface LanguageLists {
  add: (group: Group) => void;
  remove: (group: Group) => void;
  /** The groups that an article with these keys could match. */
  candidates: (keys: ReadonlySet<string>) => Group[];
}

/** What a group needs in a language, and which of its sets it waits under. */
interface Need {
  sets: readonly (readonly string[])[];
  waits: readonly string[] | null;
}

function createLanguageLists(language: string): LanguageLists {
  const waiting = new Map<string, Set<Group>>();
  const needs = new Map<Group, Need>();
  const always = new Set<Group>();

  /** A word that many queries ask for is one that many articles have; short lists are short work either way. */
  const load = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + 1 + (waiting.get(key)?.size ?? 0), 0);

  function add(group: Group): void {
    const sets = requiredKeys(group.query.root, language);
    const [best] = sets.toSorted((a, b) => load(a) - load(b) || a.length - b.length);
    needs.set(group, { sets, waits: best ?? null });
    if (best === undefined) always.add(group);
    for (const key of best ?? []) {
      const groups = waiting.get(key);
      if (groups === undefined) waiting.set(key, new Set([group]));
      else groups.add(group);
    }
  }

  function remove(group: Group): void {
    for (const key of needs.get(group)?.waits ?? []) {
      const groups = waiting.get(key);
      groups?.delete(group);
      if (groups?.size === 0) waiting.delete(key);
    }
    needs.delete(group);
    always.delete(group);
  }

  function candidates(keys: ReadonlySet<string>): Group[] {
    const seen = new Set(always);
    for (const key of keys) for (const group of waiting.get(key) ?? []) seen.add(group);
    return [...seen].filter((group) => hasAll(group, keys));
  }

  function hasAll(group: Group, keys: ReadonlySet<string>): boolean {
    return needs.get(group)?.sets.every((set) => set.some((key) => keys.has(key))) ?? false;
  }

  return { add, remove, candidates };
}
