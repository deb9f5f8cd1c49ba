import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { faultAnswer, rateLimitAnswer, refuse, type Answer } from "./answer.ts";
import type { createFaults, Fault, When } from "./faults.ts";
import { createLimits } from "./limits.ts";
import type { Attachment, PeerRequest } from "./model.ts";
import type { RestRequest } from "./rest.ts";
import { bucketOf, isMethod, matchRoute } from "./routes.ts";
import { announceChange, type PeerState } from "./state.ts";

const API_PREFIX = "/api/v10";
const MAX_REQUEST_BYTES = 25 * 1024 * 1024;

type Front = {
  readonly state: PeerState;
  readonly faults: ReturnType<typeof createFaults>;
  readonly answer: (request: RestRequest) => Answer;
};

/** The HTTP side: reads a request, lets faults happen at their moment, counts rate limits, writes the answer. */
export function createFront(front: Front): Server {
  const limits = createLimits(front.state.settings);
  return createServer((request, response) => {
    serve(front, limits, { request, response }).catch((error: unknown) => {
      // A client that dies in mid-request breaks no rule.
      if (!request.destroyed) {
        front.state.violations.push({
          request: `${request.method} ${request.url}`,
          problem: `the peer failed: ${String(error)}`,
        });
      }
      response.destroy();
    });
  });
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
type Limits = ReturnType<typeof createLimits>;

async function serve(front: Front, limits: Limits, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  if (serveFile(front.state, exchange)) return;
  const read = await readRequest(request);
  const journal: PeerRequest & { status: number | undefined; fault: string | undefined } = {
    at: new Date(),
    method: read.method,
    path: read.path,
    query: read.query.toString(),
    body: read.body,
    status: undefined,
    fault: undefined,
  };
  front.state.requests.push(journal);
  const fault = front.faults.take(read.method, read.path);
  journal.fault = fault?.kind;
  const early = await meet({ fault, when: "before", journal, exchange });
  if (early === "gone") return;
  const { answer, headers } = early
    ? { answer: early, headers: {} }
    : answerWithin(front, limits, { read, fault });
  const late = early ? undefined : await meet({ fault, when: "after", journal, exchange });
  if (late === "gone") return;
  const final = late ?? answer;
  journal.status = final.status;
  announceChange(front.state);
  const date = new Date(Date.now() + front.state.settings.dateAheadMs).toUTCString();
  write(response, final, { date, ...headers });
}

/** Files are read from a host of their own, by anyone who has the link. */
function serveFile(state: PeerState, { request, response }: Exchange): boolean {
  const id = /^\/attachments\/(\d+)\//.exec(request.url ?? "")?.[1];
  if (request.method !== "GET" || id === undefined) return false;
  const file = state.files.get(id);
  response.writeHead(file === undefined ? 404 : 200, {
    "content-type": file?.contentType ?? "application/octet-stream",
  });
  response.end(file?.bytes);
  return true;
}

/** What a fault makes of the request at this moment: another answer, silence ("gone"), or nothing. */
async function meet(moment: {
  fault: Fault | undefined;
  when: When;
  journal: PeerRequest;
  exchange: Exchange;
}): Promise<Answer | "gone" | undefined> {
  const { fault, when, journal, exchange } = moment;
  if (!fault || fault.kind === "rateLimit" || (fault.when ?? "before") !== when) return undefined;
  switch (fault.kind) {
    case "status":
      return faultAnswer(fault);
    case "hang":
      return "gone";
    case "cut":
      exchange.request.socket.destroy();
      return "gone";
    case "reset":
      exchange.request.socket.resetAndDestroy();
      return "gone";
    case "delay":
      await sleep(fault.ms);
      return undefined;
    case "pause":
      await fault.until(journal);
      return undefined;
    default:
      return fault satisfies never;
  }
}

type Wanted = { read: ReadRequest; fault: Fault | undefined };

function answerWithin(
  front: Front,
  limits: Limits,
  { read, fault }: Wanted,
): { answer: Answer; headers: Record<string, string> } {
  const { method, path } = read;
  if (!read.isApi || !isMethod(method)) {
    front.state.violations.push({ request: `${method} ${read.path}`, problem: `not below ${API_PREFIX}` });
    return { answer: refuse("notFound"), headers: {} };
  }
  const route = matchRoute(method, path);
  const bucket = route ? bucketOf(method, route) : `${method} ${path}`;
  if (fault?.kind === "rateLimit") {
    const { retryAfterMs, scope = "route", html } = fault;
    limits.block(scope === "global" ? "*" : bucket, retryAfterMs);
    return { answer: rateLimitAnswer(retryAfterMs, scope, html), headers: {} };
  }
  // Answers to interactions do not count towards any limit (Discord reference, "Interactions").
  if (/^\/(interactions|webhooks)\//.test(path))
    return { answer: front.answer({ ...read, method }), headers: {} };
  const globalMs = limits.blockedFor("*");
  if (globalMs > 0) return { answer: rateLimitAnswer(globalMs, "global"), headers: {} };
  const { waitMs, headers } = limits.take(bucket);
  const blockedMs = Math.max(waitMs, limits.blockedFor(bucket));
  return {
    answer: blockedMs > 0 ? rateLimitAnswer(blockedMs, "route") : front.answer({ ...read, method }),
    headers,
  };
}

type ReadRequest = Omit<RestRequest, "method"> & { readonly method: string; readonly isApi: boolean };

async function readRequest(request: IncomingMessage): Promise<ReadRequest> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const isApi = url.pathname.startsWith(`${API_PREFIX}/`);
  const bytes = await readBytes(request);
  const type = request.headers["content-type"] ?? "";
  const { body, attachments } =
    bytes.length === 0 ? { body: undefined, attachments: [] } : await readBody(bytes, type);
  return {
    method: request.method ?? "GET",
    isApi,
    // `@original` arrives as %40original, emoji as UTF-8 in percent signs.
    path: decodeURIComponent(isApi ? url.pathname.slice(API_PREFIX.length) : url.pathname),
    query: url.searchParams,
    body,
    attachments,
    authorization: request.headers.authorization,
    userAgent: request.headers["user-agent"] ?? "",
  };
}

async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_REQUEST_BYTES) throw new Error("a request above 25 MiB");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function readBody(
  bytes: Buffer<ArrayBuffer>,
  type: string,
): Promise<{ body: unknown; attachments: Attachment[] }> {
  if (!type.startsWith("multipart/form-data")) return { body: JSON.parse(bytes.toString()), attachments: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const payload = form.get("payload_json");
  const body: unknown = typeof payload === "string" ? JSON.parse(payload) : {};
  const described = z
    .looseObject({
      attachments: z
        .array(z.looseObject({ id: z.coerce.string(), description: z.string().nullish() }))
        .nullish(),
    })
    .parse(body);
  const attachments: Attachment[] = [];
  for (const [name, file] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || typeof file === "string") continue;
    const description = described.attachments?.find(({ id }) => id === index)?.description ?? undefined;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const contentType = file.type === "" ? undefined : file.type;
    attachments.push({ id: index, filename: file.name, bytes, contentType, description });
  }
  return { body, attachments };
}

function write(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  if (response.destroyed) return;
  const isText = typeof answer.body === "string";
  const body = answer.body === undefined || isText ? answer.body : JSON.stringify(answer.body);
  // discord.js parses whatever is called JSON, so an empty answer must not be called that.
  const type = body === undefined || isText ? {} : { "content-type": "application/json" };
  response.writeHead(answer.status, { ...type, ...headers, ...answer.headers });
  response.end(body);
}
