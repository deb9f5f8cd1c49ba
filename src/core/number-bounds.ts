import { baseLanguage } from "./normalise.ts";

/** "More than", "up to" and "about". */
export type Bound = "over" | "under" | "about";

/** What stands before a number that is more, less or about what it says; folded. */
const BOUND_WORDS: Record<string, readonly [RegExp, RegExp, RegExp]> = {
  en: [
    /\b(?:more than|over|at least|above|exceeding|exceeds?|exceeded|upwards? of|no fewer than|no less than|greater than|topped|surpass(?:es|ed|ing)?) (?:an? )?$/,
    /\b(?:less than|fewer than|under|below|at most|up to|no more than|as many as|as much as|within|almost|nearly|close to|just short of|not quite) (?:an? )?$/,
    /\b(?:about|around|roughly|approximately|some|an estimated|estimated|approx|circa|or so|in the region of) (?:an? )?$/,
  ],
  de: [
    /\b(?:mehr als|uber|mindestens|wenigstens|gut|ab) $/,
    /\b(?:weniger als|unter|hochstens|maximal|bis zu|knapp|fast|nahezu|beinahe) $/,
    /\b(?:etwa|rund|ungefahr|circa|ca|zirka|gegen|schatzungsweise) $/,
  ],
  es: [
    /\b(?:mas de|al menos|por lo menos|como minimo|superior a|por encima de|mas que|supero|supera|superaron|rebaso)(?: el| la| los| las)? (?:un[ao]?s? )?$/,
    /\b(?:menos de|hasta|casi|cerca de|como maximo|inferior a|por debajo de) (?:un[ao]?s? )?$/,
    /\b(?:unos|unas|alrededor de|aproximadamente|en torno a|cerca de) $/,
  ],
  fr: [
    /\b(?:plus de|plus d|au moins|superieure? a) $/,
    /\b(?:moins de|moins d|pres de|pres d|jusqu a|presque|au plus|au maximum) $/,
    /\b(?:environ|quelque|quelques|autour de|a peu pres|une) $/,
  ],
};
/** The same where no space parts the words, or where letters carry marks: as the text has them. */
const BOUND_SIGNS: Record<string, readonly [RegExp, RegExp, RegExp]> = {
  zh: [
    /(?:超过|超過|逾|多于|至少|突破|超)$/,
    /(?:不到|不足|近|将近|接近|最多|至多|低于)$/,
    /(?:约|約|大约|大約|左右)$/,
  ],
  ja: [/(?:少なくとも)$/, /(?:最大|最大で)$/, /(?:約|およそ|推定)$/],
  ko: [/(?:최소|적어도)\s?$/, /(?:최대|거의)\s?$/, /(?:약|대략)\s?$/],
  ar: [
    /(?:[أا]كثر من|ما لا يقل عن|على ال[أا]قل|يزيد على|يزيد عن|نحو [أا]كثر من)\s?$/,
    /(?:[أا]قل من|ما يصل [إا]لى|قرابة|ما يقرب من)\s?$/,
    /(?:نحو|حوالي|حوالى|زهاء|بنحو)\s?$/,
  ],
  fa: [/بیش از\s?$/, /کمتر از\s?$/, /(?:حدود|نزدیک به)\s?$/],
  ru: [
    /(?:более|больше|свыше|не менее|как минимум|минимум)(?: чем)?\s?$/i,
    /(?:менее|меньше|почти|не более)\s?$/i,
    /(?:около|примерно|порядка|приблизительно)\s?$/i,
  ],
};
const ROUND_ENDINGS: Record<string, readonly [RegExp, RegExp]> = {
  ja: [/^(?:以上|超|余り|あまり)/, /^(?:近く|弱|前後|程度|ほど|くらい|ぐらい)/],
  zh: [/^(?:以上|多|余|餘)/, /^(?:左右|上下)/],
  ko: [/^\s?(?:이상|넘|여\s?명)/, /^\s?(?:가량|정도|안팎|내외)/],
};

/** What softens the number that stands between `start` and `end` of a text; null for a plain one. */
export function boundOf(
  text: string,
  { start, end }: { start: number; end: number },
  language: string,
): Bound | null {
  const base = baseLanguage(language);
  const after = text.slice(end, end + 24);
  const counted = after.replace(/^(?:[人名件台本円元个個美欧吨]|ドル|명|명의|원|달러|[%％])+/, "");
  const endings = ROUND_ENDINGS[base];
  if (endings?.[0].test(counted) === true) return "over";
  if (endings?.[1].test(counted) === true) return "about";
  const signs = BOUND_SIGNS[base];
  if (signs !== undefined) return softened(text.slice(Math.max(0, start - 16), start), signs);
  const patterns = BOUND_WORDS[base];
  if (patterns === undefined) return null;
  const before = text
    .slice(Math.max(0, start - 28), start)
    .toLowerCase()
    .normalize("NFKD");
  const plain = before
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[$€£¥’'.]|us\$/g, "")
    .replace(/\s+/g, " ");
  const found = softened(plain, patterns);
  if (found !== null) return found;
  if (/^[ -](?:or so|ish)\b/.test(after)) return "about";
  return /^ or more\b|^\+/.test(after) ? "over" : null;
}

function softened(before: string, [over, under, about]: readonly [RegExp, RegExp, RegExp]): Bound | null {
  if (under.test(before)) return "under";
  if (over.test(before)) return "over";
  return about.test(before) ? "about" : null;
}
