/** Text longer than this is cut before anything else looks at it: no Discord field holds more. */
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

/** Acts anywhere in a line: styles, code, spoilers, masked links, and `<` of mentions, channels, times and commands. */
const MARKUP = /[\\`*_~|[\]<]/g;
/** `https://…` and `discord.gg/…` act without any markup; the colon or slash written as a literal breaks them. */
const SCHEME = /:(?=\/|$)/g;
const INVITE = /(?<=\bdiscord(?:app)?\.(?:gg|com|new|me))\//gi;
/** Discord looks for pings before it reads escapes, so that these are broken by a character of no width. */
const PING = /@(?=everyone|here|[&!]?\d|$)/gi;
const NO_WIDTH = "\u200B";
/** Acts at the start of a line only: headings, quotes, lists, small print. */
const LINE_START = /^(?=[#>+-])/;
const NUMBERED = /^(\d+)(?=[.)])/;

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

/** A line that Discord shows as the characters it is given. */
export function escapeText(text: string): string {
  return text
    .replace(MARKUP, String.raw`\$&`)
    .replace(SCHEME, String.raw`\:`)
    .replace(INVITE, String.raw`\/`)
    .replace(PING, `@${NO_WIDTH}`);
}

/** Nothing can be escaped inside of code; the one character that ends it gives way to one that looks like it. */
export function escapeCode(text: string): string {
  return text.replaceAll("`", "ˋ").replace(PING, `@${NO_WIDTH}`);
}

/** As `escapeText`, for a text that stands at the start of a line. */
export function escapeLine(text: string): string {
  return escapeText(text).replace(LINE_START, "\\").replace(NUMBERED, "$1\\");
}

export interface Fit {
  /** Longest result, in UTF-16 units, escapes and ellipsis included. */
  max: number;
  escape: (text: string) => string;
}

/** Cleaned text, escaped; cut after a whole word or at least a whole character, with an ellipsis, where it is too long. */
export function fitText(clean: string, { max, escape }: Fit): string {
  const whole = escape(clean);
  if (whole.length <= max) return whole;
  if (max < ELLIPSIS.length) return "";
  const graphemes = Array.from(SEGMENTER.segment(clean.slice(0, max)), ({ segment }) => segment);
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

/** Cut text without escapes, for places where Discord reads no markup: button labels. */
export function fitPlain(raw: string, max: number): string {
  return fitText(cleanText(raw).trim(), { max, escape: (text) => text });
}

function endAtWord(text: string): string {
  const space = text.lastIndexOf(" ");
  return space > 0 && space > text.length - WORD_REACH ? text.slice(0, space) : text;
}
