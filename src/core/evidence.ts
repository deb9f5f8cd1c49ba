import type { Evidence } from "./brief.ts";
import { nearRun } from "./evidence-near.ts";
import { type Token, tokenize } from "./normalise.ts";
import { splitSentences } from "./sentences.ts";

/** What a text is searched by; made once per article. */
export interface TextIndex {
  text: string;
  tokens: Token[];
  /** All keys, each between single spaces. */
  joined: string;
  /** Where each token's key begins in `joined`. */
  offsets: number[];
  /** Token index by position of its key in `joined`. */
  byOffset: Map<number, number>;
  /** Token indexes by key. */
  places: Map<string, number[]>;
}

/** Between two pieces of an elided quote at most this much may be left out, in UTF-16 units. */
const MAX_ELISION = 1_000;
/** A piece shorter than this could be found nearly anywhere. */
const MIN_PIECE_TOKENS = 2;
/** Longest quote that is looked for, in UTF-16 units. */
const MAX_QUOTE = 4_000;
const ELLIPSIS =
  /\s*(?:\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.(?:\s?\.){2,}|…+|\[[^\]\p{Nd}]{1,40}\])\s*/u;
const OUTER_MARKS = /^[\s"'“”‘’„«»「」『』‹›`]+|[\s"'“”‘’„«»「」『』‹›`]+$/gu;

/**
 * Finds a quote in a text: as it stands, with other quotes, dashes, spaces, Unicode forms or case, with parts left out,
 * or with one word dropped or replaced. The runs returned are the text's own characters, in order, and none crosses a
 * blank line. Null when the text does not say it; another number never matches.
 */
export function locate(text: string, quote: string): Evidence[] | null {
  return locateIn(indexText(text), quote);
}

/** `locate` over an index that was made before. */
export function locateIn(index: TextIndex, quote: string): Evidence[] | null {
  if (quote.length > MAX_QUOTE) return null;
  const bare = quote.replace(OUTER_MARKS, "");
  if (tokenize(bare).length === 0) return null;
  const asItStands = exactRun(index, quote.trim(), 0);
  if (asItStands !== null) return splitAtBreaks(index.text, asItStands);
  const whole = locateWhole(index, bare, 0);
  if (whole !== null) return splitAtBreaks(index.text, whole);
  const pieces = bare.split(ELLIPSIS).filter((piece) => tokenize(piece).length > 0);
  if (pieces.length > 1) return locatePieces(index, pieces);
  const sentences = splitSentences(bare, "en").map((range) => bare.slice(range.start, range.end));
  return sentences.length > 1 ? locatePieces(index, sentences) : null;
}

/** True when the text holds these words in this order, with nothing but parts marked "…" left out. */
export function holdsVerbatim(index: TextIndex, quote: string): boolean {
  const pieces = quote.split(ELLIPSIS).filter((piece) => tokenize(piece).length > 0);
  let from = 0;
  for (const piece of pieces) {
    const run = runOfTokens(index, tokenize(piece), from);
    if (run === null) return false;
    from = run.to + 1;
  }
  return true;
}

export function indexText(text: string): TextIndex {
  const tokens = tokenize(text);
  const offsets: number[] = [];
  const byOffset = new Map<number, number>();
  const places = new Map<string, number[]>();
  let joined = " ";
  for (const [i, token] of tokens.entries()) {
    offsets.push(joined.length);
    byOffset.set(joined.length, i);
    joined += `${token.key} `;
    const known = places.get(token.key);
    if (known === undefined) places.set(token.key, [i]);
    else known.push(i);
  }
  return { text, tokens, joined, offsets, byOffset, places };
}

/** The run of one unbroken quote that begins at token `from` or later. */
function locateWhole(index: TextIndex, quote: string, from: number): Evidence | null {
  const tokens = tokenize(quote);
  if (tokens.length === 0) return null;
  const exact = exactRun(index, quote, from);
  if (exact !== null) return withPairs(index.text, exact);
  const run = runOfTokens(index, tokens, from) ?? nearRun(index, tokens, from);
  return run === null ? null : withMarks(index, run, quote);
}

function exactRun(index: TextIndex, quote: string, from: number): Evidence | null {
  const first = index.tokens[from]?.start ?? 0;
  let at = index.text.indexOf(quote, from === 0 ? 0 : first);
  while (at !== -1) {
    const end = at + quote.length;
    if (standsAlone(index.text, at, end)) return { start: at, end };
    at = index.text.indexOf(quote, at + 1);
  }
  return null;
}

/** False when a match cuts a word or a number of a spaced script in two. */
function standsAlone(text: string, start: number, end: number): boolean {
  const cut = /^(?:[\p{L}\p{M}]{2}|\p{Nd}{2}|\p{Nd}[.,]\p{Nd})$/u;
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
  const before = text.slice(Math.max(0, start - 1), start + 1);
  const after = text.slice(end - 1, end + 1);
  const decimal = /^[.,]\p{Nd}/u.test(text.slice(end, end + 2)) && /\p{Nd}$/u.test(text.slice(start, end));
  const fraction =
    /\p{Nd}[.,]$/u.test(text.slice(Math.max(0, start - 2), start)) && /^\p{Nd}/u.test(text.slice(start, end));
  if (decimal || fraction) return false;
  return (
    (start === 0 || !cut.test(before) || unspaced.test(before)) && (!cut.test(after) || unspaced.test(after))
  );
}

function runOfTokens(
  index: TextIndex,
  tokens: readonly Token[],
  from: number,
): { from: number; to: number } | null {
  const wanted = ` ${tokens.map((token) => token.key).join(" ")} `;
  const at = index.joined.indexOf(wanted, Math.max(0, (index.offsets[from] ?? index.joined.length) - 1));
  const first = at === -1 ? undefined : index.byOffset.get(at + 1);
  return first === undefined ? null : { from: first, to: first + tokens.length - 1 };
}

/** Widens a run of tokens over the marks that the quote also had at its ends. */
function withMarks(index: TextIndex, run: { from: number; to: number }, quote: string): Evidence {
  const start = index.tokens[run.from]?.start ?? 0;
  let end = index.tokens[run.to]?.end ?? start + 1;
  if (/[^\p{L}\p{N}]$/u.test(quote)) {
    while (end < index.text.length && /[.!?…。！？%％)\]”’"'»」』]/.test(index.text.charAt(end))) end += 1;
  }
  return withPairs(index.text, { start, end });
}

/** A quotation is shown with both of its marks where the run holds one of them. */
function withPairs(text: string, { start, end }: Evidence): Evidence {
  const inside = text.slice(start, end);
  for (const [open, close] of PAIRS) {
    const [opened, closed] = [inside.split(open).length, inside.split(close).length];
    if (closed > opened && text.charAt(start - 1) === open) return { start: start - 1, end };
    if (opened > closed && text.charAt(end) === close) return { start, end: end + 1 };
  }
  return { start, end };
}

const PAIRS = [
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
  ["‘", "’"],
  ["「", "」"],
  ["(", ")"],
] as const;

function locatePieces(index: TextIndex, pieces: readonly string[]): Evidence[] | null {
  if (pieces.some((piece) => tokenize(piece).length < MIN_PIECE_TOKENS)) return null;
  const found: Evidence[] = [];
  let from = 0;
  for (const piece of pieces) {
    const run = locateWhole(index, piece.replace(OUTER_MARKS, ""), from);
    const last = found.at(-1);
    if (run === null || (last !== undefined && run.start - last.end > MAX_ELISION)) return null;
    found.push(...splitAtBreaks(index.text, run));
    from = tokenAfter(index, run.end);
  }
  return found;
}

function tokenAfter(index: TextIndex, offset: number): number {
  const next = index.tokens.findIndex((token) => token.start >= offset);
  return next === -1 ? index.tokens.length : next;
}

/** Cuts a run at blank lines, so that each piece is shown as the article has it. */
function splitAtBreaks(text: string, run: Evidence): Evidence[] {
  const pieces: Evidence[] = [];
  for (const match of text.slice(run.start, run.end).matchAll(/(?:(?!\n\n)[\s\S])+/g)) {
    const lead = match[0].length - match[0].trimStart().length;
    const start = run.start + match.index + lead;
    const end = start + match[0].trim().length;
    if (end > start) pieces.push({ start, end });
  }
  return pieces;
}
