import { expect, test } from "vitest";
import { AppError } from "#src/core/errors.ts";
import { postOutcome, updateOutcome } from "#src/core/outcome.ts";

test("after a lost answer a post is read back, and an edit is simply made again", () => {
  const lost = new AppError("platform/uncertain");
  expect(postOutcome(lost)).toEqual({ kind: "uncertain", code: "platform/uncertain" });
  expect(updateOutcome(lost)).toEqual({ kind: "retry", code: "platform/unavailable", afterMs: null });
});

test.for([postOutcome, updateOutcome])(
  "what was surely not done is tried again, when the platform says",
  (outcome) => {
    const limited = new AppError("platform/rate-limited", { details: { retryAfterMs: 1_500 } });
    expect(outcome(limited)).toEqual({ kind: "retry", code: "platform/rate-limited", afterMs: 1_500 });
    const away = new AppError("platform/unavailable");
    expect(outcome(away)).toEqual({ kind: "retry", code: "platform/unavailable", afterMs: null });
    const unreadable = new AppError("platform/rate-limited", { details: { retryAfterMs: "soon" } });
    expect(outcome(unreadable)).toMatchObject({ kind: "retry", afterMs: null });
  },
);

test.for([postOutcome, updateOutcome])("what was refused is not tried again", (outcome) => {
  const gone = new AppError("platform/gone", { details: { retryAfterMs: 1_500 } });
  expect(outcome(gone)).toEqual({ kind: "failed", code: "platform/gone" });
});
