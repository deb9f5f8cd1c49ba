import { type Field, lexTopicQuery, type Piece } from "./topic-lexer.ts";
import {
  matchesEverything,
  type SynonymTable,
  type TopicNode,
  type TopicQuery,
  type TopicScope,
} from "./topic-node.ts";
import { exactTerm, groupWords, languageNode, prefixTerm, siteNode } from "./topic-terms.ts";

/** Longer queries are cut here, with a note. In UTF-16 units. */
export const MAX_QUERY_LENGTH = 500;

/** Soft hyphens, zero-width spaces and direction marks; joiners stay, for Persian and Indian scripts spell with them. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What is being read: the pieces, the place, and what to tell the person. */
interface Reading {
  pieces: readonly Piece[];
  at: number;
  depth: number;
  scope: TopicScope;
  extra: SynonymTable;
  notes: Set<string>;
}

/**
 * Reads a query as a person types it: words (each must occur), "phrases", OR, AND, NOT or a leading -, parentheses, title:,
 * site:, lang:, a star at a word's end, = for a word as it stands. Never throws: what it cannot read it takes literally and
 * says so in `notes`. `extra` goes before the shipped synonyms.
 */
export function parseTopicQuery(text: string, extra: SynonymTable = {}): TopicQuery {
  const plain = tidy(text);
  const { pieces, notes } = lexTopicQuery(plain.slice(0, MAX_QUERY_LENGTH));
  const reading: Reading = {
    pieces,
    at: 0,
    depth: 0,
    scope: "article",
    extra,
    notes: new Set(notes),
  };
  if (plain.length > MAX_QUERY_LENGTH)
    reading.notes.add(
      `The query is longer than ${MAX_QUERY_LENGTH} characters; I left out what comes after.`,
    );
  const parts: TopicNode[] = [];
  while (reading.at < pieces.length) {
    const node = readAny(reading);
    if (node !== null) parts.push(node);
    if (peek(reading)?.kind === "close") {
      reading.notes.add("There is a closing parenthesis too many; I left it out.");
      reading.at += 1;
    }
  }
  const query: TopicQuery = { text, root: join("all", parts), notes: [] };
  if (matchesEverything(query)) reading.notes.add(everythingNote(pieces, query.root));
  return { ...query, notes: [...reading.notes] };
}

function everythingNote(pieces: readonly Piece[], root: TopicNode): string {
  if (pieces.length === 0) return "The query holds no word to look for, so every article matches.";
  return root.kind === "everything"
    ? "The query asks for nothing in particular, so every article matches."
    : "The query only says what must not occur, so nearly every article matches.";
}

/** Full-width signs, typographic quotes and invisible characters as they were meant. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFKC")
    .replace(/[“”„‟«»「」『』〝〞‹›]/g, '"')
    .replace(/[‘’‚‛`´]/g, "'")
    .replace(INVISIBLE, "")
    .replace(/[、，]/g, ",")
    .replace(/(^|[\s(:-])'([^'"]+)'(?=$|[\s),;])/g, '$1"$2"');
}

function peek(reading: Reading): Piece | undefined {
  return reading.pieces[reading.at];
}

function readAny(reading: Reading): TopicNode | null {
  const parts: TopicNode[] = [];
  let spaced = false;
  for (;;) {
    const { node, wide } = readAll(reading);
    spaced ||= wide;
    if (node !== null) parts.push(node);
    else if (parts.length > 0) reading.notes.add("Nothing follows an OR; I left it out.");
    const next = peek(reading);
    if (next?.kind !== "or") break;
    tellSmallLetters(reading, next.raw, "OR");
    if (next.raw === ",") reading.notes.add("I read the comma as OR.");
    reading.at += 1;
  }
  if (parts.length === 0) return null;
  if (parts.length > 1 && spaced)
    reading.notes.add(
      "OR parts the query, AND binds closer: a b OR c is read as (a b) OR c. Parentheses change that.",
    );
  return join("any", parts);
}

/** Parts that must all hold. `wide` says that words were joined by nothing but a space. */
function readAll(reading: Reading): { node: TopicNode | null; wide: boolean } {
  const parts: TopicNode[] = [];
  let bare: string[] = [];
  const flush = () => {
    const terms = groupWords(bare, { scope: reading.scope, extra: reading.extra, notes: reading.notes });
    parts.push(...terms);
    bare = [];
  };
  for (let piece = peek(reading); piece !== undefined; piece = peek(reading)) {
    if (piece.kind === "close" || piece.kind === "or") break;
    if (piece.kind === "word" && !isPrefix(piece.text)) {
      bare.push(piece.text);
      reading.at += 1;
      continue;
    }
    flush();
    if (piece.kind === "and") {
      tellSmallLetters(reading, piece.raw, "AND");
      reading.at += 1;
    } else {
      const node = readOne(reading);
      if (node !== null) parts.push(node);
    }
  }
  flush();
  const joined = parts.filter((part) => part.kind !== "not").length;
  return { node: parts.length === 0 ? null : join("all", parts), wide: joined > 1 };
}

/** One part: a negated one, a group, a field, a phrase or a word. */
function readOne(reading: Reading): TopicNode | null {
  const piece = peek(reading);
  if (piece === undefined || piece.kind === "or" || piece.kind === "and" || piece.kind === "close")
    return null;
  reading.at += 1;
  switch (piece.kind) {
    case "minus":
    case "not":
      if (piece.kind === "not") tellSmallLetters(reading, piece.raw, "NOT");
      return readNegated(reading);
    case "open":
      return readGroup(reading, piece.at);
    case "field":
      return readField(reading, piece.field);
    case "star":
      return { kind: "everything" };
    case "exact":
      return exactTerm(piece.text, { scope: reading.scope, notes: reading.notes });
    case "word":
      break;
  }
  return readWord(reading, piece.text);
}

function readWord(reading: Reading, text: string): TopicNode | null {
  if (isPrefix(text)) return prefixTerm(text, { scope: reading.scope, notes: reading.notes });
  const { scope, extra, notes } = reading;
  const terms = groupWords([text], { scope, extra, notes });
  return terms.length === 0 ? null : join("all", terms);
}

function readNegated(reading: Reading): TopicNode | null {
  const part = readOne(reading);
  if (part === null) {
    reading.notes.add("Nothing follows a NOT or a minus; I left it out.");
    return null;
  }
  if (part.kind === "everything") {
    reading.notes.add("NOT * would exclude every article; I left it out.");
    return null;
  }
  return part.kind === "not" ? part.part : { kind: "not", part };
}

function readGroup(reading: Reading, at: number): TopicNode | null {
  const node = readAny(reading);
  if (peek(reading)?.kind === "close") reading.at += 1;
  else
    reading.notes.add(
      `The parenthesis at character ${at + 1} is never closed; I read it as if it closed at the end.`,
    );
  if (node === null) reading.notes.add("There is nothing between the parentheses; I left them out.");
  return node;
}

function readField(reading: Reading, field: Field): TopicNode | null {
  const next = peek(reading);
  if (field === "title" || field === "text") {
    const { scope } = reading;
    reading.scope = field;
    const node = readOne(reading);
    reading.scope = scope;
    return node;
  }
  const toNode = field === "site" ? siteNode : languageNode;
  if (next?.kind === "open") return readFieldGroup(reading, toNode);
  if (next?.kind !== "word" && next?.kind !== "exact") {
    reading.notes.add(`Nothing follows ${field}:; I left it out.`);
    return null;
  }
  reading.at += 1;
  return toNode(next.text, reading.notes);
}

/** `site:(a OR b)`: any of the values. */
function readFieldGroup(
  reading: Reading,
  toNode: (text: string, notes: Set<string>) => TopicNode | null,
): TopicNode | null {
  const parts: TopicNode[] = [];
  for (let piece = peek(reading); piece !== undefined; piece = peek(reading)) {
    reading.at += 1;
    if (piece.kind === "close") break;
    const node = piece.kind === "word" || piece.kind === "exact" ? toNode(piece.text, reading.notes) : null;
    if (node !== null) parts.push(node);
  }
  return parts.length === 0 ? null : join("any", parts);
}

function isPrefix(text: string): boolean {
  return /[\p{L}\p{M}\p{N}]\*+$/u.test(text);
}

function tellSmallLetters(reading: Reading, raw: string, operator: string): void {
  if (/^[a-z]+$/.test(raw))
    reading.notes.add(`I read “${raw}” as ${operator}; put it in quotes to look for the word itself.`);
}

/** Joins parts into one node: groups of one kind become one, a group of one is that one. */
function join(kind: "all" | "any", parts: readonly TopicNode[]): TopicNode {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (kind === "any" && flat.some((part) => part.kind === "everything")) return { kind: "everything" };
  const rest = flat.filter((part) => part.kind !== "everything");
  const [first] = rest;
  if (first === undefined) return { kind: "everything" };
  return rest.length === 1 ? first : { kind, parts: rest };
}
