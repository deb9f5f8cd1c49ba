import { type Token, baseLanguage } from "./normalise.ts";
import { digitValues, precise } from "./number-digits.ts";

/** A number of a script that writes its scales as signs, with the text it takes up. */
interface EastNumber {
  end: number;
  value: number;
  spelt: boolean;
  /** "十几", "三百多": more than what is said. */
  more: boolean;
}

const HAN_DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from("〇一二三四五六七八九").map((sign, value) => [sign, value])),
  零: 0,
  两: 2,
  兩: 2,
};
const HAN_SCALES: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1000,
  万: 1e4,
  萬: 1e4,
  億: 1e8,
  亿: 1e8,
  兆: 1e12,
};
/** What is counted right after a sign: without it a single one is as often part of a word (四国, 三菱, 一部). */
const COUNTERS =
  /^(?:人|名|年|月|日|号|號|件|台|個|个|箇|か所|カ所|ヶ所|本|回|度|円|元|时|時|点|點|分|秒|歳|岁|歲|位|次|倍|割|階|层|層|组|組|家|所|隻|艘|只|棟|栋|頭|头|匹|天|周|週|小时|小時|公里|千米|米|吨|噸|トン|メートル|キロ|ドル|ユーロ|美元|欧元|欧|万|％|%|パーセント|成|校|社|機|架|辆|輛|両|条|條|座|间|間|张|張|枚|冊|册|店|軒|世帯|戸|户|戶|村|县|縣|県|市|町|省|期|级|級|代|番|票|議席|席|試合|戦|勝|敗|つ)/;
/** Words of two such signs that say no number. */
const WORDS =
  /^(?:万一|萬一|千万[別不要别]|十分(?![鐘钟間间後后前])|百分|千里|千古|百姓|百货|百貨|万物|万博|十字|一一|一二(?!月|日|[十百千万]))/;
/** Japanese counts shares in tenths, 割, which the table of units takes for percent. */
const TENTH_IN_PERCENT = 10;
/** "几十" and "数百" name no figure. */
const VAGUE = /[数數几幾好]$/;

/** Reads "3万5000", "三十五", "二〇二六" and "两亿" from the token at `from`; null where there is none. */
function readHan(tokens: readonly Token[], from: number, text: string): EastNumber | null {
  const first = tokens[from];
  if (first === undefined || !(/\d/.test(first.key) || isSign(first.key))) return null;
  const read = runOfSigns(tokens, from);
  const spelt = !/\d/.test(first.key);
  const after = text.slice(read.end, read.end + 8);
  if (spelt) {
    const rest = text.slice(first.start, first.start + 8);
    if (WORDS.test(rest) || VAGUE.test(text.slice(Math.max(0, first.start - 1), first.start))) return null;
    if (read.taken === 1 && !isCounted(text, first.start, after)) return null;
  }
  const value = after.startsWith("割") ? precise(read.value * TENTH_IN_PERCENT) : read.value;
  return { end: read.end, value, spelt, more: /^[几幾多余餘]/.test(after) };
}

function isSign(key: string): boolean {
  return key in HAN_DIGITS || key in HAN_SCALES;
}

function isCounted(text: string, start: number, after: string): boolean {
  return COUNTERS.test(after.replace(/^[几幾多余餘]/, "")) || text.charAt(start - 1) === "第";
}

function runOfSigns(tokens: readonly Token[], from: number): { end: number; value: number; taken: number } {
  const state = { total: 0, section: 0, digit: 0 };
  let next = from;
  let end = tokens[from]?.start ?? 0;
  for (
    let token = tokens[next];
    token !== undefined && (next === from || token.start === end);
    token = tokens[next]
  ) {
    const scale = HAN_SCALES[token.key];
    const digit = HAN_DIGITS[token.key];
    if (scale !== undefined && scale >= 1e4) {
      state.total += Math.max(state.section + state.digit, state.total === 0 ? 1 : 0) * scale;
      state.section = state.digit = 0;
    } else if (scale !== undefined) {
      state.section += (state.digit === 0 ? 1 : state.digit) * scale;
      state.digit = 0;
    } else if (digit !== undefined) state.digit = state.digit * 10 + digit;
    else if (/^\d[\d.,]*$/.test(token.key)) state.digit = digitValues(token.key, "ja")[0] ?? 0;
    else break;
    end = token.end;
    next += 1;
  }
  return { end, value: precise(state.total + state.section + state.digit), taken: next - from };
}

const KOREAN = /^\s?([천백십]{0,2})(만|억|조(?=\s?(?:\d|원|달러|엔|유로|위안))|천|백|십)/u;
const KOREAN_SCALES: Readonly<Record<string, number>> = {
  십: 10,
  백: 100,
  천: 1000,
  만: 1e4,
  억: 1e8,
  조: 1e12,
};

/** Reads "3만 5000", "1억2000만" and "5천만"; null for a plain number. */
function readKorean(tokens: readonly Token[], from: number, text: string): EastNumber | null {
  const state = { total: 0, section: 0, least: Number.POSITIVE_INFINITY };
  let end = 0;
  for (const token of tokens.slice(from, from + LONGEST_KOREAN)) {
    // The scale sign and what follows it are a run of letters, hence a token of their own.
    if (token.start < end) continue;
    if (!/^\d[\d.,]*$/.test(token.key) || (end > 0 && !/^\s?$/.test(text.slice(end, token.start)))) break;
    const [whole = "", small = "", large = ""] =
      KOREAN.exec(text.slice(token.end, token.end + 8).normalize("NFC")) ?? [];
    const factor = [...Array.from(small), large].reduce(
      (product, sign) => product * (KOREAN_SCALES[sign] ?? 1),
      1,
    );
    const part = (digitValues(token.key, "ko")[0] ?? 0) * factor;
    if ((end === 0 && factor === 1) || part >= state.least) break;
    const scale = KOREAN_SCALES[large] ?? 1;
    if (scale >= 1e4) {
      state.total += state.section * scale + part;
      state.section = 0;
    } else state.section += part;
    end = token.end + whole.length;
    state.least = scale >= 1e4 ? scale : Number.POSITIVE_INFINITY;
    if (factor === 1) break;
  }
  return end === 0 ? null : { end, value: precise(state.total + state.section), spelt: false, more: false };
}

const LONGEST_KOREAN = 8;

const THAI_SCALES: readonly (readonly [RegExp, number])[] = [
  [/^\s?ล้านล้าน/, 1e12],
  [/^\s?แสนล้าน/, 1e11],
  [/^\s?หมื่นล้าน/, 1e10],
  [/^\s?พันล้าน/, 1e9],
  [/^\s?ล้าน/, 1e6],
  [/^\s?แสน/, 1e5],
  [/^\s?หมื่น/, 1e4],
  [/^\s?พัน(?!ธ)/, 1e3],
];

/** Reads "๔๕ ล้าน"; null for a plain number. */
function readThai(token: Token, text: string): EastNumber | null {
  const after = text.slice(token.end, token.end + 12);
  for (const [pattern, scale] of THAI_SCALES) {
    const found = pattern.exec(after)?.[0];
    if (found === undefined) continue;
    const value = precise((digitValues(token.key, "th")[0] ?? 0) * scale);
    return { end: token.end + found.length, value, spelt: false, more: false };
  }
  return null;
}

/** Reads a number with the scale signs of its language; null for a plain number or none. */
export function readEast(
  tokens: readonly Token[],
  from: number,
  { text, language }: { text: string; language: string },
): EastNumber | null {
  const base = baseLanguage(language);
  const token = tokens[from];
  if (token === undefined) return null;
  if (base === "ja" || base === "zh") return readHan(tokens, from, text);
  if (!/^\d/.test(token.key)) return null;
  if (base === "ko") return readKorean(tokens, from, text);
  return base === "th" || base === "lo" ? readThai(token, text) : null;
}
