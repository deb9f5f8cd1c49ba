import type { Passage, Sentence } from "./article-index.ts";
import { CAUSE_KINDS, CAUSE_MARKERS, UNSPACED_CAUSES } from "./cause-words.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, isUnspaced, stem } from "./normalise.ts";
import { type Alignment, alignments } from "./verify-align.ts";

/** A sentence parted into what happened and why. */
interface Cause {
  /** True for "because it was late", false for "because of the delay". */
  clause: boolean;
  /** Words of the cause that say something. */
  words: readonly Token[];
  /** Token indexes of the cause with its marker, end exclusive. */
  from: number;
  to: number;
}

/** Share of what happened that claim and sentence must have in common, word by word. */
const SAME_EFFECT = 0.8;
/** The same where nothing but wording tells the causes apart: who copies all else does not put the cause in new words. */
const COPIED = 0.95;
/** Share of it from which another sentence is about the same and may give the claim's cause. */
const SAME_STORY = 0.3;
const LEAST_EFFECT = 3;

/** A claim may not give another cause for what its evidence explains in the same words. */
export function checkCause(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  if (isUnspaced(claim.language)) return unspacedCause(claim, context);
  const mine = causeIn(claim, claim.language);
  if (mine === null) return null;
  for (const alignment of alignments(claim, context)) {
    const theirs = causeIn(alignment.sentence, claim.language);
    if (theirs === null) continue;
    const copied = effectShare(claim, mine, alignment);
    const [first] = mine.words;
    if (first === undefined || copied < SAME_EFFECT) continue;
    const pair = { mine, theirs, copied: copied >= COPIED };
    if (isOther(claim, pair, { context, sentence: alignment.sentence }))
      return {
        reason: "contradiction",
        detail: claim.text.slice(first.start, mine.words.at(-1)?.end),
        rule: "cause",
      };
  }
  return null;
}

/** There the cause is another where the article has no two of its characters side by side and all else is the sentence's. */
function unspacedCause(claim: Claim, context: Context): Failure | null {
  const found = UNSPACED_CAUSES[baseLanguage(claim.language)]?.exec(claim.text);
  const cause = found?.groups?.["cause"];
  if (found === null || found === undefined || cause === undefined) return null;
  const start = found.index + found[0].indexOf(cause);
  const end = start + cause.length;
  const runs = cause.match(/[\p{Script=Han}\p{Script=Katakana}ー]{2,}/gu) ?? [];
  const pairs = runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)));
  if (pairs.length === 0 || pairs.some((pair) => context.article.text.includes(pair))) return null;
  const markers = found[0].length - cause.length;
  const effect = claim.tokens.filter((token) => token.end <= start - markers || token.start >= end + markers);
  const told = alignments(claim, context).some(({ pairs: shared }) => {
    const inEffect = shared.filter(([i]) => effect.some((token) => token === claim.tokens[i]));
    return inEffect.length >= Math.max(LEAST_EFFECT, effect.length * SAME_EFFECT);
  });
  return told ? { reason: "contradiction", detail: cause, rule: "cause" } : null;
}

function causeIn(passage: Passage, language: string): Cause | null {
  const markers = CAUSE_MARKERS[baseLanguage(language)];
  if (markers === undefined) return null;
  const found = [...passage.text.matchAll(markers.pattern)];
  const [marker] = found;
  if (marker === undefined || found.length > 1) return null;
  const end = marker.index + marker[0].length;
  const stop = /[,;:.!?–—](?=\s|$)/.exec(passage.text.slice(end));
  const last = stop === null ? passage.text.length : end + stop.index;
  const from = passage.tokens.findIndex(({ start }) => start >= marker.index);
  const ignored = functionWords(language);
  const inside = passage.tokens.filter(({ start }) => start >= end && start < last);
  const clause = markers.clause.test(marker[0]);
  const words = inside.filter(({ key }) => !ignored.has(key) && key.length > 2);
  // German puts the verb right behind a cause that opens the sentence, with no comma between.
  const opens = from === 0 && stop !== null && last >= passage.text.length - 2;
  const kept = opens && !clause ? words.slice(0, 1) : words;
  const lastKept = opens && !clause ? kept.at(-1) : inside.at(-1);
  if (kept.length === 0 || lastKept === undefined) return null;
  return { clause, words: kept, from, to: passage.tokens.indexOf(lastKept) + 1 };
}

/** Share of what the claim says beside its cause that stands in the sentence, in order. */
function effectShare(claim: Claim, mine: Cause, { pairs }: Alignment): number {
  const effect = claim.tokens.length - (mine.to - mine.from);
  const outside = pairs.filter(([i]) => i < mine.from || i >= mine.to);
  return effect < LEAST_EFFECT ? 0 : outside.length / effect;
}

/** Another cause: of another kind, or in words that the article has nowhere near what happened. */
function isOther(
  claim: Claim,
  { mine, theirs, copied }: { mine: Cause; theirs: Cause; copied: boolean },
  { context, sentence }: { context: Context; sentence: Sentence },
): boolean {
  const near = [sentence, ...context.near].flatMap(({ tokens }) => tokens);
  if (mine.words.some((word) => near.some((other) => isAkin(word.key, other.key)))) return false;
  const [own, other] = [kindsOf(mine.words), kindsOf(theirs.words)];
  const nearKinds = kindsOf(near);
  if (own.size > 0 && [...own].every((kind) => nearKinds.has(kind))) return false;
  const otherKind = own.size > 0 && other.size > 0 && ![...own].some((kind) => nearKinds.has(kind));
  const alike = mine.clause === theirs.clause;
  if (!otherKind && !(copied && alike)) return false;
  return !isToldElsewhere(claim, mine, context);
}

/** True where a sentence about the same has a word of the claim's cause. */
function isToldElsewhere(claim: Claim, mine: Cause, { article }: Context): boolean {
  const inCause = new Set(mine.words.map(({ key }) => stem(key, claim.language)));
  const effect = [...claim.stems].filter((each) => !inCause.has(each));
  return [article.title, ...article.sentences].some((other) => {
    const shared = effect.filter((each) => other.stems.has(each)).length;
    if (shared < effect.length * SAME_STORY) return false;
    return other.tokens.some(({ key }) => mine.words.some((word) => isAkin(word.key, key)));
  });
}

/** One word within the other, or with the same beginning: "Strompreise" and "Strom". */
function isAkin(left: string, right: string): boolean {
  if (left.length < SAME_BEGINNING || right.length < SAME_BEGINNING) return left === right;
  return (
    left.slice(0, SAME_BEGINNING) === right.slice(0, SAME_BEGINNING) ||
    left.includes(right) ||
    right.includes(left)
  );
}

const SAME_BEGINNING = 4;

function kindsOf(words: readonly Token[]): Set<number> {
  const kinds = new Set<number>();
  for (const { key } of words)
    for (const [i, kind] of CAUSE_KINDS.entries()) if (kind.test(key)) kinds.add(i);
  return kinds;
}
