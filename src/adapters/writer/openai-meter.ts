import { estimateTokens } from "#src/core/budget.ts";
import type { ModelUse } from "#src/core/pricing.ts";
import type { Answer, Effort, ModelCall } from "./openai-call.ts";
import type { Attempt } from "./openai-retry.ts";

/** The longest answer to any of Lede's questions, in tokens: seven facts with their quotations, a summary and caveats. */
const ANSWER_TOKENS = 2_000;
/** What a model may think before that, in tokens. Nothing limits it: these are set aside, and what it took is what counts. */
const THINKING_TOKENS: Record<Effort, number> = {
  none: 0,
  minimal: 500,
  low: 2_000,
  medium: 6_000,
  high: 16_000,
  xhigh: 32_000,
  max: 64_000,
};
/** What the format and the wrapping of messages add to a request. */
const FRAME_TOKENS = 50;

/** The most a call may take, before it is made. */
export function mostOf({ effort, traits, messages, form, maxOutputTokens, tier }: ModelCall): ModelUse {
  const texts = [form.text, ...messages.map(({ content }) => content)];
  return {
    model: traits.model,
    tier,
    inputTokens: FRAME_TOKENS + texts.reduce((sum, text) => sum + estimateTokens(text), 0),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: maxOutputTokens ?? ANSWER_TOKENS + (traits.reasoning ? THINKING_TOKENS[effort] : 0),
  };
}

/**
 * What a call took: as the server says, else as it seems. Null when the server refused it before it read it.
 * An answer that was waited for in vain was most likely written and billed, so its input counts.
 */
export function useOf(most: ModelUse, result: Attempt<Answer>, heard: string): ModelUse | null {
  if (result.kind === "failed") {
    const { reason } = result.failure;
    return reason === "timeout" || heard !== "" ? seeming(most, heard) : null;
  }
  const { usage, cacheWriteTokens, tier, metered, text } = result.value;
  if (!metered) return result.value.kind === "not-an-api" ? null : seeming(most, text);
  const { inputTokens, cachedTokens, outputTokens } = usage;
  return { ...most, tier: tier ?? most.tier, inputTokens, cachedTokens, cacheWriteTokens, outputTokens };
}

/** What a call took that nobody gave a bill for. */
export function seeming(most: ModelUse, heard: string): ModelUse {
  return { ...most, outputTokens: estimateTokens(heard) };
}
