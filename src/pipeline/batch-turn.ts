import {
  type Batch,
  type BatchLine,
  type BatchTurn,
  CALL_OFF_AFTER_MS,
  GIVE_UP_AFTER_MS,
  HOLD_MS,
  MOST_SENDINGS,
  untilNextTurn,
} from "#src/core/batch.ts";
import { payerOf } from "#src/core/budget.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import type { BatchWriter } from "#src/ports.ts";
import type { BatchDeps } from "./batch.ts";
import { closeLine, settleAnswers } from "./batch-settle.ts";
import { setAside } from "./budget.ts";
import { meterDeps } from "./write-brief.ts";

export interface TurnDeps extends BatchDeps {
  /** Told that the server has no batches. */
  onNone: () => void;
}

/** Sends the batch whose turn it is, or looks how it stands. Returns false when none is due. */
export async function takeTurn(deps: TurnDeps, signal: AbortSignal): Promise<boolean> {
  const { batchWriter: writer, clock, store } = deps;
  const now = clock().getTime();
  const turn = await store.claimBatch(
    new Date(now),
    ({ state, attempts }) => new Date(now + untilNextTurn(state, attempts)),
  );
  if (turn === null) return false;
  if (writer === null) await giveUp(deps, turn, "no-model");
  else if (turn.batch.remoteId === null) await sendOrFind(deps, { ...turn, writer, signal });
  else await look(deps, { ...turn, writer, signal }, turn.batch.remoteId);
  return true;
}

interface Turn extends BatchTurn {
  writer: BatchWriter;
  signal: AbortSignal;
}

async function sendOrFind(deps: TurnDeps, turn: Turn): Promise<void> {
  const { batch, writer, signal } = turn;
  if (batch.attempts > 1) {
    // An earlier turn may have made it: made twice, it would be paid for twice.
    const found = await findMade(deps, turn);
    if (found.kind === "made") return markSent(deps, batch, found.remoteId);
    if (found.kind === "unknown" && batch.attempts <= MOST_SENDINGS) return;
  }
  if (!turn.awaited) return giveUp(deps, turn, "unsubscribed");
  if (batch.attempts > MOST_SENDINGS) return giveUp(deps, turn, "not-sent");
  const lines = await affordable(deps, turn);
  if (lines.length === 0) return giveUp(deps, turn, "over-budget");
  const sent = await writer.send({ key: batch.id, lines, signal });
  switch (sent.kind) {
    case "sent":
      return markSent(deps, batch, sent.remoteId);
    case "later": {
      const { afterMs, reason } = sent;
      deps.log.info({ batch: batch.id, reason, attempts: batch.attempts }, "batch not sent yet");
      const wait = Math.max(afterMs ?? 0, untilNextTurn(batch.state, batch.attempts));
      return deps.store.saveBatch(batch, new Date(deps.clock().getTime() + wait));
    }
    case "refused":
      if (sent.forGood) deps.onNone();
      return giveUp(deps, turn, sent.forGood ? "no-batches" : sent.reason);
    default:
      return sent satisfies never;
  }
}

type Made = { kind: "made"; remoteId: string } | { kind: "not-made" } | { kind: "unknown" };

async function findMade({ log }: TurnDeps, { batch, writer, signal }: Turn): Promise<Made> {
  try {
    const remoteId = await writer.find({ key: batch.id, since: batch.createdAt, signal });
    return remoteId === null ? { kind: "not-made" } : { kind: "made", remoteId };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, details } = toAppError(thrown);
    log.info({ batch: batch.id, code, details }, "batch not looked for");
    return { kind: "unknown" };
  }
}

async function markSent({ clock, log, store }: TurnDeps, batch: Batch, remoteId: string): Promise<void> {
  const now = clock();
  const sent: Batch = { ...batch, state: "sent", remoteId, attempts: 0, sentAt: now };
  await store.saveBatch(sent, new Date(now.getTime() + untilNextTurn("sent", 0)));
  log.info({ batch: batch.id, remoteId }, "batch sent");
}

/** The lines that their payer's budgets have room for; the others are written live, where a lesser writer steps in. */
async function affordable(deps: TurnDeps, { batch, lines }: Turn): Promise<BatchLine[]> {
  const payer = payerOf(batch.channel);
  const found: BatchLine[] = [];
  for (const line of lines) {
    // An earlier turn may have set it aside.
    const { limits: standing } = meterDeps(deps);
    await deps.store.settleBudget({ id: line.id, payer, amount: null, standing, now: deps.clock() });
    try {
      await setAside(meterDeps(deps), { id: line.id, payer, holdMs: HOLD_MS }, line.most);
      found.push(line);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== "writer/over-budget") throw thrown;
      await closeLine(deps, { batch, line, use: null });
    }
  }
  return found;
}

async function look(deps: TurnDeps, turn: Turn, remoteId: string): Promise<void> {
  const { batch, lines, writer, signal } = turn;
  const age = deps.clock().getTime() - (batch.sentAt ?? batch.createdAt).getTime();
  try {
    const found = await writer.collect({ remoteId, lines, signal });
    if (found.kind === "ended") {
      await settleAnswers(deps, { batch, lines, found, signal });
      await deps.store.endBatch(batch.id);
      await writer.discard(remoteId, signal);
      return;
    }
    if (!turn.awaited || age > CALL_OFF_AFTER_MS) await writer.cancel(remoteId, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, details } = toAppError(thrown);
    deps.log[code === "bug" ? "error" : "info"]({ batch: batch.id, code, details }, "batch not looked at");
  }
  if (age > GIVE_UP_AFTER_MS) await giveUp(deps, turn, "too-late");
}

/** Ends a batch that brings nothing: all that waits for it is written live. */
async function giveUp(deps: TurnDeps, { batch, lines }: BatchTurn, reason: string): Promise<void> {
  for (const line of lines) await closeLine(deps, { batch, line, use: null });
  await deps.store.endBatch(batch.id);
  deps.log.warn({ batch: batch.id, lines: lines.length, reason }, "batch given up: written one by one");
}
