import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { Api } from "./api.ts";
import { toPlatformError } from "./errors.ts";

/** A list of sources is far smaller; the same limit as for a page. */
const MAX_FILE_BYTES = 5_000_000;
const READ_TIMEOUT_MS = 15_000;
const FILES_ORIGIN = "https://files.slack.com";
/** What "Copy link to file" gives: `https://<workspace>.slack.com/files/<person>/<file>/<name>`. */
const SHARED_PATH = /^\/files\/[UW][A-Z0-9]+\/(F[A-Z0-9]+)(?:\/|$)/;

const SAY = {
  elsewhere:
    "On Slack, give the link of a file: upload it to a channel that Lede is in, choose “Copy link” in its menu, and put that link into the command.",
  unreadable:
    "Lede may not read that file. Share it in a channel that Lede is in, and let the operator add the scope files:read to the app.",
  large: "The file is too large to read (the limit is 5 MB). Split it into smaller ones.",
} as const;

export interface ReadFileDeps {
  api: Api;
  token: string;
  /** Another server that plays Slack; its files lie on it too. */
  apiUrl: string | null;
}

/** The bytes of a file in Slack, by its link, at most 5 MB. Throws AppError `fetch/*`, `platform/*`. */
export async function readSlackFile(
  { api, token, apiUrl }: ReadFileDeps,
  link: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const origin = apiUrl === null ? FILES_ORIGIN : new URL(apiUrl).origin;
  const url = await fileUrl(api, { given: URL.parse(link.trim()), origin, signal });
  // The token goes nowhere but to Slack's own files.
  if (url?.origin !== origin) throw new AppError("fetch/not-public", { say: SAY.elsewhere });
  try {
    const answer = await fetch(url, {
      // As it is stored: what people upload is not for a decoder to unpack.
      headers: { authorization: `Bearer ${token}`, "accept-encoding": "identity" },
      // Slack sends whoever may not read a file to its page for signing in.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]),
    });
    if (!answer.ok) throw refusal(answer.status);
    return await readBytes(answer);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError("platform/unavailable", { details: { reason: toPlatformError(thrown).code } });
  }
}

function refusal(status: number): AppError {
  if (status === 404) return new AppError("fetch/not-found", { say: SAY.elsewhere });
  const isClosed = status < 500 && status !== 429;
  if (isClosed) return new AppError("fetch/needs-login", { say: SAY.unreadable, details: { status } });
  return new AppError("platform/unavailable", { details: { status } });
}

const Info = z.object({ file: z.object({ url_private: z.string() }) });

/** Where the file's bytes are: a link that people share names a page around them. */
async function fileUrl(
  api: Api,
  { given, origin, signal }: { given: URL | null; origin: string; signal: AbortSignal },
): Promise<URL | null> {
  const [, file] = SHARED_PATH.exec(given?.pathname ?? "") ?? [];
  const isShared = given?.protocol === "https:" && given.hostname.endsWith(".slack.com");
  if (file === undefined || !isShared || given.origin === origin) return given;
  try {
    const { file: info } = Info.parse(await api.call((slack) => slack.files.info({ file }), signal));
    return URL.parse(info.url_private);
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (error.code === "platform/forbidden" || error.code === "platform/rejected")
      throw new AppError("fetch/needs-login", { say: SAY.unreadable, details: error.details });
    throw error;
  }
}

/** Reads no further than the limit, whatever the answer says of its length. */
async function readBytes(answer: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) throw new AppError("fetch/too-large", { say: SAY.large });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
