import type { Part } from "./parts.ts";

/** A quotation shorter than this stops being evidence: facts are left out instead. */
const LEAST_QUOTE = 240;
const LEAST_TEXT = 60;

/**
 * The parts as one text of at most `limit` characters. What does not fit gives way in this order: long quotations, the
 * last facts (with a line that says how many), long texts, the last texts; links are last of all.
 */
export function fitParts(parts: readonly Part[], limit: number): string {
  const pieces = parts.map((part) => ({ ...part, text: part.render(part.max) }));
  let left = 0;
  for (;;) {
    const text = join(pieces, left);
    if (text.length <= limit) return text;
    const dropped = giveWay(pieces);
    if (dropped === null) return "";
    left += dropped;
  }
}

type Piece = Part & { text: string };

/** Makes the text shorter by one step. Returns the number of facts left out by it, or null when nothing is left. */
function giveWay(pieces: Piece[]): number | null {
  if (shrink(pieces, "evidence", LEAST_QUOTE)) return 0;
  if (drop(pieces, ["item", "evidence"])) return 1;
  if (shrink(pieces, "text", LEAST_TEXT)) return 0;
  if (drop(pieces, ["text"]) || drop(pieces, ["link"])) return 0;
  return null;
}

/** Halves the room of the longest part of the kind; false when each is as short as it may be. */
function shrink(pieces: Piece[], kind: Part["kind"], least: number): boolean {
  let longest: Piece | undefined;
  for (const piece of pieces) {
    const may = piece.kind === kind && piece.max > least;
    if (may && piece.text.length > (longest?.text.length ?? -1)) longest = piece;
  }
  if (longest === undefined) return false;
  longest.max = Math.max(least, Math.floor(longest.max / 2));
  longest.text = longest.render(longest.max);
  return true;
}

function drop(pieces: Piece[], kinds: readonly Part["kind"][]): boolean {
  const last = pieces.findLastIndex((piece) => kinds.includes(piece.kind));
  if (last === -1) return false;
  pieces.splice(last, 1);
  return true;
}

function join(pieces: readonly Piece[], left: number): string {
  const lastItem = pieces.findLastIndex((piece) => piece.kind === "item" || piece.kind === "evidence");
  const lines = pieces.map(({ gap, text }, index) => {
    const more = index === lastItem && left > 0 ? `\n-# … and ${left} more` : "";
    return text === "" ? "" : gap + text + more;
  });
  return lines.join("").trim();
}
