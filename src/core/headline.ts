import { isUnspaced, tokenize } from "./normalise.ts";

/** Longest headline that is shown, in UTF-16 units. */
export const MAX_HEADLINE = 140;
const MIN_CUT = 40;
/** Words a site's name has at most, and a headline at least. */
const SITE_WORDS = 4;
const TITLE_WORDS = 4;

/** The title without the site's name: "Floods hit Porto | The Site" and "Floods hit Porto - The Site". */
export function cleanTitle(title: string, language: string): string {
  let clean = title.replace(/\s+/g, " ").trim();
  for (let round = 0; round < 2; round++) {
    const cut = /^(?<rest>.+?)\s+(?:\||｜|::|·|»|[–—-])\s+(?<site>[^|｜·»–—]+)$/u.exec(clean)?.groups;
    const bar = /\s(?:\||｜|::|·|»)\s[^|｜·»]+$/u.test(clean);
    if (
      cut === undefined ||
      !isSite(cut["site"] ?? "", bar) ||
      wordCount(cut["rest"] ?? "", language) < TITLE_WORDS
    )
      break;
    clean = cut["rest"] ?? clean;
  }
  const front = /^(?<site>[^|｜]{2,24})\s(?:\||｜)\s(?<rest>.+)$/u.exec(clean)?.groups;
  if (
    front !== undefined &&
    wordCount(front["site"] ?? "", language) <= 2 &&
    wordCount(front["rest"] ?? "", language) >= TITLE_WORDS
  )
    clean = front["rest"] ?? clean;
  return shorten(clean, MAX_HEADLINE);
}

function isSite(part: string, bar: boolean): boolean {
  const words = part.trim().split(/\s+/);
  if (bar) return words.length <= SITE_WORDS + 2;
  const capitals = words.filter(
    (word) =>
      /^[\p{Lu}\d]|^(?:the|of|and|de|la|le|der|die|das|el|il|en|y|und|et)$/u.test(word) ||
      /\.\p{L}{2,}$/u.test(word),
  );
  return words.length <= SITE_WORDS && capitals.length === words.length && !/\d{2,}/.test(part);
}

function wordCount(text: string, language: string): number {
  const count = tokenize(text).length;
  return isUnspaced(language) ? Math.floor(count / 2) : count;
}

/** Cuts a text at a clause where there is one, else at a word with an ellipsis; never longer than `limit`. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const clause = Math.max(
    ...[", ", "; ", " – ", " — ", ": ", "、", "，"].map((mark) => head.lastIndexOf(mark)),
  );
  if (clause >= Math.max(MIN_CUT, limit * 0.45)) return head.slice(0, clause).trimEnd();
  const space = text.slice(0, limit - 1).lastIndexOf(" ");
  const cut = space >= limit * 0.5 ? space : limit - 1;
  const whole = /[\ud800-\udbff]$/.test(text.slice(0, cut)) ? cut - 1 : cut;
  return `${text.slice(0, whole).replace(/[\s,;:–—-]+$/u, "")}…`;
}

/** A sentence as a headline: without its full stop, cut to length. */
export function asHeadline(sentence: string): string {
  return shorten(sentence.trim(), MAX_HEADLINE).replace(/(?<![.\s]\p{L})[.。]$/u, "");
}
