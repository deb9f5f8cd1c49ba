import { Env } from "#src/config.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WAIT_MS = 60_000;
/** How long a thing that must not come is waited for. */
const QUIET_MS = 600;
export const WEBHOOK_SECRET = "whsec_ZTJlLXRlc3RzLW9mLWxlZGUtc2VjcmV0IQ==";

export type Environment = Readonly<Record<string, string>>;

interface Given {
  stdin?: string;
  /** The account it runs as; left out, that of the tests. */
  uid?: number;
}

/** One running Lede, as its operator sees it. */
interface Lede {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** Settles when standard output and error together show it; throws with both when the process ends or time is up. */
  shows: (wanted: RegExp) => Promise<RegExpExecArray>;
  /** Address of the page, from the banner. */
  page: () => Promise<string>;
  /** A cookie that is signed in, by an address of `lede page-link`. */
  signIn: () => Promise<string>;
  /** Ends it at once, as a power cut would. */
  kill: () => Promise<void>;
  ended: Promise<Ended>;
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Site {
  /** `host:port`; with a path behind it an entry of LEDE_FETCH_ALLOW. */
  host: string;
  url: (page: string) => string;
}

type Close = () => Promise<unknown>;

/** Starts Ledes and what they talk to; `close` ends all of it, children first. */
export function createStage() {
  const children: Lede[] = [];
  const closers: Close[] = [];

  function run(args: readonly string[], env: Environment, given: Given = {}): Lede {
    const lede = spawnLede(args, env, given);
    children.push(lede);
    return lede;
  }

  return {
    run,
    /** What `lede page-link` prints for the Lede on this data folder. */
    pageLinks,
    start: (env: Environment, given: Given = {}): Lede => run(["start"], env, given),
    /** `npm start` as somebody types it in a terminal. */
    npmStart(env: Environment): Typed {
      const typed = npmStart(env);
      closers.push(typed.stop);
      return typed;
    },
    async dataDir(): Promise<string> {
      const dir = await mkdtemp(path.join(tmpdir(), "lede-e2e-"));
      closers.push(() => rm(dir, { recursive: true, force: true }));
      return dir;
    },
    closing<T>(thing: T, close: (thing: T) => Promise<unknown>): T {
      closers.push(() => close(thing));
      return thing;
    },
    async site(pages: Readonly<Record<string, string>>): Promise<Site> {
      const site = await serve(pages);
      closers.push(site.close);
      return site;
    },
    async close(): Promise<void> {
      await Promise.all(children.splice(0).map((lede) => lede.kill()));
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

interface Typed {
  /** The address that the start prints for a click. */
  pageLink: () => Promise<string>;
  /** Presses Ctrl-C, and waits for the end. */
  stop: () => Promise<void>;
}

/** `script` of util-linux gives it a terminal, which a child of a test has not. */
function npmStart(env: Environment): Typed {
  const child = spawn("script", ["--quiet", "--return", "--command", "npm start", "/dev/null"], {
    cwd: ROOT,
    env: { ...inheritedEnv(), HOME: process.env["HOME"], ...env },
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close");
  return {
    pageLink: () =>
      until(
        () => /Page\s+(http:\/\/\S+\?ticket=[\w-]+)/.exec(out)?.[1],
        () => `No address in:\n${out}`,
      ),
    async stop() {
      if (child.exitCode !== null) return;
      child.stdin.write("\u0003");
      await ended;
    },
  };
}

/** Not the whole environment, and nothing of `.env`: a token of the person who runs the tests must not reach a real platform. */
function inheritedEnv() {
  const unset = Object.fromEntries(Object.keys(Env.shape).map((name) => [name, ""]));
  return { ...unset, PATH: process.env["PATH"], LEDE_PORT: "0", LEDE_LOG_LEVEL: "info", NO_COLOR: "1" };
}

async function pageLinks(env: Environment): Promise<string[]> {
  const { out, err } = await spawnLede(["page-link"], env, {}).ended;
  if (out === "") throw new Error(err);
  return out.trim().split("\n");
}

/** Opens an address that signs in, as a browser does, and returns the cookie; null when none was set. */
export async function openLink(link: string): Promise<string | null> {
  const answer = await fetch(link, { redirect: "manual", headers: { accept: "text/html" } });
  await answer.text();
  return answer.headers.get("set-cookie")?.split(";")[0] ?? null;
}

function spawnLede(args: readonly string[], env: Environment, { stdin = "", uid }: Given): Lede {
  const child = spawn(process.execPath, ["src/lede.js", ...args], {
    cwd: ROOT,
    ...(uid === undefined ? {} : { uid }),
    env: { ...inheritedEnv(), ...env },
  });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.err += chunk));
  child.stdin.on("error", () => undefined).end(stdin);
  const ended = once(child, "close").then(() => ({ code: child.exitCode, ...text }));

  async function shows(wanted: RegExp): Promise<RegExpExecArray> {
    return until(
      () => wanted.exec(`${text.out}\n${text.err}`) ?? undefined,
      () => `${wanted} is not in:\n${text.out}\n${text.err}`,
    );
  }

  return {
    child,
    out: () => text.out,
    err: () => text.err,
    shows,
    page: async () => (await shows(/Page\s+(http:\/\/\S+?)\/?\s/))[1] ?? "",
    async signIn() {
      await shows(/Page\s+http/);
      const [link = ""] = await pageLinks(env);
      const cookie = await openLink(link);
      if (cookie === null) throw new Error(`${link} did not sign in`);
      return cookie;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    ended,
  };
}

async function serve(pages: Readonly<Record<string, string>>): Promise<Site & { close: Close }> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page ?? "<html><body><h1>Not found</h1></body></html>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: (page) => `http://${host}${page}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Looks until `find` returns something; throws what `problem` says when time is up. */
export async function until<T>(
  find: () => T | undefined | Promise<T | undefined>,
  problem: () => string,
): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(problem());
    await pause(25);
  }
}

/** Leaves time for a second copy to come. */
export async function quiet(): Promise<void> {
  await pause(QUIET_MS);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

interface Publication {
  id: string;
  url?: string;
  headline: string;
  articleBody: string;
}

/** Publishes one article as a signed webhook. Returns the status of the answer. */
export async function publish(
  lede: Lede,
  { id, ...article }: Publication,
  secret = WEBHOOK_SECRET,
): Promise<number> {
  const at = new Date();
  const body = JSON.stringify(article);
  const answer = await fetch(`${await lede.page()}/v1/articles`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
  });
  await answer.arrayBuffer();
  return answer.status;
}
