const DIGIT = /\p{Nd}/u;
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu;
/** Separators that Arabic and Persian put into numbers, and the percent sign. */
const OTHER_MARKS = /[\u066a-\u066c]/g;
const MARKS: Readonly<Record<string, string>> = { "\u066a": "%", "\u066b": ".", "\u066c": "," };
const KNOWN = new Map<string, string>();

/** Digits of every script as 0 to 9, with the Arabic marks for decimals, thousands and percent. Lengths may change. */
export function foldDigits(text: string): string {
  return text.replace(OTHER_DIGITS, asAscii).replace(OTHER_MARKS, (mark) => MARKS[mark] ?? mark);
}

function asAscii(digit: string): string {
  const known = KNOWN.get(digit);
  if (known !== undefined) return known;
  const ascii = valueOf(digit);
  KNOWN.set(digit, ascii);
  return ascii;
}

/** Unicode keeps the ten digits of a script together and in order, so the distance to the first of a run is the value. */
function valueOf(digit: string): string {
  const code = digit.normalize("NFKC").codePointAt(0) ?? 0;
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}
