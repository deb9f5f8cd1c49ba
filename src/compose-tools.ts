import { existsSync } from "node:fs";
import path from "node:path";
import { renderBriefTerminal } from "#src/adapters/console/terminal.ts";
import { createRate } from "#src/adapters/rates/memory.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiWriter, SECTION_CHARS } from "#src/adapters/writer/openai.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import { readPrices } from "#src/adapters/writer/price-file.ts";
import { readHouseStyle } from "#src/adapters/writer/style-file.ts";
import { type Config, readConfig } from "#src/config.ts";
import { publishersOf } from "#src/config-publishers.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import type { StandingLimits } from "#src/core/budget.ts";
import { withDefaultDay } from "#src/core/default-budget.ts";
import { AppError } from "#src/core/errors.ts";
import { type Grants, NO_GRANTS } from "#src/core/operator.ts";
import { costOf, OPENAI_PRICES, type Prices, withOpenAiPrices } from "#src/core/pricing.ts";
import type { Reply } from "#src/core/reply.ts";
import { createLog, type Log } from "#src/log.ts";
import { type Clusters, createClusters } from "#src/pipeline/clusters.ts";
import { createLane, type PlatformLane } from "#src/pipeline/platform-lane.ts";
import type { Rates } from "#src/pipeline/rates.ts";
import { createPatience } from "#src/pipeline/patience.ts";
import { type RestingModels, restModels } from "#src/pipeline/resting-models.ts";
import { createStopgapWriter } from "#src/pipeline/stopgap.ts";
import type { Hurry } from "#src/pipeline/tell-in-time.ts";
import { type BriefWriter, createBriefWriter, type WriteDeps } from "#src/pipeline/write-brief.ts";
import type { BatchWriter, Clock, Platform, Reader, Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** What the configuration grants to whom. */
export function grantsOf({ operator, publishers }: Config): Grants {
  const { membersWorkspaces, workspaces } = operator;
  return {
    workspaces: workspaces === null ? null : new Set(workspaces),
    members: new Set(membersWorkspaces),
    publishers: publishersOf(publishers),
  };
}

export const clock: Clock = () => new Date();

/** The store in the data folder, for this process alone. Throws what `openSqliteStore` does. */
export function openStore({ backups, dataDir, key }: Config): Promise<Store> {
  return openSqliteStore({ path: dataFileIn(dataDir), key, backups });
}

export function dataFileIn(dataDir: string): string {
  return path.join(dataDir, "lede.sqlite");
}

/** The data file of a Lede that ran there. Throws AppError `config/invalid` where none did. */
export function knownDataFile(dataDir: string): string {
  const file = dataFileIn(dataDir);
  if (existsSync(file)) return file;
  const say = `There is no store in ${dataDir}. Run this in the folder that Lede runs in, or check LEDE_DATA.`;
  throw new AppError("config/invalid", { say });
}

/** Everything briefs are written with. */
export type WritingDesk = Pick<WriteDeps, "writers" | "judge" | "style" | "purse">;

/** The desk with the first model's batches; null where no model is asked. */
type DeskWithBatches = WritingDesk & { batchWriter: BatchWriter | null };

/** The writers of the configuration, best first, with house style, budget and second reader. Throws AppError `config/invalid`. */
export function openDesk(config: Config, log: Log): DeskWithBatches {
  const { openai, writing } = config;
  const style = writing.houseStyle === null ? null : readHouseStyle(writing.houseStyle);
  const prices = pricesOf(config);
  const { effort, tier, fallbackModel } = writing;
  const sectionChars = writing.sectionChars ?? SECTION_CHARS;
  const models = openai === null ? [] : [openai.model, ...(fallbackModel === null ? [] : [fallbackModel])];
  const server = openai === null ? null : { ...openai, effort, tier, log };
  const openAi = (server === null ? [] : models).map((model) =>
    createOpenAiWriter({ apiKey: null, baseUrl: null, ...server, model, style, sectionChars }),
  );
  return {
    writers: [...openAi, createExtractiveWriter()],
    batchWriter: openAi[0]?.batch ?? null,
    judge: server !== null && writing.secondReading ? createOpenAiJudge(server) : null,
    style,
    purse: { prices, limits: openLimits(config) },
  };
}

/** What all of Lede and one person of it may spend. */
export function openLimits(config: Config): StandingLimits {
  const { openai, people, writing } = config;
  const models = [openai?.model, openai === null ? null : writing.fallbackModel].filter((one) => one != null);
  const prices = pricesOf(config);
  const limits = writing.dayIsLimited ? writing.limits : withDefaultDay(writing.limits, { models, prices });
  return { ...limits, personPercent: people.budgetPercent };
}

/** What a number of tokens costs the first model, in words; null where its price is not known. */
export function openPrices(config: Config): (tokens: number) => string | null {
  const { openai } = config;
  const prices = pricesOf(config);
  return (tokens) => {
    const cost =
      openai === null
        ? null
        : costOf(
            {
              model: openai.model,
              inputTokens: tokens,
              cachedTokens: 0,
              cacheWriteTokens: 0,
              outputTokens: 0,
              tier: null,
            },
            prices,
          );
    return cost === null ? null : `${(cost / 1_000_000).toFixed(2)} ${prices.currency}`;
  };
}

/** Code of the price list's currency. */
export function currencyOf(config: Config): string {
  return pricesOf(config).currency;
}

function pricesOf({ writing }: Config): Prices {
  return writing.prices === null ? OPENAI_PRICES : withOpenAiPrices(readPrices(writing.prices));
}

const TEN_MINUTES_S = 600;
const MINUTE_S = 60;

/** What one person may do in a time. */
export function openRates({ people: { briefs, commands } }: Config): Rates {
  return {
    commands: commands === null ? null : createRate({ most: commands, seconds: TEN_MINUTES_S }),
    briefs: briefs === null ? null : createRate({ most: briefs, seconds: MINUTE_S }),
  };
}

/** Who writes what is published, and how long it waits for a model. */
export function openPublishingDesk(
  { store, log, modelWaitMs }: { store: Store; log: Log; modelWaitMs: number | null },
  desk: WritingDesk,
): { writeBrief: BriefWriter; hurry: Hurry; models: RestingModels["states"] } {
  const patience = createPatience({ fixedMs: modelWaitMs, monotonic: () => performance.now() });
  const { states: models, writers } = restModels(desk.writers, clock);
  const deps = { ...desk, writers, store, explain: steppedDownText, clock, log, patience };
  const hurry = { patience, stopgap: createStopgapWriter(deps) };
  return { writeBrief: createBriefWriter(deps), hurry, models };
}

/**
 * The chat platforms of the configuration; the console is always there and is opened with its page. Each client is
 * loaded only where it is used: the two cost most of the time and memory of a start.
 */
export async function openChats(config: Config, log: Log): Promise<Platform[]> {
  const chats: Platform[] = [];
  if (config.discord !== null) {
    const { createDiscord } = await import("#src/adapters/discord/platform.ts");
    chats.push(createDiscord({ ...config.discord, log }));
  }
  if (config.slack !== null) {
    const { createSlack } = await import("#src/adapters/slack/platform.ts");
    chats.push(createSlack({ ...config.slack, log, clock }));
  }
  return chats;
}

/** The least time between two new posts of a channel, in milliseconds: Slack takes one a second; Discord's client keeps its limits. */
const POST_GAP_MS = { discord: 0, slack: 1_000, console: 0 } as const;

/** Each platform's way out. */
export function openLanes(platforms: readonly Platform[]): PlatformLane[] {
  const monotonic = (): number => performance.now();
  return platforms.map((platform) =>
    createLane(platform, { clock, monotonic, gapMs: POST_GAP_MS[platform.name] }),
  );
}

async function renderFor(platform: "discord" | "slack", reply: Reply): Promise<unknown> {
  if (platform === "discord") return (await import("#src/adapters/discord/render.ts")).renderDiscord(reply);
  return (await import("#src/adapters/slack/render.ts")).renderSlack(reply);
}

/** What `lede brief` needs: the pipeline over a store that is forgotten afterwards. */
export interface Tools {
  store: Store;
  reader: Reader;
  clock: Clock;
  clusters: Clusters;
  directory: { grants: Grants };
  writeBrief: BriefWriter;
  /** The exact payload a platform would be sent. */
  render: (platform: "discord" | "slack", reply: Reply) => Promise<unknown>;
  /** For a person at a terminal, evidence included. */
  print: (view: BriefView) => string;
  close: () => Promise<void>;
}

/** Throws AppError `config/invalid`. */
export async function openTools({ writer }: { writer: Writer["name"] | null }): Promise<Tools> {
  const config = readConfig();
  const log = createLog({ level: config.logLevel ?? "silent", format: "text" });
  const store = await openSqliteStore({ path: ":memory:" });
  const { reader, close } = createReader({ places: config.fetchAllow });
  return {
    store,
    reader,
    clock,
    clusters: createClusters(store),
    directory: { grants: NO_GRANTS },
    writeBrief: openPublishingDesk({ store, log, modelWaitMs: null }, withOnly(openDesk(config, log), writer))
      .writeBrief,
    render: renderFor,
    print: renderBriefTerminal,
    close: async () => {
      await close();
      await store.close();
    },
  };
}

function withOnly(desk: WritingDesk, only: Writer["name"] | null): WritingDesk {
  const writers = desk.writers.filter(({ name }) => only === null || name === only);
  if (writers.length > 0) return { ...desk, writers };
  throw new AppError("config/invalid", {
    say: "The model has no key. Set OPENAI_API_KEY (or OPENAI_BASE_URL and OPENAI_MODEL), or leave out --writer.",
  });
}
