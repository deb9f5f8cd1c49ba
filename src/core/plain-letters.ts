/** Letters of other scripts that look like Latin ones, as they are used to write a Latin word that no filter knows. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: "a",
    е: "e",
    о: "o",
    р: "p",
    с: "c",
    у: "y",
    х: "x",
    і: "i",
    ѕ: "s",
    ј: "j",
    ԁ: "d",
    һ: "h",
    ո: "n",
    ɡ: "g",
    ѵ: "v",
    ԛ: "q",
    ԝ: "w",
    к: "k",
    м: "m",
    т: "t",
    в: "b",
    н: "h",
    г: "r",
    ι: "i",
    ο: "o",
    α: "a",
    ν: "v",
    ρ: "p",
    ε: "e",
    τ: "t",
    υ: "u",
    κ: "k",
    η: "n",
    ı: "i",
  }),
);
const DIGITS: ReadonlyMap<string, string> = new Map(
  Object.entries({ 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s" }),
);
const HIDDEN = /[\p{Cf}\u034F\u3164\uFFA0]/gu;
const WORD = /[\p{L}\p{M}]+/gu;
/** Single letters, each apart from the next by one mark or space: "i g n o r e". */
const SPREAD = /(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*]){4,}\p{L}(?![\p{L}\p{N}])/gu;
const DISGUISED =
  /(?<![\p{L}\p{N}])(?=[\p{L}@$\d]*\p{L}{1})(?=[\p{L}]*[@$\d][@$\d]?\p{L})[\p{L}@$\d]{4,}(?![\p{L}\p{N}])/gu;
const BASE64 =
  /(?<![\w+/=])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/=])/g;
/** Longest run that is decoded, in characters. */
const MAX_ENCODED = 4_000;

/**
 * A text as a reader's eye takes it: compatibility forms, hidden characters, lookalikes, spread and disguised letters
 * undone. For telling what a text is, never for showing it.
 */
export function plainLetters(text: string): string {
  const visible = text.normalize("NFKC").replace(HIDDEN, "").replace(/\s+/g, " ");
  if (/^[\p{ASCII}]*$/u.test(visible)) return undisguised(visible);
  return undisguised(
    visible.replace(WORD, (word) =>
      /\p{sc=Latin}/u.test(word) && /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}ı]/u.test(word)
        ? Array.from(
            word,
            (letter) => LOOKALIKES.get(letter) ?? LOOKALIKES.get(letter.toLowerCase()) ?? letter,
          ).join("")
        : word,
    ),
  );
}

function undisguised(text: string): string {
  return text
    .replace(SPREAD, (run) => run.replace(/[ .\-_*]/g, ""))
    .replace(DISGUISED, (word) => Array.from(word, (letter) => DIGITS.get(letter) ?? letter).join(""));
}

/** What runs of Base64 in a text say, where they say something in words. */
export function decodedRuns(text: string): string[] {
  return [...text.matchAll(BASE64)].flatMap(([run]) => {
    if (run.length > MAX_ENCODED) return [];
    const decoded = Buffer.from(run, "base64").toString("utf8");
    return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\s]+$/u.test(decoded) &&
      !decoded.includes("\uFFFD") &&
      / /.test(decoded)
      ? [decoded]
      : [];
  });
}

/** The text with each Latin letter thirteen further on, which is how ROT13 is undone. */
export function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    const from = code < 97 ? 65 : 97;
    return String.fromCharCode(((code - from + 13) % 26) + from);
  });
}
