import { type Passage, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { type Place, isRival, isSamePlace, passageHas, placesOf } from "./contrasts.ts";
import { peopleOf } from "./demonyms.ts";
import { type NameMention, findNames } from "./names.ts";
import type { NumberMention } from "./numbers.ts";
import { type Slot, slotsOf } from "./verify-align.ts";
import { isNegated } from "./opposites.ts";
import { isReckoned } from "./verify-arithmetic.ts";
import { isDifference } from "./verify-number-terms.ts";
import { supports } from "./number-support.ts";

/**
 * Where a claim repeats a sentence but for a word or two, those may not be something else of the same kind, though the
 * article has it elsewhere: another place, figure or day in the sentence's stead.
 */
export function checkSlots(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  for (const slot of slotsOf(claim, context)) {
    const found = otherKind(claim, slot) ?? otherNumber(claim, slot, context) ?? otherName(claim, slot);
    if (found !== null && !isSaidBy(found.holds, claim, slot, context)) return found.failure;
  }
  return null;
}

interface Found {
  failure: Failure;
  /** True for a passage that has what the claim has in the slot. */
  holds: (passage: Passage) => boolean;
}

/** How much less of the claim another sentence may say and still be the one that the claim tells. */
const NEARLY = 0.15;

/** True when a sentence that has the claim's own word says about as much of the claim as the one it was laid beside. */
function isSaidBy(holds: Found["holds"], claim: Claim, slot: Slot, context: Context): boolean {
  const most = overlap(claim, slot.sentence.stems) - NEARLY;
  return context.article.sentences.some((other) => overlap(claim, other.stems) >= most && holds(other));
}

function otherKind(claim: Claim, { sentence, claim: mine, article: theirs }: Slot): Found | null {
  const own = placesIn(claim, mine, claim.language);
  const others = placesIn(sentence, theirs, claim.language);
  for (const { place, at } of own) {
    if (others.some((other) => isSamePlace(place, other.place))) continue;
    if (!others.some((other) => isRival(place, other.place))) continue;
    if (passageHas(sentence, place, claim.language)) continue;
    // "Two weeks" for "14 days": figure and unit together are the numbers' rule.
    if (place.sort === "unit" && numbersIn(claim, mine).length > 0) continue;
    if (
      place.sort === "opposite" &&
      isNegated(claim.text, claim.language) !== isNegated(sentence.text, claim.language)
    )
      continue;
    const token = claim.tokens[at];
    if (token === undefined) continue;
    const detail = claim.text.slice(token.start, token.end);
    return {
      failure: { reason: "contradiction", detail, rule: `slot ${place.sort}` },
      holds: (passage) => passageHas(passage, place, claim.language),
    };
  }
  return null;
}

interface Placed {
  place: Place;
  /** Token index. */
  at: number;
}

function placesIn(passage: Passage, [from, to]: readonly [number, number], language: string): Placed[] {
  return passage.tokens
    .slice(from, to)
    .flatMap((token, i) => placesOf(token.key, language).map((place) => ({ place, at: from + i })));
}

function otherNumber(
  claim: Claim,
  { sentence, claim: mine, article: theirs }: Slot,
  context: Context,
): Found | null {
  const own = numbersIn(claim, mine);
  const others = numbersIn(sentence, theirs);
  const [number] = own;
  const [other] = others;
  if (number === undefined || other === undefined || own.length > 1 || others.length > 1) return null;
  if (number.kind !== other.kind || number.unit !== other.unit || supports(number, other)) return null;
  if (sentence.numbers.some((each) => supports(number, each)) || isDifference(number, claim, context))
    return null;
  if (isReckoned(number, claim, context)) return null;
  return {
    failure: { reason: "number", detail: claim.text.slice(number.start, number.end), rule: "slot number" },
    holds: (passage) => passage.numbers.some((each) => supports(number, each)),
  };
}

function numbersIn(passage: Passage, [from, to]: readonly [number, number]): NumberMention[] {
  const first = passage.tokens[from];
  const last = passage.tokens[to - 1];
  if (first === undefined || last === undefined) return [];
  return passage.numbers.filter(({ start, end }) => start >= first.start && end <= last.end);
}

function otherName(claim: Claim, { sentence, claim: mine, article: theirs }: Slot): Found | null {
  const own = namesIn(claim, mine, claim.language);
  const others = namesIn(sentence, theirs, claim.language);
  const [name] = own;
  const [other] = others;
  if (name === undefined || other === undefined || own.length > 1 || others.length > 1) return null;
  if (!fills(claim, mine, name) || !fills(sentence, theirs, other)) return null;
  if (isPeople(name) !== isPeople(other)) return null;
  if (name.keys.some((key) => sentence.keys.has(key) || isOf(key, sentence))) return null;
  if (initials(name) === other.raw.toLowerCase() || initials(other) === name.raw.toLowerCase()) return null;
  return {
    failure: { reason: "name", detail: name.raw, rule: "slot name" },
    holds: (passage) => name.keys.some((key) => passage.keys.has(key)),
  };
}

/** True when a slot holds a name and small words, and no more: "the former striker" beside a name may be its bearer. */
function fills(passage: Passage, [from, to]: readonly [number, number], name: NameMention): boolean {
  return passage.tokens
    .slice(from, to)
    .every(({ start, end }) => (start >= name.start && end <= name.end) || end - start <= 3);
}

/** "The Italians" may be any club's players: a people says nothing against a name. */
function isPeople({ keys }: NameMention): boolean {
  return keys.every((key) => peopleOf(key) !== null);
}

function isOf(key: string, sentence: Passage): boolean {
  const people = peopleOf(key);
  if (people === null) return false;
  for (const other of sentence.keys) if (peopleOf(other) === people) return true;
  return false;
}

function initials({ raw }: NameMention): string {
  return (raw.match(/\p{Lu}/gu) ?? []).join("").toLowerCase();
}

function namesIn(passage: Passage, [from, to]: readonly [number, number], language: string): NameMention[] {
  const first = passage.tokens[from];
  const last = passage.tokens[to - 1];
  if (first === undefined || last === undefined) return [];
  return findNames(passage, language).filter(({ start, end }) => start >= first.start && end <= last.end);
}
