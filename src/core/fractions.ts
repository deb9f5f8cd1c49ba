import { baseLanguage } from "./normalise.ts";

/** A share that a text names in words, with where it does. */
export interface Fraction {
  value: number;
  raw: string;
  start: number;
  end: number;
}

const FRACTIONS: Readonly<Record<string, readonly (readonly [RegExp, number])[]>> = {
  en: [
    [/\bhalf(?= (?:of|the|its|their|all)\b)/gi, 1 / 2],
    [/\b(?:a|one)[- ]third\b(?= of)/gi, 1 / 3],
    [/\btwo[- ]thirds\b/gi, 2 / 3],
    [/\b(?:a|one)[- ]quarter\b(?= of)/gi, 1 / 4],
    [/\bthree[- ]quarters\b/gi, 3 / 4],
    [/\b(?:a|one)[- ]fifth\b(?= of)/gi, 1 / 5],
    [/\b(?:a|one)[- ]tenth\b(?= of)/gi, 1 / 10],
  ],
  de: [
    [/\bdie Hälfte\b/gi, 1 / 2],
    [/\bein Drittel\b/gi, 1 / 3],
    [/\bzwei Drittel\b/gi, 2 / 3],
    [/\bein Viertel\b/gi, 1 / 4],
    [/\bdrei Viertel\b/gi, 3 / 4],
    [/\bein Fünftel\b/gi, 1 / 5],
  ],
  fr: [
    [/\bla moitié/gi, 1 / 2],
    [/\b(?:un|le) tiers\b/gi, 1 / 3],
    [/\b(?:les )?deux tiers\b/gi, 2 / 3],
    [/\b(?:un|le) quart\b/gi, 1 / 4],
    [/\b(?:les )?trois quarts\b/gi, 3 / 4],
    [/\bun cinquième/gi, 1 / 5],
  ],
  es: [
    [/\bla mitad\b/gi, 1 / 2],
    [/\bun tercio\b/gi, 1 / 3],
    [/\bdos tercios\b/gi, 2 / 3],
    [/\b(?:un cuarto|una cuarta parte|la cuarta parte)\b/gi, 1 / 4],
    [/\btres cuart(?:os|as partes)\b/gi, 3 / 4],
    [/\b(?:una|la) quinta parte\b/gi, 1 / 5],
  ],
  it: [
    [/\bla metà/gi, 1 / 2],
    [/\bun terzo\b/gi, 1 / 3],
    [/\bdue terzi\b/gi, 2 / 3],
    [/\bun quarto\b/gi, 1 / 4],
    [/\btre quarti\b/gi, 3 / 4],
  ],
  pt: [
    [/\bmetade\b/gi, 1 / 2],
    [/\bum terço\b/gi, 1 / 3],
    [/\bdois terços\b/gi, 2 / 3],
    [/\bum quarto\b/gi, 1 / 4],
    [/\btrês quartos\b/gi, 3 / 4],
  ],
  nl: [
    [/\bde helft\b/gi, 1 / 2],
    [/\b(?:een|één) derde\b/gi, 1 / 3],
    [/\btwee ?derde\b/gi, 2 / 3],
    [/\b(?:een )?kwart\b/gi, 1 / 4],
    [/\bdriekwart\b/gi, 3 / 4],
  ],
};

export function fractionsIn(text: string, language: string): Fraction[] {
  return (FRACTIONS[baseLanguage(language)] ?? []).flatMap(([pattern, value]) =>
    [...text.matchAll(pattern)].map(({ 0: raw, index }) => ({
      value,
      raw,
      start: index,
      end: index + raw.length,
    })),
  );
}
