import anyAscii from "any-ascii";

/** How a script writes sounds: what is one letter there, what is left out, and what stands before and behind a name. */
interface Writing {
  /** Pairs of consonants that the script does not tell apart. */
  same: readonly string[];
  /** Consonants that also stand for vowels or are not sounded, and what leaving one out costs. */
  weak: Readonly<Record<string, number>>;
  /** What is written together with the word after it. */
  before?: RegExp;
  /** Consonants of endings, each taken off for little; null where other words are written together with the name. */
  endings: string | null;
  /** What both sides are read as before they are compared. */
  rewrite?: readonly (readonly [RegExp, string])[];
}

const UNSOUNDED = { h: 0.2, y: 0.2, w: 0.2 };
const SLAVIC: Writing = { same: ["hg", "hk"], weak: { ...UNSOUNDED, h: 0.5, v: 0.5 }, endings: "mhgvytsk" };
const GREEK: Writing = {
  same: ["bv", "vy", "sS", "sz", "hk", "hC", "gy", "sC", "sJ", "cJ", "cC", "gJ", "Ts"],
  weak: UNSOUNDED,
  endings: "snvm",
  rewrite: [
    [/n?[td](?=[aeiouy]|$)/g, "d"],
    [/nt|nd/g, "d"],
    [/mp|mb/g, "b"],
    [/ngk|gk|gg|ng|nk/g, "g"],
    [/ef?y|av|ev/g, "ev"],
  ],
};
const WRITINGS: Readonly<Record<string, Writing>> = {
  ru: SLAVIC,
  uk: SLAVIC,
  bg: SLAVIC,
  el: GREEK,
  ar: {
    same: ["pb", "vf", "gJ", "gk", "CS", "sc", "Td", "zd", "hk", "gh"],
    weak: { y: 0.1, w: 0.1 },
    before: /^(?:[wf]?[bkl]?a?l|[wfbkls])(?=..)/,
    endings: "ythn",
  },
  he: {
    same: ["bv", "pf", "wv", "kh", "sS", "Cc", "gJ", "CJ", "zJ", "Tt"],
    weak: { h: 0.1, y: 0.1, w: 0.1, v: 0.1 },
    before: /^(?:v?[7vlmks]7?)(?=..)/,
    endings: "mth",
  },
  hi: {
    same: ["vw", "mn", "zJ", "pf", "sS", "Tt", "cC", "cs", "kh", "vb", "Sz", "td"],
    weak: { ...UNSOUNDED, v: 0.3 },
    endings: "nmh",
  },
  ko: {
    same: [
      "pb",
      "pf",
      "bf",
      "bv",
      "fv",
      "pv",
      "wb",
      "wv",
      "kg",
      "td",
      "lr",
      "CJ",
      "sS",
      "zJ",
      "Ts",
      "Tt",
      "Td",
      "cC",
      "cJ",
      "ZJ",
    ],
    weak: UNSOUNDED,
    endings: null,
  },
};

/** Whether names in a language's script can be held against names in Latin letters, by their consonants. */
export function hasSounds(language: string): boolean {
  return WRITINGS[language] !== undefined;
}

/** What two spellings of one sound cost, of 1 for another sound. */
const NEAR: Readonly<Record<string, number>> = Object.fromEntries(
  "pb3 fv3 bv3 pf4 td5 sz3 kg4 kh3 gh3 gJ3 sS2 SC3 CJ2 Jz4 zc3 sc2 cC2 ck1 Ck4 Ch5 Tt1 Ts4 Td4 Tz4 Tf5 wv1 Jy2 Jh4 ZS2 ZJ2 Zz3 ZC3 hy4 cJ4 kx3 gy4 gZ3"
    .split(" ")
    .flatMap((pair) => [
      [pair.slice(0, 2), Number(pair[2]) / 10],
      [`${pair[1] ?? ""}${pair[0] ?? ""}`, Number(pair[2]) / 10],
    ]),
);

/** An h that is a letter of its own where the next script would read it as part of "th" or "sh". */
const ALONE = "7";

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[^a-z7]/g, ""],
  [/eaux?$|ault$/, "o"],
  [/shch|sch/g, "S"],
  [/dzh|dj|dg(?=e)/g, "J"],
  [/chzh/g, "Z"],
  [/tch|ch|cz/g, "C"],
  [/sh|sz/g, "S"],
  [/zh/g, "Z"],
  [/ph/g, "f"],
  [/(?<!c)kh|gh/g, ALONE],
  [/ck|q/g, "k"],
  [/bh/g, "b"],
  [/dh/g, "d"],
  [/th/g, "T"],
  [/t[sz]/g, "c"],
  [/^x/g, "s"],
  [/x/g, "ks"],
  [/j/g, "J"],
  [/7/g, "h"],
  [/([^aeiou])\1+/g, "$1"],
  [/[aeiou]/g, ""],
];

/** Letters that would lose their sound on the way to plain Latin ones. */
const MARKED: readonly (readonly [RegExp, string])[] = [
  [/[čćç]/gi, "ch"],
  [/[šşș]/gi, "sh"],
  [/ž/gi, "zh"],
  [/[\u0921\u0922]\u093c|[\u095c\u095d]/g, "र"],
  [/[حهהחह]/g, ALONE],
];

/** The consonants of a word in any script, as it is heard rather than spelt. */
export function soundOf(word: string, language: string): string {
  return heard(romanised(word), language);
}

function romanised(word: string): string {
  const marked = MARKED.reduce((text, [mark, letters]) => text.replace(mark, letters), word);
  return anyAscii(marked)
    .replace(/(?<=[a-z])H/g, ALONE)
    .toLowerCase();
}

function heard(ascii: string, language: string): string {
  const letters = (WRITINGS[language]?.rewrite ?? []).reduce(
    (text, [from, to]) => text.replace(from, to),
    ascii.replace(/[^a-z7]/g, ""),
  );
  return SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), letters);
}

/** What a word may sound like: whole, and without what is written together with it. */
export function soundsOf(word: string, language: string): string[] {
  const ascii = romanised(word).replace(/[^a-z7]/g, "");
  const before = WRITINGS[language]?.before;
  const forms = [ascii];
  if (before !== undefined) {
    const once = ascii.replace(before, "");
    forms.push(once, once.replace(before, ""));
  }
  return [...new Set(forms.map((form) => heard(form, language)))];
}

/** How many consonants cannot be taken for vowels or be silent. */
export function strongIn(sound: string, language: string): number {
  return sound.replace(language === "ar" ? /[yw]/g : /[hyw]/g, "").length;
}

/** What is silent at the end of a French name, and what Greek leaves out in most cases. */
const LAST = 0.5;
const LAST_S = 0.2;
const AFTER_N = 0.3;
/** What a c costs that is read as a k. */
const AS_K = 0.1;
const ENDING = 0.15;
/** What a word written together with a name costs, by the consonant and at most. */
const TOGETHER = 0.1;
const MOST_TOGETHER = 0.4;

/**
 * How far a name is from a word of the article, in consonants that differ: 0 for the same sounds; endings of the word
 * count for little.
 */
export function soundDistance(name: string, word: string, language: string): number {
  const writing = WRITINGS[language];
  if (writing === undefined) return 0;
  const drop = (sound: string, at: number) =>
    writing.weak[sound[at] ?? ""] ?? (sound[at] === "g" && sound[at - 1] === "n" ? AFTER_N : 1);
  let row = [0];
  for (let j = 0; j < word.length; j++) row.push((row[j] ?? 0) + drop(word, j));
  for (let i = 0; i < name.length; i++) {
    const next = [(row[0] ?? 0) + drop(name, i)];
    const left = Math.min(
      drop(name, i),
      i < name.length - 1 ? 1 : name[i] === "s" ? LAST_S : i > 2 ? LAST : 1,
    );
    for (let j = 0; j < word.length; j++) {
      const changed = (row[j] ?? 0) + unlike(name[i] ?? "", word[j] ?? "", writing);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + left, (next[j] ?? 0) + drop(word, j)));
    }
    row = next;
  }
  return Math.min(...row.map((cost, j) => cost + endingCost(word.slice(j), writing)));
}

function endingCost(rest: string, { endings }: Writing): number {
  if (endings === null) return Math.min(rest.length * TOGETHER, MOST_TOGETHER);
  return rest.length <= 3 && rest.split("").every((sound) => endings.includes(sound))
    ? rest.length * ENDING
    : Number.POSITIVE_INFINITY;
}

function unlike(left: string, right: string, writing: Writing): number {
  if (left === right) return 0;
  if (writing.same.includes(left + right) || writing.same.includes(right + left)) return 0;
  const hard = left === "c" ? AS_K + unlike("k", right, writing) : 1;
  return Math.min(hard, NEAR[left + right] ?? 1);
}
