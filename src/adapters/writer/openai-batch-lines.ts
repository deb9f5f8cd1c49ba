import { z } from "zod";
import { BATCH_TIER, type PreparedLine } from "#src/core/batch.ts";
import type { BriefDraft } from "#src/core/brief.ts";
import type { BatchAnswer, Written } from "#src/ports.ts";
import { type DraftBounds, readDraft } from "./draft-output.ts";
import type { Answer, ApiName, ModelCall } from "./openai-call.ts";
import { chatBody, readChat } from "./openai-chat.ts";
import { mostOf, useOf } from "./openai-meter.ts";
import type { Question } from "./openai-prompt.ts";
import { readResponse, responsesBody } from "./openai-responses.ts";

/** What one call asks, with what its answer is held to and what readers have to know of it. */
export interface OneCall extends Question<BriefDraft> {
  bounds: DraftBounds;
  notes: string[];
}

/** What one file takes. */
interface BatchLimits {
  lines: number;
  bytes: number;
}

export const BATCH_LIMITS: BatchLimits = { lines: 50_000, bytes: 200_000_000 };

/** All that reading an answer needs, since it may come to another process than the one that asked. */
const Memo = z.strictObject({
  api: z.enum(["responses", "chat"]),
  prompt: z.string(),
  notes: z.array(z.string()),
  bounds: z.strictObject({
    mark: z.string(),
    language: z.string(),
    sentences: z.int(),
    leastFacts: z.int(),
    mostFacts: z.int(),
  }),
});
type Memo = z.infer<typeof Memo>;

const ENDPOINTS = { responses: "/v1/responses", chat: "/v1/chat/completions" } as const;

/** The line that asks for one brief, with the very body of a live call. The tier is left out: a batch has its own. */
export function toLine(id: string, call: ModelCall, { bounds, notes, prompt }: OneCall): PreparedLine {
  const { api } = call.way;
  const plain: ModelCall = { ...call, tier: null, hear: null };
  const memo: Memo = { api, prompt: prompt.ref, notes, bounds };
  return {
    id,
    request: JSON.stringify({
      custom_id: id,
      method: "POST",
      url: ENDPOINTS[api],
      body: api === "responses" ? responsesBody(plain) : chatBody(plain),
    }),
    memo: JSON.stringify(memo),
    most: { ...mostOf(plain), tier: BATCH_TIER },
  };
}

/** As many of the lines as one file takes. */
export function withinLimits(lines: readonly PreparedLine[], limits: BatchLimits): PreparedLine[] {
  let bytes = 0;
  return lines.slice(0, limits.lines).filter(({ request }) => {
    const size = Buffer.byteLength(request) + 1;
    if (bytes + size > limits.bytes) return false;
    bytes += size;
    return true;
  });
}

/** Where all lines of one batch are sent. */
export function endpointOf([first]: readonly PreparedLine[]): (typeof ENDPOINTS)[ApiName] {
  return ENDPOINTS[first === undefined ? "responses" : memoOf(first).api];
}

function memoOf({ memo }: PreparedLine): Memo {
  return Memo.parse(JSON.parse(memo));
}

/** Only what is read. `response` is what the live call would have answered. */
const OutputLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.int(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
});
type OutputLine = z.infer<typeof OutputLine>;

/** Reads output and error files, in whatever order they are: the first answer to each line counts. */
export function readAnswers(
  files: readonly string[],
  lines: readonly PreparedLine[],
  model: string,
): BatchAnswer[] {
  const open = new Map(lines.map((line) => [line.id, line]));
  const answers: BatchAnswer[] = [];
  for (const text of files.flatMap((file) => file.split("\n"))) {
    const output = OutputLine.safeParse(parsed(text)).data;
    const line = output === undefined ? undefined : open.get(output.custom_id);
    if (output === undefined || line === undefined) continue;
    open.delete(line.id);
    answers.push(readLine(output, line, model));
  }
  return answers;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readLine({ response, error }: OutputLine, line: PreparedLine, model: string): BatchAnswer {
  const { id } = line;
  if (response === null || response === undefined) return nothing(id, word(error?.code) ?? "no-answer");
  if (response.status_code !== 200) return nothing(id, `status-${response.status_code}`);
  const memo = memoOf(line);
  const answer = readBody(memo.api, response.body);
  if (answer === null) return nothing(id, "server-error");
  const used = useOf(line.most, { kind: "done", value: answer }, "");
  // The body may name the tier of the machine that wrote it; what is billed is the batch.
  const use = used === null ? null : { ...used, tier: BATCH_TIER };
  if (answer.kind !== "text") return { id, use, written: null, outcome: answer.kind };
  const reading = readDraft(answer.text, memo.bounds);
  if (reading.kind === "bad") return { id, use, written: null, outcome: "invalid" };
  return { id, use, written: toWritten(reading.value, { answer, memo, model }), outcome: reading.kind };
}

/** Null for a failure that came as an answer. */
function readBody(api: ApiName, body: unknown): Answer | null {
  try {
    return api === "responses" ? readResponse(body) : readChat(body);
  } catch {
    return null;
  }
}

function toWritten(
  draft: BriefDraft,
  { answer, memo, model }: { answer: Answer; memo: Memo; model: string },
): Written {
  const { notes, prompt } = memo;
  return { draft, writer: { name: "openai", model, steppedDown: null }, prompt, usage: answer.usage, notes };
}

function nothing(id: string, outcome: string): BatchAnswer {
  return { id, use: null, written: null, outcome };
}

/** A code of the server's is passed on only if it looks like one. */
export function word(value: string | null | undefined): string | null {
  return value != null && /^[\w.:-]{1,64}$/.test(value) ? value : null;
}
