import type { BriefDraft } from "#src/core/brief.ts";
import { AppError } from "#src/core/errors.ts";
import type { Clock, Writer, WriteRequest, Written } from "#src/ports.ts";
import { type DraftReading, readDraft } from "./draft-output.ts";
import { writerError } from "./openai-failure.ts";
import type { Fetch } from "./openai-fetch.ts";
import { connectModel, type Model, type Session, type WriterLog } from "./openai-model.ts";
import { askAgain, askForBrief, loadPrompts, type Prompts, type Question } from "./openai-prompt.ts";

export interface OpenAiWriterOptions {
  /** Null for servers that want none. */
  apiKey: string | null;
  model: string;
  /** Null means OpenAI's own. */
  baseUrl: string | null;
  /** "auto": Responses on OpenAI's and Azure's hosts, Chat Completions everywhere else. */
  api?: "auto" | "responses" | "chat";
  /** For a whole brief, retries and the second ask included. */
  deadlineMs?: number;
  /** Gets one record per model call. */
  log?: WriterLog;
  clock?: Clock;
  fetch?: Fetch;
}

const DEADLINE_MS = 45_000;

/** A writer that asks a model behind OpenAI's API or a server that copies it. Throws AppError `bug` on a broken prompt. */
export function createOpenAiWriter(options: OpenAiWriterOptions): Writer {
  const prompts = loadPrompts();
  const model = connectModel({
    apiKey: options.apiKey,
    model: options.model,
    baseUrl: options.baseUrl,
    api: options.api ?? "auto",
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    prompts,
    log: options.log ?? null,
    clock: options.clock ?? (() => new Date()),
    fetch: options.fetch ?? fetch,
  });
  const desk = { prompts, model, name: options.model };
  return {
    name: "openai",
    id: `openai:${options.model}:${prompts.brief.ref}`,
    write: (request) => write(desk, request),
  };
}

interface Desk {
  prompts: Prompts;
  model: Model;
  /** The model's. */
  name: string;
}

async function write(desk: Desk, request: WriteRequest): Promise<Written> {
  const session = desk.model.open(request.signal);
  const question = askForBrief(desk.prompts, request);
  const text = await session.ask(question.messages);
  const first = readDraft(text, question.bounds);
  const draft =
    first.kind === "draft" ? first.draft : await secondDraft(desk, session, { question, text, first });
  return {
    draft,
    writer: { name: "openai", model: desk.name, steppedDown: null },
    prompt: desk.prompts.brief.ref,
    usage: session.usage(),
  };
}

interface FirstTry {
  question: Question;
  text: string;
  first: Exclude<DraftReading, { kind: "draft" }>;
}

/** Asks once more with what was wrong. A thin first draft was paid for and is kept if nothing better comes. */
async function secondDraft(
  desk: Desk,
  session: Session,
  { question, text, first }: FirstTry,
): Promise<BriefDraft> {
  const messages = askAgain(desk.prompts, question.messages, { text, issues: first.issues });
  try {
    const second = readDraft(await session.ask(messages), question.bounds);
    if (second.kind !== "bad") return second.draft;
    const details = { issues: second.issues, model: desk.name, usage: session.usage() };
    throw writerError("invalid", details);
  } catch (error) {
    if (first.kind === "thin" && error instanceof AppError) return first.draft;
    throw error;
  }
}
