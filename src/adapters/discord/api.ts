import { DefaultRestOptions, type RawFile, REST, RequestMethod, type RouteLike, Routes } from "discord.js";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { createPlatformTime } from "#src/core/platform-time.ts";
import { toPlatformError } from "./errors.ts";

/** An answer that takes longer is lost: the request may still have been done. */
const REQUEST_TIMEOUT_MS = 15_000;
/** Waiting for a bucket to fill again is cheaper than an attempt that fails; the usual one is 5 s long. */
const LONGEST_QUEUE_MS = 6_000;
const SERVER_ERROR = 500;

export interface ApiRequest<Schema extends z.ZodType> {
  method: RequestMethod;
  route: RouteLike;
  /** What of the answer is read. */
  answer: Schema;
  body?: unknown;
  /** Sent beside the body, which then travels as one part of a form; the body's `attachments` name them by index. */
  files?: RawFile[];
  query?: Record<string, string>;
  /** Interaction routes carry a token of their own and must not be sent the bot's. */
  anonymous?: boolean;
  signal: AbortSignal;
}

export interface Api {
  /** One request, never repeated blindly. Throws AppError `platform/*`. */
  call: <Schema extends z.ZodType>(request: ApiRequest<Schema>) => Promise<z.output<Schema>>;
  /** The bot's own user. */
  me: (signal: AbortSignal) => Promise<Me>;
  /** Discord's own time, by its last answer; null before the first. */
  time: () => Date | null;
  close: () => void;
}

const Me = z.object({ id: z.string(), username: z.string() });
export type Me = z.infer<typeof Me>;

type RequestInit = Parameters<typeof DefaultRestOptions.makeRequest>[1];

/**
 * The library sends through an undici of its own, which takes the process's dispatcher; with another undici loaded that
 * dispatcher knows no FormData but its own. Bytes are understood by all of them.
 */
async function asBytes(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof FormData)) return init;
  const encoded = new Response(init.body);
  const contentType = encoded.headers.get("content-type") ?? "multipart/form-data";
  const headers = new Map(Object.entries(init.headers ?? {})).set("content-type", contentType);
  return { ...init, headers: Object.fromEntries(headers), body: new Uint8Array(await encoded.arrayBuffer()) };
}

/** Discord's REST API with the library's rate-limit queues and none of its retries. */
export function createApi({ token, apiUrl }: { token: string; apiUrl: string | null }): Api {
  const time = createPlatformTime(() => performance.now());
  const rest = new REST({
    ...(apiUrl === null ? {} : { api: apiUrl }),
    version: "10",
    // The library's retries after a 5xx come at once and hide from us that a message may stand twice.
    retries: 0,
    timeout: REQUEST_TIMEOUT_MS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_QUEUE_MS,
    makeRequest: async (url, init) => {
      const answer = await DefaultRestOptions.makeRequest(url, await asBytes(init));
      // What fails on the way to Discord is answered by others, with clocks of their own.
      if (answer.status < SERVER_ERROR) time.heard(answer);
      return answer;
    },
  });
  let me: Me | null = null;

  async function call<Schema extends z.ZodType>(request: ApiRequest<Schema>): Promise<z.output<Schema>> {
    const raw = await send(request).catch((thrown: unknown) => {
      throw toPlatformError(thrown);
    });
    const parsed = request.answer.safeParse(raw);
    // A success that can not be read is a success of unknown content.
    if (!parsed.success)
      throw new AppError("platform/uncertain", { details: { unreadable: parsed.error.message } });
    return parsed.data;
  }

  async function send({
    method,
    route,
    body,
    files = [],
    query,
    anonymous = false,
    signal,
  }: ApiRequest<z.ZodType>): Promise<unknown> {
    return rest.request({
      method,
      fullRoute: route,
      body,
      ...(files.length === 0 ? {} : { files }),
      ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
      // The library forgets its token at the first 401, and then fails every later call; this way it has none to forget.
      auth: false,
      headers: anonymous ? {} : { Authorization: `Bot ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
  }

  return {
    call,
    me: async (signal) => {
      me ??= await call({ method: RequestMethod.Get, route: Routes.user(), answer: Me, signal });
      return me;
    },
    time: time.now,
    close: () => {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}
