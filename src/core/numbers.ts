import { type Token, baseLanguage, isUnspaced } from "./normalise.ts";
import { type Bound, boundOf } from "./number-bounds.ts";
import { clockValues, digitValues, precise } from "./number-digits.ts";
import { readEast } from "./number-east.ts";
import { ordinalValue, readNumberWords, scaleOf, startsNumber } from "./number-words.ts";
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

type Bare = Omit<NumberMention, "unit" | "bound"> & { more?: boolean };

function readAt(tokens: readonly Token[], i: number, language: string, text: string): Bare | null {
  const token = tokens[i];
  if (token === undefined) return null;
  if (/\p{Nd}/u.test(token.key)) return readDigits(tokens, i, language, text);
  if (isUnspaced(language)) return readSigns(tokens, i, { language, text });
  const ordinal = ordinalValue(token.key, language);
  if (ordinal !== null) return bare(token, i + 1, { values: [ordinal], kind: "ordinal", spelt: true });
  if (token.key === "ciento" && tokens[i - 1]?.key === "por") return null;
  if (token.key !== "half" && !startsNumber(token.key, language)) return null;
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
  return readSigns(tokens, i, { language, text }) ?? scaledBy(tokens, i, values, language);
}

/** "3万5000", "1억2000만" and "๔๕ ล้าน". */
function readSigns(
  tokens: readonly Token[],
  i: number,
  source: { language: string; text: string },
): Bare | null {
  const read = readEast(tokens, i, source);
  const start = tokens[i]?.start;
  if (read === null || start === undefined) return null;
  let next = i + 1;
  while ((tokens[next]?.start ?? read.end) < read.end) next += 1;
  const { end, value, spelt, more } = read;
  return { start, end, values: [value], kind: "count", spelt, next, more };
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

/** Multiplies digits by the scale words that follow: "3.5 million", "5bn". */
function scaledBy(tokens: readonly Token[], i: number, values: number[], language: string): Bare | null {
  const token = tokens[i];
  if (token === undefined) return null;
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
  const after = text.slice(read.end, read.end + 40);
  const words = tokens.slice(read.next, read.next + 2).map(({ key }) => key);
  const unit =
    unitBefore(text.slice(Math.max(0, read.start - 4), read.start), language) ??
    unitAfter(after, words, language);
  const { more = false, ...bareRead } = read;
  return { ...bareRead, unit, bound: boundOf(text, read, language) ?? (more ? "over" : null) };
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
