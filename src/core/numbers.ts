import { type Token, baseLanguage, isUnspaced } from "./normalise.ts";
import { type Bound, boundOf } from "./number-bounds.ts";
import { ordinalValue, readNumberWords, scaleOf } from "./number-words.ts";
import { unitAfter, unitBefore } from "./number-units.ts";

/** A number as a text states it. */
export interface NumberMention {
  start: number;
  end: number;
  /** The likeliest reading first; more than one where separators are ambiguous (1.234). */
  values: number[];
  kind: "count" | "ordinal" | "clock";
  /** What it counts, where that is a unit of the table: "%", a currency, "hour" … */
  unit: string | null;
  /** "more than" and "up to" and "about" soften a number. */
  bound: Bound | null;
  /** Written in words rather than digits. */
  spelt: boolean;
  /** Index of the token after the number. */
  next: number;
}

/** Every number of a text, with its unit and what softens it. `tokens` are the text's own. */
export function findNumbers(text: string, tokens: readonly Token[], language: string): NumberMention[] {
  const found: NumberMention[] = [];
  let i = 0;
  while (i < tokens.length) {
    const read = readAt(tokens, i, language, text);
    if (read === null) i += 1;
    else {
      found.push(dressed(read, text, tokens, language));
      i = Math.max(read.next, i + 1);
    }
  }
  return shareUnits(found, text);
}

type Bare = Omit<NumberMention, "unit" | "bound">;

function readAt(tokens: readonly Token[], i: number, language: string, text: string): Bare | null {
  const token = tokens[i];
  if (token === undefined) return null;
  if (/\p{Nd}/u.test(token.key)) return readDigits(tokens, i, language, text);
  if (isUnspaced(language)) return readKanji(tokens, i);
  const ordinal = ordinalValue(token.key, language);
  if (ordinal !== null) return bare(token, i + 1, { values: [ordinal], kind: "ordinal", spelt: true });
  if (token.key === "ciento" && tokens[i - 1]?.key === "por") return null;
  const keys = keysInOneRun(tokens, i, text);
  const words = readHalf(keys) ?? readNumberWords(keys, language);
  const last = words === null ? undefined : tokens[i + words.taken - 1];
  if (words === null || last === undefined) return null;
  return {
    start: token.start,
    end: last.end,
    values: [words.value],
    kind: "count",
    spelt: true,
    next: i + words.taken,
  };
}

function readDigits(tokens: readonly Token[], i: number, language: string, text: string): Bare | null {
  const token = tokens[i];
  if (token === undefined) return null;
  if (token.key.includes(":"))
    return bare(token, i + 1, { values: clockValues(token.key), kind: "clock", spelt: false });
  const spaced = readSpaced(tokens, i, { language, text });
  if (spaced !== null) return spaced;
  const values = digitValues(token.key, language);
  if (isOrdinalEnding(text.slice(token.end, token.end + 4), language)) {
    return bare(token, i + 1, { values, kind: "ordinal", spelt: false });
  }
  return scaledBy(tokens, i, values, language);
}

/** Languages that write 15 000 with a space, which may be a plain one. */
const GROUP_BY_SPACE = new Set([
  "fr",
  "es",
  "ru",
  "uk",
  "pl",
  "cs",
  "sv",
  "nb",
  "no",
  "fi",
  "pt",
  "hu",
  "bg",
]);

function readSpaced(
  tokens: readonly Token[],
  i: number,
  source: { language: string; text: string },
): Bare | null {
  if (!GROUP_BY_SPACE.has(baseLanguage(source.language)) || !/^[1-9]\d{0,2}$/.test(tokens[i]?.key ?? ""))
    return null;
  const groups = [tokens[i]].flatMap((token) => token ?? []);
  for (
    let token = tokens[i + 1];
    token !== undefined && /^\d{3}$/.test(token.key);
    token = tokens[i + groups.length]
  ) {
    if (source.text.slice(groups.at(-1)?.end, token.start) !== " ") break;
    groups.push(token);
  }
  const [first] = groups;
  const last = groups.at(-1);
  if (first === undefined || last === undefined || groups.length === 1) return null;
  const value = Number(groups.map(({ key }) => key).join(""));
  return {
    start: first.start,
    end: last.end,
    values: [value],
    kind: "count",
    spelt: false,
    next: i + groups.length,
  };
}

/** Multiplies digits by the scale words that follow: "3.5 million", "5bn", "3万5000". */
function scaledBy(tokens: readonly Token[], i: number, values: number[], language: string): Bare | null {
  const token = tokens[i];
  if (token === undefined) return null;
  if (isUnspaced(language)) return readKanji(tokens, i);
  const next = tokens[i + 1];
  const scale = next === undefined || next.start - token.end > 2 ? null : scaleOf(next.key, language);
  const short = next !== undefined && next.key.length <= 2 && next.start > token.end + 1;
  if (scale === null || next === undefined || short)
    return bare(token, i + 1, { values, kind: "count", spelt: false });
  const end = next.end;
  return {
    start: token.start,
    end,
    values: values.map((value) => precise(value * scale)),
    kind: "count",
    spelt: false,
    next: i + 2,
  };
}

const KANJI_DIGITS = "〇一二三四五六七八九";
const KANJI_SCALES: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 億: 1e8, 兆: 1e12 };

/** Reads "3万5000" and "三十五": digits and Chinese numerals mixed. */
function readKanji(tokens: readonly Token[], from: number): Bare | null {
  const first = tokens[from];
  if (
    first === undefined ||
    !(/\p{Nd}/u.test(first.key) || KANJI_DIGITS.includes(first.key) || first.key in KANJI_SCALES)
  )
    return null;
  const state = { total: 0, section: 0, digit: 0, any: false };
  let next = from;
  let end = first.start;
  for (
    let token = tokens[next];
    token !== undefined && (next === from || token.start === end);
    token = tokens[next]
  ) {
    const scale = KANJI_SCALES[token.key];
    const digit = KANJI_DIGITS.indexOf(token.key);
    if (scale !== undefined && scale >= 1e4) {
      state.total += Math.max(state.section + state.digit, 1) * scale;
      state.section = state.digit = 0;
    } else if (scale !== undefined) {
      state.section += Math.max(state.digit, 1) * scale;
      state.digit = 0;
    } else if (digit >= 0) state.digit = state.digit * 10 + digit;
    else if (/^\p{Nd}[\p{Nd}.,]*$/u.test(token.key)) state.digit = digitValues(token.key, "ja")[0] ?? 0;
    else break;
    end = token.end;
    next += 1;
  }
  if (next === from) return null;
  const spelt = !/\p{Nd}/u.test(first.key);
  return {
    start: first.start,
    end,
    values: [precise(state.total + state.section + state.digit)],
    kind: "count",
    spelt,
    next,
  };
}

/** Readings of a run of digits with separators; the language says which separator is which. */
export function digitValues(raw: string, language: string): number[] {
  const key = raw.replace(/[\u00a0\u202f' ]/g, "").replace(/[-+]$/, "");
  const separators = key.replace(/[^.,]/g, "");
  if (separators === "") return [Number(key)];
  const last = separators.at(-1) ?? "";
  if (new Set(separators).size > 1) {
    const at = key.lastIndexOf(last);
    return [Number(`${key.slice(0, at).replace(/[.,]/g, "")}.${key.slice(at + 1)}`)];
  }
  if (separators.length > 1) return [Number(key.replace(/[.,]/g, ""))];
  const decimal = Number(key.replace(",", "."));
  if (!/^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(key)) return [decimal];
  const whole = Number(key.replace(/[.,]/, ""));
  const groupsByDot = ["de", "es", "it", "pt", "nl", "da", "tr", "id", "el"].includes(baseLanguage(language));
  return (last === ".") === groupsByDot ? [whole] : [decimal, whole];
}

function clockValues(key: string): number[] {
  const [hours = 0, minutes = 0] = key.split(":").map(Number);
  return [hours + minutes / 60];
}

function isOrdinalEnding(after: string, language: string): boolean {
  const base = baseLanguage(language);
  if (base === "en") return /^(?:st|nd|rd|th)\b/.test(after);
  if (base === "fr") return /^(?:e|er|re|[eè]me)(?![\p{L}])/u.test(after);
  if (base === "es") return /^[ºª]/.test(after);
  return base === "de" && /^\. ?\p{L}/u.test(after);
}

function bare(token: Token, next: number, rest: Pick<Bare, "values" | "kind" | "spelt">): Bare {
  return { start: token.start, end: token.end, next, ...rest };
}

/** Number words belong together only where nothing but space or hyphen stands between them. */
function keysInOneRun(tokens: readonly Token[], from: number, text: string): string[] {
  const keys: string[] = [];
  for (let i = from; i < tokens.length && i < from + 10; i++) {
    const token = tokens[i];
    const before = tokens[i - 1];
    if (token === undefined) break;
    if (i > from && before !== undefined && !/^[\s-]+$/.test(text.slice(before.end, token.start))) break;
    keys.push(token.key);
  }
  return keys;
}

/** "half a million" is a number of its own. */
function readHalf(keys: readonly string[]): { value: number; taken: number } | null {
  if (keys[0] !== "half" || keys[1] !== "a") return null;
  const scale = scaleOf(keys[2] ?? "", "en");
  return scale === null || keys[2] === undefined || keys[2].length < 5
    ? null
    : { value: scale / 2, taken: 3 };
}

function dressed(read: Bare, text: string, tokens: readonly Token[], language: string): NumberMention {
  const after = text.slice(read.end, read.end + 24);
  const unit =
    unitBefore(text.slice(Math.max(0, read.start - 4), read.start)) ??
    unitAfter(after, tokens[read.next]?.key ?? "", language);
  return { ...read, unit, bound: boundOf(text, read, language) };
}

/** In "from 4 to 5 percent" and "$4-5 million" both numbers have the unit. */
function shareUnits(found: NumberMention[], text: string): NumberMention[] {
  return found.map((mention, i) => {
    const next = found[i + 1];
    if (mention.unit !== null || next === undefined || next.unit === null) return mention;
    const between = text.slice(mention.end, next.start);
    return /^\s?(?:to|and|or|-|–|—|bis|und|oder|a|y|et|ou|à|～|〜|から)\s?[$€£¥]?$/i.test(between)
      ? { ...mention, unit: next.unit }
      : mention;
  });
}

/** Takes the noise of binary fractions off a product such as 1.1 × 1000. */
function precise(value: number): number {
  return Number(value.toPrecision(12));
}
