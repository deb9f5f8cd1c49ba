import { createHash } from "node:crypto";
import { z } from "zod";
import { baseLanguage } from "./normalise.ts";
import { isSpelling, respell } from "./spelling.ts";

/** A word or phrase: no digits, since a replacement must not bring in a figure that was never checked. */
const Phrase = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^\P{Nd}+$/u, "must hold no digits");
const Words = z.record(Phrase, Phrase).default({});

/** How a newsroom writes. Nothing of it ever changes a quotation or evidence. */
export const HouseStyle = z.strictObject({
  /** Of English; null leaves each word as it comes. */
  spelling: z.enum(["en-GB", "en-US"]).nullable().default(null),
  /** How a unit is written straight after a number: `kilometres: km`. */
  units: Words,
  /** What is written instead of a word: `terrorist: militant`, `Kiev: Kyiv`. A key in lower case leaves names alone. */
  replace: Words,
  /** Words for which there is no replacement: what holds one is written again or left out. */
  banned: z.array(Phrase).max(200).default([]),
  /** Rules that only a writer can follow; a model is told, nothing is checked. */
  rules: z.array(z.string().trim().min(1).max(300)).max(40).default([]),
});
export type HouseStyle = z.infer<typeof HouseStyle>;

export interface StyleFinding {
  /** As it stands in the text. */
  word: string;
  /** What it becomes; null when it is banned. */
  wanted: string | null;
}

const SPELLINGS = { "en-GB": "British", "en-US": "American" } as const;
/** Words inside of marks are somebody's; one mark without its partner protects the rest of the line. */
const QUOTED =
  /"[^"\n]*(?:"|$)|“[^”\n]*(?:”|$)|„[^“”\n]*(?:[“”]|$)|«[^»\n]*(?:»|$)|»[^«\n]*«|「[^」\n]*(?:」|$)|『[^』\n]*(?:』|$)|(?<![\p{L}\p{N}])[‘'][^’'\n]+[’'](?![\p{L}\p{N}])/gu;
const MAGNITUDES =
  "thousand|million|billion|trillion|mio\\.|mrd\\.|millionen|milliarden|millions?|milliards?|millones";
const SENTENCE_START = /(?:^|[.!?…:]["”’»)]?\s+|\n\s*)["“„«‘(]?$/;

/** The text as the house writes it; what is quoted stays. `language` is the text's own, BCP-47. */
export function applyHouseStyle(text: string, style: HouseStyle, language: string): string {
  return outsideQuotes(text, (piece, before) => restyle(piece, { style, language, before }));
}

/** Each word that the house writes otherwise, or not at all. Empty exactly when the text keeps to the style. */
export function checkHouseStyle(text: string, style: HouseStyle, language: string): StyleFinding[] {
  const found: StyleFinding[] = bannedIn(text, style).map((word) => ({ word, wanted: null }));
  outsideQuotes(text, (piece, before) => {
    restyle(piece, { style, language, before, found });
    return piece;
  });
  return found;
}

/** The banned words that a text holds outside of quotations. */
export function bannedIn(text: string, { banned }: HouseStyle): string[] {
  const found: string[] = [];
  outsideQuotes(text, (piece, before) => {
    for (const word of banned) {
      piece.replace(wordPattern(word), (match: string, at: number) => {
        if (
          !isName({
            match,
            key: word,
            before: before + piece.slice(0, at),
            after: piece.slice(at + match.length),
          })
        )
          found.push(match);
        return match;
      });
    }
    return piece;
  });
  return found;
}

/** What a model is told to write again without. */
export function styleIssues(text: string, style: HouseStyle): string[] {
  return bannedIn(text, style).map(
    (word) => `the house style does not allow "${word}": say it in other words`,
  );
}

/** The style as lines for a model's prompt. */
export function styleLines({ spelling, units, replace, banned, rules }: HouseStyle): string[] {
  const quoted = (word: string): string => `"${word}"`;
  // A model that writes a name as the house does would fail the check against the article; code rewrites names after it.
  const words = Object.entries(replace).filter(([from, to]) => isLower(from) && isLower(to));
  return [
    ...(spelling === null
      ? []
      : [`${SPELLINGS[spelling]} spelling (${spelling}) wherever you write English`]),
    ...Object.entries(units).map(([from, to]) => `after a number ${quoted(to)}, not ${quoted(from)}`),
    ...words.map(([from, to]) => `${quoted(to)}, not ${quoted(from)}`),
    ...(banned.length === 0 ? [] : [`never use: ${banned.map(quoted).join(", ")}`]),
    ...rules,
  ];
}

/** Names a style for the cache: another style makes another brief. */
export function styleId(style: HouseStyle): string {
  return createHash("sha256").update(JSON.stringify(style)).digest("hex").slice(0, 8);
}

interface Restyling {
  style: HouseStyle;
  language: string;
  /** The text before this piece. */
  before: string;
  found?: StyleFinding[];
}

function restyle(piece: string, { style, language, before, found = [] }: Restyling): string {
  let text = piece;
  const change = (word: string, wanted: string): string => {
    if (word !== wanted) found.push({ word, wanted });
    return wanted;
  };
  for (const [from, to] of Object.entries(style.units)) {
    const pattern = new RegExp(
      `(?<=\\p{Nd}[\\s-]?(?:(?:${MAGNITUDES})\\s)?)${wordPattern(from).source}`,
      "giu",
    );
    text = text.replace(pattern, (word) => change(word, to));
  }
  for (const [from, to] of Object.entries(style.replace)) {
    text = text.replace(wordPattern(from), (match: string, at: number) => {
      const around = { before: before + text.slice(0, at), after: text.slice(at + match.length) };
      return isName({ match, key: from, ...around }) ? match : change(match, inCaseOf(match, from, to));
    });
  }
  if (style.spelling === null || baseLanguage(language) !== "en") return text;
  const { spelling } = style;
  return text.replace(/(?<![\p{L}\p{N}@#/.-])\p{Ll}{3,}(?![\p{L}\p{N}@/])/gu, (word) =>
    isSpelling(word, spelling) ? word : change(word, respell(word, spelling)),
  );
}

/** A key in lower case means the word, not the name of an institution that has it in its name. */
function isName({
  match,
  key,
  before,
  after,
}: {
  match: string;
  key: string;
  before: string;
  after: string;
}): boolean {
  if (!isLower(key)) return match !== key;
  if (isLower(match.charAt(0))) return false;
  return !SENTENCE_START.test(before) || /^[\s-]+\p{Lu}/u.test(after);
}

function inCaseOf(match: string, key: string, to: string): string {
  if (!isLower(key) || isLower(match.charAt(0))) return to;
  return to.charAt(0).toUpperCase() + to.slice(1);
}

function isLower(word: string): boolean {
  return word === word.toLowerCase();
}

function wordPattern(phrase: string): RegExp {
  const escaped = phrase
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, String.raw`\s+`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, "giu");
}

/** Calls with each run of the text that is not in quotation marks, and with what stands before it. */
function outsideQuotes(text: string, change: (piece: string, before: string) => string): string {
  let result = "";
  let from = 0;
  for (const quoted of text.matchAll(QUOTED)) {
    result += change(text.slice(from, quoted.index), text.slice(0, from)) + quoted[0];
    from = quoted.index + quoted[0].length;
  }
  return result + change(text.slice(from), text.slice(0, from));
}
