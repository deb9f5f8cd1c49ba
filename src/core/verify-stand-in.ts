import { type Passage, type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { peopleOf } from "./demonyms.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage, isUnspaced } from "./normalise.ts";
import { type People, peopleIn } from "./people.ts";
import { BARE_BEFORE, BARE_NO_PLACE, PLACE_ENDINGS, PLACE_HEADS } from "./place-words.ts";
import { type Alignment, alignments } from "./verify-align.ts";

/** Tokens, by index, end exclusive. */
type Stretch = readonly [from: number, to: number];

/** Share of a claim that its sentence must hold in order, and words that must be among them. */
const COPIED = 0.6;
const LEAST = 4;
const LEAST_UNSPACED = 6;
const LONGEST = 5;
/** How much less of the claim another sentence may say and still be the one that the claim tells. */
const NEARLY = 0.15;

/** A name may not stand where its sentence has another, though the article knows both: "in Lohfelden" for "in Altwiesen". */
export function checkStandIn(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const least = isUnspaced(claim.language) ? LEAST_UNSPACED : LEAST;
  const people = peopleIn(context.article);
  for (const { sentence, pairs } of alignments(claim, context)) {
    if (pairs.length < Math.max(least, claim.tokens.length * COPIED)) continue;
    for (const [mine, theirs] of gapsOf(claim, sentence, pairs)) {
      const own = nameIn(claim, mine, { people, language: claim.language });
      const other = nameIn(sentence, theirs, { people, language: claim.language });
      if (own === null || other === null || !own.whole) continue;
      if (isOneName(claim, sentence, { own: own.keys, other: other.keys })) continue;
      if (
        !isKnown(own.keys, context, claim.language) ||
        isSaidElsewhere(claim, context, { sentence, keys: own.keys })
      )
        continue;
      const detail = claim.text.slice(claim.tokens[mine[0]]?.start, claim.tokens[mine[1] - 1]?.end);
      return { reason: "name", detail, rule: "name in the place of another" };
    }
  }
  return null;
}

/**
 * What claim and sentence have between the same words, and at their ends up to the next mark. What opens them is left
 * out: a name there often takes the place of "the striker" or "the Foxes", who is the same.
 */
function gapsOf(claim: Claim, sentence: Sentence, pairs: Alignment["pairs"]): [Stretch, Stretch][] {
  const found: [Stretch, Stretch][] = [];
  const ends = [...pairs, [claim.tokens.length, sentence.tokens.length] as const];
  let [i, j] = ends[0] ?? [0, 0];
  for (const [nextI, nextJ] of ends.slice(1)) {
    const mine: Stretch = [i + 1, nextI];
    const theirs: Stretch = [j + 1, nextJ];
    const isLast = nextI === claim.tokens.length;
    if (mine[1] > mine[0] && mine[1] - mine[0] <= LONGEST && theirs[1] > theirs[0])
      found.push([mine, isLast ? [theirs[0], clauseEnd(sentence, theirs)] : theirs]);
    [i, j] = [nextI, nextJ];
  }
  return found;
}

function clauseEnd({ text, tokens }: Passage, [from, to]: Stretch): number {
  for (let k = from; k + 1 < to; k++) {
    const [token, next] = [tokens[k], tokens[k + 1]];
    if (
      token !== undefined &&
      next !== undefined &&
      /[,;:.!?()–—，。；]/.test(text.slice(token.end, next.start))
    )
      return k + 1;
  }
  return to;
}

interface Named {
  keys: readonly string[];
  /** True where the stretch holds nothing but the name and small words. */
  whole: boolean;
}

interface Reading {
  people: People;
  language: string;
}

/** The one name that a stretch begins with, small words apart; null for none. */
function nameIn(passage: Passage, stretch: Stretch, reading: Reading): Named | null {
  const base = baseLanguage(reading.language);
  if (PLACE_ENDINGS[base] !== undefined) return unspacedName(passage, stretch, PLACE_ENDINGS[base]);
  if (PLACE_HEADS[base] !== undefined) return headedName(passage, stretch, PLACE_HEADS[base]);
  const ignored = functionWords(reading.language);
  const keys: string[] = [];
  let whole = true;
  for (let k = stretch[0]; k < stretch[1]; k++) {
    const key = passage.tokens[k]?.key ?? "";
    if (whole && isName(passage, k, reading)) keys.push(key);
    else if (!ignored.has(key)) whole = false;
    if (!whole && keys.length === 0) return null;
  }
  return keys.length === 0 ? null : { keys, whole: whole && stretch[1] - stretch[0] <= LONGEST };
}

function isName({ text, tokens }: Passage, at: number, { people, language }: Reading): boolean {
  const token = tokens[at];
  if (token === undefined || !/^\p{Lu}/u.test(text.slice(token.start))) return false;
  if (people.names.has(token.key)) return true;
  return baseLanguage(language) === "de" && isBarePlace({ text, tokens }, at);
}

function isBarePlace({ text, tokens }: Pick<Passage, "text" | "tokens">, at: number): boolean {
  const [token, before, earlier] = [tokens[at], tokens[at - 1], tokens[at - 2]];
  if (token === undefined || before === undefined) return false;
  if (BARE_NO_PLACE.test(token.key) || peopleOf(token.key) !== null) return false;
  if (BARE_BEFORE.test(before.key)) return true;
  return before.key === "und" && earlier !== undefined && /^\p{Lu}/u.test(text.slice(earlier.start))
    ? isBarePlace({ text, tokens }, at - 2)
    : false;
}

/** In a script without spaces: a stretch of name characters with "station", "city" or the like behind it. */
function unspacedName({ text, tokens }: Passage, [from, to]: Stretch, ending: RegExp): Named | null {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last === undefined || to - from > LONGEST) return null;
  const raw = text.slice(first.start, last.end);
  if (
    !/^(?:\p{Script=Han}+|[\p{Script=Katakana}ー]+)$/u.test(raw) ||
    /^[同本该這这此当両各全某他每]/u.test(raw)
  )
    return null;
  const kind = ending.exec(text.slice(last.end))?.[0];
  return kind === undefined ? null : { keys: [raw + kind], whole: true };
}

/** One word right behind "city", "port" or the like. */
function headedName({ tokens }: Passage, [from, to]: Stretch, head: RegExp): Named | null {
  const key = tokens[from]?.key;
  if (key === undefined || to - from !== 1 || !head.test(tokens[from - 1]?.key.normalize("NFC") ?? ""))
    return null;
  return { keys: [key], whole: true };
}

/** True where one of the two texts has the other's name, or one name is the other's initials. */
function isOneName(
  claim: Claim,
  sentence: Sentence,
  { own, other }: { own: readonly string[]; other: readonly string[] },
): boolean {
  const has = ({ keys, text }: Passage, key: string) =>
    keys.has(key) || (/\P{ASCII}/u.test(key) && text.includes(key));
  if (own.some((key) => has(sentence, key)) || other.some((key) => has(claim, key))) return true;
  const initials = (keys: readonly string[]) => keys.map((key) => key.charAt(0)).join("");
  return initials(own) === other.join("") || initials(other) === own.join("");
}

/** A name that the article has nowhere is the names' rule; a script without capitals has none but this. */
function isKnown(keys: readonly string[], { article }: Context, language: string): boolean {
  const base = baseLanguage(language);
  if (PLACE_HEADS[base] !== undefined || PLACE_ENDINGS[base] !== undefined) return true;
  return keys.every((key) => article.keys.has(key) || article.text.includes(key));
}

/** True when a sentence that has the name says about as much of the claim as the one it was laid beside. */
function isSaidElsewhere(
  claim: Claim,
  { article }: Context,
  { sentence, keys }: { sentence: Sentence; keys: readonly string[] },
): boolean {
  const most = overlap(claim, sentence.stems) - NEARLY;
  return article.sentences.some(
    (other) =>
      other !== sentence &&
      overlap(claim, other.stems) >= most &&
      keys.some((key) => other.keys.has(key) || other.text.includes(key)),
  );
}
