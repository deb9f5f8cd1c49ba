import { revisionText, type Revision } from "#src/core/article.ts";
import { passagesFor } from "#src/core/bearing.ts";
import { quotesOf } from "#src/core/brief-reply.ts";
import type { BriefDraft, Dropped, Usage } from "#src/core/brief.ts";
import { foldText, isUnspaced } from "#src/core/normalise.ts";
import { splitSentences } from "#src/core/sentences.ts";
import type { VerifiedDraft } from "#src/core/verify.ts";

/** Which of these claims a second reading does not bear out, and what that cost; null when it could not be asked. */
export type SecondReading = (
  claims: { claim: string; passages: string[] }[],
) => Promise<{ supported: boolean[]; usage: Usage } | null>;

export interface Judging {
  draft: BriefDraft;
  /** What the rules left of it. */
  verified: VerifiedDraft;
  revision: Revision;
  /** Language of the article, BCP-47. */
  language: string;
  /** Language of the brief. */
  written: string;
  second: SecondReading;
  /** The rules once more, without filling up with certain sentences. */
  verify: (draft: BriefDraft, excluded: readonly string[]) => VerifiedDraft;
}

export type Judgement =
  | { kind: "judged"; verified: VerifiedDraft; usage: Usage }
  /** There is nothing of the writer's to judge. */
  | { kind: "nothing" }
  | { kind: "unreached" };

interface Part {
  part: Dropped["part"];
  text: string;
  passages: string[];
}

/** A draft without what a second reading refutes; what is missing then is filled up as the rules do. */
export async function judgeDraft(judging: Judging): Promise<Judgement> {
  const parts = partsOf(judging);
  if (parts.length === 0) return { kind: "nothing" };
  // Summaries say again what the facts say: the same words are judged once.
  const claims = parts.filter(
    ({ text }, index) => parts.findIndex((each) => foldText(each.text) === foldText(text)) === index,
  );
  const answer = await judging.second(claims.map(({ text, passages }) => ({ claim: text, passages })));
  if (answer === null) return { kind: "unreached" };
  const bad = new Set(
    claims.filter((_, index) => answer.supported[index] === false).map(({ text }) => foldText(text)),
  );
  const refuted = parts.filter(({ text }) => bad.has(foldText(text)));
  const { usage } = answer;
  if (refuted.length === 0) return { kind: "judged", verified: judging.verified, usage };
  const standing = parts.filter((part) => !refuted.includes(part));
  return { kind: "judged", verified: without(judging, refuted, standing), usage };
}

/** Headline, summary sentences and facts that are the writer's: what the rules filled up with is the article's own words. */
function partsOf({ draft, verified, revision, language, written }: Judging): Part[] {
  const { title, paragraphs } = revision;
  const text = revisionText(revision);
  const own = new Set(draft.facts.map((fact) => fact.text.trim()));
  const facts = verified.facts
    .filter((fact) => own.has(fact.text))
    .map((fact): Part => ({ part: "fact", text: fact.text, passages: quotesOf(fact, text) }));
  const ground = {
    title,
    paragraphs,
    language,
    written,
    facts: facts.map((fact) => ({ text: fact.text, quotes: fact.passages })),
  };
  const claim = (part: Dropped["part"], said: string): Part => ({
    part,
    text: said,
    passages: passagesFor(said, ground),
  });
  const { headline, summary } = verified;
  const titled = headline === "" || foldText(headline) === foldText(title);
  return [
    ...facts,
    ...(titled || !holds(draft.headline, headline) ? [] : [claim("headline", headline)]),
    ...sentencesOf(summary, written)
      .filter((each) => holds(draft.summary, each))
      .map((each) => claim("summary", each)),
  ];
}

function sentencesOf(summary: string, language: string): string[] {
  return splitSentences(summary, language).map(({ start, end }) => summary.slice(start, end));
}

function holds(text: string, piece: string): boolean {
  return foldText(text).includes(foldText(piece));
}

/** Only what was judged comes in again: a near copy of what was refuted had been dropped as a duplicate of it. */
function without(
  { draft, verified, written, verify }: Judging,
  refuted: Part[],
  standing: Part[],
): VerifiedDraft {
  const facts = new Set(standing.filter(({ part }) => part === "fact").map(({ text }) => text));
  const isRefuted = (wanted: Part["part"], said: string): boolean =>
    refuted.some(({ part, text }) => part === wanted && text === said);
  const rest: BriefDraft = {
    ...draft,
    headline: isRefuted("headline", verified.headline) ? "" : verified.headline,
    summary: sentencesOf(verified.summary, written)
      .filter((each) => !isRefuted("summary", each))
      .join(isUnspaced(written) ? "" : " "),
    facts: draft.facts.filter(({ text }) => facts.has(text.trim())),
  };
  const excluded = refuted.map(({ text }) => text);
  const filled = verify(rest, excluded);
  // An article with nothing else to show still gets its brief.
  const again = filled.facts.length > 0 ? filled : verify(rest, []);
  const dropped = [...refuted.map(toDropped), ...verified.dropped];
  const fresh = again.dropped.filter(
    (each) => !dropped.some(({ part, text }) => part === each.part && text === each.text),
  );
  return { ...again, dropped: [...dropped, ...fresh] };
}

function toDropped({ part, text }: Part): Dropped {
  return { part, text, reason: "judged", detail: null, rule: null };
}
