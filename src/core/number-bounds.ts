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
    /\b(?:mas de|al menos|por lo menos|como minimo|superior a|por encima de|mas que) (?:un[ao]?s? )?$/,
    /\b(?:menos de|hasta|casi|cerca de|como maximo|inferior a|por debajo de) (?:un[ao]?s? )?$/,
    /\b(?:unos|unas|alrededor de|aproximadamente|en torno a|cerca de) $/,
  ],
  fr: [
    /\b(?:plus de|plus d|au moins|superieure? a) $/,
    /\b(?:moins de|moins d|pres de|pres d|jusqu a|presque|au plus|au maximum) $/,
    /\b(?:environ|quelque|quelques|autour de|a peu pres|une) $/,
  ],
};
const ROUND_ENDINGS: Record<string, RegExp> = {
  ja: /^(?:以上|超|余り|あまり|近く|弱|前後|程度|ほど|くらい|ぐらい)/,
};

/** What softens the number that stands between `start` and `end` of a text; null for a plain one. */
export function boundOf(
  text: string,
  { start, end }: { start: number; end: number },
  language: string,
): Bound | null {
  const base = baseLanguage(language);
  const after = text.slice(end, end + 24);
  const ending = ROUND_ENDINGS[base]?.exec(after.replace(/^[人名件台本円ドル%％]+/, ""))?.[0];
  if (ending !== undefined) return /以上|超|余り|あまり/.test(ending) ? "over" : "about";
  if (text.slice(0, start).endsWith("約")) return "about";
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
  if (patterns[1].test(plain)) return "under";
  if (patterns[0].test(plain)) return "over";
  if (patterns[2].test(plain) || /^[ -](?:or so|ish)\b/.test(after)) return "about";
  return /^ or more\b|^\+/.test(after) ? "over" : null;
}
