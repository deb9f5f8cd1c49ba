import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultHow, Faults } from "./faults.ts";
import type { Problem } from "./judge.ts";
import { isObject, parseJson, type JsonObject } from "./json.ts";
import type { HttpAnswer } from "./response-urls.ts";
import { changed, type PeerState } from "./state.ts";
import type { TokenKind } from "./web-api.ts";

/** One request of the app, in order of arrival. */
export interface PeerRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A Web API method or `response_url`. */
  readonly method: string;
  readonly args: JsonObject;
  readonly token: TokenKind;
  readonly problems: readonly string[];
  readonly fault: FaultHow | null;
  /** Whether Slack carried it out, whatever the app was told. */
  committed: boolean;
  /** What Slack answered or would have; null until then. */
  answer: JsonObject | string | null;
}

/** A request that breaks Slack's rules. */
export interface Violation {
  readonly request: PeerRequest;
  readonly problem: string;
}

/** What a request asks for and how to carry it out. */
export interface Target {
  readonly method: string;
  readonly args: JsonObject;
  readonly token: TokenKind;
  readonly headers: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly run: () => HttpAnswer;
}

export interface Incoming {
  readonly path: string;
  readonly bearer: string | null;
  /** Form fields; null when the body was JSON. */
  readonly form: Readonly<Record<string, string>> | null;
  readonly json: JsonObject;
  /** The body; of a form with a file in it, that file. */
  readonly bytes: Buffer;
}

export interface ServerSettings {
  readonly state: PeerState;
  readonly faults: Faults;
  /** Null for an address that does not exist. */
  readonly route: (incoming: Incoming) => Target | null;
}

export interface PeerServer {
  readonly server: Server;
  readonly requests: PeerRequest[];
  readonly violations: Violation[];
}

const MAX_BODY_BYTES = 1_000_000;

/** The HTTP side: reads requests, keeps the journal, orders the faults. */
export function createPeerServer({ state, faults, route }: ServerSettings): PeerServer {
  const requests: PeerRequest[] = [];
  const violations: Violation[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = route(await readRequest(request));
    if (target === null) return send(response, { status: 404, body: "not found" }, {});
    const how = faults.take(target.method, target.args);
    const entry: PeerRequest = {
      at: Date.now(),
      method: target.method,
      args: target.args,
      token: target.token,
      problems: target.problems.map((problem) => problem.problem),
      fault: how,
      committed: false,
      answer: null,
    };
    requests.push(entry);
    for (const problem of entry.problems) violations.push({ request: entry, problem });
    changed(state);
    if (how !== null && !isCommitted(how) && (await interrupt(response, how))) return;
    const answer = target.run();
    entry.committed = true;
    entry.answer = answer.body;
    changed(state);
    if (how !== null && isCommitted(how) && (await interrupt(response, how))) return;
    const date = new Date(Date.now() + state.settings.dateAheadMs).toUTCString();
    send(response, answer, { date, ...target.headers });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  return { server, requests, violations };
}

/** Listens on a free port of the loopback address. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A TCP server has an object address; only pipes have text.
  return (server.address() as AddressInfo).port;
}

/** An acknowledgement as an entry of the journal. */
export function toAckEntry(args: JsonObject, problems: readonly string[]): PeerRequest {
  const at = Date.now();
  return { at, method: "ack", args, token: "none", problems, fault: null, committed: true, answer: null };
}

function isCommitted(how: FaultHow): boolean {
  return "committed" in how && how.committed === true;
}

/** Makes a request go wrong; false when it goes on afterwards. */
async function interrupt(response: ServerResponse, how: FaultHow): Promise<boolean> {
  if (how.kind === "delay") {
    await sleep(how.ms);
    return false;
  }
  if (how.kind === "cut") response.socket?.destroy();
  if (how.kind === "status") send(response, { status: how.status, body: "upstream trouble" }, {});
  if (how.kind === "error") send(response, { status: 200, body: { ok: false, error: how.error } }, {});
  if (how.kind === "ratelimited") {
    const headers = { "retry-after": String(how.retryAfterSeconds) };
    send(response, { status: 429, body: { ok: false, error: "ratelimited" } }, headers);
  }
  return true;
}

function send(response: ServerResponse, answer: HttpAnswer, headers: Readonly<Record<string, string>>): void {
  const isText = typeof answer.body === "string";
  response.writeHead(answer.status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8",
    ...headers,
  });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}

async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const url = new URL(request.url ?? "/", "http://peer");
  const bytes = await readBody(request);
  const text = bytes.toString();
  const type = request.headers["content-type"] ?? "";
  const isJson = type.includes("application/json");
  const parsed = isJson ? parseJson(text) : undefined;
  const fields = new URLSearchParams(isJson ? "" : text);
  for (const [name, value] of url.searchParams) fields.set(name, value);
  return {
    path: url.pathname,
    bearer: /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? fields.get("token"),
    form: isJson ? null : Object.fromEntries(fields),
    json: isObject(parsed) ? parsed : {},
    bytes: type.startsWith("multipart/form-data") ? await fileIn(bytes, type) : bytes,
  };
}

async function fileIn(bytes: Buffer, type: string): Promise<Buffer> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const file = [...form.values()].find((value) => value instanceof Blob);
  return file === undefined ? Buffer.alloc(0) : Buffer.from(await file.arrayBuffer());
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error(`a request body of more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
