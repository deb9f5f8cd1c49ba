import { renderBriefTerminal } from "#src/adapters/console/terminal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiWriter } from "#src/adapters/writer/openai.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import { type Config, readConfig } from "#src/config.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import { AppError } from "#src/core/errors.ts";
import type { Reply } from "#src/core/reply.ts";
import { createLog, type Log } from "#src/log.ts";
import { type BriefWriter, createBriefWriter } from "#src/pipeline/write-brief.ts";
import type { Clock, Platform, Reader, Store, Writer } from "#src/ports.ts";

export const clock: Clock = () => new Date();

/** The writers of the configuration, best first; the last one always answers. */
export function openWriters(config: Config, log: Log): Writer[] {
  const extractive = createExtractiveWriter();
  return config.openai === null ? [extractive] : [createOpenAiWriter({ ...config.openai, log }), extractive];
}

export function openBriefWriter(store: Store, writers: readonly Writer[], log: Log): BriefWriter {
  return createBriefWriter({ store, writers, explain: steppedDownText, clock, log });
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

async function renderFor(platform: "discord" | "slack", reply: Reply): Promise<unknown> {
  if (platform === "discord") return (await import("#src/adapters/discord/render.ts")).renderDiscord(reply);
  return (await import("#src/adapters/slack/render.ts")).renderSlack(reply);
}

/** What `lede brief` needs: the pipeline over a store that is forgotten afterwards. */
export interface Tools {
  store: Store;
  reader: Reader;
  clock: Clock;
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
  const { reader, close } = createReader({ allow: config.fetchAllow });
  return {
    store,
    reader,
    clock,
    writeBrief: openBriefWriter(store, chosenWriters(config, log, writer), log),
    render: renderFor,
    print: renderBriefTerminal,
    close: async () => {
      await close();
      await store.close();
    },
  };
}

function chosenWriters(config: Config, log: Log, only: Writer["name"] | null): Writer[] {
  const writers = openWriters(config, log);
  if (only === null) return writers;
  const chosen = writers.filter((writer) => writer.name === only);
  if (chosen.length > 0) return chosen;
  throw new AppError("config/invalid", {
    say: "The model has no key. Set OPENAI_API_KEY (or OPENAI_BASE_URL and OPENAI_MODEL), or leave out --writer.",
  });
}
