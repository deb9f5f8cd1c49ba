import { digest } from "#src/core/article.ts";
import type { Amount } from "#src/core/budget.ts";
import { channelParts } from "#src/core/channel.ts";
import { toAppError } from "#src/core/errors.ts";
import type { FeedPoll } from "#src/core/feed-poll.ts";
import type { Clock, Platform, Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Figures } from "./figures.ts";

/** Money is stored in millionths. */
const MILLIONTHS = 1_000_000;

/** The same store; what is settled in it is counted once it is. */
export function watchStore(store: Store, figures: Figures, clock: Clock): Store {
  const begun = new Map<string, number>();
  return {
    ...store,
    claimEntry: async (...claim) => {
      const queued = await store.claimEntry(...claim);
      if (queued !== null) begun.set(queued.token, performance.now());
      return queued;
    },
    settleEntry: async (queued, result) => {
      const since = begun.get(queued.token);
      begun.delete(queued.token);
      await store.settleEntry(queued, result);
      figures.entries.inc({ result: result.kind });
      if (since !== undefined && result.kind === "done")
        figures.entrySeconds.observe((performance.now() - since) / 1000);
    },
    savePolls: async (polls, now) => {
      const saved = await store.savePolls(polls, now);
      for (const poll of polls) figures.polls.inc({ result: pollResult(poll) });
      return saved;
    },
    saveBrief: async (cacheKey, brief) => {
      await store.saveBrief(cacheKey, brief);
      // Under its own key once; what it is kept under beside that is no other brief.
      if (brief.id !== digest(cacheKey)) return;
      for (const { reason, rule } of brief.dropped) figures.dropped.inc({ reason, rule: rule ?? "" });
    },
    settleDelivery: async (claimed, settled) => {
      const kept = await store.settleDelivery(claimed, settled);
      const { channel, message, queuedAt } = claimed.delivery;
      const { platform } = channelParts(channel);
      figures.deliveries.inc({ platform, state: settled.state });
      if (kept && message === null && settled.state === "sent")
        figures.postSeconds.observe({ platform }, secondsSince(queuedAt, clock()));
      return kept;
    },
    receiveCall: async (call) => {
      const isNew = await store.receiveCall(call);
      const { platform } = call.caller;
      if (isNew) figures.ackSeconds.observe({ platform }, secondsSince(call.receivedAt, clock()));
      return isNew;
    },
    settleBudget: async (settled) => {
      await store.settleBudget(settled);
      countSpent(figures, settled.amount);
    },
    closeLine: async (settled) => {
      const closed = await store.closeLine(settled);
      if (closed) countSpent(figures, settled.amount);
      return closed;
    },
  };
}

/** The same platform; each of its requests is counted with what came of it. */
export function watchPlatform(platform: Platform, figures: Figures): Platform {
  const { name } = platform;
  async function counted<Done>(
    call: string,
    work: Promise<Done>,
    outcomeOf: (done: Done) => string,
  ): Promise<Done> {
    const end = figures.requestSeconds.startTimer({ platform: name, call });
    try {
      const done = await work;
      figures.requests.inc({ platform: name, call, outcome: outcomeOf(done) });
      return done;
    } catch (error) {
      figures.requests.inc({ platform: name, call, outcome: toAppError(error).code });
      throw error;
    } finally {
      end();
    }
  }
  return {
    ...platform,
    post: (request) => counted("post", platform.post(request), outcomeWord),
    update: (request) => counted("update", platform.update(request), outcomeWord),
    find: (request) =>
      counted("find", platform.find(request), (found) => (found === null ? "none" : "found")),
    respond: (request) => counted("respond", platform.respond(request), () => "sent"),
  };
}

/** The same writer; where it asks a model, each draft is counted. */
export function watchWriter(writer: Writer, figures: Figures): Writer {
  const { model } = writer;
  if (model === null) return writer;
  return {
    ...writer,
    write: async (request) => {
      const end = figures.modelSeconds.startTimer({ model });
      try {
        const written = await writer.write(request);
        figures.modelCalls.inc({ model, outcome: "written" });
        return written;
      } catch (error) {
        figures.modelCalls.inc({ model, outcome: toAppError(error).code });
        throw error;
      } finally {
        end();
      }
    },
  };
}

function outcomeWord(outcome: Awaited<ReturnType<Platform["post"]>>): string {
  return outcome.kind === "sent" ? "sent" : outcome.code;
}

function pollResult({ feed, kind }: FeedPoll): string {
  if (feed.failures > 0) return "failed";
  return kind === "read" ? "read" : "unchanged";
}

function countSpent(figures: Figures, amount: Amount | null): void {
  if (amount === null) return;
  figures.tokens.inc(amount.tokens);
  figures.cost.inc(amount.money / MILLIONTHS);
}

function secondsSince(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / 1000);
}
