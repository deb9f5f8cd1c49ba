import { sentencesAt } from "./article-index.ts";
import type { BriefDraft, Dropped, Evidence, Fact } from "./brief.ts";
import { type Claim, type Failure, droppedAs } from "./claims.ts";
import { locateIn } from "./evidence.ts";
import { isInstruction } from "./instructions.ts";
import { likeness } from "./salience.ts";
import { checkAddress } from "./verify-address.ts";
import {
  type Checker,
  checkCited,
  contextOf,
  contradictionIn,
  relatedSentences,
  toClaim,
  verbatimIn,
} from "./verify-claim.ts";
import { checkSubject, citesBeside } from "./verify-foreign.ts";
import { sentencesWithNumbers } from "./verify-numbers.ts";

/** Two facts that share this much of their words, and all their numbers, are one. */
const SAME_FACT = 0.8;
/** Longest fact, in UTF-16 units; more is an article, not a fact. */
const MAX_FACT = 1_000;
/** Most runs of text shown as the evidence of one fact. */
const MAX_RUNS = 4;

interface Kept {
  fact: Fact;
  claim: Claim;
}

/** The facts that stand, in the draft's order, and why the others do not. */
export function verifyFacts(
  facts: BriefDraft["facts"],
  checker: Checker,
  most: number,
): { facts: Fact[]; dropped: Dropped[] } {
  const kept: Kept[] = [];
  const dropped: Dropped[] = [];
  for (const { text, quote } of facts) {
    const claim = toClaim(text.trim(), checker);
    const result = proveFact(claim, quote, checker);
    const failure = "reason" in result ? result : fitsAmong(kept, claim, most);
    if (failure !== null) dropped.push(droppedAs("fact", claim.text, failure));
    else if (!("reason" in result)) kept.push({ fact: result, claim });
  }
  return { facts: kept.map(({ fact }) => fact), dropped };
}

function fitsAmong(kept: readonly Kept[], claim: Claim, most: number): Failure | null {
  const same = kept.find((each) => isSame(each.claim, claim));
  if (same !== undefined) return { reason: "duplicate", detail: same.claim.text };
  return kept.length >= most ? { reason: "too-many", detail: null } : null;
}

function isSame(left: Claim, right: Claim): boolean {
  if (left.folded === right.folded) return true;
  const numbers = (claim: Claim) =>
    claim.numbers
      .map(({ values }) => values[0] ?? 0)
      .sort((a, b) => a - b)
      .join(" ");
  return numbers(left) === numbers(right) && likeness(left.stems, right.stems) >= SAME_FACT;
}

/** The fact with its evidence, or why it does not stand. */
function proveFact(claim: Claim, quote: string, checker: Checker): Fact | Failure {
  const { article } = checker;
  if (claim.tokens.length === 0) return { reason: "empty", detail: null };
  if (claim.text.length > MAX_FACT) return { reason: "no-evidence", detail: null };
  if (isInstruction(claim.text)) return { reason: "instruction", detail: null };
  const said = verbatimIn(claim, checker);
  const evidence = locateIn(article.found, quote) ?? said;
  if (evidence === null || evidence.length === 0)
    return { reason: "no-evidence", detail: quote.slice(0, 120) };
  const cited = sentencesAt(article, evidence);
  if (cited.some((i) => isInstruction(article.sentences[i]?.text ?? "")))
    return { reason: "instruction", detail: null };
  const beside = citesBeside(cited, article) ?? checkSubject(claim, article);
  if (beside !== null) return beside;
  const flawed = checkAddress(claim, article) ?? contradictionIn(claim, checker);
  if (flawed !== null) return flawed;
  if (said !== null) return { text: claim.text, evidence: overlaps(said, evidence) ? evidence : said };
  const related = relatedSentences(claim, cited, article);
  if (related === null) return { reason: "no-evidence", detail: quote.slice(0, 120) };
  const failure = checkCited(claim, related, checker);
  return (
    failure ?? {
      text: claim.text,
      evidence: widened(claim, related === cited ? evidence : runsOf(related, checker), checker),
    }
  );
}

/** The evidence with the sentences that hold the claim's numbers, where the quote alone does not. */
function widened(claim: Claim, evidence: readonly Evidence[], checker: Checker): Evidence[] {
  const context = contextOf(checker, sentencesAt(checker.article, evidence));
  const extra = sentencesWithNumbers(claim, context).map(({ range }) => range);
  const missing = extra.filter((run) => !overlaps([run], evidence));
  return [...evidence, ...missing].slice(0, MAX_RUNS).sort((a, b) => a.start - b.start);
}

function runsOf(at: readonly number[], checker: Checker): Evidence[] {
  return at.flatMap((i) => checker.article.sentences[i]?.range ?? []);
}

function overlaps(left: readonly Evidence[], right: readonly Evidence[]): boolean {
  return left.some((one) => right.some((other) => one.start < other.end && one.end > other.start));
}
