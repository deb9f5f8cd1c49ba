import { usedUpText } from "#src/core/budget.ts";
import type { AppError } from "#src/core/errors.ts";
import type { FailReason } from "./openai-failure.ts";

const TEXTS: Record<FailReason, string> = {
  timeout: "no answer from the model in time",
  "no-key": "no key for the model is set",
  "bad-key": "the model's key was refused",
  quota: "the model's account has no credit left",
  "rate-limited": "the model is busy (rate limit)",
  "server-error": "the model's server failed",
  unreachable: "the model could not be reached",
  "no-model": "the model is not known at its address",
  "not-an-api": "the model's address does not answer as a model",
  rejected: "the model's server did not accept the request",
  "too-long": "the article is too long for the model",
  "over-budget": "the budget for the model is used up",
  refused: "the model refused",
  filtered: "the model's content filter stopped it",
  "cut-off": "the model's answer was cut off",
  invalid: "the model's answer could not be used",
};

/** Why the model did not write a brief, as a reader is told: "no answer from the model in 45 s". */
export function steppedDownText(error: AppError): string {
  const reason = error.details["reason"];
  const deadlineMs = error.details["deadlineMs"];
  if (reason === "timeout" && typeof deadlineMs === "number") {
    return `no answer from the model in ${Math.ceil(deadlineMs / 1000)} s`;
  }
  const { scope, limit } = error.details;
  if (reason === "over-budget" && typeof scope === "string" && typeof limit === "string") {
    return usedUpText(scope, limit);
  }
  if (typeof reason === "string" && isReason(reason)) return TEXTS[reason];
  return error.code === "writer/refused" ? TEXTS.refused : "the model did not answer";
}

function isReason(reason: string): reason is FailReason {
  return Object.hasOwn(TEXTS, reason);
}
