import { type ApiName, type Effort, EXTRAS, type Extra, type Rung, RUNGS, type Way } from "./openai-call.ts";
import type { Failure } from "./openai-failure.ts";

/** Remembers, for one base URL and model, the way that worked. */
export interface Ladder {
  current: () => Way;
  remember: (way: Way) => void;
  /** An answer did not keep to the form that its server took: from now on the model is shown it too. */
  distrust: () => void;
}

const BAD_REQUEST = new Set([400, 404, 422]);
const NO_SUCH_ROUTE = new Set([404, 405, 501]);
/** "grammar": llama.cpp turns a schema into one and names that when it fails. "requested parameters": OpenRouter. */
const FORMAT_WORDS =
  /response_format|text\.format|json_schema|json_object|json mode|schema|structured output|grammar|unsupported|requested parameters/i;
/** vLLM counts the answer's room in: with less of it the same article fits. */
const ROOM_FOR_ANSWER = /max_tokens|in the completion|output tokens/i;
/** The parameter is known, and what it was set to is not. */
const REFUSED_VALUE = /unsupported[ _]value|invalid[ _]value|supported values/i;
/** The effort that no model which thinks refuses; without one it would take its own, which is dearer. */
const TAKEN_BY_ALL: Effort = "low";
/** Servers that echo the request in their error would otherwise seem to refuse all of it. */
const HEAD_CHARS = 300;

export function createLadder(api: ApiName): Ladder {
  let known: Way = { api, rung: "strict-schema", without: [], leastEffort: "none", showSchema: false };
  return {
    current: () => known,
    remember: (way) => {
      known = way;
    },
    distrust: () => {
      known = { ...known, showSchema: true };
    },
  };
}

/** The next way to ask after a failure; null when asking differently would not help. Ends: each step drops something for good. */
export function stepDown(way: Way, failure: Failure): Way | null {
  if (failure.status === null) return null;
  if (way.api === "responses" && NO_SUCH_ROUTE.has(failure.status) && failure.reason !== "no-model") {
    return { ...way, api: "chat", rung: "strict-schema", without: [] };
  }
  if (!BAD_REQUEST.has(failure.status)) return null;
  if (
    failure.reason === "too-long" &&
    ROOM_FOR_ANSWER.test(failure.text) &&
    !way.without.includes("max_tokens")
  )
    return { ...way, without: [...way.without, "max_tokens"] };
  if (failure.reason === "too-long" || failure.reason === "filtered") return null;
  const extra = refusedExtra(way, failure);
  if (isEffort(extra) && way.leastEffort === "none" && REFUSED_VALUE.test(failure.text))
    return { ...way, leastEffort: TAKEN_BY_ALL };
  if (extra !== null) return { ...way, without: [...way.without, extra] };
  const rung = FORMAT_WORDS.test(`${failure.param ?? ""} ${failure.text}`) ? nextRung(way.rung) : null;
  return rung === null ? null : { ...way, rung };
}

function isEffort(extra: Extra | null): boolean {
  return extra === "reasoning" || extra === "reasoning_effort";
}

function refusedExtra(way: Way, { param, text }: Failure): Extra | null {
  const head = text.slice(0, HEAD_CHARS);
  const left = EXTRAS.filter((extra) => !way.without.includes(extra));
  return left.find((extra) => param?.split(".")[0] === extra || quotes(head, extra)) ?? null;
}

/** Parameter names are quoted in every error seen; bare words such as "store" are prose. */
function quotes(text: string, extra: string): boolean {
  return new RegExp(`['"\`]${extra}\\b[\\w.]*['"\`]`).test(text);
}

function nextRung(rung: Rung): Rung | null {
  return RUNGS[RUNGS.indexOf(rung) + 1] ?? null;
}
