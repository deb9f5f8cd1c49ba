import { makeInbound } from "#tests/inbound.ts";
import { PassThrough } from "node:stream";
import { Hono } from "hono";
import { type ConsolePlatform, createConsole } from "#src/adapters/console/platform.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { briefReply, NO_KEY } from "#src/core/brief-reply.ts";
import type { CommandCall } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";
import { LIBRARY, type Newsdesk, openNewsdesk, SILENT } from "#tests/adapters/console/newsdesk.ts";

/** The console page as Lede serves it, with a newsdesk behind it. */
export interface Stage {
  publish: Newsdesk["publish"];
  url: string;
  /** Lets the answer to a command come; until then there is only progress. */
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
  await platform.start(
    makeInbound({
      received: (call) => {
        void answer({ call, platform, desk, until: finish.promise });
        return Promise.resolve(true);
      },
    }),
  );
  let server = await serve(platform, 0);
  const { port, url } = server;

  return {
    publish: desk.publish,
    url,
    finishAnswer: finish.resolve,
    goAway: () => server.close(),
    comeBack: async () => {
      server = await serve(platform, port);
    },
    close: async () => {
      await platform.stop();
      await server.close();
      await desk.store.close();
    },
  };
}

function serve(platform: ConsolePlatform, port: number): Promise<WebServer> {
  const routes = composeRoutes({
    host: "127.0.0.1",
    token: "",
    log: SILENT,
    signed: [],
    health: new Hono(),
    open: [],
    page: platform.pageRoutes(new Hono()),
  });
  return createWebServer({ host: "127.0.0.1", port, portTries: 1, log: SILENT }, routes);
}

interface Asked {
  call: CommandCall;
  platform: ConsolePlatform;
  desk: Newsdesk;
  until: Promise<void>;
}

/** Stands for the rest of Lede: progress, then a brief for a text and an error for a link. */
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
