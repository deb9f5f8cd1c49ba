import fc from "fast-check";
import { expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Channel } from "#src/core/channel.ts";
import type { WriterMark } from "#src/core/brief.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import type { Reply } from "#src/core/reply.ts";
import { createLog } from "#src/log.ts";
import { type DeliverDeps, deliverNext } from "#src/pipeline/deliver.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { createLane, type PlatformLane } from "#src/pipeline/platform-lane.ts";
import { publishStory, type PublishStoryDeps } from "#src/pipeline/publish-story.ts";
import { publishWaiting } from "#src/pipeline/waiting-stories.ts";
import type { BriefWriter } from "#src/pipeline/write-brief.ts";
import type { Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { at, makeArticle, makeBrief } from "#tests/contracts/store-fixtures.ts";

const CHANNELS: readonly Channel[] = ["discord:1:1", "discord:1:2"];
const SIGNAL = new AbortController().signal;
const LOG = createLog({ level: "silent", format: "json" });
/** More than any delivery needs to come to its end. */
const MOST_STEPS = 200;

type Event = "correct" | "take back" | "publish again";
/** What becomes of one call of the platform: nothing comes of "refused", nobody hears of "lost". */
type Fate = "works" | "refused" | "lost";
/** Whether the process dies before it stores how an attempt ended. */
type End = "stored" | "dies";

const Events = fc.array(fc.constantFrom<Event>("correct", "take back", "publish again"), {
  minLength: 1,
  maxLength: 4,
});
const Fates = fc.array(fc.constantFrom<Fate>("works", "works", "refused", "lost"), { maxLength: 8 });
const Ends = fc.array(fc.constantFrom<End>("stored", "stored", "dies"), { maxLength: 6 });
/** Whether the model is so slow that each publication goes out, or waits, without its words. */
const Run = fc.record({ events: Events, fates: Fates, ends: Ends, isSlow: fc.boolean() });

interface Shown {
  key: string;
  text: string;
}

/** Channels of a platform that holds what it was told, whatever it answers. */
function createChannels(fates: Fate[], turn: () => Promise<void>) {
  const messages = new Map<string, Shown>();
  const textOf = (reply: Reply): string => JSON.stringify(reply);

  async function meet(change: () => MessageRef, lost: Outcome): Promise<Outcome> {
    await turn();
    const fate = fates.shift() ?? "works";
    if (fate === "refused") return { kind: "retry", code: "platform/unavailable", afterMs: 0 };
    const message = change();
    await turn();
    return fate === "lost" ? lost : { kind: "sent", message };
  }

  const platform: Pick<Platform, "post" | "update" | "find" | "time"> = {
    post: ({ channel, key, reply }) =>
      meet(
        () => {
          const id = `${channel}#${messages.size}`;
          messages.set(id, { key, text: textOf(reply) });
          return { channel, id };
        },
        { kind: "uncertain", code: "platform/uncertain" },
      ),
    update: ({ message, reply }) =>
      meet(
        () => {
          const before = messages.get(message.id);
          messages.set(message.id, { key: before?.key ?? "", text: textOf(reply) });
          return message;
        },
        { kind: "retry", code: "platform/unavailable", afterMs: 0 },
      ),
    time: () => new Date(),
    find: async ({ channel, key }) => {
      await turn();
      const id = [...messages].find(([, shown]) => shown.key === key)?.[0];
      return id === undefined ? null : { channel, id };
    },
  };
  return { messages, platform };
}

/** The store, with each of its uses in an order that the schedule decides. */
function inTurns(store: Store, turn: () => Promise<void>, ends: End[]): Store {
  return new Proxy(store, {
    get: (target, name, receiver) => {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return async (...given: unknown[]): Promise<unknown> => {
        await turn();
        if (name === "settleDelivery" && ends.shift() === "dies") throw new Error("The process died");
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
}

test("in whatever order claims, posts, corrections, take-backs and crashes meet, each channel ends with what is true, once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), Run, async (schedule, { ends, events, fates, isSlow }) => {
      const store = await openSqliteStore({ path: ":memory:" });
      try {
        let isOver = false;
        const turn = (): Promise<void> => (isOver ? Promise.resolve() : schedule.schedule(Promise.resolve()));
        const { messages, platform } = createChannels([...fates], turn);
        let minute = 0;
        const inOrder = inTurns(store, turn, [...ends]);
        const deps = {
          store: inOrder,
          directory: createDirectory(store, NO_GRANTS),
          writeBrief: writerOf(store),
          channels: CHANNELS,
          clock: () => at(minute),
          log: LOG,
          lost: () => Promise.resolve(),
          gaveUp: () => Promise.resolve(),
        };
        const publishing = isSlow ? { ...deps, ...slowModel(store) } : deps;
        const chat = { name: "discord", ...platform } as Platform;
        const lane = createLane(chat, {
          clock: deps.clock,
          monotonic: () => minute * 60_000,
          gapMs: 0,
          tryAfterMs: 0,
        });
        const { article } = await store.saveArticle(makeArticle({ id: "a", hash: "0", source: "webhook" }));
        const write = async (): Promise<void> => {
          await publishStory(publishing, article.storyId, SIGNAL);
          for (const event of events) {
            await happen(store, event, ++minute);
            await publishStory(publishing, article.storyId, SIGNAL);
          }
        };
        const finish = async (): Promise<void> => {
          for (let tries = 0; tries < 4; tries += 1)
            await publishWaiting(deps, { signal: SIGNAL }).catch(() => false);
        };
        const run = async (): Promise<void> => {
          for (let tries = 0; tries < 12; tries += 1)
            await deliverNext(deps, lane, { signal: SIGNAL }).catch(() => false);
        };
        await schedule.waitFor(Promise.all([write(), run(), run(), finish()]));
        isOver = true;
        await comeToRest({ ...deps, store }, lane, (later) => (minute += later));
        const texts = CHANNELS.map((channel) =>
          [...messages].filter(([id]) => id.startsWith(`${channel}#`)).map(([, { text }]) => text),
        );
        for (const shown of texts) expect(shown.length).toBeLessThanOrEqual(1);
        const known = await store.article("a");
        // One that stands shows its newest text, and one that was taken back no text at all.
        const wanted = known?.unpublishedAt === null ? [`Text ${known.latest}.`] : [];
        for (const [text = ""] of texts) {
          expect(text.match(/Text \d+\./g) ?? []).toEqual(wanted);
          // What was to stand for a while does not stand for ever.
          expect(text).not.toContain("until the model's brief is there");
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: RUNS },
  );
});

/** Some seconds; with this many each of the ways that were ever wrong was found again. */
const RUNS = 100;

/** Nobody who publishes has the model's words in time. */
function slowModel(store: Store): Pick<PublishStoryDeps, "writeBrief" | "hurry"> {
  const stopgap = writerOf(store, { stopgap: true });
  return {
    writeBrief: () => new Promise(() => undefined),
    hurry: { patience: { waitMs: () => 0 }, stopgap },
  };
}

function writerOf(store: Store, mark: Partial<WriterMark> = {}): BriefWriter {
  return async ({ article, revision }) => {
    const summary = `Text ${revision.number}.`;
    const brief = makeBrief({
      id: `brief-${revision.number}${mark.stopgap === true ? "-stopgap" : ""}`,
      articleId: article.id,
      revision: revision.number,
      summary,
      writer: { name: "extractive", model: null, steppedDown: null, ...mark },
    });
    await store.saveBrief(`key-${brief.id}`, brief);
    return brief;
  };
}

async function happen(store: Store, event: Event, minute: number): Promise<void> {
  const now = at(minute);
  if (event === "take back") await store.unpublish({ articleId: "a", now, by: "publisher" });
  else {
    const compare = () => ({ note: "", ranges: [] });
    await store.saveArticle(makeArticle({ id: "a", hash: `${minute}`, source: "webhook", now, compare }));
  }
}

/** What a start does with what was in work, and then all that is due. */
async function comeToRest(
  deps: DeliverDeps & PublishStoryDeps,
  lane: PlatformLane,
  pass: (minutes: number) => void,
): Promise<void> {
  pass(1);
  await deps.store.recover(deps.clock());
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    pass(20);
    const isTold = await publishWaiting(deps, { signal: SIGNAL });
    const isReleased = (await deps.store.releaseHeld(deps.clock())) > 0;
    if (!(await deliverNext(deps, lane, { signal: SIGNAL })) && !isReleased && !isTold) return;
  }
  throw new Error("The deliveries never came to rest");
}
