import type { Revision } from "#src/core/article.ts";
import type { BriefDraft, BriefLength, Dropped, Fact, Usage } from "#src/core/brief.ts";
import { applyHouseStyle, bannedIn, type HouseStyle } from "#src/core/house-style.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { type VerifiedDraft, verifyDraft } from "#src/core/verify.ts";
import { judgeDraft, type SecondReading } from "./write-judge.ts";

export interface CheckInput {
  draft: BriefDraft;
  revision: Revision;
  /** Language of the article, BCP-47. */
  language: string;
  /** Language of the brief. */
  written: string;
  length: BriefLength;
  /** When the article was published; null where nobody says. */
  publishedAt: Date | null;
  style: HouseStyle | null;
  /** What the rules made of the draft at an earlier time; left out or null, they go over it now. */
  passed?: VerifiedDraft | null;
}

export interface Checked {
  verified: VerifiedDraft;
  /** Of the second reading; null where none took place. */
  usage: Usage | null;
  /** A second reader was wanted and could not be asked. */
  unjudged: boolean;
}

/**
 * A draft held against its article, then against a second reader where there is one, then put into house style. The
 * second reader sees only what the rules let pass, and can only take away.
 */
export async function checkDraft(input: CheckInput, second: SecondReading | null): Promise<Checked> {
  const allowed = withoutBanned(input);
  const { draft } = allowed;
  const { revision, language, written } = input;
  const verify = (wanted: BriefDraft, excluded: readonly string[]): VerifiedDraft =>
    verifyAgainst(input, wanted, excluded);
  const first = input.passed ?? verify(draft, []);
  const judged =
    second === null
      ? null
      : await judgeDraft({ draft, verified: first, revision, language, written, second, verify });
  const verified = judged?.kind === "judged" ? judged.verified : first;
  const filled = withoutBannedFacts(verified.facts, input.style);
  const dropped = [...allowed.dropped, ...verified.dropped, ...filled.dropped];
  const styled = inStyle({ ...verified, facts: filled.facts, dropped }, input);
  return {
    verified: styled,
    usage: judged?.kind === "judged" ? judged.usage : null,
    unjudged: judged?.kind === "unreached",
  };
}

function verifyAgainst(
  { revision, language, length, publishedAt }: CheckInput,
  draft: BriefDraft,
  excluded: readonly string[],
): VerifiedDraft {
  const { title, paragraphs } = revision;
  return verifyDraft({ draft, title, paragraphs, language, length, publishedAt, excluded });
}

/** The draft without what holds a word that the house does not allow. */
function withoutBanned({ draft, style, written }: CheckInput): { draft: BriefDraft; dropped: Dropped[] } {
  if (style === null) return { draft, dropped: [] };
  const dropped: Dropped[] = [];
  const stands = (part: Dropped["part"], text: string): boolean => {
    const [word] = bannedIn(text, style);
    if (word !== undefined) dropped.push({ part, text, reason: "style", detail: word, rule: null });
    return word === undefined;
  };
  const sentences = splitSentences(draft.summary, written).map(({ start, end }) =>
    draft.summary.slice(start, end),
  );
  return {
    draft: {
      ...draft,
      headline: stands("headline", draft.headline) ? draft.headline : "",
      summary: sentences.every((sentence) => bannedIn(sentence, style).length === 0)
        ? draft.summary
        : sentences.filter((sentence) => stands("summary", sentence)).join(" "),
      facts: draft.facts.filter(({ text }) => stands("fact", text)),
      caveats: draft.caveats.filter((text) => bannedIn(text, style).length === 0),
    },
    dropped,
  };
}

/** What the rules filled up with may hold such a word too; it is shown only where there is nothing else. */
function withoutBannedFacts(facts: Fact[], style: HouseStyle | null): { facts: Fact[]; dropped: Dropped[] } {
  if (style === null) return { facts, dropped: [] };
  const dropped = facts.flatMap(({ text }): Dropped[] => {
    const [word] = bannedIn(text, style);
    return word === undefined ? [] : [{ part: "fact", text, reason: "style", detail: word, rule: null }];
  });
  if (dropped.length === facts.length) return { facts, dropped: [] };
  const gone = new Set(dropped.map(({ text }) => text));
  return { facts: facts.filter(({ text }) => !gone.has(text)), dropped };
}

/** The brief's own words in house style; evidence is offsets and stays as it is. */
function inStyle(verified: VerifiedDraft, { style, written }: CheckInput): VerifiedDraft {
  if (style === null) return verified;
  const apply = (text: string): string => applyHouseStyle(text, style, written);
  return {
    ...verified,
    headline: apply(verified.headline),
    summary: apply(verified.summary),
    facts: verified.facts.map((fact) => ({ ...fact, text: apply(fact.text) })),
    caveats: verified.caveats.map(apply),
  };
}
