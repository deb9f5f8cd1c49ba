import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { constants, gunzip, inflate, inflateRaw, zstdDecompress } from "node:zlib";
import { AppError } from "#src/core/errors.ts";

/** More codings than one page ever needs; each costs a pass over the whole body. */
const MAX_CODINGS = 3;
/** RFC 9659: windows above 8 MiB are not for the web, and a larger one is memory at the sender's choice. */
const ZSTD_WINDOW_LOG_MAX = 23;
const SNIFFED_BYTES = 1024;

const TEXT_TYPE =
  /^(?:text\/(?:html|plain|xml|markdown|x-markdown|rss|rdf)|application\/(?:xml|json|[\w.-]+\+(?:xml|json)|rss|rdf|atom))$/;
/** Types that say nothing; the first bytes decide. */
const VAGUE_TYPE =
  /^(?:application\/(?:octet-stream|x-unknown|unknown|force-download)|binary\/octet-stream|unknown\/unknown|\*\/\*)?$/;
/** In hex: PDF, ZIP, GIF, PNG, JPEG, RIFF, gzip, MP4 (after a length), MP3, OLE, ELF, WebAssembly. */
const BINARY_START =
  /^(?:255044462d|504b0304|47494638|89504e47|ffd8ff|52494646|1f8b|.{8}66747970|494433|d0cf11|7f454c46|0061736d)/;

const unpack = {
  gzip: promisify(gunzip),
  inflate: promisify(inflate),
  inflateRaw: promisify(inflateRaw),
  zstd: promisify(zstdDecompress),
};

/**
 * The body of an answer, decompressed, at most `maxBytes`. Throws `fetch/not-text` before reading when the type is
 * not one of text and after reading when the bytes are not; `fetch/coding` before reading when it is packed in a way
 * that is not opened; `fetch/too-large` beyond the limit.
 */
export async function readBody(
  stream: AsyncIterable<Uint8Array>,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Promise<Uint8Array> {
  const contentType = mediaType(headers["content-type"]);
  if (!TEXT_TYPE.test(contentType) && !VAGUE_TYPE.test(contentType)) {
    throw new AppError("fetch/not-text", { details: { contentType } });
  }
  const codings = codingsOf(headers["content-encoding"]);
  let bytes = await collect(stream, maxBytes);
  for (const coding of codings) bytes = await decompress(coding, bytes, maxBytes);
  if (looksBinary(bytes))
    throw new AppError("fetch/not-text", { details: { contentType: contentType || "unknown" } });
  return bytes;
}

async function collect(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError("fetch/too-large", { details: { maxBytes } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Brotli is not among them: a flaw was reported in the decoder of Node up to 24.21 and 26.11 that a page could use, and
 * what is never asked for is not missed.
 */
const OPENED = new Set(["gzip", "x-gzip", "deflate", "zstd"]);

/** Codings to undo, last applied first (RFC 9110 section 8.4). */
function codingsOf(header: string | undefined): string[] {
  const codings = (header ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > MAX_CODINGS || codings.some((coding) => !OPENED.has(coding)))
    throw new AppError("fetch/coding", { details: { contentEncoding: header } });
  return codings.reverse();
}

async function decompress(coding: string, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return bytes;
  try {
    return await decompressAs(coding, bytes, maxBytes);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError("fetch/too-large", { details: { maxBytes, coding } });
    if (error instanceof AppError) throw error;
    throw new AppError("fetch/not-text", { details: { contentEncoding: coding }, cause: error });
  }
}

async function decompressAs(coding: string, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  // A body cut short still holds its first part, as browsers show it.
  const cut = { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return unpack.gzip(bytes, cut);
    case "deflate":
      // Some servers send raw deflate under this name; a zlib stream starts with method 8 (RFC 1950).
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? unpack.inflate(bytes, cut) : unpack.inflateRaw(bytes, cut);
    case "zstd":
      return unpack.zstd(bytes, {
        maxOutputLength: maxBytes,
        finishFlush: constants.ZSTD_e_flush,
        params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX },
      });
    default:
      throw new AppError("fetch/coding", { details: { contentEncoding: coding } });
  }
}

/** A server's label may be wrong or missing; file signatures and NUL bytes are not text in any encoding but UTF-16. */
function looksBinary(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SNIFFED_BYTES));
  if (BINARY_START.test(head.toString("hex"))) return true;
  return head.includes(0) && !looksUtf16(head);
}

function looksUtf16(head: Uint8Array): boolean {
  const [first = 0, second = 0] = head;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark: `<` next to a NUL, as every page and feed begins.
  return hasMark || (first === 0x3c && second === 0) || (first === 0 && second === 0x3c);
}

function mediaType(header: string | undefined): string {
  return (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
