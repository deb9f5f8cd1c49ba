import { type BriefDraft, LENGTHS } from "#src/core/brief.ts";
import { type HouseStyle, styleIssues, styleLines } from "#src/core/house-style.ts";
import type { Section } from "#src/core/sections.ts";
import type { WriteRequest } from "#src/ports.ts";
import type { Reading } from "./answer-json.ts";
import { type DraftBounds, readDraft, WireDraft } from "./draft-output.ts";
import { answerForm } from "./openai-form.ts";
import {
  drawMark,
  headOf,
  languageName,
  messagesOf,
  numberedLines,
  type Prompts,
  type Question,
} from "./openai-prompt.ts";
import { readSection, readWhole, type SectionFacts, WireSection, WireWhole } from "./section-output.ts";

/** What one article is asked about with. */
export interface Order {
  prompts: Prompts;
  request: WriteRequest;
  style: HouseStyle | null;
}

const LEAST_FACTS = 3;

const DRAFT_FORM = answerForm("brief_draft", WireDraft);
const SECTION_FORM = answerForm("section_facts", WireSection);
const WHOLE_FORM = answerForm("brief_of_facts", WireWhole);

/** An article that fits into one call, with what its answer is held to. */
export function askForBrief(
  { prompts, request, style }: Order,
  section: Section,
): Question<BriefDraft> & { bounds: DraftBounds } {
  const bounds = boundsFor(request, prompts.brief, { available: section.paragraphs.flat().length });
  const user = prompts.brief.user({
    ...headOf(request),
    mark: bounds.mark,
    articleLanguage: languageName(request.articleLanguage),
    article: numberedLines(section, bounds.mark),
    language: languageName(request.language),
    sentences: String(bounds.sentences),
    leastFacts: String(bounds.leastFacts),
    mostFacts: String(bounds.mostFacts),
    style: styleText(style),
  });
  return {
    prompt: prompts.brief,
    form: DRAFT_FORM,
    messages: messagesOf(prompts.brief.system, user),
    bounds,
    read: (text) => held(readDraft(text, bounds), style),
  };
}

/** One section of an article that does not. */
export function askForSection(
  { prompts, request, style }: Order,
  section: Section,
  { of, most }: { of: number; most: number },
): Question<SectionFacts> {
  const mark = markFor(request, prompts.section);
  const user = prompts.section.user({
    mark,
    title: headOf(request).title,
    articleLanguage: languageName(request.articleLanguage),
    section: `${section.number} of ${of}`,
    article: numberedLines(section, mark),
    language: languageName(request.language),
    mostFacts: String(most),
    style: styleText(style),
  });
  return {
    prompt: prompts.section,
    form: SECTION_FORM,
    messages: messagesOf(prompts.section.system, user),
    read: (text) => readSection(text, { mark, most }),
  };
}

/** The whole of such an article, by the facts of its sections. */
export function askForWhole(
  { prompts, request, style }: Order,
  facts: BriefDraft["facts"],
): Question<BriefDraft> {
  const bounds = boundsFor(request, prompts.whole, { available: facts.length, facts });
  const user = prompts.whole.user({
    ...headOf(request),
    mark: bounds.mark,
    facts: facts.map(({ text }, index) => `[${bounds.mark}:${index + 1}] ${text}`).join("\n"),
    language: languageName(request.language),
    sentences: String(bounds.sentences),
    leastFacts: String(bounds.leastFacts),
    mostFacts: String(bounds.mostFacts),
    style: styleText(style),
  });
  return {
    prompt: prompts.whole,
    form: WHOLE_FORM,
    messages: messagesOf(prompts.whole.system, user),
    read: (text) => held(readWhole(text, bounds, facts), style),
  };
}

function boundsFor(
  request: WriteRequest,
  prompt: Prompted,
  { available, facts = [] }: { available: number; facts?: BriefDraft["facts"] },
): DraftBounds {
  const most = LENGTHS[request.length];
  return {
    mark: markFor(request, prompt, facts),
    language: request.language,
    sentences: most.sentences,
    leastFacts: Math.min(LEAST_FACTS, most.facts, Math.max(available, 1)),
    mostFacts: most.facts,
  };
}

type Prompted = Pick<Prompts["brief"], "system">;

/** Facts were written by a model that read the article, and the rules show code words as examples: none may be it. */
function markFor(request: WriteRequest, { system }: Prompted, facts: BriefDraft["facts"] = []): string {
  const texts = facts.map(({ text }) => text);
  return drawMark([system, request.title, request.byline, request.site, ...request.paragraphs, ...texts]);
}

function styleText(style: HouseStyle | null): string {
  const lines = style === null ? [] : styleLines(style);
  return lines.length === 0 ? "none" : `\n${lines.map((line) => `  - ${line}`).join("\n")}`;
}

/** A draft with words that the house does not allow is usable, but asked for once more. */
function held(reading: Reading<BriefDraft>, style: HouseStyle | null): Reading<BriefDraft> {
  if (style === null || reading.kind === "bad") return reading;
  const { headline, summary, facts } = reading.value;
  const found = [headline, summary, ...facts.map(({ text }) => text)].flatMap((text) =>
    styleIssues(text, style),
  );
  if (found.length === 0) return reading;
  const issues = reading.kind === "thin" ? reading.issues : [];
  return { kind: "thin", value: reading.value, issues: [...issues, ...new Set(found)] };
}
