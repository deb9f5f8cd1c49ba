import { type Passage, type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { denialSigns, isDeniedSign } from "./denial-signs.ts";
import { denialsIn, isDeniedAt, isOneClause } from "./denials.ts";
import { functionWords } from "./lexicon.ts";
import { isUnspaced, stem } from "./normalise.ts";
import { deniesAnything } from "./opposites.ts";
import { type Alignment, alignments } from "./verify-align.ts";

/** Share of a claim that its sentence must hold in order, or words that both must have right beside the word denied. */
const COPIED = 0.6;
const COPIED_UNSPACED = 0.5;
const BESIDE = 5;
const SHARED = 3;
/** Words around the word denied among which another way to deny it would stand. */
const AROUND = 6;
/** How much less of the claim another sentence may say and still be the one that the claim tells. */
const NEARLY = 0.15;

/** The two sides of an alignment: the one with a negation, and the one that should have it as well. */
interface Laid {
  denying: Passage;
  other: Passage;
  /** Token pairs [in the denying one, in the other]. */
  pairs: Alignment["pairs"];
  language: string;
  /** Share of the claim that stands in the sentence, in order. */
  copied: number;
}

/** What a sentence denies a claim may not state with its words, nor the other way round. */
export function checkDenial(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const find = isUnspaced(claim.language) ? deniedBySign : deniedByWord;
  for (const { sentence, pairs } of alignments(claim, context)) {
    const shared = { language: claim.language, copied: pairs.length / claim.tokens.length };
    const dropped = find({
      denying: sentence,
      other: claim,
      pairs: pairs.map(([i, j]) => [j, i]),
      ...shared,
    });
    if (dropped !== null && !isSaidElsewhere(claim, dropped, { sentence, context, denied: false }))
      return { reason: "negation", detail: dropped.detail, rule: "negation dropped" };
    const added = find({ denying: claim, other: sentence, pairs, ...shared });
    if (added !== null && !isSaidElsewhere(claim, added, { sentence, context, denied: true }))
      return { reason: "negation", detail: added.detail, rule: "negation added" };
  }
  return null;
}

interface Denied {
  detail: string;
  /** The word denied, as the denying side has it. */
  key: string;
}

function deniedByWord(laid: Laid): Denied | null {
  const { denying, other, pairs, language } = laid;
  for (const { from, to, focus } of denialsIn(denying, language)) {
    for (const at of focus) {
      const partner = partnerOf(at, laid);
      if (partner === null) continue;
      const held = laid.copied >= COPIED || sharedBeside(at, partner, pairs) >= SHARED;
      if (!held || isDeniedAt(other, partner, language) || deniesOtherwise(laid, partner)) break;
      const detail = denying.text.slice(denying.tokens[from]?.start, denying.tokens[to - 1]?.end);
      return { detail, key: denying.tokens[at]?.key ?? "" };
    }
  }
  return null;
}

/** The same word on the other side, or another form of it between the same words. */
function partnerOf(at: number, { denying, other, pairs, language }: Laid): number | null {
  const paired = pairs.find(([i]) => i === at);
  if (paired !== undefined) return paired[1];
  const before = pairs.findLast(([i]) => i < at);
  const after = pairs.find(([i]) => i > at);
  const key = denying.tokens[at]?.key ?? "";
  const ignored = functionWords(language);
  for (let j = (before?.[1] ?? -1) + 1; j < (after?.[1] ?? other.tokens.length); j++) {
    const mine = other.tokens[j]?.key ?? "";
    if (!ignored.has(mine) && isForm(key, mine)) return j;
  }
  return null;
}

const SHORTEST_ROOT = 3;

/** "Found" of "find", سقط of يسقط: the same consonants from the start, or all but a letter or two at the ends. */
function isForm(left: string, right: string): boolean {
  if (/\p{Script=Arabic}/u.test(left)) return sharesRoot(left, right);
  const [mine, theirs] = [consonants(left), consonants(right)];
  if (left.charAt(0) !== right.charAt(0) || mine.length < 2 || theirs.length < 2) return false;
  return mine.startsWith(theirs) || theirs.startsWith(mine);
}

function consonants(word: string): string {
  return word.replace(/[aeiouy]|(?:ed|en|s|t)$/g, "").replace(/(.)\1/g, "$1");
}

function sharesRoot(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  for (let from = 0; from <= 2; from++) {
    for (let to = short.length; to >= Math.max(from + SHORTEST_ROOT, short.length - 1); to--)
      if (long.includes(short.slice(from, to))) return true;
  }
  return false;
}

function sharedBeside(at: number, partner: number, pairs: Alignment["pairs"]): number {
  return pairs.filter(
    ([i, j]) => i !== at && Math.abs(i - at) <= BESIDE && Math.abs(j - partner) <= BESIDE + 1,
  ).length;
}

/** True where the other side denies the word in a way of its own: "refused to" for "did not". */
function deniesOtherwise({ denying, other, language }: Laid, partner: number): boolean {
  const own = new Set(denying.tokens.map(({ key }) => stem(key, language)));
  const words = other.tokens.filter(
    ({ key }, i) =>
      Math.abs(i - partner) <= AROUND &&
      !own.has(stem(key, language)) &&
      isOneClause(other, Math.min(i, partner), Math.max(i, partner)),
  );
  return deniesAnything(words.map(({ start, end }) => other.text.slice(start, end)).join(" "), language);
}

function deniedBySign({ denying, other, pairs, language, copied }: Laid): Denied | null {
  if (copied < COPIED_UNSPACED) return null;
  for (const { start, end, focus } of denialSigns(denying.text, language)) {
    const signs = denying.tokens.flatMap((token, i) =>
      token.start >= focus.from && token.end <= focus.to ? [i] : [],
    );
    const found = signs.flatMap((i) => pairs.find(([mine]) => mine === i)?.[1] ?? []);
    const [first] = found;
    const last = found.at(-1);
    if (first === undefined || last === undefined || found.length < signs.length) continue;
    if (last - first !== signs.length - 1) continue;
    const [from, to] = [other.tokens[first]?.start ?? 0, other.tokens[last]?.end ?? 0];
    if (isDeniedSign(other.text, { from, to }, language)) continue;
    return { detail: denying.text.slice(start, end), key: denying.text.slice(focus.from, focus.to) };
  }
  return null;
}

/** True when another sentence about as close to the claim says of the word what the claim says. */
function isSaidElsewhere(
  claim: Claim,
  { key }: Denied,
  { sentence, context, denied }: { sentence: Sentence; context: Context; denied: boolean },
): boolean {
  const { language } = claim;
  const most = overlap(claim, sentence.stems) - NEARLY;
  return [context.article.title, ...context.article.sentences].some((other) => {
    if (other === sentence || overlap(claim, other.stems) < most) return false;
    if (isUnspaced(language)) {
      const from = other.text.indexOf(key);
      return from >= 0 && isDeniedSign(other.text, { from, to: from + key.length }, language) === denied;
    }
    const wanted = stem(key, language);
    return other.tokens.some(
      (token, i) => stem(token.key, language) === wanted && isDeniedAt(other, i, language) === denied,
    );
  });
}
