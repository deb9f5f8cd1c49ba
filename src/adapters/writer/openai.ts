import { MAX_TEXT } from "#src/core/article-index.ts";
import type { BriefDraft } from "#src/core/brief.ts";
import type { HouseStyle } from "#src/core/house-style.ts";
import { type Section, type Sections, splitSections } from "#src/core/sections.ts";
import type { BatchWriter, Clock, Writer, WriteRequest, Written } from "#src/ports.ts";
import { askTwice } from "./openai-ask.ts";
import { createBatchWriter } from "./openai-batch.ts";
import { askForBrief, type Order } from "./openai-brief.ts";
import type { OneCall } from "./openai-batch-lines.ts";
import { NOTES, writeLong } from "./openai-long.ts";
import { connectModel, mannerOf, type Model, type ModelOptions, type Session } from "./openai-model.ts";
import { loadPrompts, type Prompts } from "./openai-prompt.ts";
import { factsHeard } from "./openai-progress.ts";

export interface OpenAiWriterOptions extends ModelOptions {
  /** For a whole brief, retries and the second ask included; a long article gets `longDeadlineMs`. */
  deadlineMs?: number;
  longDeadlineMs?: number;
  /** Most characters of an article in one call; a longer one is read in sections. */
  sectionChars?: number;
  style?: HouseStyle | null;
}

const DEADLINE_MS = 45_000;
/** Below the time that a command has in all. */
const LONG_DEADLINE_MS = 100_000;
/** About 20,000 tokens: longer than any news report, and well within the windows of the models in use. */
export const SECTION_CHARS = 80_000;
/** With the length of a section this bounds what one article can cost. */
const MOST_SECTIONS = 12;
/** Facts past what a draft is checked against could not be proved; the rest is for the breaks between paragraphs. */
const READABLE_CHARS = MAX_TEXT * 0.95;

export interface OpenAiWriter extends Writer {
  /** The same model, asked for many briefs at once. */
  batch: BatchWriter;
}

/** A writer that asks a model behind OpenAI's API or a server that copies it. Throws AppError `bug` on a broken prompt. */
export function createOpenAiWriter(options: OpenAiWriterOptions): OpenAiWriter {
  const prompts = loadPrompts();
  const style = options.style ?? null;
  const clock = options.clock ?? (() => new Date());
  const model = connectModel(options, prompts);
  const desk: Desk = {
    prompts,
    model,
    name: options.model,
    style,
    clock,
    sectionChars: options.sectionChars ?? SECTION_CHARS,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    longDeadlineMs: options.longDeadlineMs ?? LONG_DEADLINE_MS,
  };
  const id = `openai:${mannerOf(options)}:${prompts.brief.ref}+${prompts.section.ref}+${prompts.whole.ref}`;
  const ask = (request: WriteRequest) => askInOneCall(desk, request);
  return {
    name: "openai",
    id,
    model: options.model,
    write: (request) => write(desk, request),
    batch: createBatchWriter({ id, server: options, model, ask, clock }),
  };
}

interface Desk {
  prompts: Prompts;
  model: Model;
  /** The model's. */
  name: string;
  style: HouseStyle | null;
  sectionChars: number;
  clock: Clock;
  deadlineMs: number;
  longDeadlineMs: number;
}

async function write(desk: Desk, request: WriteRequest): Promise<Written> {
  const { prompts, style, name: model } = desk;
  const order: Order = { prompts, request, style };
  const cut = cutUp(desk, request);
  const own = cut.sections.length > 1 ? desk.longDeadlineMs : desk.deadlineMs;
  const session = desk.model.open({
    signal: request.signal,
    deadlineMs: Math.min(own, request.withinMs ?? own),
    meter: request.meter ?? null,
  });
  const written =
    cut.sections.length > 1
      ? await writeLong({ order, session, cut, model })
      : await writeShort(desk, order, { session, cut });
  return {
    draft: written.draft,
    writer: { name: "openai", model, steppedDown: null },
    prompt: written.prompt,
    usage: session.usage(),
    notes: written.notes,
  };
}

function cutUp({ sectionChars }: Desk, { articleLanguage, paragraphs }: WriteRequest): Sections {
  return splitSections(paragraphs, {
    language: articleLanguage,
    sectionChars,
    mostSections: Math.max(1, Math.min(MOST_SECTIONS, Math.floor(READABLE_CHARS / sectionChars))),
  });
}

/** What one call is to ask; null for an article that takes several. */
function askInOneCall(desk: Desk, request: WriteRequest): OneCall | null {
  const cut = cutUp(desk, request);
  if (cut.sections.length > 1) return null;
  const { prompts, style } = desk;
  return { ...askForBrief({ prompts, request, style }, onlySection(cut)), notes: notesOf(cut) };
}

function onlySection({ sections }: Sections): Section {
  return sections[0] ?? { number: 1, firstSentence: 1, paragraphs: [] };
}

function notesOf({ leftOut }: Sections): string[] {
  return leftOut ? [NOTES.leftOut] : [];
}

async function writeShort(
  { prompts, name: model, clock }: Desk,
  order: Order,
  { session, cut }: { session: Session; cut: Sections },
): Promise<{ draft: BriefDraft; notes: string[]; prompt: string }> {
  const question = askForBrief(order, onlySection(cut));
  const { progress } = order.request;
  const hear = progress === undefined ? null : factsHeard(progress, clock);
  const draft = await askTwice({ prompts, session, question, model, hear });
  return { draft, notes: notesOf(cut), prompt: question.prompt.ref };
}
