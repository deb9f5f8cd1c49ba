import type { Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { longestCommon } from "./evidence-near.ts";
import { functionWords } from "./lexicon.ts";
import { calendarWords } from "./names.ts";
import { type Token, isUnspaced, stem } from "./normalise.ts";
import { isCoordinator, isMutual, isPassive, withoutGender } from "./role-words.ts";
import { alignments } from "./verify-align.ts";

/** A stretch of a claim that its sentence has word for word, in another place; token indexes, end exclusive. */
interface Unit {
  from: number;
  to: number;
  /** Where the sentence has it. */
  at: number;
  kind: "number" | "word";
}

/** Longest stretch that changes places with another, in tokens. */
const LONGEST_UNIT = 6;
/** Share of a claim that its sentence must hold in order once the two stretches have changed back. */
const COPIED = { number: 0.75, word: 0.85 } as const;
/** Words more than before that must then stand in order. */
const LEAST_GAIN = 2;
/** Words on each side of a stretch that must be the sentence's as well. */
const REACH = 2;
const SHORTEST = 4;

/**
 * Two figures or two words may not change places: where a claim would repeat its sentence if two of its stretches were
 * exchanged, and does not as it stands, it tells of the one what the sentence tells of the other. A list in another
 * order, a passive and verbs that are true both ways change nothing.
 */
export function checkExchanged(claim: Claim, context: Context): Failure | null {
  if (claim.translated || claim.tokens.length < SHORTEST) return null;
  for (const { sentence } of alignments(claim, context)) {
    const found = exchangedIn(claim, sentence);
    if (found !== null) return found;
  }
  return null;
}

function exchangedIn(claim: Claim, sentence: Sentence): Failure | null {
  const right = sentence.tokens.map((token) => ({ ...token, key: formOf(token, claim.language) }));
  const left = sharedKeys(claim, right);
  const straight = longestCommon(left, right);
  if (straight.length === left.length) return null;
  const inOrder = new Set(straight.map(([i]) => i));
  const units = unitsOf(claim, left, right);
  for (const [k, first] of units.entries()) {
    for (const second of units.slice(k + 1)) {
      if (first.kind !== second.kind || second.at >= first.at) continue;
      if (isInOrder(first, inOrder) && isInOrder(second, inOrder)) continue;
      if (isHarmless(claim, first, second) || isApposed(claim, sentence, { first, second })) continue;
      const pair = { first, second, least: straight.length + LEAST_GAIN };
      if (!fitsExchanged(claim, { left, right }, pair)) continue;
      const detail = claim.text.slice(claim.tokens[first.from]?.start, claim.tokens[first.to - 1]?.end);
      const reason = first.kind === "number" ? "number" : "contradiction";
      return { reason, detail, rule: `${first.kind}s exchanged` };
    }
  }
  return null;
}

function formOf({ key }: Token, language: string): string {
  return stem(withoutGender(key, language), language);
}

/** A claim's tokens, each under the sentence's own form of the word: "fordern" as "fordert", "والرملة" as "الرملة". */
function sharedKeys(claim: Claim, right: readonly Token[]): Token[] {
  const known = new Set(right.map(({ key }) => key));
  const long = [...known].filter((key) => key.length >= SAME_BEGINNING);
  return claim.tokens.map((token) => {
    const own = formOf(token, claim.language);
    if (known.has(own) || own.length < SAME_BEGINNING) return { ...token, key: own };
    const free = /^\p{Script=Arabic}/u.test(own) ? own.replace(/^[وفبكل]/u, "") : own;
    const other = long.find((key) => key === free || key.startsWith(own) || own.startsWith(key));
    return { ...token, key: other ?? own };
  });
}

const SAME_BEGINNING = 4;

function unitsOf(claim: Claim, left: readonly Token[], right: readonly Token[]): Unit[] {
  const places = new Map<string, number[]>();
  for (const [j, { key }] of right.entries()) places.set(key, [...(places.get(key) ?? []), j]);
  const isTelling = tellingIn(claim);
  const isSame = (i: number, at: number) => left[i] !== undefined && left[i]?.key === right[at]?.key;
  /** Words side by side in both texts, with small ones between: "the shipyard of Holm". */
  const endOf = (from: number, at: number): number => {
    let to = from + 1;
    for (let k = to; k - from < LONGEST_UNIT && isSame(k, at + k - from) && isClose(claim, k); k++) {
      const token = left[k];
      if (token !== undefined && isTelling(token, k)) to = k + 1;
    }
    return to;
  };
  const units: Unit[] = [];
  for (let i = 0; i < left.length; i++) {
    const own = left[i];
    const at = own === undefined ? undefined : places.get(own.key);
    const [only] = at ?? [];
    if (own === undefined || only === undefined || at?.length !== 1 || !isTelling(own, i)) continue;
    if (/^[-+]?\p{Nd}/u.test(own.key)) {
      units.push({ from: i, to: i + 1, at: only, kind: "number" });
      continue;
    }
    const to = endOf(i, only);
    if (to - i > 1 || !isUnspaced(claim.language)) units.push({ from: i, to, at: only, kind: "word" });
    i = to - 1;
  }
  return units;
}

/** True where nothing but a space parts a token from the one before, and it is no figure. */
function isClose({ text, tokens }: Claim, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token === undefined || /^\p{Nd}/u.test(token.key)) return false;
  return /^[\s-]?$|^ ?\p{L}?['’]$/u.test(text.slice(before.end, token.start));
}

/** Words that say something; days and months may stand anywhere in a sentence. */
function tellingIn(claim: Claim): (token: Token, i: number) => boolean {
  const ignored = functionWords(claim.language);
  const dates = calendarWords(claim.language);
  return ({ key }, i) => {
    const own = claim.tokens[i]?.key ?? key;
    if (ignored.has(own) || dates.has(own)) return false;
    return own.length > 1 || /[\p{Nd}\p{Script=Han}\p{Script=Katakana}]/u.test(own);
  };
}

function isInOrder({ from, to }: Unit, inOrder: ReadonlySet<number>): boolean {
  for (let i = from; i < to; i++) if (!inOrder.has(i)) return false;
  return true;
}

/** True for the two in a list, beside a verb that is true both ways, or with nothing but "is" between. */
function isHarmless(claim: Claim, first: Unit, second: Unit): boolean {
  const between = claim.tokens.slice(first.to, second.from);
  const { language } = claim;
  if (between.every(({ key }) => isCoordinator(key, language))) return true;
  if (first.kind === "number") return false;
  const ignored = functionWords(language);
  const telling = between.filter(({ key }) => !ignored.has(key));
  return telling.length === 0 || telling.some(({ key }) => isMutual(key, language));
}

/** "Vaz, chairman of the board, said" is "board chairman Vaz said": a comma in the one text and none in the other. */
function isApposed(
  claim: Claim,
  sentence: Sentence,
  { first, second }: Pick<Pair, "first" | "second">,
): boolean {
  const theirs = sentence.tokens[second.at + second.to - second.from - 1];
  const mine = claim.tokens[first.to - 1];
  const stops = (text: string, at: number | undefined) => /^\s*[,(]/.test(text.slice(at));
  return stops(sentence.text, theirs?.end) && !stops(claim.text, mine?.end);
}

interface Pair {
  first: Unit;
  second: Unit;
  /** Words that must stand in order with the two exchanged. */
  least: number;
}

interface Sides {
  left: readonly Token[];
  right: readonly Token[];
}

function fitsExchanged(claim: Claim, { left, right }: Sides, { first, second, least }: Pair): boolean {
  const back = [
    ...left.slice(0, first.from),
    ...left.slice(second.from, second.to),
    ...left.slice(first.to, second.from),
    ...left.slice(first.from, first.to),
    ...left.slice(second.to),
  ];
  const pairs = longestCommon(back, right);
  if (pairs.length < least || pairs.length < left.length * COPIED[first.kind]) return false;
  const held = new Set(pairs.map(([i]) => i));
  const ignored = functionWords(claim.language);
  const strays = back.filter((_, i) => !held.has(i));
  const told = new Set(pairs.map(([, j]) => j));
  const skipped = right.filter((_, j) => j > second.at && j < first.at && !told.has(j));
  if ([...strays, ...skipped].some(({ key }) => isPassive(key, claim.language))) return false;
  const opens = first.from;
  const moves = second.to - second.from - (first.to - first.from);
  const spans = [
    [opens, opens + second.to - second.from],
    [second.from + moves, second.to],
  ] as const;
  return spans.every(([from, to]) =>
    back
      .slice(Math.max(0, from - REACH), to + REACH)
      .every((token, k) => held.has(Math.max(0, from - REACH) + k) || ignored.has(token.key)),
  );
}
