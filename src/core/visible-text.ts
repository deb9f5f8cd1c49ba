/** Text longer than this is cut before anything else looks at it: no field of any platform holds more. */
const MAX_RAW_LENGTH = 20_000;
/** Marks on one character beyond this are noise that runs over the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/**
 * Characters that show nothing and change how others read: direction overrides, zero-width, fillers, tags.
 * The joiners U+200C and U+200D stay, Arabic, Indic scripts and emoji need them.
 */
const INVISIBLE =
  /\u00AD|\u034F|\u061C|\u115F|\u1160|\u17B4|\u17B5|\u180E|\u200B|\u200E|\u200F|[\u202A-\u202E\u2060-\u206F]|\u3164|\uFEFF|\uFFA0|[\uFFF0-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu;
const SPACES = /[\s\p{Cc}\u2028\u2029]+/gu;

const ELLIPSIS = "…";
/** How far back a cut may look for the end of a word. */
const WORD_REACH = 40;

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Untrusted text as one line of visible characters, not yet escaped. */
export function cleanText(raw: string): string {
  return raw
    .slice(0, MAX_RAW_LENGTH)
    .toWellFormed()
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .replace(STACKED_MARKS, "$1");
}

export interface Fit {
  /** Longest result, in UTF-16 units, escapes and ellipsis included. */
  max: number;
  /** How the platform shows characters as they are; left out where it reads no markup. */
  escape?: (text: string) => string;
}

/** Cleaned text, escaped; cut after a whole word or at least a whole character, with an ellipsis, where it is too long. */
export function fitText(clean: string, { max, escape = asItIs }: Fit): string {
  const whole = escape(clean);
  if (whole.length <= max) return whole;
  if (max < ELLIPSIS.length) return "";
  const graphemes = firstGraphemes(clean, max);
  const fits = (count: number): boolean =>
    escape(graphemes.slice(0, count).join("")).length + ELLIPSIS.length <= max;
  let low = 0;
  let high = graphemes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return escape(endAtWord(graphemes.slice(0, low).join(""))) + ELLIPSIS;
}

/** The whole characters within the first `max` UTF-16 units: a slice could end in half of one and pass for a whole. */
function firstGraphemes(text: string, max: number): string[] {
  const graphemes: string[] = [];
  for (const { segment, index } of SEGMENTER.segment(text)) {
    if (index + segment.length > max) break;
    graphemes.push(segment);
  }
  return graphemes;
}

/** Cleaned, trimmed and cut, for places where a platform reads no markup. `max` is in UTF-16 units, ellipsis included. */
export function fitPlain(raw: string, max: number): string {
  return fitText(cleanText(raw).trim(), { max });
}

function endAtWord(text: string): string {
  const space = text.lastIndexOf(" ");
  return space > 0 && space > text.length - WORD_REACH ? text.slice(0, space) : text;
}

function asItIs(text: string): string {
  return text;
}
