import { z } from "zod";
import type { Judge, Judged, JudgeRequest } from "#src/ports.ts";
import { readObject, type Reading } from "./answer-json.ts";
import { askTwice } from "./openai-ask.ts";
import { answerForm } from "./openai-form.ts";
import { connectModel, mannerOf, type Model, type ModelOptions } from "./openai-model.ts";
import { drawMark, loadPrompts, messagesOf, oneLine, type Prompts } from "./openai-prompt.ts";

export interface OpenAiJudgeOptions extends ModelOptions {
  /** For all claims of a brief, the second ask included. */
  deadlineMs?: number;
}

const DEADLINE_MS = 20_000;

const WireVerdicts = z.strictObject({
  // The reason comes first: a model writes in this order, so it decides after it has said why.
  verdicts: z.array(z.strictObject({ claim: z.number(), why: z.string(), supported: z.boolean() })),
});
const LooseVerdicts = z.object({
  verdicts: z.array(z.object({ claim: z.coerce.number(), supported: z.boolean() })),
});

const FORM = answerForm("verdicts", WireVerdicts);

/** A model that reads claims beside the passages cited for them, all in one call, and sees nothing else. */
export function createOpenAiJudge(options: OpenAiJudgeOptions): Judge {
  const prompts = loadPrompts();
  const model = connectModel(options, prompts);
  const desk = { prompts, model, name: options.model, deadlineMs: options.deadlineMs ?? DEADLINE_MS };
  return {
    id: `${mannerOf(options)}:${prompts.judge.ref}`,
    judge: (request) => judge(desk, request),
  };
}

interface Desk {
  prompts: Prompts;
  model: Model;
  /** The model's. */
  name: string;
  deadlineMs: number;
}

async function judge({ prompts, model, name, deadlineMs }: Desk, request: JudgeRequest): Promise<Judged> {
  const { claims, signal, withinMs = deadlineMs, meter = null } = request;
  const session = model.open({ signal, deadlineMs: Math.min(deadlineMs, withinMs), meter });
  const texts = claims.flatMap(({ claim, passages }) => [claim, ...passages]);
  const mark = drawMark([prompts.judge.system, ...texts]);
  const user = prompts.judge.user({ mark, claims: linesOf(claims, mark) });
  const supported = await askTwice({
    prompts,
    session,
    model: name,
    hear: null,
    question: {
      prompt: prompts.judge,
      form: FORM,
      messages: messagesOf(prompts.judge.system, user),
      read: (text) => readVerdicts(text, claims.length),
    },
  });
  return { supported, usage: session.usage() };
}

function linesOf(claims: JudgeRequest["claims"], mark: string): string {
  return claims
    .map(({ claim, passages }, index) =>
      [
        `[${mark}:${index + 1} claim] ${oneLine(claim)}`,
        ...passages.map((passage) => `[${mark}:${index + 1} passage] ${oneLine(passage)}`),
      ].join("\n"),
    )
    .join("\n\n");
}

/** A claim without a verdict stands: the rules have passed it. */
function readVerdicts(text: string, count: number): Reading<boolean[]> {
  const read = readObject(text, LooseVerdicts);
  if (read.kind === "bad") return read;
  const refuted = new Set(
    read.value.verdicts.filter(({ supported }) => !supported).map(({ claim }) => claim),
  );
  const value = Array.from({ length: count }, (_, index) => !refuted.has(index + 1));
  const missing = value.filter((_, index) => !read.value.verdicts.some(({ claim }) => claim === index + 1));
  if (missing.length === 0) return { kind: "good", value };
  return { kind: "thin", value, issues: [`verdicts: ${missing.length} of ${count} claims have none`] };
}
