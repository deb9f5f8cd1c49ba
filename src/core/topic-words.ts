import { foldText, tokenize, type Token } from "./normalise.ts";

/** A word of an article or of a query as topics read it. */
export interface TopicToken extends Token {
  /** Written in capitals alone, such as `US`, `U.S.` or `G20`. */
  capitals: boolean;
  /** Begins with a capital, or has no case at all. */
  proper: boolean;
  /** Nothing stands between it and the word before: a character of an unspaced script, as a rule. */
  glued: boolean;
  /** False inside a dictionary word of an unspaced script: what begins there and ends elsewhere is no word (京都 in 東京都). */
  opens: boolean;
}

/** Scripts whose words stand without a space between them and come as one token. */
const RUNNING = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const HANGUL = /\p{Script=Hangul}/u;
/** No small letter, but for the s of `MPs`. */
const CAPITALS = /^(?=.*\p{Lu})(?:[^\p{Ll}]+|\p{Lu}{2,}s)$/u;
const SINGLE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The words of a text. Unlike `tokenize`, names such as `C++`, `.NET`, `AT&T` and `G20` stay in one piece. */
export function topicTokens(text: string): TopicToken[] {
  const words: TopicToken[] = [];
  const inside = insideWords(text);
  for (const token of tokenize(text).flatMap((token) => withoutLongRuns(text, token))) {
    const { start, end } = withSigns(text, token);
    const last = words.at(-1);
    if (last !== undefined && joins(text, last, start)) extend(text, last, { end, key: token.key });
    else words.push({ ...toToken(text, { start, end, key: token.key }, last), opens: !inside.has(start) });
  }
  return words;
}

/** How a token of the article meets a word of a query that it does not equal. */
export function looseKind(key: string): "anywhere" | "beginning" | null {
  if (RUNNING.test(key)) return "anywhere";
  return HANGUL.test(key) ? "beginning" : null;
}

/** A run of words without a space is cut, so that what is done for each part of it stays small. In UTF-16 units. */
const MAX_RUN = 200;

function withoutLongRuns(text: string, token: Token): Token[] {
  if (token.end - token.start <= MAX_RUN) return [token];
  const pieces: Token[] = [];
  for (let start = token.start; start < token.end; start += MAX_RUN) {
    const end = Math.min(start + MAX_RUN, token.end);
    pieces.push({ start, end, key: foldText(text.slice(start, end)) });
  }
  return pieces;
}

let segmenter: Intl.Segmenter | null = null;

/** Offsets at which a Chinese or Japanese word goes on. */
function insideWords(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  if (!UNSPACED.test(text)) return inside;
  segmenter ??= new Intl.Segmenter("ja", { granularity: "word" });
  for (const { index, segment } of segmenter.segment(text)) {
    if (UNSPACED.test(segment)) for (let i = 1; i < segment.length; i += 1) inside.add(index + i);
  }
  return inside;
}

function toToken(text: string, token: Token, last: TopicToken | undefined): Omit<TopicToken, "opens"> {
  const raw = text.slice(token.start, token.end);
  const signs = /^\.|(?:\+\+|#)$/.exec(raw)?.[0] ?? "";
  const key = /^\p{Lu}{2,}s$/u.test(raw) ? token.key.slice(0, -1) : plainKey(token.key);
  return {
    start: token.start,
    end: token.end,
    key: signs === "." ? `.${key}` : `${key}${signs}`,
    capitals: CAPITALS.test(raw),
    proper: !/^\p{Ll}/u.test(raw),
    glued: last !== undefined && last.end === token.start,
  };
}

/** A sign or a separator inside a number is no part of what is looked for: `COVID-19`, `10,000`. */
function plainKey(key: string): string {
  const signless = /^[-+]\d/.test(key) ? key.slice(1) : key;
  return /\p{M}/u.test(signless) ? signless.replace(/[\u0591-\u05c7\u064b-\u065f\u0670]/g, "") : signless;
}

function withSigns(text: string, token: Token): { start: number; end: number } {
  const after = /^(?:\+\+|#)(?![\p{L}\p{N}])/u.exec(text.slice(token.end, token.end + 3))?.[0] ?? "";
  const single = token.end - token.start === 1 && /[a-z]/i.test(text.charAt(token.start));
  const dotted =
    text.charAt(token.start - 1) === "." &&
    /^\p{Lu}/u.test(text.slice(token.start, token.end)) &&
    (token.start === 1 || /[\s("'“]/.test(text.charAt(token.start - 2)));
  return { start: dotted ? token.start - 1 : token.start, end: token.end + (single ? after.length : 0) };
}

/** Letters and digits in one run, and capitals around an ampersand, are one word. */
function joins(text: string, last: TopicToken, start: number): boolean {
  const before = text.charAt(last.end - 1);
  const after = text.charAt(start);
  if (SINGLE.test(before) || SINGLE.test(after)) return false;
  if (last.end === start)
    return last.end - last.start < MAX_RUN && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
  return text.slice(last.end, start) === "&" && last.capitals && /\p{Lu}/u.test(after);
}

function extend(text: string, word: TopicToken, next: { end: number; key: string }): void {
  const between = text.slice(word.start, next.end).includes("&") && !word.key.includes("&") ? "&" : "";
  word.key = `${word.key}${between}${plainKey(next.key)}`;
  word.end = next.end;
  word.capitals = CAPITALS.test(text.slice(word.start, next.end));
}
