import { type PeerDraft, draftFrom, honestAnswer } from "./draft.ts";
import type { AskedFor } from "./shapes.ts";

export type AnswerKind =
  | "draft"
  | "refusal"
  | "incomplete"
  | "filtered"
  | "prose"
  | "wrong-json"
  | "fenced"
  | "invented-quote"
  | "empty"
  | "think"
  | "thin"
  | "broken-json";

/** A scripted answer: one of the named kinds, or the text the model says. */
export type Script = AnswerKind | ((asked: AskedFor) => string);

/** What the model said and how it ended. */
export interface Said {
  text: string;
  end: "complete" | "length" | "content_filter" | "refusal";
}

const PROSE =
  "Certainly. The article reports on several events, and I would be glad to tell you more about them.";

export function say(script: Script, asked: AskedFor): Said {
  if (typeof script === "function") return { text: script(asked), end: "complete" };
  const json = JSON.stringify(honestAnswer(asked));
  if (script === "refusal") return { text: "I can't help with that.", end: "refusal" };
  if (script === "incomplete") return { text: json.slice(0, json.length / 2), end: "length" };
  if (script === "filtered") return { text: "", end: "content_filter" };
  return { text: complete(script, { json, draft: draftFrom(asked) }), end: "complete" };
}

function complete(
  kind: Exclude<AnswerKind, "refusal" | "incomplete" | "filtered">,
  { json, draft }: { json: string; draft: PeerDraft },
): string {
  const texts = {
    draft: json,
    prose: PROSE,
    "wrong-json": JSON.stringify({ title: draft.headline, bullets: draft.facts.map((fact) => fact.text) }),
    fenced: `Here is the brief you asked for:\n\n\`\`\`json\n${JSON.stringify(JSON.parse(json), null, 2)}\n\`\`\`\n\nTell me if {anything} is missing.`,
    "invented-quote": JSON.stringify({ ...draft, facts: [...draft.facts.slice(0, 2), INVENTED] }),
    empty: "",
    think: `<think>\nThe reader wants {"facts": []}, I should count the sentences first.\n</think>\n\n${json}`,
    thin: JSON.stringify({ ...draft, facts: draft.facts.slice(0, 1) }),
    "broken-json": `${json.slice(0, -1)},\n}`.replace('"topics"', "topics"),
  } as const;
  return texts[kind];
}

const INVENTED = {
  quote: "The mayor resigned with immediate effect, her office confirmed.",
  text: "The mayor resigned with immediate effect.",
};

/** Tokens as a rule of thumb counts them; only that they add up matters here. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

export interface Bill {
  input: number;
  cached: number;
  output: number;
  /** The tier that served it. */
  tier: string | null;
  /** Some servers send no usage at all. */
  told: boolean;
}

export function responsesBody(model: string, { text, end }: Said, bill: Bill): object {
  const part =
    end === "refusal"
      ? { type: "refusal", refusal: text }
      : { type: "output_text", text, annotations: [], logprobs: [] };
  const cut = end === "length" || end === "content_filter";
  return {
    id: "resp_peer",
    object: "response",
    created_at: 1_760_000_000,
    status: cut ? "incomplete" : "completed",
    error: null,
    incomplete_details: cut ? { reason: end === "length" ? "max_output_tokens" : "content_filter" } : null,
    instructions: null,
    metadata: {},
    model,
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    output: [
      { id: "rs_peer", type: "reasoning", summary: [] },
      {
        id: "msg_peer",
        type: "message",
        status: cut ? "incomplete" : "completed",
        role: "assistant",
        content: [part],
      },
    ],
    service_tier: bill.tier,
    usage: !bill.told
      ? null
      : {
          input_tokens: bill.input,
          input_tokens_details: { cached_tokens: bill.cached, cache_write_tokens: 0 },
          output_tokens: bill.output,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: bill.input + bill.output,
        },
  };
}

export function chatBody(model: string, { text, end }: Said, bill: Bill): object {
  const finish = {
    complete: "stop",
    length: "length",
    content_filter: "content_filter",
    refusal: "stop",
  } as const;
  const refused = end === "refusal";
  return {
    id: "chatcmpl-peer",
    object: "chat.completion",
    created: 1_760_000_000,
    model,
    choices: [
      {
        index: 0,
        finish_reason: finish[end],
        logprobs: null,
        message: { role: "assistant", content: refused ? null : text, refusal: refused ? text : null },
      },
    ],
    service_tier: bill.tier,
    ...chatUsage(bill),
  };
}

function chatUsage(bill: Bill): object {
  if (!bill.told) return {};
  return {
    usage: {
      prompt_tokens: bill.input,
      completion_tokens: bill.output,
      total_tokens: bill.input + bill.output,
      prompt_tokens_details: { cached_tokens: bill.cached },
    },
  };
}

const PIECE_CHARS = 40;

/** The Responses API's events for an answer, in order. */
export function responsesEvents(model: string, said: Said, bill: Bill): object[] {
  const response = responsesBody(model, said, bill);
  const last = said.end === "length" || said.end === "content_filter" ? "incomplete" : "completed";
  const kind = said.end === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
  const deltas = pieces(said.text).map((delta) => ({
    type: kind,
    item_id: "msg_peer",
    output_index: 1,
    content_index: 0,
    delta,
  }));
  return [
    { type: "response.created", response: { ...response, status: "in_progress", output: [], usage: null } },
    ...deltas,
    { type: `response.${last}`, response },
  ].map((event, index) => ({ ...event, sequence_number: index }));
}

/** Chat Completions' pieces for an answer, in order; the usage comes after the last words where it is asked for. */
export function chatPieces(model: string, { text, end }: Said, bill: Bill & { usage: boolean }): object[] {
  const base = { id: "chatcmpl-peer", object: "chat.completion.chunk", created: 1_760_000_000, model };
  const finish = { complete: "stop", length: "length", content_filter: "content_filter", refusal: "stop" };
  const words = pieces(text).map((piece) => (end === "refusal" ? { refusal: piece } : { content: piece }));
  const chunks = [{ role: "assistant", content: "" }, ...words].map((delta) => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: null }],
  }));
  const usage = bill.usage && bill.told ? [{ ...base, choices: [], ...chatUsage(bill) }] : [];
  return [
    ...chunks,
    { ...base, choices: [{ index: 0, delta: {}, finish_reason: finish[end] }], service_tier: bill.tier },
    ...usage,
  ];
}

function pieces(text: string): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${PIECE_CHARS}}`, "g")) ?? [];
}
