import { NO_USAGE, type Usage } from "#src/core/brief.ts";
import { AppError } from "#src/core/errors.ts";
import type { ModelUse } from "#src/core/pricing.ts";
import type { Clock, Meter } from "#src/ports.ts";
import {
  addUsage,
  type Answer,
  type Effort,
  type ModelCall,
  needsSchemaInPrompt,
  ONE_CALL,
  type SendCall,
  type ServiceTier,
  type Way,
} from "./openai-call.ts";
import { sendChat } from "./openai-chat.ts";
import { connect, type Connection, type ServerOptions } from "./openai-client.ts";
import { failure, type Failure, readFailure, writerError } from "./openai-failure.ts";
import { createLadder, type Ladder, stepDown } from "./openai-ladder.ts";
import { mostOf, seeming, useOf } from "./openai-meter.ts";
import type { Message, Prompts, Question } from "./openai-prompt.ts";
import { sendResponses } from "./openai-responses.ts";
import { type Attempt, withRetries } from "./openai-retry.ts";

export interface WriterLog {
  info: (fields: object, message: string) => void;
}

/** Which model is asked and how, whatever it is asked for. */
export interface ModelOptions extends ServerOptions {
  /** Null, the usual, leaves the tier to the provider's project. */
  tier?: ServiceTier | null;
  /** Left out, the model does not think before it writes, where it can do without. */
  effort?: Effort;
  /** Gets one record per model call. */
  log?: WriterLog;
  clock?: Clock;
}

/** What one brief's dealings with the model share. */
export interface SessionOptions {
  signal: AbortSignal;
  /** For all of it, retries and second asks included. */
  deadlineMs: number;
  meter: Meter | null;
}

type Asked = Pick<Question<unknown>, "prompt" | "form" | "messages"> & {
  /** Gets all that was said so far, as it comes; null asks for the answer in one piece. */
  hear: ((text: string) => void) | null;
};

/** One brief's dealings with the model, which share a deadline and a bill. */
export interface Session {
  /** The model's words. Throws AppError `writer/*`, or the caller's reason when the caller aborts. */
  ask: (asked: Asked) => Promise<string>;
  /** The last answer did not keep to its form. */
  distrust: () => void;
  usage: () => Usage;
}

export interface Model {
  open: (options: SessionOptions) => Session;
  /** Calls as they would be made now, all in the one way that is known to work, for whoever sends them otherwise. */
  calls: (asked: readonly Asked[]) => ModelCall[];
}

interface TalkOptions extends ModelOptions {
  prompts: Prompts;
  clock: Clock;
}

interface Talk extends Connection {
  options: TalkOptions;
  ladder: Ladder;
  caller: AbortSignal;
  signal: AbortSignal;
  deadlineMs: number;
  endsAt: number;
  meter: Meter | null;
  spent: Usage;
}

/** The model and how much it thinks, for the ids of what is made with it: another effort makes other words. */
export function mannerOf({ model, effort = "none" }: Pick<ModelOptions, "model" | "effort">): string {
  return effort === "none" ? model : `${model}@${effort}`;
}

const SENDERS: Record<Connection["api"], SendCall> = { responses: sendResponses, chat: sendChat };

export function connectModel(given: ModelOptions, prompts: Prompts): Model {
  const connection = connect(given);
  const options = { ...given, prompts, clock: given.clock ?? (() => new Date()) };
  const ladder = createLadder(connection.api);
  const line = { ...connection, options, ladder };
  return {
    open: (session) => openSession(line, session),
    calls: (asked) => {
      const way = ladder.current();
      return asked.map((one) => toCall(line, way, one));
    },
  };
}

function openSession(
  line: Connection & { options: TalkOptions; ladder: Ladder },
  { signal: caller, deadlineMs, meter }: SessionOptions,
): Session {
  const talk: Talk = {
    ...line,
    caller,
    signal: AbortSignal.any([caller, AbortSignal.timeout(deadlineMs)]),
    deadlineMs,
    endsAt: line.options.clock().getTime() + deadlineMs,
    meter,
    spent: NO_USAGE,
  };
  return {
    ask: (asked) => ask(talk, asked),
    distrust: () => {
      // OpenAI enforces the form: showing it would only break the cached prefix.
      if (!talk.traits.official) talk.ladder.distrust();
    },
    usage: () => talk.spent,
  };
}

async function ask(talk: Talk, asked: Asked): Promise<string> {
  if (talk.options.apiKey === null && talk.traits.official) throw giveUp(talk, failure("no-key"));
  let way = talk.ladder.current();
  for (;;) {
    const result = await attemptUntilDone(talk, toCall(talk, way, asked));
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

async function attemptUntilDone(talk: Talk, call: ModelCall): Promise<Attempt<Answer>> {
  try {
    return await withRetries(() => attempt(talk, call), {
      signal: talk.signal,
      remainingMs: () => talk.endsAt - talk.options.clock().getTime(),
    });
  } catch (error) {
    talk.caller.throwIfAborted();
    if (error instanceof AppError) throw withUsage(talk, error);
    // Waiting for the next try ended by the deadline.
    if (talk.signal.aborted) return { kind: "failed", failure: failure("timeout") };
    throw error;
  }
}

/** One request, with leave asked before and the bill settled after, whatever happens in between. */
async function attempt(talk: Talk, call: ModelCall): Promise<Attempt<Answer>> {
  const most = mostOf(call);
  const entry = await talk.meter?.reserve(most);
  const startedAt = talk.options.clock().getTime();
  let heard = "";
  const hear = (text: string): void => {
    heard = text;
    call.hear?.(text);
  };
  let use: ModelUse | null = null;
  try {
    const result = await send(talk, { ...call, hear: call.hear === null ? null : hear });
    use = useOf(most, result, heard);
    talk.spent = addUsage(talk.spent, result.kind === "done" ? result.value.usage : ONE_CALL);
    logCall(talk, call, { result, ms: talk.options.clock().getTime() - startedAt });
    return result;
  } catch (error) {
    // Called off: what was asked is billed all the same.
    use = seeming(most, heard);
    throw error;
  } finally {
    await entry?.settle(use);
  }
}

function logCall(talk: Talk, call: ModelCall, { result, ms }: { result: Attempt<Answer>; ms: number }): void {
  talk.options.log?.info(
    {
      prompt: call.cacheKey,
      model: call.traits.model,
      api: call.way.api,
      rung: call.way.rung,
      ...(result.kind === "done" ? result.value.usage : ONE_CALL),
      tier: result.kind === "done" ? result.value.tier : null,
      ms,
      outcome: result.kind === "done" ? result.value.kind : result.failure.reason,
      ...(result.kind === "failed" && result.failure.details),
    },
    "model called",
  );
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

function toCall(
  { options, traits }: Pick<Talk, "options" | "traits">,
  way: Way,
  { prompt, form, messages, hear }: Asked,
): ModelCall {
  return {
    traits,
    way,
    form,
    messages: needsSchemaInPrompt(way)
      ? withSchema(messages, options.prompts.schema.user({ schema: form.text }))
      : messages,
    temperature: prompt.config.temperature,
    maxOutputTokens: prompt.config.maxOutputTokens,
    cacheKey: prompt.ref,
    effort: options.effort ?? "none",
    tier: options.tier ?? null,
    hear,
  };
}

/** The schema is the same for all requests, so it stands with the rules, before the article. */
function withSchema([first, ...rest]: readonly Message[], text: string): Message[] {
  return first === undefined ? [] : [{ ...first, content: `${first.content}\n\n${text}` }, ...rest];
}

function giveUp(talk: Talk, { reason, details }: Failure): AppError {
  const { model } = talk.options;
  return writerError(reason, { ...details, model, deadlineMs: talk.deadlineMs, usage: talk.spent });
}

/** An error from the meter, with what the calls before it cost. */
function withUsage(talk: Talk, { code, details, cause }: AppError): AppError {
  const { model } = talk.options;
  return new AppError(code, { details: { ...details, model, usage: talk.spent }, cause });
}
