import { DEGREE_SIGNS } from "./contrasts-degree-signs.ts";
import { DEGREES } from "./contrasts-degree.ts";
import { placesOf } from "./contrasts.ts";
import { remembered } from "./memo.ts";
import { baseLanguage } from "./normalise.ts";

/** One side of a pair of opposites: "more" of more and less. */
export interface Side {
  pair: string;
  side: number;
}

/** A side with where a text says it, in UTF-16 units. */
export interface SideSpot extends Side {
  start: number;
  end: number;
}

export function isOtherSide(left: Side, right: Side): boolean {
  return left.pair === right.pair && left.side !== right.side;
}

export function isOneSide(left: Side, right: Side): boolean {
  return left.pair === right.pair && left.side === right.side;
}

const READERS = new Map<string, (key: string) => readonly Side[]>();

/** The sides on which a word stands, folded; none in a script without spaces. */
export function sidesOf(key: string, language: string): readonly Side[] {
  const base = baseLanguage(language);
  let read = READERS.get(base);
  if (read === undefined) {
    const lines = linesOf(DEGREES[base] ?? []);
    READERS.set(base, (read = remembered((word) => readSides(word, lines, base))));
  }
  return read(key);
}

interface Line {
  exact: ReadonlyMap<string, number>;
  prefixes: readonly (readonly [string, number])[];
}

function linesOf(table: readonly string[]): Line[] {
  return table.map((line) => {
    const words = line
      .normalize("NFKD")
      .split(" | ")
      .flatMap((side, i) => side.split(" ").map((word) => [word, i] as const));
    return {
      exact: new Map(words.filter(([word]) => !word.endsWith("*"))),
      prefixes: words.flatMap(([word, i]) => (word.endsWith("*") ? [[word.slice(0, -1), i] as const] : [])),
    };
  });
}

function readSides(key: string, lines: readonly Line[], base: string): Side[] {
  const forms = base === "ar" ? [key, key.replace(/^[وفبل](?=.{3})/, "")] : [key];
  const own = lines.flatMap(({ exact, prefixes }, i) => {
    const side = forms.flatMap((form) => exact.get(form) ?? [])[0];
    const found = side ?? prefixes.find(([prefix]) => key.startsWith(prefix))?.[1];
    return found === undefined ? [] : [{ pair: `degree ${i}`, side: found }];
  });
  const known = placesOf(key, base)
    .filter(({ sort }) => sort === "opposite")
    .map(({ group, member }) => ({ pair: `opposite ${group}`, side: member }));
  return [...own, ...known];
}

const SIGN_LINES = new Map(
  Object.entries(DEGREE_SIGNS).map(([language, table]) => [
    language,
    table.map((line) => line.split(" | ").map((side) => side.split(" "))),
  ]),
);

/** The sides that a text without spaces says in a stretch of it, whose signs the words there share. */
export function sidesWithin(
  text: string,
  { start, end }: { start: number; end: number },
  language: string,
): SideSpot[] {
  const around = text.slice(Math.max(0, start - LONGEST_SIGN), end + LONGEST_SIGN);
  const offset = Math.max(0, start - LONGEST_SIGN);
  const found: SideSpot[] = [];
  for (const [i, sides] of (SIGN_LINES.get(baseLanguage(language)) ?? []).entries()) {
    for (const [side, words] of sides.entries()) {
      for (const word of words) {
        for (let at = around.indexOf(word); at >= 0; at = around.indexOf(word, at + 1)) {
          const spot = { pair: `sign ${i}`, side, start: offset + at, end: offset + at + word.length };
          if (spot.start < end && spot.end > start) found.push(spot);
        }
      }
    }
  }
  return found;
}

const LONGEST_SIGN = 3;
