import type OpenAI from "openai";
import { z } from "zod";
import type { BatchSent, PreparedLine } from "#src/core/batch.ts";
import type { BatchFound, BatchWriter, Clock, WriteRequest } from "#src/ports.ts";
import {
  BATCH_LIMITS,
  endpointOf,
  type OneCall,
  readAnswers,
  toLine,
  withinLimits,
  word,
} from "./openai-batch-lines.ts";
import { connect, type ServerOptions } from "./openai-client.ts";
import { type Failure, failure, readFailure, writerError } from "./openai-failure.ts";
import type { Model } from "./openai-model.ts";

interface BatchOptions {
  /** Of the writer whose briefs these are. */
  id: string;
  server: ServerOptions;
  /** Knows in which way the model is asked. */
  model: Pick<Model, "calls">;
  /** What one call is to ask; null for an article that takes several. */
  ask: (request: WriteRequest) => OneCall | null;
  clock: Clock;
}

interface Line {
  client: OpenAI;
  model: string;
  clock: Clock;
}

/** Under it a batch carries Lede's own key. */
const KEY = "lede_batch";
/** For one request; uploads and results are larger than any brief. */
const TIMEOUT_MS = 120_000;
/** Answers are smaller than what was asked: more than a whole file is something else. */
const MAX_ANSWER_BYTES = BATCH_LIMITS.bytes;
const PAGE = 100;
const MOST_LISTED = 1_000;
/** The server's clock may go after this one's. */
const SKEW_MS = 60 * 60_000;
const NO_SUCH_ROUTE = new Set([404, 405, 501]);

const Named = z.object({ id: z.string().min(1) });
const Listed = Named.extend({
  created_at: z.number().catch(Infinity),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});
const Found = z.object({
  status: z.string(),
  input_file_id: z.string().nullish().catch(null),
  output_file_id: z.string().nullish().catch(null),
  error_file_id: z.string().nullish().catch(null),
  errors: z
    .object({ data: z.array(z.object({ code: z.string().nullish() })).nullish() })
    .nullish()
    .catch(null),
});
const ENDED = new Set(["completed", "failed", "expired", "cancelled"]);

/** Batches of a model behind OpenAI's API, filled with the very requests of live calls. */
export function createBatchWriter({ id: writerId, server, model, ask, clock }: BatchOptions): BatchWriter {
  const { client } = connect({ ...server, maxAnswerBytes: MAX_ANSWER_BYTES });
  const line: Line = { client, model: server.model, clock };
  return {
    id: writerId,
    prepare: (wishes) => {
      const asked = wishes.flatMap(({ id, request }) => {
        const question = ask(request);
        return question === null ? [] : [{ id, question }];
      });
      const calls = model.calls(asked.map(({ question }) => ({ ...question, hear: null })));
      const lines = calls.flatMap((call, index) => {
        const one = asked[index];
        return one === undefined ? [] : [toLine(one.id, call, one.question)];
      });
      return withinLimits(lines, BATCH_LIMITS);
    },
    send: (batch) => send(line, batch),
    find: (batch) => find(line, batch),
    collect: (batch) => collect(line, batch),
    cancel: async (remoteId, signal) => {
      await attempt(line, signal, (within) => client.batches.cancel(remoteId, { signal: within }));
    },
    discard: (remoteId, signal) => discard(line, remoteId, signal),
  };
}

async function send(
  line: Line,
  { key, lines, signal }: { key: string; lines: readonly PreparedLine[]; signal: AbortSignal },
): Promise<BatchSent> {
  const { client } = line;
  const text = lines.map(({ request }) => `${request}\n`).join("");
  const file = new File([text], `lede-${key}.jsonl`, { type: "application/jsonl" });
  const stored = await attempt(line, signal, (within) =>
    client.files.create({ file, purpose: "batch" }, { signal: within }),
  );
  const fileId = Named.safeParse(stored.value).data?.id;
  if (fileId === undefined) return notSent(stored.failure);
  const made = await attempt(line, signal, (within) =>
    client.batches.create(
      {
        input_file_id: fileId,
        endpoint: endpointOf(lines),
        completion_window: "24h",
        metadata: { [KEY]: key },
      },
      { signal: within },
    ),
  );
  const remoteId = Named.safeParse(made.value).data?.id;
  if (remoteId !== undefined) return { kind: "sent", remoteId };
  const outcome = notSent(made.failure);
  // Only where it is certain that no batch reads it.
  if (outcome.kind === "refused" || made.failure.reason === "rate-limited")
    await deleteFile(line, fileId, signal);
  return outcome;
}

/** An answer that got lost may have been a batch; what the server said no to is none. */
function notSent({ reason, retry, retryAfterMs, status }: Failure): BatchSent {
  const forGood = reason === "not-an-api" || (status !== null && NO_SUCH_ROUTE.has(status));
  if (!forGood && (retry || reason === "timeout")) return { kind: "later", reason, afterMs: retryAfterMs };
  return { kind: "refused", reason, forGood };
}

async function find(
  line: Line,
  { key, since, signal }: { key: string; since: Date; signal: AbortSignal },
): Promise<string | null> {
  const listed = await attempt(line, signal, async (within) => {
    let count = 0;
    for await (const raw of line.client.batches.list({ limit: PAGE }, { signal: within })) {
      const batch = Listed.safeParse(raw).data;
      if (batch?.metadata?.[KEY] === key) return batch.id;
      count += 1;
      const isOlder = batch !== undefined && batch.created_at * 1000 < since.getTime() - SKEW_MS;
      // Newest first.
      if (isOlder || count === MOST_LISTED) break;
    }
    return null;
  });
  if (listed.value === undefined) throw giveUp(line, listed.failure);
  return listed.value;
}

async function collect(
  line: Line,
  { remoteId, lines, signal }: Parameters<BatchWriter["collect"]>[0],
): Promise<BatchFound> {
  const asked = await attempt(line, signal, (within) =>
    line.client.batches.retrieve(remoteId, { signal: within }),
  );
  if (asked.failure.status === 404) return { kind: "ended", status: "gone", codes: [], answers: [] };
  const batch = Found.safeParse(asked.value).data;
  if (batch === undefined) throw giveUp(line, asked.failure);
  if (!ENDED.has(batch.status)) return { kind: "running" };
  const files: string[] = [];
  // What one that expired or was called off had written by then is there, and is billed.
  for (const id of [batch.output_file_id, batch.error_file_id])
    if (id != null) files.push(await readFile(line, id, signal));
  const codes = (batch.errors?.data ?? []).flatMap(({ code }) => word(code) ?? []);
  const answers = readAnswers(files, lines, line.model);
  return { kind: "ended", status: batch.status, codes: [...new Set(codes)], answers };
}

/** A file that is no more holds nothing. */
async function readFile(line: Line, id: string, signal: AbortSignal): Promise<string> {
  const read = await attempt(line, signal, async (within) => {
    const response = await line.client.files.content(id, { signal: within });
    return response.text();
  });
  if (read.failure.status === 404) return "";
  if (read.value === undefined) throw giveUp(line, read.failure);
  return read.value;
}

async function discard(line: Line, remoteId: string, signal: AbortSignal): Promise<void> {
  const asked = await attempt(line, signal, (within) =>
    line.client.batches.retrieve(remoteId, { signal: within }),
  );
  const batch = Found.safeParse(asked.value).data;
  for (const id of [batch?.input_file_id, batch?.output_file_id, batch?.error_file_id])
    if (id != null) await deleteFile(line, id, signal);
}

/** Tidying up: the server deletes it after a month otherwise. */
async function deleteFile(line: Line, id: string, signal: AbortSignal): Promise<void> {
  await attempt(line, signal, (within) => line.client.files.delete(id, { signal: within }));
}

/** One request: its answer, or why there is none. Throws the caller's reason when the caller aborts. */
async function attempt<T>(
  { clock }: Line,
  caller: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<{ value: T | undefined; failure: Failure }> {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return { value: await request(signal), failure: failure("not-an-api") };
  } catch (error) {
    caller.throwIfAborted();
    return { value: undefined, failure: signal.aborted ? failure("timeout") : readFailure(error, clock()) };
  }
}

function giveUp({ model }: Line, { reason, details }: Failure) {
  return writerError(reason, { ...details, model });
}
