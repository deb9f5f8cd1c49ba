import { AppError } from "#src/core/errors.ts";
import type { ExtractedArticle } from "#src/core/article.ts";
import { parseDate } from "./dates.ts";
import { isByLine, splitNames } from "./extract-byline.ts";
import { endsSentence } from "./extract-select.ts";
import { isCommentsHead, isCredit, isFurniture, isHousekeeping, isLabel } from "./furniture.ts";
import { languageOf } from "./language.ts";
import { cleanText, readingLength } from "./text.ts";

/** Reading length of a line from which it counts as running text, when it ends as a sentence. */
const MIN_PROSE = 60;
/** Lines after the title in which byline and date stand. */
const HEAD_LINES = 15;
const MAX_TITLE_LENGTH = 250;
/** Longest line that is looked at as a date or name. */
const MAX_MARK_LENGTH = 100;
/** Reading length of what is left below which there is nothing to brief. */
const MIN_TEXT = 80;
/** Characters of a message that are looked at; far above what a chat message or a file holds. */
const MAX_TEXT_LENGTH = 1_000_000;

const MODIFIED =
  /\b(?:updated|last modified|aktualisiert|stand|mis à jour|actualizado|aggiornato|bijgewerkt|oppdatert|uppdaterad|zaktualizowano|обновлено)\b/iu;

/**
 * An article out of text or markdown as a person pastes it from a page, with the page's furniture around and in it.
 * Throws AppError `article/empty` and `article/none`.
 */
export function parsePlainText(text: string): ExtractedArticle {
  const lines = splitLines(text.slice(0, MAX_TEXT_LENGTH));
  if (lines.length === 0) throw new AppError("article/empty");
  const titleAt = findTitle(lines);
  const title = lines[titleAt] ?? "";
  const head = lines.slice(0, titleAt + 1 + HEAD_LINES);
  const marks = head.filter((line) => line !== title && line.length <= MAX_MARK_LENGTH);
  const byline = marks.find((line) => isByLine(line));
  const dates = marks.filter((line) => /\d/.test(line) && !isProse(line) && parseDate(line) !== null);
  const paragraphs = readBody(lines.slice(titleAt + 1), new Set([byline, ...dates]));
  if (readingLength(paragraphs.join(" ")) < MIN_TEXT) {
    throw new AppError("article/none", {
      details: { reason: "short" },
      say: "There is too little text for an article. Paste the whole article, not only its headline.",
    });
  }
  return {
    title: title === "" ? firstWords(paragraphs[0] ?? "") : title,
    site: null,
    byline: byline === undefined ? null : splitNames(byline).join(", ") || null,
    language: languageOf(paragraphs.join(" "), null),
    publishedAt: parseDate(dates.find((line) => !MODIFIED.test(line)) ?? dates[0]),
    modifiedAt: parseDate(dates.find((line) => MODIFIED.test(line))),
    canonicalUrl: null,
    paragraphs,
    accessible: null,
  };
}

/** Paragraphs: separated by blank lines, else one a line; lines that were wrapped by a mail program are joined. */
function splitLines(text: string): string[] {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .split(/\n[^\S\n]*\n/)
    .flatMap(unwrap)
    .map((line) => cleanText(withoutMarkdown(line)))
    .filter((line) => line !== "");
}

function unwrap(block: string): string[] {
  const lines = block.split("\n").filter((line) => line.trim() !== "");
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const isWrapped =
    lines.length > 1 &&
    widest >= 50 &&
    widest <= 100 &&
    lines.slice(0, -1).every((line) => line.length >= 0.7 * widest) &&
    !lines.some((line) => /^\s*(?:[-*•>#]|\d+[.)])\s/.test(line));
  return isWrapped ? [lines.join(" ")] : lines;
}

/** Bounded repeats, so that no run of brackets is read again from each of its places. */
function withoutMarkdown(line: string): string {
  return line
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+•]\s+|\d{1,3}[.)]\s+(?=\p{Lu}))/u, "")
    .replace(/^(?:```.*|---+|\*\*\*+|___+)$/, "")
    .replace(/!\[[^\][]{0,300}\]\([^()\s]{0,2000}(?:\s"[^"]{0,300}")?\)/g, "")
    .replace(/\[([^\][]{1,300})\]\((?:[^()\s]|\([^()\s]{0,300}\)){0,2000}(?:\s"[^"]{0,300}")?\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]{1,500})(?<=\S)\*(?![\p{L}\p{N}*])/gu, "$1");
}

/** Place of the headline, -1 when the text begins with its first paragraph. */
function findTitle(lines: readonly string[]): number {
  for (const [index, line] of lines.slice(0, HEAD_LINES).entries()) {
    if (isNoise(line) || isByLine(line) || (line.length <= MAX_MARK_LENGTH / 2 && parseDate(line) !== null))
      continue;
    // Section names and breadcrumbs stand above a headline; a headline is more than two words.
    const isShort =
      readingLength(line) < 20 && lines[index + 1] !== undefined && !isProse(lines[index + 1] ?? "");
    if (isShort) continue;
    const isParagraph = line.length > MAX_TITLE_LENGTH || (readingLength(line) > 140 && endsSentence(line));
    return isParagraph ? -1 : index;
  }
  return -1;
}

function readBody(lines: readonly string[], marks: ReadonlySet<string | undefined>): string[] {
  const kept: string[] = [];
  const seen = new Set<string>();
  let before = 0;
  let inList = false;
  for (const line of lines) {
    if (before > 2 * MIN_PROSE && isCommentsHead(line)) break;
    if (marks.has(line) || isByLine(line) || isNoise(line)) {
      inList ||= isLabel(line);
      continue;
    }
    const prose = isProse(line);
    if (prose) inList = false;
    if ((inList && !endsSentence(line)) || seen.has(line)) continue;
    seen.add(line);
    // Before the first sentence stand tags, reading times and sections.
    if (kept.length === 0 && !prose && !endsSentence(line)) continue;
    if (prose) before += line.length;
    kept.push(line);
  }
  const last = kept.findLastIndex((line) => isProse(line) || endsSentence(line));
  return kept.slice(0, last + 1);
}

function isNoise(line: string): boolean {
  return isFurniture(line) || isHousekeeping(line) || (readingLength(line) < 2 * MIN_PROSE && isCredit(line));
}

function isProse(line: string): boolean {
  const length = readingLength(line);
  return (length >= MIN_PROSE && endsSentence(line)) || length >= MAX_TITLE_LENGTH;
}

function firstWords(paragraph: string): string {
  const sentence = /^.{20,160}?[.!?。！？](?=\s|$)/u.exec(paragraph)?.[0] ?? paragraph;
  return sentence.length <= 120 ? sentence : `${sentence.slice(0, 117).replace(/\s+\S*$/, "")}…`;
}
