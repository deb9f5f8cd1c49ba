import { z } from "zod";
import type { BriefDraft } from "#src/core/brief.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { readObject, type Reading } from "./answer-json.ts";

/**
 * The shape on the wire. Every field is required and none is bounded, because strict modes differ in the keywords they
 * accept. The quote stands before the text: a model writes in this order, so it picks its proof first.
 */
export const WireDraft = z.strictObject({
  facts: z.array(z.strictObject({ quote: z.string(), text: z.string() })),
  summary: z.string(),
  headline: z.string(),
  caveats: z.array(z.string()),
  topics: z.array(z.string()),
}) satisfies z.ZodType<BriefDraft>;

/** What an answer is held to once it is here. */
export interface DraftBounds {
  /** The code word of the lines, which may have come along with a quote. */
  mark: string;
  /** BCP-47, of the summary. */
  language: string;
  sentences: number;
  leastFacts: number;
  mostFacts: number;
}

/** What an answer's plain texts are cleaned of. */
export type Cleaner = (text: string) => string;

const MAX_HEADLINE_CHARS = 100;
const MAX_CAVEATS = 3;
const MAX_TOPICS = 5;

export const TextList = z.array(z.string()).nullish();

export const LooseFacts = z.array(z.object({ quote: z.string(), text: z.string() }));

/** Takes what a looser server sends: more keys, no optional lists. */
const LooseDraft = z.object({
  facts: LooseFacts,
  summary: z.string().trim().min(1),
  headline: z.string().trim().min(1),
  caveats: TextList,
  topics: TextList,
});

/** Reads a model's answer as a draft: repairs and trims what is harmless and names what is not. Never throws. */
export function readDraft(text: string, bounds: DraftBounds): Reading<BriefDraft> {
  const read = readObject(text, LooseDraft);
  return read.kind === "bad" ? read : judge(clamp(read.value, bounds), bounds);
}

function clamp(loose: z.infer<typeof LooseDraft>, bounds: DraftBounds): BriefDraft {
  return { ...clampFrame(loose, bounds), facts: clampFacts(loose.facts, bounds).slice(0, bounds.mostFacts) };
}

/** All of a draft but its facts, trimmed to its bounds. */
export function clampFrame(
  loose: Omit<z.infer<typeof LooseDraft>, "facts">,
  bounds: Pick<DraftBounds, "mark" | "language" | "sentences">,
): Omit<BriefDraft, "facts"> {
  const clean = cleaner(bounds.mark);
  return {
    headline: shorten(clean(loose.headline).replace(/(?<![.…])\.$/, "")),
    summary: firstSentences(clean(loose.summary), bounds),
    caveats: filled(loose.caveats, clean).slice(0, MAX_CAVEATS),
    topics: filled(loose.topics, clean).slice(0, MAX_TOPICS),
  };
}

/** Facts without marks and addresses; those without a text or a quote are left out. */
export function clampFacts(
  facts: BriefDraft["facts"],
  { mark }: Pick<DraftBounds, "mark">,
): BriefDraft["facts"] {
  const clean = cleaner(mark);
  return facts
    .map(({ text, quote }) => ({ text: clean(text), quote: unmarked(quote, mark) }))
    .filter(({ text, quote }) => text !== "" && quote !== "");
}

function judge(draft: BriefDraft, bounds: DraftBounds): Reading<BriefDraft> {
  if (draft.headline === "" || draft.summary === "") {
    return { kind: "bad", issues: ["headline and summary must hold plain text"] };
  }
  const count = draft.facts.length;
  if (count >= bounds.leastFacts) return { kind: "good", value: draft };
  const issues = [`facts: ${count} with text and quote, at least ${bounds.leastFacts} are needed`];
  return count === 0 ? { kind: "bad", issues } : { kind: "thin", value: draft, issues };
}

export function filled(list: string[] | null | undefined, clean: Cleaner): string[] {
  return (list ?? []).map(clean).filter((text) => text !== "");
}

/** Takes out line marks and addresses; those never come from a model. */
export function cleaner(mark: string): Cleaner {
  return (text) =>
    unmarked(text, mark)
      .replace(/\[([^\]]*)\]\([^)\s]*\)/g, "$1")
      .replace(/\b(?:(?:https?|ftp|mailto|javascript):|www\.|[\w-]+(?:\.[\w-]+)+\/)\S*/gi, "")
      .replace(/\s+/g, " ")
      .trim();
}

function unmarked(text: string, mark: string): string {
  return text.replaceAll(new RegExp(`\\[${mark}:\\d+\\]\\s*`, "gi"), "").trim();
}

function firstSentences(text: string, bounds: Pick<DraftBounds, "language" | "sentences">): string {
  const last = splitSentences(text, bounds.language).at(bounds.sentences - 1);
  return last === undefined ? text : text.slice(0, last.end).trim();
}

function shorten(headline: string): string {
  if (headline.length <= MAX_HEADLINE_CHARS) return headline;
  const cut = headline.slice(0, MAX_HEADLINE_CHARS - 1);
  const end = cut.lastIndexOf(" ");
  return `${cut.slice(0, end > MAX_HEADLINE_CHARS / 2 ? end : cut.length).replace(/[\s,;:–-]+$/, "")}…`;
}
