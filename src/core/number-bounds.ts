import { baseLanguage } from "./normalise.ts";
import {
  BETWEEN,
  type BoundWords,
  ROUND_NUMBERS,
  SIGNS_AFTER,
  SIGNS_BEFORE,
  WORDS_AFTER,
  WORDS_BEFORE,
} from "./number-bound-words.ts";

/** "More than", "up to", "nearly" and "about". */
export type Bound = "over" | "under" | "near" | "about";

type Patterns = readonly (readonly [Bound, RegExp])[];

interface Reader {
  /** Over the end of what stands before a number, and over the start of what stands behind it. */
  before: Patterns;
  after: Patterns;
  /** False where the text is read as it stands. */
  folded: boolean;
}

/** How much of the text beside a number is read, in UTF-16 units. */
const BEFORE = 32;
const AFTER = 24;
/** "No more than" holds "more than", "not nearly" would hold "nearly": the longer and the stricter come first. */
const ORDER = ["under", "over", "near", "about"] as const;
const READERS = new Map<string, Reader | null>();

function readerOf(base: string): Reader | null {
  const known = READERS.get(base);
  if (known !== undefined) return known;
  const made = makeReader(base);
  READERS.set(base, made);
  return made;
}

function makeReader(base: string): Reader | null {
  const words = WORDS_BEFORE[base];
  const signs = SIGNS_BEFORE[base];
  if (words !== undefined) {
    const between = `(?:(?:${BETWEEN[base] ?? ""}) ){0,2}`;
    return {
      before: patterns(words, (some) => `(?<!\\p{L})(?:${some}) ${between}$`),
      after: patterns(WORDS_AFTER[base], (some) => `^[ -]?(?:\\p{L}+ )?(?:${some})(?!\\p{L})`),
      folded: true,
    };
  }
  if (signs === undefined) return null;
  return {
    before: patterns(signs, (some) => `(?:${some})\\s?(?:人民币|港币)?$`),
    after: [
      ...patterns(
        SIGNS_AFTER[base],
        (some) => `^(?:[^\\s、。，,；;：:はがをにでへともや「」（()）]|%){0,4}?\\s?(?:${some})`,
      ),
      ...patterns(WORDS_AFTER[base], (some) => `^\\s(?:\\p{L}+ ){0,2}(?:${some})`),
    ],
    folded: false,
  };
}

function patterns(words: BoundWords | undefined, around: (some: string) => string): Patterns {
  return ORDER.flatMap((bound) => {
    const some = words?.[bound] ?? "";
    return some === "" ? [] : [[bound, new RegExp(around(some), "iu")] as const];
  });
}

/** What softens the number that stands between `start` and `end` of a text; null for a plain one. */
export function boundOf(
  text: string,
  { start, end }: { start: number; end: number },
  language: string,
): Bound | null {
  const reader = readerOf(baseLanguage(language));
  if (reader === null) return null;
  const behind = text.slice(end, end + AFTER);
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const found =
    softened(reader.folded ? plain(before) : before, reader.before) ??
    softened(reader.folded ? plain(behind) : behind, reader.after);
  if (found !== null || !reader.folded) return found;
  return /^\p{L}/u.test(text.charAt(start)) && ROUND_NUMBERS.test(plain(text.slice(start, end)))
    ? "about"
    : null;
}

/** Small letters without marks, currency signs and full stops; apostrophes part words. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f$€£¥.]|us\$/g, "")
    .replace(/[’'\s]+/g, " ");
}

function softened(text: string, some: Patterns): Bound | null {
  return some.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
