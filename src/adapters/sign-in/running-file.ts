import { rename, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError, asErrorCode } from "#src/core/errors.ts";
import { TICKETS_PATH } from "./routes.ts";

/** How the Lede that runs on a data folder is reached by who can read that folder. */
const Running = z.object({ url: z.url({ protocol: /^http$/ }), key: z.string().min(1) });
type Running = z.infer<typeof Running>;

const ANSWER_MS = 5_000;

/** Written once it listens; removed when it stops. Only its owner may read it. */
export async function writeRunning(dataDir: string, running: Running): Promise<() => Promise<void>> {
  const file = fileIn(dataDir);
  const next = `${file}.next`;
  // A new file each time: one that is there would keep its mode.
  await rm(next, { force: true });
  await writeFile(next, JSON.stringify(running), { mode: 0o600 });
  await rename(next, file);
  return () => rm(file, { force: true });
}

/** Asks the running Lede for a ticket. Throws AppError `page/not-running`, and `config/invalid` when the file can not be read. */
export async function askForTicket(dataDir: string): Promise<{ url: string; ticket: string }> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = z.object({ ticket: z.string() });
  const { url, said } = await askRunning(dataDir, { path: TICKETS_PATH, answer, signal });
  return { url, ...said };
}

interface Asking<Said> {
  path: string;
  answer: z.ZodType<Said>;
  signal?: AbortSignal;
}

const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * Asks the Lede that runs on a data folder, as its operator. Throws AppError `page/not-running`, what it refuses with, and
 * `config/invalid` when its file can not be read.
 */
export async function askRunning<Said>(
  dataDir: string,
  { path: asked, answer, signal }: Asking<Said>,
): Promise<{ url: string; said: Said }> {
  const { url, key } = await readRunning(dataDir);
  const headers = { Authorization: `Bearer ${key}` };
  const got = await fetch(`${url}${asked}`, {
    method: "POST",
    headers,
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    throw new AppError("page/not-running", { cause });
  });
  const body: unknown = await got.json().catch(() => null);
  const said = answer.safeParse(body);
  if (said.success) return { url, said: said.data };
  const { data: refusal } = Refusal.safeParse(body);
  const code = asErrorCode(refusal?.error.code);
  if (refusal !== undefined && code !== null && code !== "page/signed-out")
    throw new AppError(code, { say: refusal.error.message });
  // A Lede that was killed leaves its file behind, and another program, or another Lede, may have its port since.
  throw new AppError("page/not-running");
}

async function readRunning(dataDir: string): Promise<Running> {
  const text = await readFile(fileIn(dataDir), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new AppError("page/not-running", { cause });
    const say = `${fileIn(dataDir)} can not be read. Run this as the user that Lede runs as, or check LEDE_DATA.`;
    throw new AppError("config/invalid", { say, cause });
  });
  const parsed = Running.safeParse(JSON.parse(text));
  if (!parsed.success) throw new AppError("page/not-running");
  return parsed.data;
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, "running.json");
}
