import { AppError } from "#src/core/errors.ts";

const MAX_FILE_BYTES = 5_000_000;
const DOWNLOAD_TIMEOUT_MS = 15_000;

/** Where Discord keeps what people give with a command. */
const HOSTS = new Set(["cdn.discordapp.com", "media.discordapp.net"]);

/**
 * Reads a file from where Discord keeps it, and from nowhere else: an option's value can be made up by whoever sends it.
 * `apiUrl` is another server that speaks Discord's API. Throws AppError `fetch/*`.
 */
export async function readDiscordFile(
  file: string,
  { apiUrl, signal }: { apiUrl: string | null; signal: AbortSignal },
): Promise<Uint8Array> {
  const url = URL.parse(file);
  if (url === null || !isAllowed(url, apiUrl)) throw new AppError("fetch/not-public");
  const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      // As it is stored: what people upload is not for a decoder to unpack.
      headers: { "accept-encoding": "identity" },
      redirect: "error",
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) throw refused(response.status);
    return await readLimited(response);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError(timeout.aborted || signal.aborted ? "fetch/timeout" : "fetch/unreachable", {
      cause: thrown,
    });
  }
}

function isAllowed(url: URL, apiUrl: string | null): boolean {
  if (apiUrl !== null && url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === "https:" && url.port === "" && HOSTS.has(url.hostname);
}

/** Discord's links to files end after a day. */
function refused(status: number): AppError {
  const say = "The file is no longer there. Give the command again with the file.";
  return status === 404 || status === 403
    ? new AppError("fetch/not-found", { say, details: { status } })
    : new AppError("fetch/status", { details: { status } });
}

async function readLimited(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES)
      throw new AppError("fetch/too-large", { say: "The file is too large (the limit is 5 MB)." });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
