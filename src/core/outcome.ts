import { z } from "zod";
import { type Outcome, REVIVED } from "./delivery.ts";
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
  // A token that is refused is the operator's to mend, and no fault of the message.
  if (!REVIVED.includes(error.code)) return { kind: "failed", code: error.code };
  return { kind: "retry", code: error.code, afterMs: waitOf(error) };
}

/** How long the platform asks to wait, in milliseconds; null where it does not say. */
export function waitOf({ details }: AppError): number | null {
  return RetryDetails.safeParse(details).data?.retryAfterMs ?? null;
}
