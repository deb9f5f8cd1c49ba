import { z } from "zod";

/** One word of a query. The flags say how it may differ from the article's word. */
export interface TopicWord {
  /** Folded: no case, no accents. */
  key: string;
  /** Any word that begins so. */
  prefix: boolean;
  /** No stemming. */
  exact: boolean;
  /** Only where the article has it in capitals: `US`, not `us`. */
  capitals: boolean;
  /** Only where the article has it with a capital: `Polish`, not `polish`. */
  proper: boolean;
  /** Stands right behind the word before, as characters of Chinese and Japanese do. */
  glued: boolean;
}

/** Another way to say a term, from the table of synonyms. */
export interface TopicSynonym {
  text: string;
  words: readonly TopicWord[];
}

/** Where a term counts: as what the article is about, in its title, or anywhere however briefly (`text:`). */
export type TopicScope = "article" | "title" | "text";

export interface TopicTerm {
  kind: "term";
  /** As written, without field, quotes and star. */
  text: string;
  form: "word" | "exact" | "prefix";
  scope: TopicScope;
  words: readonly TopicWord[];
  also: readonly TopicSynonym[];
  /** ISO 3166 code where the term names a country: its name in the article's language counts too. */
  country: string | null;
}

export type TopicNode =
  | TopicTerm
  | { kind: "site"; site: string }
  | { kind: "language"; language: string }
  | { kind: "all" | "any"; parts: readonly TopicNode[] }
  | { kind: "not"; part: TopicNode }
  | { kind: "everything" };

/** A parsed query: plain data. `notes` are sentences for the person who wrote it. */
export interface TopicQuery {
  text: string;
  root: TopicNode;
  notes: readonly string[];
}

/** Other ways to say a word or phrase, by its folded form. An empty list switches a shipped entry off. */
export const SynonymTable = z.record(z.string(), z.array(z.string()));
export type SynonymTable = z.infer<typeof SynonymTable>;

/** True when an article that has none of the query's words, site and language would match. */
export function matchesEverything(query: TopicQuery): boolean {
  return holdsWithout(query.root);
}

/** The terms that are looked for in other words too, with those words, in order and once each. */
export function listExpansions(query: TopicQuery): { term: string; also: string[] }[] {
  const found = new Map<string, string[]>();
  for (const term of listTerms(query.root)) {
    if (term.also.length > 0)
      found.set(
        term.text,
        term.also.map(({ text }) => text),
      );
  }
  return [...found].map(([term, also]) => ({ term, also }));
}

/** The query written out with every operator and parenthesis; parsing it gives the same query. */
export function printTopicQuery(query: TopicQuery): string {
  return printNode(query.root);
}

/** A part of a query as a person would write it. */
export function printNode(node: TopicNode): string {
  switch (node.kind) {
    case "term":
      return printTerm(node);
    case "site":
      return `site:${quoteUnusual(node.site)}`;
    case "language":
      return `lang:${node.language}`;
    case "everything":
      return "*";
    case "not":
      return `-${printInner(node.part)}`;
    case "all":
      return node.parts.map(printInner).join(" AND ");
    case "any":
      break;
  }
  return node.parts.map(printInner).join(" OR ");
}

function printInner(node: TopicNode): string {
  return node.kind === "all" || node.kind === "any" ? `(${printNode(node)})` : printNode(node);
}

function printTerm({ text, form, scope, words }: TopicTerm): string {
  const field = scope === "article" ? "" : `${scope}:`;
  if (form === "exact") return `${field}"${text}"`;
  if (form === "prefix") return `${field}${text}*`;
  return words.length > 1 && /\s/.test(text) ? `${field}(${text})` : `${field}${text}`;
}

function quoteUnusual(text: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.-]*$/u.test(text) ? text : `"${text}"`;
}

function holdsWithout(node: TopicNode): boolean {
  switch (node.kind) {
    case "term":
    case "site":
    case "language":
      return false;
    case "everything":
      return true;
    case "not":
      return !holdsWithout(node.part);
    case "all":
      return node.parts.every(holdsWithout);
    case "any":
      break;
  }
  return node.parts.some(holdsWithout);
}

/** Every term of a query, negated ones left out. */
function listTerms(node: TopicNode): TopicTerm[] {
  if (node.kind === "term") return [node];
  return node.kind === "all" || node.kind === "any" ? node.parts.flatMap(listTerms) : [];
}
