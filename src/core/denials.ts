import type { Passage } from "./article-index.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage } from "./normalise.ts";
import { negationsIn } from "./opposites.ts";

/** A negation of a passage with the words it may be about, nearest first; token indexes, `to` exclusive. */
export interface Denial {
  from: number;
  to: number;
  focus: readonly number[];
}

/** A clause ends here for a negation. */
const CLAUSE_END = /[,;:.!?–—…،؛。、，；：！？」』”]/u;
/** "Not until May", "no antes de mayo": what is denied is the time, and it will happen. */
const RESTRICTED: Readonly<Record<string, RegExp>> = {
  en: /\b(?:until|before|unless|only|just|all|every\w*|necessarily|yet)\b/i,
  de: /\b(?:vor|bis|erst|nur|alle|alles|jede\w*|unbedingt)\b/i,
  es: /(?<!\p{L})(?:hasta|antes|sólo|solo|todos|todas|cada)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:avant|jusqu|seulement|que|tous|toutes|chaque)(?!\p{L})/iu,
  it: /(?<!\p{L})(?:prima|fino|finché|solo|tutti|tutte|ogni)(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:antes|até|só|apenas|todos|todas|cada)(?!\p{L})/iu,
  nl: /\b(?:voor|tot|pas|alleen|alle|iedere?)\b/i,
  ar: /(?<!\p{L})(?:قبل|حتى|[إا]لا|سوى|فقط|جميع|كل)(?!\p{L})/u,
};
/** "Not without" denies nothing. */
const CANCELLED =
  /(?<!\p{L})(?:not|nicht|pas|no|non|não|niet)\s(?:without|ohne|sans|sin|senza|sem|zonder)(?!\p{L})/giu;
/** Pronouns of denial, whose verb may stand further off: "nobody in the town was hurt". */
const PRONOUN =
  /^(?:none|nobody|neither|no-one|keine[rs]?|niemand|weder|ninguno|ninguna|nadie|aucune?|personne|nessun[oa]|ningu[eé]m|niemand)$/iu;
/** Words that say something behind a negation, of which the first may be what it is about. */
const NEAREST = 1;
const NEAREST_OF_PRONOUN = 3;
/** Verbs that only help another, which is the one denied; folded. */
const AUXILIARIES = new Set(
  "able been being ever yet aver avere esser essere stato stata stati state puo possono potuto potra ancora avoir etre ete peut peuvent pouvait pouvaient encore haber sido podido puede pueden pudo pudieron podra podia podian aun todavia ter haver pode podem podera ainda konnen konnte konnten worden werden kunnen kon konden mehr noch تعد يعد يكن تكن يتم تتم بعد"
    .normalize("NFKD")
    .split(" "),
);
/** Tokens behind a negation within which it is about a word, and before it. */
const AHEAD = 6;
const BACK = 3;
/** German, Dutch and French put it behind the verb, too. */
const BACK_IN_FRAMES = 7;
const FRAMES = new Set(["de", "nl", "fr"]);

const FOUND = new WeakMap<Passage, readonly Denial[]>();

/** The negations of a passage in a language that parts words. */
export function denialsIn(passage: Passage, language: string): readonly Denial[] {
  let known = FOUND.get(passage);
  if (known === undefined) FOUND.set(passage, (known = findDenials(passage, language)));
  return known;
}

function findDenials(passage: Passage, language: string): Denial[] {
  const { text, tokens } = passage;
  const cancelled = [...text.matchAll(CANCELLED)].map(
    ({ 0: raw, index }) => [index, index + raw.length] as const,
  );
  return negationsIn(text, language).flatMap(({ at, word }): Denial[] => {
    if (cancelled.some(([from, to]) => at >= from && at < to)) return [];
    const end = at + word.length;
    const from = tokens.findIndex((token) => token.end > at);
    const next = tokens.findIndex((token) => token.start >= end);
    const to = next < 0 ? tokens.length : next;
    if (from < 0) return [];
    const rest = clauseAfter(text, end);
    if (RESTRICTED[baseLanguage(language)]?.test(rest) === true) return [];
    return [{ from, to, focus: focusOf(passage, { from, to, word }, language) }];
  });
}

function clauseAfter(text: string, from: number): string {
  const rest = text.slice(from, from + 120);
  const end = rest.search(CLAUSE_END);
  return end < 0 ? rest : rest.slice(0, end);
}

function focusOf(
  passage: Passage,
  { from, to, word }: { from: number; to: number; word: string },
  language: string,
): number[] {
  const ignored = functionWords(language);
  const telling = (i: number) => {
    const key = passage.tokens[i]?.key ?? "";
    return !ignored.has(key) && !AUXILIARIES.has(key) && key.length > 1;
  };
  const most = PRONOUN.test(word.trim()) ? NEAREST_OF_PRONOUN : NEAREST;
  const found: number[] = [];
  for (let i = to; i < passage.tokens.length && i < to + AHEAD && found.length < most; i++) {
    if (!isOneClause(passage, to - 1, i)) break;
    if (telling(i)) found.push(i);
  }
  if (found.length > 0 && !FRAMES.has(baseLanguage(language))) return found;
  for (let i = from - 1; i >= 0 && i >= from - BACK; i--) {
    if (!isOneClause(passage, i, from)) break;
    if (telling(i)) return [...found, i];
  }
  return found;
}

/** True when no mark stands between two tokens. */
export function isOneClause({ text, tokens }: Passage, left: number, right: number): boolean {
  return !CLAUSE_END.test(text.slice(tokens[left]?.end, tokens[right]?.start));
}

/** True when a negation of its clause may be about a word. */
export function isDeniedAt(passage: Passage, at: number, language: string): boolean {
  const back = FRAMES.has(baseLanguage(language)) ? BACK_IN_FRAMES : BACK;
  return negationTokens(passage, language).some(([from, to]) => {
    if (from <= at && at < to) return true;
    return at >= to
      ? at - to < AHEAD && isOneClause(passage, to - 1, at)
      : from - at <= back && isOneClause(passage, at, from);
  });
}

const SPANS = new WeakMap<Passage, readonly (readonly [number, number])[]>();

/** All negations, those included that only set a limit. */
function negationTokens(passage: Passage, language: string): readonly (readonly [number, number])[] {
  const known = SPANS.get(passage);
  if (known !== undefined) return known;
  const cancelled = [...passage.text.matchAll(CANCELLED)].map(
    ({ 0: raw, index }) => [index, index + raw.length] as const,
  );
  const made = negationsIn(passage.text, language).flatMap(({ at, word }) => {
    if (cancelled.some(([from, to]) => at >= from && at < to)) return [];
    const from = passage.tokens.findIndex((token) => token.end > at);
    const next = passage.tokens.findIndex((token) => token.start >= at + word.length);
    return from < 0 ? [] : [[from, next < 0 ? passage.tokens.length : next] as const];
  });
  SPANS.set(passage, made);
  return made;
}
