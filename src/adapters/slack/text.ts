/** Text longer than this is cut before anything else looks at it: no Slack field holds more. */
const MAX_RAW_LENGTH = 20_000;
/** Marks on one character beyond this are noise that runs over the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Direction overrides, zero-width characters, fillers and tags. The joiners U+200C and U+200D stay: scripts and emoji need them. */
const INVISIBLE =
  /\u00AD|\u034F|\u061C|\u115F|\u1160|\u17B4|\u17B5|\u180E|\u200B|\u200E|\u200F|[\u202A-\u202E\u2060-\u206F]|\u3164|\uFEFF|\uFFA0|[\uFFF0-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu;
const SPACES = /[\s\p{Cc}\u2028\u2029]+/gu;

const ELLIPSIS = "…";
/** How far back a cut may look for the end of a word. */
const WORD_REACH = 40;

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Untrusted text as one line of visible characters. */
export function cleanText(raw: string): string {
  return raw
    .slice(0, MAX_RAW_LENGTH)
    .toWellFormed()
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .replace(STACKED_MARKS, "$1");
}

/** Cut after a whole word or at least a whole character; `max` counts UTF-16 units, ellipsis included. */
export function fitText(clean: string, max: number): string {
  if (clean.length <= max) return clean;
  if (max < ELLIPSIS.length) return "";
  let kept = "";
  for (const { segment } of SEGMENTER.segment(clean)) {
    if (kept.length + segment.length + ELLIPSIS.length > max) break;
    kept += segment;
  }
  const space = kept.lastIndexOf(" ");
  return (space > 0 && space > kept.length - WORD_REACH ? kept.slice(0, space) : kept) + ELLIPSIS;
}

/** Cleaned, trimmed and cut. */
export function fitLine(raw: string, max: number): string {
  return fitText(cleanText(raw).trim(), max);
}

/** The three characters that act in Slack's markup ("Formatting text for app surfaces", escaping). */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const ANGLED_LINK = /<(https?:[^|>\s]+)(?:\|[^>]*)?>/g;

/** What a person wrote, from the markup Slack makes of it: links bare, entities as characters. */
export function readMarkup(text: string): string {
  return text
    .replaceAll(ANGLED_LINK, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
