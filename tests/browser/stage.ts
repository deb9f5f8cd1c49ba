import { PassThrough } from "node:stream";
import { COMMANDS } from "#commands";
import { type ConsolePlatform, createConsole } from "#src/adapters/console/platform.ts";
import { readOpml, writeOpml } from "#src/adapters/web/opml.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { briefReply, NO_KEY } from "#src/core/brief-reply.ts";
import { NO_LIMITS } from "#src/core/budget.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import { createCallQueue } from "#src/pipeline/calls.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { createInbound } from "#src/pipeline/inbound.ts";
import type { CommandDeps } from "#src/pipeline/run-command.ts";
import type { Reader } from "#src/ports.ts";
import { type Newsdesk, openNewsdesk, SILENT } from "#tests/adapters/console/newsdesk.ts";
import { servePage } from "#tests/adapters/console/page.ts";
import { LIBRARY } from "#tests/adapters/console/stories.ts";

/** The console page as Lede serves it, with a newsdesk and the real commands behind it. */
export interface Stage extends Omit<Newsdesk, "deliverTo" | "deliver"> {
  url: string;
  /** Lets the answer to the box's request come; until then there is only progress. */
  finishAnswer: () => void;
  /** Takes the server away, and brings it back on the same port. */
  goAway: () => Promise<void>;
  comeBack: () => Promise<void>;
  close: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const desk = await openNewsdesk();
  const finish = Promise.withResolvers<void>();
  const platform = createConsole({
    store: desk.store,
    clock: () => new Date(),
    out: new PassThrough().resume(),
    color: false,
    log: SILENT,
  });
  desk.deliverTo(platform);
  const web = createReader({ places: [] });
  const deps = commandDeps(desk, platform, web.reader);
  const queue = createCallQueue(deps);
  await platform.start({
    ...createInbound(deps, async (call) => {
      if (call.input.kind === "options") {
        void answer({ call, platform, desk, until: finish.promise });
        return true;
      }
      const isNew = await queue.received(call);
      for (const lane of ["quick", "slow"] as const) void queue.next(lane, AbortSignal.timeout(20_000));
      return isNew;
    }),
    closed: () => undefined,
  });
  let server = await servePage(platform, 0);
  const { port, url } = server;

  return {
    ...desk,
    url,
    finishAnswer: finish.resolve,
    goAway: () => server.close(),
    comeBack: async () => {
      server = await servePage(platform, port);
    },
    close: async () => {
      await platform.stop();
      await server.close();
      await web.close();
      await desk.store.close();
    },
  };
}

/** What commands are run with. Briefs are those the newsdesk wrote. */
function commandDeps(desk: Newsdesk, platform: ConsolePlatform, reader: Reader): CommandDeps {
  const { store } = desk;
  return {
    store,
    reader,
    clock: () => new Date(),
    log: SILENT,
    writeBrief: async ({ article }) => {
      const brief = await store.latestBrief(article.id);
      if (brief === null) throw new AppError("brief/unknown");
      return brief;
    },
    platforms: new Map([["console", platform]]),
    lanes: [],
    models: () => [],
    commands: COMMANDS,
    channels: [CONSOLE_CHANNEL],
    clusters: createClusters(store),
    directory: createDirectory(store, NO_GRANTS),
    opml: { readOpml, writeOpml },
    budgetLimits: NO_LIMITS,
    rates: { commands: null, briefs: null },
    currency: "USD",
    priceOf: () => null,
    wake: (job) => {
      if (job === "deliveries") void desk.deliver();
    },
  };
}

interface Asked {
  call: CommandCall;
  platform: ConsolePlatform;
  desk: Newsdesk;
  until: Promise<void>;
}

/** Stands for reading and writing: progress, then a brief for a text and an error for a link. */
async function answer({ call, platform, desk, until }: Asked): Promise<void> {
  const signal = AbortSignal.timeout(30_000);
  const progress = sentence("Checking every fact against the text…");
  await platform.respond({ call, reply: progress, stage: "progress", signal });
  await until;
  const isText = call.input.kind === "options" && call.input.options["text"] !== undefined;
  const reply = isText
    ? briefReply(await desk.write(LIBRARY), NO_KEY)
    : sentence("The site could not be reached. Check the address, or try again later.", "warning");
  await platform.respond({ call, reply, stage: "final", signal });
}
