import { type Passage, type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { type Place, articleHas, isRival, passageHas, placesOf, spotsOf } from "./contrasts.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, stem } from "./normalise.ts";
import { isNegated } from "./opposites.ts";
import { checkReversed } from "./verify-reversed.ts";

/** Share of a claim's words that a sentence must hold before the two are taken to say the same thing. */
const SAME_MATTER = 0.35;
/** Share from which a claim is its evidence but for a word or two. */
const MOSTLY = 0.5;
/** Words this near to each other are taken to belong together. */
const BESIDE = 8;

/** A claim may not have a word that excludes the one its evidence has in that place: rose for fell, walnut for soy. */
export function checkContrasts(claim: Claim, context: Context): Failure | null {
  return contrastIn(claim, context) ?? checkReversed(claim, context);
}

function contrastIn(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const near = context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_MATTER);
  if (near.length === 0) return null;
  const coverage = overlap(claim, new Set(near.flatMap(({ stems }) => [...stems])));
  const german = baseLanguage(claim.language) === "de";
  for (const [at, token] of claim.tokens.entries()) {
    if (isName(claim, at, german) || isCompound(claim, token)) continue;
    for (const place of placesOf(token.key, claim.language)) {
      if (place.sort === "unit") continue;
      if (isTurned(claim, at, { place, context })) return failed(claim, token, `nearer ${place.sort}`);
      if (isSaid(claim, place, context)) continue;
      if (place.sort === "thing" && coverage >= MOSTLY) return failed(claim, token, place.sort);
      const opposed = near.find((sentence) => saysRival(sentence, place, { claim, at }));
      if (opposed === undefined || differsInNegation(claim, opposed, place)) continue;
      return failed(claim, token, place.sort);
    }
  }
  return null;
}

function failed(claim: Claim, { start, end }: Token, rule: string): Failure {
  return {
    reason: rule === "thing" ? "no-evidence" : "contradiction",
    detail: claim.text.slice(start, end),
    rule,
  };
}

/** True when claim or article leave the word open: the claim has both sides, or the article says it as well. */
function isSaid(claim: Claim, place: Place, context: Context): boolean {
  const { language } = claim;
  if (place.sort !== "opposite") return articleHas(context.article, place);
  const both = claim.tokens.some(({ key }) => placesOf(key, language).some((other) => isRival(place, other)));
  return both || [context.article.title, ...context.near].some((each) => passageHas(each, place, language));
}

/** How many more words beside it the other side must share with the claim's before the claim has turned it round. */
const CLEARLY_CLOSER = 3;

/** True where evidence has both sides, and the one that the claim has not stands among far more of the claim's words. */
function isTurned(claim: Claim, at: number, { place, context }: { place: Place; context: Context }): boolean {
  const { language } = claim;
  if (place.sort === "opposite" && isNegated(claim.text, language)) return false;
  if (place.sort !== "opposite" && context.near.some((each) => passageHas(each, place, language)))
    return false;
  if (claim.tokens.some(({ key }) => placesOf(key, language).some((other) => isRival(place, other))))
    return false;
  const words = around(claim, at, language);
  let [own, rival] = [0, 0];
  for (const { sentence, at: i, member } of spotsOf(context.article, place.group)) {
    if (place.sort === "opposite" && member !== place.member) {
      const converse = isConverse({ passage: claim, at }, { passage: sentence, at: i }, language);
      if (converse || isDenied(sentence, i, language)) continue;
    }
    let shared = 0;
    for (const word of around(sentence, i, language)) if (words.has(word)) shared += 1;
    if (member === place.member) own = Math.max(own, shared);
    else rival = Math.max(rival, shared);
  }
  return own <= 1 && rival >= own + CLEARLY_CLOSER;
}

/** Tokens before a word among which its negation stands. */
const DENIED = 4;

/** "Did not accept" says no more than "rejected". */
function isDenied({ text, tokens }: Sentence, at: number, language: string): boolean {
  const [first, last] = [tokens[Math.max(0, at - DENIED)], tokens[at]];
  return first !== undefined && last !== undefined && isNegated(text.slice(first.start, last.end), language);
}

function saysRival(sentence: Sentence, place: Place, mine: { claim: Claim; at: number }): boolean {
  const { claim, at } = mine;
  const words = around(claim, at, claim.language);
  return sentence.tokens.some((token, i) => {
    if (!placesOf(token.key, claim.language).some((other) => isRival(place, other))) return false;
    if (place.sort !== "opposite" && isName(sentence, i, baseLanguage(claim.language) === "de")) return false;
    if (isConverse({ passage: claim, at }, { passage: sentence, at: i }, claim.language)) return false;
    for (const word of around(sentence, i, claim.language)) if (words.has(word)) return true;
    return false;
  });
}

interface Spot {
  passage: Passage;
  /** Token index. */
  at: number;
}

/** "The gate is lower than the tower" for "the tower is higher than the gate": the two sides have changed places as well. */
function isConverse(mine: Spot, theirs: Spot, language: string): boolean {
  const [before, after] = sidesOfSpot(mine, language);
  const [earlier, later] = sidesOfSpot(theirs, language);
  return meets(before, later) && meets(after, earlier) && !meets(before, earlier);
}

function sidesOfSpot({ passage, at }: Spot, language: string): [Set<string>, Set<string>] {
  const ignored = functionWords(language);
  const telling = (tokens: readonly Token[]) =>
    new Set(tokens.flatMap(({ key }) => (ignored.has(key) || key.length < 3 ? [] : stem(key, language))));
  return [
    telling(passage.tokens.slice(Math.max(0, at - BESIDE), at)),
    telling(passage.tokens.slice(at + 1, at + 1 + BESIDE)),
  ];
}

function meets(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const word of left) if (right.has(word)) return true;
  return false;
}

function differsInNegation(claim: Claim, sentence: Sentence, place: Place): boolean {
  return (
    place.sort === "opposite" &&
    isNegated(claim.text, claim.language) !== isNegated(sentence.text, claim.language)
  );
}

/** Stems of the words beside a token. */
function around(passage: Passage, at: number, language: string): Set<string> {
  const ignored = functionWords(language);
  const beside: Token[] = [
    ...passage.tokens.slice(Math.max(0, at - BESIDE), at),
    ...passage.tokens.slice(at + 1, at + 1 + BESIDE),
  ];
  return new Set(
    beside.flatMap(({ key }) => (ignored.has(key) || key.length < 3 ? [] : stem(key, language))),
  );
}

/** Part of a word with hyphens, which may be something else: stained-glass, red-handed. */
function isCompound({ text }: Passage, { start, end }: Token): boolean {
  return text.charAt(start - 1) === "-" || (text.charAt(end) === "-" && /\p{L}/u.test(text.charAt(end + 1)));
}

/** A capital inside a sentence makes a name of a word: Green, Black Friday. */
function isName(passage: Passage, at: number, capitalNouns: boolean): boolean {
  const token = passage.tokens[at];
  return !capitalNouns && at > 0 && token !== undefined && /^\p{Lu}/u.test(passage.text.charAt(token.start));
}
