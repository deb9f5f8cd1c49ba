import type { Passage } from "./article-index.ts";

/** A weekday (0 is Sunday) or month (1 is January) that a text names. */
export interface DateWord {
  /** Token index. */
  at: number;
  value: number;
  raw: string;
  /** Days of the month that stand beside a month. */
  days: readonly number[];
}

export interface DateWords {
  weekdays: DateWord[];
  months: DateWord[];
}

/** How a script without names for them writes weekdays and months. */
interface Signs {
  weekday: RegExp;
  order: string;
  month: RegExp;
}

const HAN_NUMBER = "\\d{1,2}|[一二三四五六七八九十]{1,3}";
export const SIGNS: Readonly<Record<string, Signs>> = {
  ja: {
    weekday: /([日月火水木金土])(?:曜)|[(（]([日月火水木金土])[)）]/gu,
    order: "日月火水木金土",
    month: new RegExp(`(?<![\\d一二三四五六七八九十])(${HAN_NUMBER})月(?:\\s?(${HAN_NUMBER})日)?`, "gu"),
  },
  zh: {
    weekday:
      /(?:星期|礼拜|禮拜|(?<![一每两三四几多下本])[周週])([日一二三四五六天])(?![次个個回期种種家名])|[(（](?:周|週)?([一二三四五六日])[)）]/gu,
    order: "日一二三四五六天",
    month: new RegExp(
      `(?<![\\d一二三四五六七八九十])(${HAN_NUMBER})月(?:\\s?(${HAN_NUMBER})[日号號])?`,
      "gu",
    ),
  },
  ko: {
    weekday: /([일월화수목금토])요일|[(（]([일월화수목금토])[)）]/gu,
    order: "일월화수목금토",
    month: /(?<!\d)(\d{1,2})월(?:\s?(\d{1,2})일)?/gu,
  },
};

/** The weekdays and months of a passage that are signs and figures. */
export function signedDates(passage: Passage, signs: Signs): DateWords {
  // Same length as the text, since the places found are the text's own.
  const text = passage.text.replace(/[０-９]/g, (digit) => digit.normalize("NFKC"));
  const tokenAt = (index: number) =>
    Math.max(
      0,
      passage.tokens.findIndex(({ end }) => end > index),
    );
  const weekdays = [...text.matchAll(signs.weekday)].map((match) => ({
    at: tokenAt(match.index),
    value: signs.order.indexOf(match[1] ?? match[2] ?? "") % 7,
    raw: match[0],
    days: [],
  }));
  const months = [...text.matchAll(signs.month)].flatMap((match): DateWord[] => {
    const value = hanValue(match[1] ?? "");
    const day = match[2] === undefined ? [] : [hanValue(match[2])];
    if (value < 1 || value > 12) return [];
    return [{ at: tokenAt(match.index), value, raw: match[0], days: day }];
  });
  return { weekdays, months };
}

function hanValue(raw: string): number {
  if (/^\d+$/.test(raw)) return Number(raw);
  const [tens = "", ones = ""] = raw.includes("十") ? raw.split("十") : ["零", raw];
  const digit = (sign: string) => Math.max(0, "零一二三四五六七八九".indexOf(sign));
  return (
    (raw.includes("十") ? Math.max(1, digit(tens === "" ? "一" : tens)) : 0) * 10 +
    (ones === "" ? 0 : digit(ones))
  );
}
