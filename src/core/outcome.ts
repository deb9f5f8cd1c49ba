import { z } from "zod";
import type { Outcome } from "./delivery.ts";
import type { AppError } from "./errors.ts";

/** What an adapter's `platform/rate-limited` says of the wait, in milliseconds. */
const RetryDetails = z.object({ retryAfterMs: z.number().nullish() });

/** The outcome of a post that failed: nobody knows after a lost answer. */
export function postOutcome(error: AppError): Outcome {
  if (error.code === "platform/uncertain") return { kind: "uncertain", code: error.code };
  return knownOutcome(error);
}

/** The outcome of an edit that failed: after a lost answer it can simply be done again. */
export function updateOutcome(error: AppError): Outcome {
  if (error.code === "platform/uncertain")
    return { kind: "retry", code: "platform/unavailable", afterMs: null };
  return knownOutcome(error);
}

function knownOutcome(error: AppError): Outcome {
  if (error.code !== "platform/rate-limited" && error.code !== "platform/unavailable") {
    return { kind: "failed", code: error.code };
  }
  const afterMs = RetryDetails.safeParse(error.details).data?.retryAfterMs ?? null;
  return { kind: "retry", code: error.code, afterMs };
}
