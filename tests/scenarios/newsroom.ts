import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { COMMANDS } from "#commands";
import { createDiscord } from "#src/adapters/discord/platform.ts";
import { createSlack } from "#src/adapters/slack/platform.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { readOpml, writeOpml } from "#src/adapters/web/opml.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiWriter } from "#src/adapters/writer/openai.ts";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import type { Entry } from "#src/core/article.ts";
import { NO_LIMITS } from "#src/core/budget.ts";
import { type Channel, channelParts, type PlatformName, toChannel } from "#src/core/channel.ts";
import type { Reply } from "#src/core/reply.ts";
import type { Change } from "#src/core/moderation.ts";
import { createLog } from "#src/log.ts";
import type { AsideBounds } from "#src/pipeline/aside.ts";
import { createBatches } from "#src/pipeline/batch.ts";
import { createCallQueue } from "#src/pipeline/calls.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import type { Grants } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { applyGrants } from "#src/pipeline/grants.ts";
import { createLane, type LaneOptions } from "#src/pipeline/platform-lane.ts";
import { createInbound } from "#src/pipeline/inbound.ts";
import { pipelineJobs } from "#src/pipeline/jobs.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import { createStopgapWriter } from "#src/pipeline/stopgap.ts";
import type { Rates } from "#src/pipeline/rates.ts";
import { createBriefWriter } from "#src/pipeline/write-brief.ts";
import { restModels } from "#src/pipeline/resting-models.ts";
import { startWorker } from "#src/pipeline/worker.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { FetchRequest, Platform, Reader } from "#src/ports.ts";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { startSlackPeer } from "#tests/peers/slack/peer.ts";
import { placesOf } from "#tests/sites.ts";
import { openOutlets } from "./outlets.ts";

const DAY_MS = 86_400_000;
const SIGNAL = new AbortController().signal;
const MOST_STEPS = 5_000;
const NEVER_ASIDE: AsideBounds = { slowMs: 0, most: 0 };

/** Who writes. */
interface Desk {
  model: string;
  /** What sets its prompt apart from that of before. */
  prompt: string;
  /** Whether a model reads each fact once more. */
  judged: boolean;
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>;

/**
 * The whole pipeline in one process over the real clients and local peers, with a clock that a test sets: everything
 * that is due is done before `settle` returns. Unless told otherwise the clock begins eight days back, so that a week fits before now.
 */
export async function openNewsroom({
  outlets: names,
  modelUrl = null,
  allow = [],
  places = [],
  rates = { commands: null, briefs: null },
  lane = {},
  modelWaitMs = null,
  asideBounds = NEVER_ASIDE,
  aheadMs = -8 * DAY_MS,
  givesAll = false,
}: {
  outlets: readonly string[];
  /** How far Lede's clock begins ahead of the platforms'. */
  aheadMs?: number;
  /** Whether the operator's configuration gives the news channels of both platforms everything. */
  givesAll?: boolean;
  /** Where a model is asked, live and for backfills in batches; null asks none. */
  modelUrl?: string | null;
  /** Hosts of a test's own that stand for the public web, as those of the outlets do. */
  allow?: readonly string[];
  /** What the operator lets sources read of private sites: `host:port/path/`. */
  places?: readonly string[];
  /** What one person may do; no limit unless told. */
  rates?: Rates;
  /** How long new posts wait for the model; as long as it takes unless told. */
  modelWaitMs?: number | null;
  /** How deliveries go out; by the newsroom's own clock and without distance unless told. */
  lane?: Partial<LaneOptions>;
  /** How long pages are waited for before other entries go on; unless told, what is done is done before a step ends. */
  asideBounds?: AsideBounds;
}) {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-newsroom-"));
  const sites = await openOutlets(names);
  const discord = await startDiscordPeer();
  const slack = await startSlackPeer({ escapesCommands: true });
  /** Both workspaces may be shown members-only text, unless a test says otherwise. */
  let grants: Grants = {
    workspaces: null,
    members: new Set<Workspace>([`discord:${discord.guilds.main.id}`, `slack:${slack.team.id}`]),
    publishers: new Map(),
  };
  let now = Date.now() + aheadMs;
  const clock = (): Date => new Date(now);
  const discordChannel = (id: string): Channel =>
    toChannel({ platform: "discord", workspace: discord.guilds.main.id, id });
  const slackChannel = (id: string): Channel =>
    toChannel({ platform: "slack", workspace: slack.team.id, id });
  const news = [discordChannel(discord.channels.news.id), slackChannel(slack.channels.news)];
  let desk: Desk = { model: "gpt-5-mini", prompt: "", judged: false };
  /** Lines of the log that tell the operator of an error. */
  const errors: string[] = [];
  let isWorking = false;
  let lede = await startLede();

  async function startLede() {
    const log = createLog({ level: "error", format: "json" }, { write: (line) => void errors.push(line) });
    let wake: (job: string) => void = () => undefined;
    const store = await openSqliteStore({ path: path.join(folder, "lede.sqlite") });
    await store.recover(clock());
    const web = [sites.host, ...allow];
    const { reader: bare, close } = createReader({ places: placesOf(...web, ...places) });
    const reader: Reader = { ...bare, fetchPage: (request) => bare.fetchPage(asIfPublic(web, request)) };
    const chats: Platform[] = [
      createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log }),
      createSlack({
        botToken: slack.botToken,
        connection: { kind: "socket", appToken: slack.appToken },
        apiUrl: slack.apiUrl,
        log,
        clock: () => new Date(),
      }),
    ];
    const model =
      modelUrl === null
        ? null
        : createOpenAiWriter({ apiKey: null, model: desk.model, baseUrl: modelUrl, clock });
    // A released prompt is never edited: another one is another id.
    const models = model === null ? [] : [{ ...model, id: `${model.id}${desk.prompt}` }];
    const writers = [...models, createExtractiveWriter()];
    const judge =
      modelUrl !== null && desk.judged
        ? createOpenAiJudge({ apiKey: null, model: desk.model, baseUrl: modelUrl, clock })
        : null;
    const rested = restModels(writers, clock);
    const writing = { store, writers: rested.writers, judge, explain: steppedDownText, clock, log };
    const patience = { waitMs: () => modelWaitMs ?? 0 };
    const publishing = {
      store,
      clock,
      log,
      writeBrief: createBriefWriter(writing),
      hurry: modelWaitMs === null ? null : { patience, stopgap: createStopgapWriter(writing) },
      channels: givesAll ? news : [],
      directory: createDirectory(store, grants),
    };
    const deps = {
      ...publishing,
      models: rested.states,
      asideBounds,
      batches: createBatches({ ...publishing, batchWriter: model?.batch ?? null, isOn: true }),
      reader,
      platforms: new Map<PlatformName, Platform>(chats.map((chat) => [chat.name, chat])),
      lanes: chats.map((chat) =>
        createLane(chat, { clock, monotonic: () => now, gapMs: 0, tryAfterMs: 0, ...lane }),
      ),
      commands: COMMANDS,
      clusters: createClusters(store),
      opml: { readOpml, writeOpml },
      budgetLimits: NO_LIMITS,
      currency: "USD",
      priceOf: () => null,
      rates,
      wake: (job: string) => wake(job),
    };
    const queue = createCallQueue(deps);
    const bounds = { shortestMs: 60_000, longestMs: 300_000 };
    const politeness = { perHost: 16, gapMs: 0 };
    const poller = createPoller({ ...deps, bounds, politeness, onEntries: () => undefined });
    const jobs = [await applyGrants(deps), ...pipelineJobs(deps, queue)];
    await queue.resume();
    const inbound = { ...createInbound(deps, queue.received), closed: () => undefined };
    for (const chat of chats) await chat.start(inbound);
    return {
      store,
      directory: deps.directory,
      /** Works as the process does, side by side and by itself, until it is stopped. */
      work: () => {
        const worker = startWorker(jobs, log);
        wake = worker.wake;
        return worker;
      },
      chats,
      /** Does one piece of every kind of work; false when there was none. */
      step: async (): Promise<boolean> => {
        let did = await poller.next(SIGNAL);
        if (did) await poller.flush();
        for (const job of jobs) did = (await job.next(SIGNAL, () => undefined)) || did;
        return did;
      },
      stop: async (): Promise<void> => {
        for (const chat of chats) await chat.stop();
        await close();
        await store.close();
      },
    };
  }

  async function settle(): Promise<void> {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) if (!(await lede.step())) return;
    throw new Error("The pipeline never came to rest");
  }

  return {
    clock,
    /** Of the store. */
    file: path.join(folder, "lede.sqlite"),
    errors,
    discord,
    slack,
    outlets: sites.outlets,
    store: () => lede.store,
    /** Makes a change as a moderator's command does. */
    decide: async (change: Change): Promise<void> => {
      await lede.store.change(change);
      await lede.directory.changed(change.workspace);
    },
    /** Puts a message of Lede's own into a channel; returns its id. */
    post: async (channel: Channel, reply: Reply): Promise<string> => {
      const chat = lede.chats.find(({ name }) => name === channelParts(channel).platform);
      const key = randomUUID().slice(0, 24);
      const outcome = await chat?.post({ channel, key, reply, signal: SIGNAL });
      if (outcome?.kind !== "sent") throw new Error("Nothing was posted");
      return outcome.message.id;
    },
    /** Takes an entry in as the webhook does. */
    send: async (id: string, entry: Entry, source = "webhook"): Promise<void> => {
      await lede.store.addWebhook({ source, id, bodyHash: id, entry, now: clock() });
      await settle();
    },
    discordChannel,
    slackChannel,
    settle,
    /** Lets time pass, in steps short enough for whatever becomes due on the way. */
    pass: async (ms: number, stepMs = 5 * 60_000): Promise<void> => {
      const until = now + ms;
      while (now < until) {
        now = Math.min(until, now + stepMs);
        await settle();
      }
    },
    /** Lets the clock go on, and what works by itself work. */
    tick: (ms: number): void => void (now += ms),
    /** Runs commands that were given until the condition holds. */
    answered: async <Found>(find: () => Found | undefined): Promise<Found> => {
      for (let tries = 0; tries < 400; tries += 1) {
        if (!isWorking) await lede.step();
        const found = find();
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error("The command was never answered");
    },
    /** Works by itself until the returned function ends it. */
    work: (): (() => Promise<void>) => {
      const worker = lede.work();
      isWorking = true;
      return async () => {
        await worker.stop(0);
        isWorking = false;
      };
    },
    /** Ends Lede and starts it again on the same data, with what the operator grants now and another desk. */
    restart: async (changes: Partial<Grants> = {}, others: Partial<Desk> = {}): Promise<void> => {
      await lede.stop();
      grants = { ...grants, ...changes };
      desk = { ...desk, ...others };
      lede = await startLede();
    },
    close: async (): Promise<void> => {
      await lede.stop();
      await discord.close();
      await slack.close();
      await sites.close();
      await rm(folder, { recursive: true, force: true });
      const [first] = [...discord.violations, ...slack.violations];
      if (first !== undefined) throw new Error(`A platform would complain: ${JSON.stringify(first)}`);
    },
  };
}

/** What stands for the public web lies on loopback, where a member's link leads nowhere. */
function asIfPublic(web: readonly string[], request: FetchRequest): FetchRequest {
  return web.includes(URL.parse(request.url)?.host ?? "") ? { ...request, by: "moderator" } : request;
}
