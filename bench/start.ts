import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { generateArticle } from "./articles.ts";
import { percentile, type Table, toRatio } from "./figures.ts";

const STARTS = 5;
const START_TIMEOUT_MS = 30_000;
const ARTICLES = 1_000;
const SENDERS = 8;
const ARTICLES_TIMEOUT_MS = 90_000;
/** Long enough for what the start left behind to be collected. */
const IDLE_MS = 3_000;
const POLL_MS = 250;
const METRICS_TOKEN = "benchmarks-read-this";
const SECRET = "whsec_bGVkZSBiZW5jaG1hcmsgc2VjcmV0IG9mIHdvcmRz";
const PROGRAM = path.join(import.meta.dirname, "..", "src", "lede.js");

const Ready = z.object({
  entries: z.record(z.string(), z.number()),
  deliveries: z.record(z.string(), z.number()),
});

/** From the process's start to the line with the page's address, beside a Node that does nothing. */
export async function measureStart(folder: string): Promise<Table> {
  const starts: number[] = [];
  const bare: number[] = [];
  for (let number = 0; number < STARTS; number += 1) {
    bare.push(await bareStart());
    const lede = await startLede({ LEDE_DATA: path.join(folder, `start-${number}`) });
    starts.push(lede.readyMs);
    await lede.stop();
  }
  const [ready, floor] = [percentile(starts, 0.5), percentile(bare, 0.5)];
  return {
    title: `2. Start to ready, empty data folder (median of ${STARTS})`,
    head: ["", "ms"],
    rows: [
      ["lede start -> page address printed", ready.toFixed(0)],
      ["floor: node -e 0", floor.toFixed(0)],
      ["ratio", toRatio(ready, floor)],
    ],
    note: "The floor is the start and end of the same Node without a program.",
  };
}

/** Resident memory of `lede start`, idle and after articles came in through its webhook. */
export async function measureMemory(folder: string): Promise<Table> {
  const lede = await startLede({
    LEDE_DATA: path.join(folder, "memory"),
    LEDE_WEBHOOK_SECRET: SECRET,
    LEDE_METRICS_TOKEN: METRICS_TOKEN,
  });
  try {
    await sleep(IDLE_MS);
    const idle = await residentMemory(lede.pid);
    const webhook = /Webhook\s+(http\S+)/.exec(lede.banner)?.[1];
    if (webhook === undefined) throw new Error("The banner names no webhook.");
    const began = performance.now();
    await publishAll(webhook);
    await untilDone(new URL("/readyz", webhook).href);
    const seconds = (performance.now() - began) / 1_000;
    const after = await residentMemory(lede.pid);
    return {
      title: "3. Resident memory of lede start",
      head: ["", "MiB"],
      rows: [
        ["idle", idle],
        [`after ${ARTICLES} articles`, after],
      ],
      note: `The ${ARTICLES} articles were received, briefed and shown on the page in ${seconds.toFixed(1)} s.`,
    };
  } finally {
    await lede.stop();
  }
}

async function bareStart(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
  await once(child, "exit");
  return performance.now() - began;
}

interface Running {
  readyMs: number;
  banner: string;
  pid: number;
  stop: () => Promise<void>;
}

async function startLede(settings: Record<string, string>): Promise<Running> {
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, "start"], {
    // A clean environment: a token in the operator's own must not connect a benchmark to a real chat.
    env: { PATH: process.env["PATH"], NO_COLOR: "1", LEDE_PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  const ready = Promise.withResolvers<{ readyMs: number; banner: string }>();
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (printed.includes("Ctrl-C")) return;
    printed += chunk;
    if (!printed.includes("Ctrl-C")) return;
    ready.resolve({ readyMs: performance.now() - began, banner: printed });
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
  const failed = exited.then(() => {
    throw new Error("lede start ended before it was ready.");
  });
  failed.catch(() => undefined);
  const { readyMs, banner } = await Promise.race([ready.promise, failed]);
  clearTimeout(timer);
  return {
    readyMs,
    banner,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function publishAll(webhook: string): Promise<void> {
  const key = new Webhook(SECRET);
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < ARTICLES) {
      const number = next;
      next += 1;
      await publish(webhook, key, number);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

async function publish(webhook: string, key: Webhook, number: number): Promise<void> {
  const body = JSON.stringify(generateArticle(number));
  const id = `msg_${number}`;
  const at = new Date();
  const headers = {
    "Content-Type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": key.sign(id, at, body),
  };
  const signal = AbortSignal.timeout(ARTICLES_TIMEOUT_MS);
  const answer = await fetch(webhook, { method: "POST", body, headers, signal });
  await answer.text();
  if (answer.status !== 202) throw new Error(`The webhook answered ${answer.status}.`);
}

/** Waits until every article was briefed and its delivery sent. */
async function untilDone(readyz: string): Promise<void> {
  const limit = AbortSignal.timeout(ARTICLES_TIMEOUT_MS);
  while (true) {
    const answer = await fetch(readyz, {
      signal: limit,
      headers: { Authorization: `Bearer ${METRICS_TOKEN}` },
    });
    const { entries, deliveries } = Ready.parse(await answer.json());
    if ((entries["dead"] ?? 0) > 0) throw new Error(`${entries["dead"]} articles could not be published.`);
    if (entries["done"] === ARTICLES && deliveries["sent"] === ARTICLES) return;
    await sleep(POLL_MS, undefined, { signal: limit });
  }
}

/** In MiB, as Linux tells it; other systems keep no such file. */
async function residentMemory(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? "not measured here" : (Number(kibibytes) / 1_024).toFixed(0);
}
