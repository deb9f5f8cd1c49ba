import { setImmediate as breathe } from "node:timers/promises";
import type { Batch, BatchLine } from "#src/core/batch.ts";
import { payerOf } from "#src/core/budget.ts";
import { toAppError } from "#src/core/errors.ts";
import type { ModelUse } from "#src/core/pricing.ts";
import type { BatchFound, Written } from "#src/ports.ts";
import { amountOf, createMeter } from "./budget.ts";
import { type BriefDeps, meterDeps, saveDraft } from "./write-brief.ts";

interface Ended {
  batch: Batch;
  /** Those that are still open. */
  lines: readonly BatchLine[];
  found: Extract<BatchFound, { kind: "ended" }>;
  signal: AbortSignal;
}

/** Verifies what a batch brought, saves it where live writing looks first, and settles each line. Safe to repeat. */
export async function settleAnswers(deps: BriefDeps, { batch, lines, found, signal }: Ended): Promise<void> {
  const answers = new Map(found.answers.map((answer) => [answer.id, answer]));
  const outcomes: Record<string, number> = {};
  for (const line of lines) {
    const answer = answers.get(line.id);
    const written = answer?.written ?? null;
    const kept = written !== null && (await keep(deps, { batch, line, written, signal }));
    // The brief is saved first: a crash in between saves it again, and settles once.
    await closeLine(deps, { batch, line, use: answer?.use ?? null });
    const outcome = kept ? "kept" : written === null ? (answer?.outcome ?? "no-answer") : "not-kept";
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    // Verifying takes a while: whoever gives a command meanwhile waits for an answer.
    await breathe();
  }
  const { codes, status } = found;
  deps.log.info({ batch: batch.id, status, codes, lines: lines.length, outcomes }, "batch ended");
}

/** Closes a line with what it took; null gives back what was set aside. */
export async function closeLine(
  deps: BriefDeps,
  { batch, line, use }: { batch: Batch; line: BatchLine; use: ModelUse | null },
): Promise<void> {
  const { limits: standing, prices } = meterDeps(deps);
  const amount = use === null ? null : amountOf(use, prices);
  const payer = payerOf(batch.channel);
  await deps.store.closeLine({ id: line.id, payer, amount, standing, now: deps.clock() });
}

/** False where the draft can not become a brief; the article is written live then. */
async function keep(
  deps: BriefDeps,
  { batch, line, written, signal }: { batch: Batch; line: BatchLine; written: Written; signal: AbortSignal },
): Promise<boolean> {
  const { cacheKey, language, length } = line;
  // Written live meanwhile, or saved before a crash: a second reading is not paid for again.
  if ((await deps.store.findBrief(cacheKey)) !== null) return true;
  const article = await deps.store.article(line.articleId);
  const revision = await deps.store.revision(line.articleId, line.revision);
  if (article === null || revision === null) return false;
  const payer = payerOf(batch.channel);
  const request = { article, revision, length, language, signal, payer };
  const meter = createMeter(meterDeps(deps), payer);
  try {
    await saveDraft(deps, { written, request, meter, key: cacheKey });
    return true;
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toAppError(thrown);
    const level = error.code === "bug" ? "error" : "info";
    deps.log[level]({ batch: batch.id, article: line.articleId, err: error }, "draft not kept");
    return false;
  }
}
