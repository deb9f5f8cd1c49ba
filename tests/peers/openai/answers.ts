import { type PeerDraft, draftFrom } from "./draft.ts";
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
  const draft = draftFrom(asked);
  const json = JSON.stringify(draft);
  if (script === "refusal") return { text: "I can't help with that.", end: "refusal" };
  if (script === "incomplete") return { text: json.slice(0, json.length / 2), end: "length" };
  if (script === "filtered") return { text: "", end: "content_filter" };
  return { text: complete(script, draft), end: "complete" };
}

function complete(
  kind: Exclude<AnswerKind, "refusal" | "incomplete" | "filtered">,
  draft: PeerDraft,
): string {
  const json = JSON.stringify(draft);
  const texts = {
    draft: json,
    prose: PROSE,
    "wrong-json": JSON.stringify({ title: draft.headline, bullets: draft.facts.map((fact) => fact.text) }),
    fenced: `Here is the brief you asked for:\n\n\`\`\`json\n${JSON.stringify(draft, null, 2)}\n\`\`\`\n\nTell me if {anything} is missing.`,
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

interface Bill {
  input: number;
  cached: number;
  output: number;
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
    usage: {
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
    usage: {
      prompt_tokens: bill.input,
      completion_tokens: bill.output,
      total_tokens: bill.input + bill.output,
      prompt_tokens_details: { cached_tokens: bill.cached },
    },
  };
}
