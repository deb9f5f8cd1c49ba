import type { Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage } from "./normalise.ts";
import { ACCUSING, CONTESTED, HEDGES, INTENDING, STRONG, TO_COME } from "./hedge-words.ts";
import { alignments } from "./verify-align.ts";

/** Share of a claim's words that stand in a sentence, in order, before what it leaves out counts. */
const SAME_WORDING = 0.75;

/** What the article says may be, or is alleged, may not become what is: the hedge must be kept in some form. */
export function checkCertainty(claim: Claim, context: Context): Failure | null {
  const base = baseLanguage(claim.language);
  const [hedges, strong] = [HEDGES[base], STRONG[base]];
  if (claim.translated || hedges === undefined || strong === undefined) return null;
  const soft = claim.tokens.filter((token) => isHedge(claim, token, hedges));
  const toCome = soft.length > 0 && soft.every(({ key }) => TO_COME[base]?.test(key) === true);
  if (/["“„«]/.test(claim.text) || (soft.length > 0 && !toCome)) return null;
  for (const { sentence, pairs } of alignments(claim, context)) {
    if (pairs.length / claim.tokens.length < SAME_WORDING || claim.tokens.length < 5) continue;
    const dropped = hedgeBefore(claim, sentence, { pairs, strong, toCome });
    if (dropped !== null && !statedPlainly(claim, context, sentence))
      return { reason: "no-evidence", detail: dropped, rule: "hedge dropped" };
  }
  return null;
}

/** May with a capital inside a sentence is the month, and German "wurde" is no "würde", which only the mark tells. */
function isHedge({ text }: Passage, { key, start }: Token, pattern: RegExp): boolean {
  if (!pattern.test(key) || text.startsWith("wurde", start)) return false;
  return start === 0 || !/^\p{Lu}/u.test(text.charAt(start));
}

interface Laid {
  pairs: readonly (readonly [number, number])[];
  strong: RegExp;
  /** The claim says that it will be, which is less than that it is. */
  toCome: boolean;
}

/** The hedge that the sentence has between two words that the claim has side by side, but for small words. */
function hedgeBefore(claim: Claim, sentence: Sentence, laid: Laid): string | null {
  const { pairs } = laid;
  const ignored = functionWords(claim.language);
  for (const [k, [i, j]] of pairs.entries()) {
    const last = pairs[k - 1];
    if (last === undefined || j - last[1] > 4 || i - last[0] > 3) continue;
    const own = claim.tokens.slice(last[0] + 1, i);
    const gap = sentence.tokens.slice(last[1] + 1, j);
    if (!own.every(({ key }) => ignored.has(key) || gap.some((other) => isForm(key, other.key)))) continue;
    const left = gap.find((token, at) => leavesOpen(sentence, { token, next: gap[at + 1] }, { laid, claim }));
    if (left !== undefined) return sentence.text.slice(left.start, left.end);
  }
  return null;
}

/** "Suivront" is a form of "suivre". */
function isForm(key: string, other: string): boolean {
  return key.length >= SAME_BEGINNING && key.slice(0, SAME_BEGINNING) === other.slice(0, SAME_BEGINNING);
}

const SAME_BEGINNING = 4;

/** True for a strong hedge, or for a verb of intention with its "to" where the claim has it done. */
function leavesOpen(
  sentence: Sentence,
  { token, next }: { token: Token; next: Token | undefined },
  { laid, claim }: { laid: Laid; claim: Claim },
): boolean {
  if (isHedge(sentence, token, laid.strong)) return true;
  const intending = INTENDING[baseLanguage(claim.language)]?.test(token.key) === true;
  return intending && !laid.toCome && next?.key === "to";
}

/** True when another sentence says nearly all of the claim without a hedge. */
function statedPlainly(claim: Claim, context: Context, hedged: Sentence): boolean {
  const strong = STRONG[baseLanguage(claim.language)];
  return [context.article.title, ...context.article.sentences].some((other) => {
    if (other === hedged || strong === undefined) return false;
    let shared = 0;
    for (const each of claim.stems) if (other.stems.has(each)) shared += 1;
    return (
      shared >= claim.stems.size * SAME_WORDING &&
      !other.tokens.some((token) => isHedge(other, token, strong))
    );
  });
}

/** What the article leaves with whoever says it may not stand alone as a fact: the claim must name the claimant or quote. */
export function checkAttribution(claim: Claim, context: Context): Failure | null {
  const base = baseLanguage(claim.language);
  const hedges = HEDGES[base];
  if (claim.translated || hedges === undefined || claim.tokens.length < 5) return null;
  if (/["“„«]/.test(claim.text) || claim.tokens.some((token) => isHedge(claim, token, hedges))) return null;
  for (const { sentence, pairs } of alignments(claim, context)) {
    const left =
      contestedBeside(claim, sentence, { pairs, base }) ?? accusedBefore(claim, sentence, { pairs, base });
    if (left !== null && !statedPlainly(claim, context, sentence))
      return { reason: "no-evidence", detail: left, rule: "attribution dropped" };
  }
  return null;
}

const ALL_BUT_ALL = 0.9;
/** How far before the words repeated, or between them and the sentence's end, the word that contests them may stand, in tokens. */
const BESIDE = 4;

/** The verb right before or behind the run that a claim repeats, which makes the run somebody's claim. */
function contestedBeside(
  claim: Claim,
  sentence: Sentence,
  { pairs, base }: { pairs: Laid["pairs"]; base: string },
): string | null {
  const pattern = CONTESTED[base];
  const [first] = pairs;
  const last = pairs.at(-1);
  if (pattern === undefined || first === undefined || last === undefined) return null;
  if (pairs.length < claim.tokens.length * ALL_BUT_ALL) return null;
  const behind = sentence.tokens.slice(last[1] + 1);
  const beside = [
    ...sentence.tokens.slice(Math.max(0, first[1] - BESIDE), first[1]),
    ...(behind.length <= BESIDE ? behind : []),
  ];
  const found = beside.find(({ key }) => pattern.test(key));
  return found === undefined ? null : sentence.text.slice(found.start, found.end);
}

/** Words that say something which a claim needs to be an accusation told as a fact. */
const TELLING = 3;

/** The verb of accusation before or among the words of a claim that says nothing but what its sentence accuses of. */
function accusedBefore(
  claim: Claim,
  sentence: Sentence,
  { pairs, base }: { pairs: Laid["pairs"]; base: string },
): string | null {
  const pattern = ACCUSING[base];
  const ignored = functionWords(claim.language);
  const own = claim.tokens.filter(({ key }) => !ignored.has(key)).length;
  const told = pairs.filter(([i]) => !ignored.has(claim.tokens[i]?.key ?? ""));
  const [first] = told;
  const last = told.at(-1);
  if (pattern === undefined || first === undefined || last === undefined) return null;
  if (own < TELLING || told.length < own) return null;
  const found = sentence.tokens
    .slice(Math.max(0, first[1] - BESIDE), last[1])
    .find(({ key }) => pattern.test(key));
  return found === undefined ? null : sentence.text.slice(found.start, found.end);
}
