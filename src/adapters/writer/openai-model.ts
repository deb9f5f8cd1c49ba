import OpenAI from "openai";
import { z } from "zod";
import { NO_USAGE, type Usage } from "#src/core/brief.ts";
import { AppError } from "#src/core/errors.ts";
import type { Clock } from "#src/ports.ts";
import { WireDraft } from "./draft-output.ts";
import {
  addUsage,
  type Answer,
  type ApiName,
  type ModelCall,
  type ModelTraits,
  needsSchemaInPrompt,
  ONE_CALL,
  type SendCall,
  traitsOf,
  type Way,
} from "./openai-call.ts";
import { sendChat } from "./openai-chat.ts";
import { failure, type Failure, readFailure, writerError } from "./openai-failure.ts";
import { boundedFetch, type Fetch } from "./openai-fetch.ts";
import { createLadder, type Ladder, stepDown } from "./openai-ladder.ts";
import type { Message, Prompts } from "./openai-prompt.ts";
import { sendResponses } from "./openai-responses.ts";
import { type Attempt, withRetries } from "./openai-retry.ts";

export interface WriterLog {
  info: (fields: object, message: string) => void;
}

export interface ModelOptions {
  /** Null for servers that want none. */
  apiKey: string | null;
  model: string;
  /** Null means OpenAI's own. */
  baseUrl: string | null;
  api: "auto" | ApiName;
  /** For a whole brief, retries and the second ask included. */
  deadlineMs: number;
  prompts: Prompts;
  log: WriterLog | null;
  clock: Clock;
  fetch: Fetch;
}

/** One brief's dealings with the model, which share a deadline and a bill. */
export interface Session {
  /** The model's words. Throws AppError `writer/*`, or the caller's reason when the caller aborts. */
  ask: (messages: readonly Message[]) => Promise<string>;
  usage: () => Usage;
}

export interface Model {
  open: (signal: AbortSignal) => Session;
}

interface Line {
  options: ModelOptions;
  client: OpenAI;
  traits: ModelTraits;
  ladder: Ladder;
}

interface Talk extends Line {
  caller: AbortSignal;
  signal: AbortSignal;
  endsAt: number;
  spent: Usage;
}

const OPENAI_URL = "https://api.openai.com/v1";
const OFFICIAL_HOST = /(?:^|\.)openai\.com$/;
const AZURE_HOST = /\.(?:openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com)$/;
const SENDERS: Record<ApiName, SendCall> = { responses: sendResponses, chat: sendChat };
const SCHEMA = JSON.stringify(z.toJSONSchema(WireDraft));

export function connectModel(options: ModelOptions): Model {
  const baseURL = options.baseUrl ?? OPENAI_URL;
  const { hostname } = new URL(baseURL);
  const official = OFFICIAL_HOST.test(hostname);
  const ownApi = official || AZURE_HOST.test(hostname) ? "responses" : "chat";
  const line: Line = {
    options,
    client: createClient(options, baseURL),
    traits: traitsOf(options.model, official),
    ladder: createLadder(options.api === "auto" ? ownApi : options.api),
  };
  return { open: (caller) => openSession(line, caller) };
}

/** Everything the client would take from the environment is given, so that the configuration has one place. */
function createClient({ apiKey, deadlineMs, fetch }: ModelOptions, baseURL: string): OpenAI {
  return new OpenAI({
    // The client refuses to start without one; servers that want none do not look.
    apiKey: apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL,
    maxRetries: 0,
    timeout: deadlineMs,
    logLevel: "off",
    fetch: boundedFetch(fetch),
  });
}

function openSession(line: Line, caller: AbortSignal): Session {
  const { deadlineMs, clock } = line.options;
  const talk: Talk = {
    ...line,
    caller,
    signal: AbortSignal.any([caller, AbortSignal.timeout(deadlineMs)]),
    endsAt: clock().getTime() + deadlineMs,
    spent: NO_USAGE,
  };
  return { ask: (messages) => ask(talk, messages), usage: () => talk.spent };
}

async function ask(talk: Talk, messages: readonly Message[]): Promise<string> {
  if (talk.options.apiKey === null && talk.traits.official) throw giveUp(talk, failure("no-key"));
  let way = talk.ladder.current();
  for (;;) {
    const result = await attemptUntilDone(talk, way, messages);
    if (result.kind === "done") {
      if (result.value.kind !== "text") throw giveUp(talk, failure(result.value.kind));
      talk.ladder.remember(way);
      return result.value.text;
    }
    const next = stepDown(way, result.failure);
    if (next === null) throw giveUp(talk, result.failure);
    way = next;
  }
}

async function attemptUntilDone(
  talk: Talk,
  way: Way,
  messages: readonly Message[],
): Promise<Attempt<Answer>> {
  const call = toCall(talk, way, messages);
  try {
    return await withRetries(() => attempt(talk, call), {
      signal: talk.signal,
      remainingMs: () => talk.endsAt - talk.options.clock().getTime(),
    });
  } catch (error) {
    talk.caller.throwIfAborted();
    // Waiting for the next try ended by the deadline.
    if (talk.signal.aborted) return { kind: "failed", failure: failure("timeout") };
    throw error;
  }
}

async function attempt(talk: Talk, call: ModelCall): Promise<Attempt<Answer>> {
  const startedAt = talk.options.clock().getTime();
  const result = await send(talk, call);
  const cost = result.kind === "done" ? result.value.usage : ONE_CALL;
  talk.spent = addUsage(talk.spent, cost);
  const { prompts, log, clock } = talk.options;
  log?.info(
    {
      prompt: prompts.brief.ref,
      model: call.traits.model,
      api: call.way.api,
      rung: call.way.rung,
      ...cost,
      ms: clock().getTime() - startedAt,
      outcome: result.kind === "done" ? result.value.kind : result.failure.reason,
      ...(result.kind === "failed" && result.failure.details),
    },
    "model called",
  );
  return result;
}

async function send(talk: Talk, call: ModelCall): Promise<Attempt<Answer>> {
  try {
    const value = await SENDERS[call.way.api](talk.client, call, talk.signal);
    return { kind: "done", value };
  } catch (error) {
    talk.caller.throwIfAborted();
    const read = talk.signal.aborted ? failure("timeout") : readFailure(error, talk.options.clock());
    return { kind: "failed", failure: read };
  }
}

function toCall({ options, traits }: Talk, way: Way, messages: readonly Message[]): ModelCall {
  const { brief, schema } = options.prompts;
  return {
    traits,
    way,
    messages: needsSchemaInPrompt(way.rung)
      ? withSchema(messages, schema.user({ schema: SCHEMA }))
      : messages,
    temperature: brief.config.temperature,
    maxOutputTokens: brief.config.maxOutputTokens,
    cacheKey: brief.ref,
  };
}

/** Appended to the last message: what is the same for all requests stays in front. */
function withSchema(messages: readonly Message[], text: string): Message[] {
  return messages.map((message, index) =>
    index === messages.length - 1 ? { ...message, content: `${message.content}\n\n${text}` } : message,
  );
}

function giveUp(talk: Talk, { reason, details }: Failure): AppError {
  const { deadlineMs, model } = talk.options;
  return writerError(reason, { ...details, model, deadlineMs, usage: talk.spent });
}
