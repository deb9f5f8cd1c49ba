import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiWriter } from "#src/adapters/writer/openai.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import { revisionHash } from "#src/core/article.ts";
import { NOBODY } from "#src/core/budget.ts";
import type { Brief } from "#src/core/brief.ts";
import type { Channel } from "#src/core/channel.ts";
import type { Backfilled } from "#src/core/moderator-app.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import { defaultSettings, workspaceOf } from "#src/core/workspace.ts";
import { createLog } from "#src/log.ts";
import { backfillSubscription } from "#src/pipeline/backfill.ts";
import { createBatches } from "#src/pipeline/batch.ts";
import type { Purse } from "#src/pipeline/budget.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { publishWaiting } from "#src/pipeline/waiting-stories.ts";
import { createBriefWriter } from "#src/pipeline/write-brief.ts";
import type { Judge } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { at, makeArticle } from "#tests/contracts/store-fixtures.ts";
import { startOpenAiPeer } from "#tests/peers/openai/server.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const NEWS: Channel = "discord:1:10";
export const SPORT: Channel = "slack:T1:C1";

const SIGNAL = new AbortController().signal;
const TOWNS = ["Ansel", "Brevik", "Corvo", "Delmar"] as const;

/** How batches are configured. */
type Batching = "on" | "off" | "no-model";

interface Options {
  purse?: Purse;
  judge?: Judge;
  /** Most characters of an article in one call. */
  sectionChars?: number;
}

/** Backfills in batches over a store in a file and a local OpenAI, at times that the test says. */
export async function openBatchDesk(options: Options = {}) {
  const peer = await startOpenAiPeer();
  const folder = await mkdtemp(path.join(tmpdir(), "lede-batch-"));
  const records: string[] = [];
  let now = at(0);
  const clock = (): Date => now;
  let lede = await start("on");

  async function start(batching: Batching) {
    const log = createLog({ level: "info", format: "json" }, { write: (line) => records.push(line) });
    const store = await openSqliteStore({ path: path.join(folder, "lede.sqlite") });
    await store.recover(now);
    const { judge = null, purse = null, sectionChars } = options;
    const model = createOpenAiWriter({
      apiKey: null,
      model: "gpt-5.6-mini",
      baseUrl: peer.url,
      api: "responses",
      ...(sectionChars === undefined ? {} : { sectionChars }),
    });
    const writers = [model, createExtractiveWriter()];
    const writing = { store, judge, purse, clock, log };
    const publishing = {
      ...writing,
      writeBrief: createBriefWriter({ ...writing, writers, explain: steppedDownText }),
      channels: [],
      directory: createDirectory(store, NO_GRANTS),
    };
    const batchWriter = batching === "no-model" ? null : model.batch;
    const batches = createBatches({ ...publishing, batchWriter, isOn: batching === "on" });
    return { store, publishing, batches };
  }

  async function decide(channel: Channel, edit: "add" | "remove"): Promise<string> {
    const workspace = workspaceOf(channel);
    const topic = { id: `topic-${channel}`, workspace, name: "Streets", query: "street" };
    const settings = defaultSettings(workspace);
    const fresh = newSubscription({ channel, topicId: topic.id, now }, settings);
    const value = edit === "add" ? fresh : null;
    await lede.store.change({
      workspace,
      by: "moderator",
      at: now,
      summary: edit,
      seen: null,
      edits: [
        { kind: "topic", id: topic.id, value: topic },
        { kind: "subscription", id: fresh.id, value },
      ],
    });
    await lede.publishing.directory.changed(workspace);
    return fresh.id;
  }

  async function settle(): Promise<void> {
    const { batches, publishing } = lede;
    while ((await publishWaiting(publishing, { signal: SIGNAL })) || (await batches.next(SIGNAL)));
  }

  onTestFinished(async () => {
    await lede.store.close();
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
    if (peer.violations.length > 0) throw new Error(peer.violations.join("\n"));
  });

  return {
    peer,
    records,
    store: (): Store => lede.store,
    /** Takes in articles of as many stories, before anybody subscribes. */
    publish: async (count: number, body = streetText): Promise<string[]> => {
      const stories: string[] = [];
      for (const town of TOWNS.slice(0, count)) {
        const { article } = await lede.store.saveArticle(streetArticle(town, body(town), now));
        stories.push(article.storyId);
      }
      now = new Date(now.getTime() + MINUTE_MS);
      return stories;
    },
    /** Subscribes a channel and asks for the stories before. */
    backfill: async (count: number, channel = NEWS): Promise<Backfilled> => {
      const id = await decide(channel, "add");
      const deps = { ...lede.publishing, batches: lede.batches };
      return backfillSubscription(deps, { workspace: workspaceOf(channel), id, count }, SIGNAL);
    },
    unsubscribe: (channel = NEWS) => decide(channel, "remove"),
    settle,
    /** Lets time pass, in steps of half a minute at the start and longer ones later. */
    pass: async (ms: number): Promise<void> => {
      const until = now.getTime() + ms;
      const step = ms > HOUR_MS ? 10 * MINUTE_MS : MINUTE_MS / 2;
      while (now.getTime() < until) {
        now = new Date(Math.min(until, now.getTime() + step));
        await settle();
      }
    },
    /** Ends this Lede where it stands and starts another on its store. */
    restart: async (batching: Batching = "on"): Promise<void> => {
      await lede.store.close();
      lede = await start(batching);
    },
    /** The briefs of what a channel is owed, in the order of the stories. */
    owed: async (stories: readonly string[], channel = NEWS): Promise<(Brief | null)[]> => {
      const found: (Brief | null)[] = [];
      for (const storyId of stories) {
        const deliveries = await lede.store.storyDeliveries(storyId);
        const delivery = deliveries.find((one) => one.channel === channel);
        const view = delivery === undefined ? null : await lede.store.view(delivery.wanted);
        found.push(view?.kind === "story" ? await lede.store.brief(view.briefId) : null);
      }
      return found;
    },
    /** Somebody asks for the briefs of a story's articles and does not wait. */
    writeNow: async (storyId: string): Promise<void> => {
      const state = await lede.store.storyState(storyId);
      for (const { article, revision } of state?.members ?? [])
        await lede.publishing.writeBrief({
          article,
          revision,
          length: "standard",
          language: null,
          signal: SIGNAL,
        });
    },
    /** The town's article is corrected. */
    revise: (town: (typeof TOWNS)[number], paragraphs: readonly string[]) =>
      lede.store.saveArticle({
        ...streetArticle(town, paragraphs, now),
        compare: () => ({ ranges: [], note: "9 → 8" }),
      }),
    spent: async () => {
      const standing = options.purse?.limits;
      if (standing === undefined) throw new Error("No budget is kept");
      const [all] = await lede.store.budgetState(NOBODY, { standing, now });
      return all?.day;
    },
  };
}

function streetArticle(town: string, paragraphs: readonly string[], now: Date) {
  const id = `article-${town}`;
  const title = `Council of Port ${town} votes to close Harbour Street to cars`;
  return makeArticle({
    id,
    url: `https://${town.toLowerCase()}.example/street`,
    extracted: { ...makeArticle().extracted, title, paragraphs: [...paragraphs], site: `${town} Courier` },
    hash: revisionHash({ title, paragraphs: [...paragraphs] }),
    source: "webhook",
    now,
  });
}

export function streetText(town: string): string[] {
  return [
    `The city council of Port ${town} voted 9 to 4 on Monday to close Harbour Street to cars. The closure begins on 1 May and is planned to last two years.`,
    'Mayor Lena Brandt said the street "belongs to people on foot". Shop owners had asked the council to wait until a parking garage with 320 places is finished.',
    "The work will cost about 2.4 million euros, according to the council's budget office. Two of the four members who voted against it said they would go to court.",
  ];
}
