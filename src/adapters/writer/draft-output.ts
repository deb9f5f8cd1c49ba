import { jsonrepair } from "jsonrepair";
import { z } from "zod";
import type { BriefDraft } from "#src/core/brief.ts";
import { splitSentences } from "#src/core/sentences.ts";

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

export type DraftReading =
  | { kind: "draft"; draft: BriefDraft }
  /** Usable, but with fewer facts than the article would have. */
  | { kind: "thin"; draft: BriefDraft; issues: string[] }
  | { kind: "bad"; issues: string[] };

const MAX_HEADLINE_CHARS = 100;
const MAX_CAVEATS = 3;
const MAX_TOPICS = 5;
/** An answer with more objects than this is noise. */
const MAX_OBJECTS = 8;

const TextList = z.array(z.string()).nullish();

/** Takes what a looser server sends: more keys, no optional lists. */
const LooseDraft = z.object({
  facts: z.array(z.object({ quote: z.string(), text: z.string() })),
  summary: z.string().trim().min(1),
  headline: z.string().trim().min(1),
  caveats: TextList,
  topics: TextList,
});

/** Reads a model's answer as a draft: repairs and trims what is harmless and names what is not. Never throws. */
export function readDraft(text: string, bounds: DraftBounds): DraftReading {
  let issues: string[] | null = null;
  for (const candidate of candidates(text)) {
    const value = parseJson(candidate);
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const loose = LooseDraft.safeParse(value);
    if (loose.success) return judge(clamp(loose.data, bounds), bounds);
    issues ??= loose.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  }
  return { kind: "bad", issues: issues ?? ["The answer holds no JSON object."] };
}

/** The places where the object may be, likeliest first. */
function candidates(answer: string): string[] {
  const text = answer.replace(/^[\s\S]*<\/think(?:ing)?>/i, "").trim();
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(text)?.[1];
  // The widest run is the last resort: an unpaired quotation mark in prose hides an object from the search for balance.
  const widest = text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
  return [text, ...(fenced === undefined ? [] : [fenced]), ...balancedObjects(text), widest];
}

/** Top-level `{…}` runs; braces inside strings do not count. */
function balancedObjects(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (token[0] === "{") {
      if (depth === 0) start = token.index;
      depth += 1;
    } else if (token[0] === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, token.index + 1));
    }
    if (found.length === MAX_OBJECTS) break;
  }
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // jsonrepair makes one string of prose and a list of prose plus object: only what begins as an object is repaired.
    if (!text.startsWith("{")) return null;
  }
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return null;
  }
}

function clamp(loose: z.infer<typeof LooseDraft>, bounds: DraftBounds): BriefDraft {
  const clean = (text: string): string => plain(text, bounds.mark);
  return {
    headline: shorten(clean(loose.headline).replace(/(?<![.…])\.$/, "")),
    summary: firstSentences(clean(loose.summary), bounds),
    facts: loose.facts
      .map(({ text, quote }) => ({ text: clean(text), quote: unmarked(quote, bounds.mark) }))
      .filter(({ text, quote }) => text !== "" && quote !== "")
      .slice(0, bounds.mostFacts),
    caveats: filled(loose.caveats, clean).slice(0, MAX_CAVEATS),
    topics: filled(loose.topics, clean).slice(0, MAX_TOPICS),
  };
}

function judge(draft: BriefDraft, bounds: DraftBounds): DraftReading {
  if (draft.headline === "" || draft.summary === "") {
    return { kind: "bad", issues: ["headline and summary must hold plain text"] };
  }
  const count = draft.facts.length;
  if (count >= bounds.leastFacts) return { kind: "draft", draft };
  const issues = [`facts: ${count} with text and quote, at least ${bounds.leastFacts} are needed`];
  return count === 0 ? { kind: "bad", issues } : { kind: "thin", draft, issues };
}

function filled(list: string[] | null | undefined, clean: (text: string) => string): string[] {
  return (list ?? []).map(clean).filter((text) => text !== "");
}

/** Without line marks and addresses; those never come from a model. */
function plain(text: string, mark: string): string {
  return unmarked(text, mark)
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, "")
    .replace(/\s+/g, " ")
    .trim();
}

function unmarked(text: string, mark: string): string {
  return text.replaceAll(new RegExp(`\\[${mark}:\\d+\\]\\s*`, "gi"), "").trim();
}

function firstSentences(text: string, bounds: DraftBounds): string {
  const last = splitSentences(text, bounds.language).at(bounds.sentences - 1);
  return last === undefined ? text : text.slice(0, last.end).trim();
}

function shorten(headline: string): string {
  if (headline.length <= MAX_HEADLINE_CHARS) return headline;
  const cut = headline.slice(0, MAX_HEADLINE_CHARS - 1);
  const end = cut.lastIndexOf(" ");
  return `${cut.slice(0, end > MAX_HEADLINE_CHARS / 2 ? end : cut.length).replace(/[\s,;:–-]+$/, "")}…`;
}
