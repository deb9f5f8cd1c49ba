import { baseLanguage } from "./normalise.ts";
import { UNIT_LINKS, UNIT_POWERS, UNIT_WORDS } from "./number-unit-words.ts";

const SYMBOLS: Record<string, string> = {
  $: "usd",
  "€": "eur",
  "£": "gbp",
  "¥": "jpy",
  "₹": "inr",
  "₽": "rub",
  "₩": "krw",
  "￥": "jpy",
};

/** Units of scripts that put them right behind the number, or one space behind, with endings. */
const SIGN_UNITS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ko: [
    [/^\s?(?:퍼센트(?!\s?포인트)|프로(?!\p{L}))/u, "%"],
    [/^\s?(?:%포인트|퍼센트\s?포인트|%p)/, "point"],
    [/^\s?원/, "krw"],
    [/^\s?(?:미국 )?달러/, "usd"],
    [/^\s?유로/, "eur"],
    [/^\s?엔(?!진)/, "jpy"],
    [/^\s?위안/, "cny"],
    [/^\s?(?:km|킬로미터)/, "km"],
    [/^\s?(?:m(?![\p{L}])|미터)/u, "m"],
  ],
  ar: [[/^\s?(?:في|ب)\s?ال(?:مئة|مائة)/, "%"]],
  fa: [[/^\s?درصد/, "%"]],
  hi: [[/^\s?(?:प्रतिशत|फीसदी|फ़ीसदी)/, "%"]],
  bn: [[/^\s?শতাংশ/, "%"]],
  th: [
    [/^\s?เปอร์เซ็นต์/, "%"],
    [/^\s?บาท/, "thb"],
  ],
  ru: [
    [/^\s?(?:процент(?!н)|проц\.)/i, "%"],
    [/^\s?процентн\p{L}+ пункт/iu, "point"],
    [/^\s?руб/i, "rub"],
    [/^\s?(?:доллар|долл\.)/i, "usd"],
    [/^\s?евро/i, "eur"],
    [/^\s?(?:км|километр)/i, "km"],
    [/^\s?(?:м(?!\p{L})|метр)/iu, "m"],
  ],
};
const JAPANESE_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:%|％|パーセント|割)(?!ポイント)/, "%"],
  [/^(?:ポイント|%ポイント|个百分点|個百分點)/, "point"],
  [/^(?:美元|美金)/, "usd"],
  [/^(?:欧元|歐元)/, "eur"],
  [/^(?:日元|日圓)/, "jpy"],
  [/^(?:英镑|英鎊)/, "gbp"],
  [/^(?:港元|港币|港幣)/, "hkd"],
  [/^(?:卢布|ルーブル)/, "rub"],
  [/^(?:韩元|韓元|ウォン)/, "krw"],
  [/^(?:平方公里|平方千米|平方キロ)/, "km2"],
  [/^(?:平方米|平方メートル|平米)/, "m2"],
  [/^(?:立方米|立方メートル)/, "m3"],
  [/^(?:公里|千米)/, "km"],
  [/^(?:厘米|公分|センチ)/, "cm"],
  [/^(?:毫米|ミリ(?!オン))/, "mm"],
  [/^(?:英里|マイル)/, "mile"],
  [/^(?:公顷|公頃|ヘクタール)/, "hectare"],
  [/^(?:公斤|千克)/, "kg"],
  [/^(?:分钟|分鐘)/, "minute"],
  [/^(?:小时|小時|个小时|個小時)/, "hour"],
  [/^(?:天(?![然气气才])|個?个?工作日)/, "day"],
  [/^(?:[个個]?星期|[个個]?礼拜|周(?![年岁歲一二三四五六日边边]))/, "week"],
  [/^(?:个月|個月)/, "month"],
  [/^(?:吨|噸)/, "tonne"],
  [/^円/, "jpy"],
  [/^(?:ドル|米ドル)/, "usd"],
  [/^ユーロ/, "eur"],
  [/^ポンド/, "pound"],
  [/^(?:元|人民元)/, "cny"],
  [/^秒/, "second"],
  [/^分(?!の)/, "minute"],
  [/^時間/, "hour"],
  [/^日間/, "day"],
  [/^週間/, "week"],
  [/^(?:か月|カ月|ヶ月|ヵ月)/, "month"],
  [/^年間/, "year"],
  [/^(?:キロメートル|km)/, "km"],
  [/^(?:キログラム|kg)/, "kg"],
  [/^キロ(?![ワカ])/, "kilo"],
  [/^(?:メートル|米(?![国ド軍側]))/, "m"],
  [/^トン/, "tonne"],
  [/^グラム/, "gram"],
  [/^リットル/, "litre"],
  [/^(?:バレル|桶)/, "barrel"],
  [/^(?:メガワット|兆瓦)/, "mw"],
];
/** Percent in two words, and points, which are not percent. */
const SHARE_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^[\s-]*(?:percentage[\s-]points?|points? de pourcentage|puntos? porcentual(?:es)?)/i, "point"],
  [/^[\s-]*basis[\s-]points?/i, "basis"],
  [/^\s*[%％٪]/, "%"],
  [/^[\s-]*(?:per\s?cent|percent|por\s?ciento|pour\s?cent|per\s?cento|procent)(?![\p{L}])/iu, "%"],
];

/** Areas and volumes whose power stands before the length, and what is written with figures and signs. */
const POWERED: readonly (readonly [RegExp, string])[] = [
  [/^[\s-]?(?:square|sq\.?)[\s-](?:kilomet|km)/i, "km2"],
  [/^[\s-]?(?:square|sq\.?)[\s-](?:met|m\b)/i, "m2"],
  [/^[\s-]?(?:square|sq\.?)[\s-]mile/i, "mile2"],
  [/^[\s-]?(?:square|sq\.?)[\s-](?:feet|foot|ft)/i, "foot2"],
  [/^[\s-]?cubic[\s-]met/i, "m3"],
  [/^\s?(?:vierkante) kilomet/i, "km2"],
  [/^\s?(?:vierkante) met/i, "m2"],
  [/^\s?km(?:²|2\b)/i, "km2"],
  [/^\s?m(?:²|2\b)/i, "m2"],
  [/^\s?m(?:³|3\b)/i, "m3"],
  [/^\s?(?:km\/h|kmh|km\/u)/i, "km/h"],
  [/^\s?mph\b/i, "mile/h"],
  [/^\s?°/, "degree"],
];

const WRITTEN_OUT = [...SHARE_PHRASES, ...POWERED];

/** Languages in which "$" may be a peso. */
const PESO_SIGN = new Set(["es", "pt"]);

/** The currency sign right before a number, or null. */
export function unitBefore(before: string, language: string): string | null {
  if (before.endsWith("百分之")) return "%";
  const sign = /([$€£¥₹₽₩￥])\s?$/.exec(before)?.[1];
  if (sign === undefined || (sign === "$" && PESO_SIGN.has(baseLanguage(language)))) return null;
  return SYMBOLS[sign] ?? null;
}

/** The unit right after a number, or null. `words` are the folded words that follow, the next one first. */
export function unitAfter(after: string, words: readonly string[], language: string): string | null {
  for (const [pattern, unit] of WRITTEN_OUT) if (pattern.test(after)) return unit;
  const sign = /^\s?([$€£¥₹₽₩])/.exec(after)?.[1];
  if (sign !== undefined) return SYMBOLS[sign] ?? null;
  const base = baseLanguage(language);
  const signs = base === "ja" || base === "zh" ? JAPANESE_UNITS : SIGN_UNITS[base];
  const signed = signs?.find(([pattern]) => pattern.test(after))?.[1];
  if (signed !== undefined) return signed;
  if (!/^[\s-]{0,2}\p{L}/u.test(after)) return null;
  const [next = "", second = ""] = words;
  const word = UNIT_LINKS[base]?.has(next) === true ? second : next;
  const unit = UNIT_WORDS.get(base)?.get(word) ?? UNIT_WORDS.get("en")?.get(word) ?? null;
  return unit === null ? null : powered(unit, after, base);
}

const LENGTHS = new Set(["km", "m", "cm", "mile"]);

/** "Kilómetros cuadrados" and "kilómetros por hora" are no kilometres. */
function powered(unit: string, after: string, base: string): string {
  if (!LENGTHS.has(unit) || base === "ja" || base === "zh") return unit;
  const rest = after.replace(/^[\s-]{0,2}(?:de )?\p{L}+/u, "");
  return unit + (UNIT_POWERS.find(([pattern]) => pattern.test(rest))?.[1] ?? "");
}

/** How many of the smallest unit of its sort one of a unit has. */
const SIZES: readonly Readonly<Record<string, number>>[] = [
  { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 },
  { month: 1, year: 12, decade: 120, century: 1200 },
  { mm: 1, cm: 10, m: 1000, km: 1e6 },
  { gram: 1, kg: 1000, tonne: 1e6 },
  { kw: 1, mw: 1000, gw: 1e6 },
];
/** Words that name one of several units. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  pound: ["gbp", "kg"],
  kilo: ["km", "kg"],
};

/** True for two units that may be the same. */
export function isSameUnit(left: string, right: string): boolean {
  return left === right || WIDER[left]?.includes(right) === true || WIDER[right]?.includes(left) === true;
}

/** What one unit is in the other: 7 for weeks in days; null for units of two sorts. */
export function unitIn(unit: string, other: string): number | null {
  for (const sizes of SIZES) {
    const [own, base] = [sizes[unit], sizes[other]];
    if (own !== undefined && base !== undefined) return own / base;
  }
  return null;
}
