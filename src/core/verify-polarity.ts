import { type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { longestCommon } from "./evidence-near.ts";
import { isRival, placesOf } from "./contrasts.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage, stem } from "./normalise.ts";
import { checkDenial } from "./verify-denial.ts";
import { deniesAnything, isNegated, negationIn, negationsIn, oppositePhrases } from "./opposites.ts";

/** Share of a claim's words that a sentence must hold before the two are taken to say the same thing. */
const SAME_MATTER = 0.35;
/** Words of a sentence beyond which it is not aligned: that costs its length squared. */
const LONGEST_ALIGNED = 400;
/** Share from which a sentence alone decides whether something is denied. */
const SAME_STATEMENT = 0.65;
/** Share of a claim that must stand in the sentence, in order, before a word left out counts. */
const SAME_WORDING = 0.9;

/** A claim may not add a negation that its evidence lacks, nor drop the one of a sentence it otherwise repeats. */
export function checkNegation(claim: Claim, context: Context): Failure | null {
  return negationChanged(claim, context) ?? checkDenial(claim, context);
}

function negationChanged(claim: Claim, context: Context): Failure | null {
  if (claim.translated || context.near.length === 0) return null;
  if (isNegated(claim.text, claim.language)) {
    const added = addedNegation(claim, context);
    if (added !== null) return { reason: "negation", detail: added, rule: "negation added" };
    const same = context.cited.some((sentence) => overlap(claim, sentence.stems) >= SAME_STATEMENT);
    const told = same ? context.cited : context.near;
    if (saysOpposite(claim, told) || negatesThingsOnly(claim)) return null;
    const denied = told.some((sentence) => deniesAnything(sentence.text, claim.language));
    return denied ? null : { reason: "negation", detail: negationIn(claim.text, claim.language) };
  }
  for (const sentence of context.cited) {
    const dropped = droppedNegation(claim, sentence);
    if (dropped !== null && !deniesAnything(claim.text, claim.language))
      return { reason: "negation", detail: dropped, rule: "negation dropped" };
  }
  return null;
}

/** "Left 80 homes without power" may be another way to say "cut power to 80 homes"; "did not cut" may not. */
function negatesThingsOnly({ text, language }: Claim): boolean {
  const found = negationsIn(text, language);
  return found.length > 0 && found.every(({ word }) => OF_THINGS.test(word));
}

/** The negation inside the run of a sentence that the claim otherwise repeats. */
function droppedNegation(claim: Claim, sentence: Sentence): string | null {
  if (claim.tokens.length < 4 || claim.tokens.length > sentence.tokens.length) return null;
  if (sentence.tokens.length > LONGEST_ALIGNED) return null;
  const pairs = longestCommon(claim.tokens, sentence.tokens);
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined || pairs.length / claim.tokens.length < SAME_WORDING)
    return null;
  const kept = new Set(pairs.map(([, at]) => at));
  const run = sentence.tokens.slice(first[1], last[1] + 1);
  const gaps = run.filter((_, i) => !kept.has(first[1] + i));
  if (gaps.length > 2) return null;
  const words = gaps.map((token) => sentence.text.slice(token.start, token.end)).join(" ");
  return isNegated(words, claim.language) ? words : null;
}

/** In a script without spaces a claim may not say the opposite of the sentence it rests on: 上昇 for 下落. */
export function checkOpposites(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const near = context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_MATTER);
  for (const sides of near.length === 0 ? [] : oppositePhrases(claim.language)) {
    for (const [mine, theirs] of [sides, [sides[1], sides[0]] as const]) {
      const phrase = mine.exec(claim.text)?.[0];
      if (phrase === undefined || theirs.test(claim.text)) continue;
      if (context.near.some((sentence) => mine.test(sentence.text))) continue;
      if (near.some((sentence) => theirs.test(sentence.text)))
        return { reason: "contradiction", detail: phrase, rule: "opposite" };
    }
  }
  return null;
}

/** Words that say something on either side of a negation, which is about them; behind it alone in English. */
const SCOPE = 2;
/** Words on either side of the same word in the article among which its denial stands. */
const DENIAL = 7;
/** Share of a claim that a sentence must say before its own word for the thing counts. */
const SAME_EVENT = 0.4;

/** Negations of a thing, which say nothing of the words behind them. */
const OF_THINGS =
  /^(?:without|none|nobody|nothing|nowhere|no-one|neither|nor|ohne|niemand|nichts|weder|sin|nadie|nada|ni|sans|personne|rien|senza|nulla|niente|sem|zonder|niets|noch)$/i;

/** A negation of something that the evidence states and nowhere denies: "has not launched" for "has launched". */
function addedNegation(claim: Claim, context: Context): string | null {
  const { language } = claim;
  for (const { at, word } of negationsIn(claim.text, language)) {
    if (OF_THINGS.test(word)) continue;
    const scope = scopeOf(claim, at, word.length);
    const told = context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_EVENT);
    if (told.some((sentence) => hasRival(sentence, scope.keys, language)) || isItsOwn(claim, at, told))
      continue;
    const states = told.flatMap((sentence) => windowsOf(sentence, scope.stems, language));
    if (states.length === 0 || states.some((text) => deniesAnything(text, language))) continue;
    const elsewhere = context.article.sentences
      .filter((sentence) => overlap(claim, sentence.stems) >= SAME_EVENT / 2)
      .flatMap((sentence) => windowsOf(sentence, scope.stems, language));
    if (!elsewhere.some((text) => deniesAnything(text, language))) return word;
  }
  return null;
}

/** True when a sentence has a claim's negation between the same two words: it is the sentence's own. */
function isItsOwn(claim: Claim, at: number, told: readonly Sentence[]): boolean {
  const i = claim.tokens.findIndex(({ end }) => end > at);
  const run = claim.tokens.slice(Math.max(0, i - 1), i + 2).map(({ key }) => key);
  return told.some(({ tokens }) =>
    ` ${tokens.map(({ key }) => key).join(" ")} `.includes(` ${run.join(" ")} `),
  );
}

/** The words that a negation is about. */
interface Scope {
  keys: readonly string[];
  stems: ReadonlySet<string>;
}

function scopeOf(claim: Claim, at: number, length: number): Scope {
  const ignored = functionWords(claim.language);
  const telling = ({ key }: { key: string }) => !ignored.has(key) && key.length > 2;
  const after = claim.tokens.filter((token) => token.start >= at + length && telling(token)).slice(0, SCOPE);
  const before =
    baseLanguage(claim.language) === "en"
      ? []
      : claim.tokens.filter((token) => token.end <= at && telling(token)).slice(-SCOPE);
  const clause = (from: number, to: number) => !/[,;:.!?–—]/.test(claim.text.slice(from, to));
  const near = [
    ...before.filter(({ end }) => clause(end, at)),
    ...after.filter(({ start }) => clause(at + length, start)),
  ];
  const keys = near.map(({ key }) => key);
  return { keys, stems: new Set(keys.map((key) => stem(key, claim.language))) };
}

function saysOpposite(claim: Claim, told: readonly Sentence[]): boolean {
  return negationsIn(claim.text, claim.language).some(({ at, word }) => {
    const { keys } = scopeOf(claim, at, word.length);
    return told.some((sentence) => hasRival(sentence, keys, claim.language));
  });
}

/** "Did not convict" for "acquitted": the sentence denies by saying the opposite. */
function hasRival(sentence: Sentence, keys: readonly string[], language: string): boolean {
  const places = keys.flatMap((key) => placesOf(key, language)).filter(({ sort }) => sort === "opposite");
  if (places.length === 0) return false;
  return sentence.tokens.some(({ key }) =>
    placesOf(key, language).some((other) => places.some((place) => isRival(place, other))),
  );
}

/** What a sentence says around the words of a scope, within their clause. */
function windowsOf(sentence: Sentence, scope: ReadonlySet<string>, language: string): string[] {
  return sentence.tokens.flatMap((token, i) => {
    if (!scope.has(stem(token.key, language))) return [];
    const first = sentence.tokens[Math.max(0, i - DENIAL)] ?? token;
    const last = sentence.tokens[i + DENIAL] ?? sentence.tokens.at(-1) ?? token;
    const before = sentence.text.slice(first.start, token.start).replace(/^.*[,;:–—]/su, "");
    return [before + sentence.text.slice(token.start, last.end).replace(/[,;:–—].*$/su, "")];
  });
}
