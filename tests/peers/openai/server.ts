import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type BatchRoom, createBatchRoom, isBatchPath } from "./batches.ts";
import { type Bill, countTokens, type Said, say, type Script } from "./answers.ts";
import { type HttpError, jsonError, type Profile, type ProfileName, PROFILES } from "./profiles.ts";
import { bodyOf, eventsOf, sendEvents } from "./streams.ts";
import { type AskedFor, readChatRequest, readResponsesRequest } from "./shapes.ts";

export interface PeerRequest {
  path: string;
  body: unknown;
  /** Null when the body was not what the API describes. */
  asked: AskedFor | null;
}

export interface FailPlan {
  times?: number;
  status: 400 | 401 | 403 | 404 | 408 | 429 | 500 | 502 | 503;
  /** Seconds, or a date as HTTP writes it. */
  retryAfter?: number | string;
  code?: string;
  message?: string;
  /** Answers with a web page, as a proxy in front would. */
  html?: boolean;
}

/** A local server that speaks OpenAI's API, judges each request and can be told to fail. */
export interface OpenAiPeer {
  /** Base URL, ending in `/v1`. */
  url: string;
  /** The key it takes; null takes any. */
  key: string | null;
  /** Names it lists under `/models`; null where it has no such list. */
  models: string[] | null;
  /** When models end, by name: as seconds or as a date. */
  shutdowns: Map<string, number | string>;
  /** Names of models that were shut down. */
  gone: Set<string>;
  requests: PeerRequest[];
  violations: string[];
  /** The next answer; may be called again for the ones after it. */
  answer: (script: Script) => void;
  fail: (plan: FailPlan) => void;
  /** Thinks about requests until the returned function is called; about those alone that are chosen, where they are. */
  hold: (chosen?: (asked: AskedFor) => boolean) => () => void;
  /** Never answers the next requests. */
  hang: (times?: number) => void;
  /** Ends the connection in the middle of the next answers. */
  cut: (times?: number) => void;
  /** Begins the next streamed answers and then says no more. */
  stall: (times?: number) => void;
  /** Begins the next streamed answers and then closes the connection. */
  breakOff: (times?: number) => void;
  /** Answers that were begun and given up by whoever asked. */
  abandoned: () => number;
  /** Serves every request on this tier, whatever was asked for. */
  serveOn: (tier: string) => void;
  profile: (name: ProfileName) => void;
  /** Files and batches: what was sent, and how batches end. */
  batch: BatchRoom["control"];
  stop: () => Promise<void>;
}

type Fault = { kind: "error"; plan: FailPlan } | { kind: "hang" } | { kind: "cut" } | StreamFault;
type StreamFault = { kind: "stall" } | { kind: "break" };

interface PeerState {
  key: string | null;
  models: string[] | null;
  shutdowns: Map<string, number | string>;
  gone: Set<string>;
  requests: PeerRequest[];
  violations: string[];
  profile: ProfileName;
  faults: Fault[];
  held: { chosen: (asked: AskedFor) => boolean; until: Promise<void> } | null;
  scripts: Script[];
  abandoned: number;
  tier: string | null;
  /** System texts seen, for the prompt cache. */
  prefixes: Set<string>;
  room: BatchRoom;
}

const MIN_CACHED_TOKENS = 1024;
const ROUTES = { "/v1/responses": readResponsesRequest, "/v1/chat/completions": readChatRequest } as const;
type Route = keyof typeof ROUTES;

export async function startOpenAiPeer(options: { key?: string } = {}): Promise<OpenAiPeer> {
  const state: PeerState = {
    key: options.key ?? null,
    models: [],
    shutdowns: new Map(),
    gone: new Set(),
    requests: [],
    violations: [],
    profile: "openai",
    faults: [],
    held: null,
    scripts: [],
    abandoned: 0,
    tier: null,
    prefixes: new Set(),
    room: createBatchRoom({
      violate: (violation) => state.violations.push(violation),
      answer: (path, asked, script) => {
        const said = say(script, asked);
        return bodyOf(path, asked, { said, bill: billFor(state, asked, said) });
      },
    }),
  };
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => {
      state.violations.push(`peer failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => {
      server.close(() => resolve());
    });
  };
  return control(state, { url: `http://127.0.0.1:${port}/v1`, stop });
}

function control(state: PeerState, { url, stop }: Pick<OpenAiPeer, "url" | "stop">): OpenAiPeer {
  const repeat = (fault: Fault, times: number): void => {
    for (let index = 0; index < times; index += 1) state.faults.push(fault);
  };
  return {
    url,
    stop,
    get key() {
      return state.key;
    },
    set key(key) {
      state.key = key;
    },
    get models() {
      return state.models;
    },
    set models(models) {
      state.models = models;
    },
    shutdowns: state.shutdowns,
    gone: state.gone,
    requests: state.requests,
    violations: state.violations,
    answer: (script) => {
      state.scripts.push(script);
    },
    fail: (plan) => repeat({ kind: "error", plan }, plan.times ?? 1),
    hold: (chosen = () => true) => {
      const { promise: until, resolve } = Promise.withResolvers<void>();
      state.held = { chosen, until };
      return () => {
        state.held = null;
        resolve();
      };
    },
    hang: (times = 1) => repeat({ kind: "hang" }, times),
    cut: (times = 1) => repeat({ kind: "cut" }, times),
    stall: (times = 1) => repeat({ kind: "stall" }, times),
    breakOff: (times = 1) => repeat({ kind: "break" }, times),
    abandoned: () => state.abandoned,
    serveOn: (tier) => {
      state.tier = tier;
    },
    profile: (name) => {
      state.profile = name;
    },
    batch: state.room.control,
  };
}

async function serve(state: PeerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://peer");
  const profile = PROFILES[state.profile];
  const bytes = await readBytes(request);
  if (isBatchPath(path)) {
    if (!profile.hasBatches) return sendError(response, profile.noRoute);
    if (!hasKey(state, request)) return sendError(response, wrongKey(request));
    const { method = "", headers } = request;
    const type = headers["content-type"] ?? "";
    const answer = await state.room.serve({ method, path, searchParams, type, bytes });
    if (answer === "cut") return void response.destroy();
    response.writeHead(answer.status, { "x-request-id": "req_peer", ...answer.headers });
    return void response.end(answer.body);
  }
  const body = jsonOf(bytes);
  if (request.method === "GET" && path.startsWith("/v1/models")) return showModels(state, request, response);
  if (request.method !== "POST" || !isRoute(path)) {
    state.violations.push(`${request.method} ${path}: no such route`);
    return sendError(response, profile.noRoute);
  }
  const { asked, violations } = ROUTES[path](body);
  state.requests.push({ path, body, asked });
  state.violations.push(...violations.map((violation) => `${path} ${violation}`));
  if (!hasKey(state, request)) return sendError(response, wrongKey(request));
  if (asked !== null && state.held?.chosen(asked) === true) await state.held.until;
  const fault = state.faults.shift();
  if (fault !== undefined && fault.kind !== "stall" && fault.kind !== "break") return failOn(response, fault);
  if (path === "/v1/responses" && !profile.hasResponses) return sendError(response, profile.noRoute);
  if (asked === null) return sendError(response, jsonError(400, { message: violations.join("; ") }));
  if (state.gone.has(asked.model)) return sendError(response, noModel(asked.model));
  const refused = profile.refuse(asked);
  if (refused !== null) return sendError(response, refused);
  const ignores = profile.ignoresFormat === true || profile.ignoresFormat === path;
  const script = state.scripts.shift() ?? (ignores ? "fenced" : "draft");
  const said = say(script, asked);
  const bill = billFor(state, asked, said);
  if (!asked.stream || profile.ignoresStream)
    return sendJson(response, 200, bodyOf(path, asked, { said, bill }));
  response.once("close", () => {
    if (!response.writableFinished) state.abandoned += 1;
  });
  await sendEvents(response, eventsOf(path, asked, { said, bill }), fault?.kind ?? null);
}

function isRoute(path: string): path is Route {
  return Object.hasOwn(ROUTES, path);
}

function billFor(state: PeerState, asked: AskedFor, said: Said): Bill {
  const { tellsUsage: told, hasTiers }: Profile = PROFILES[state.profile];
  const system = asked.messages.find((message) => message.role === "system")?.content ?? "";
  const prefix = countTokens(system);
  const cached = state.prefixes.has(system) && prefix >= MIN_CACHED_TOKENS ? prefix : 0;
  state.prefixes.add(system);
  const input = countTokens(asked.messages.map((message) => message.content).join(""));
  const wanted = asked.tier === null || asked.tier === "auto" ? "default" : asked.tier;
  const tier = hasTiers ? (state.tier ?? wanted) : null;
  return { input, cached, output: countTokens(said.text), tier, told };
}

function showModels(state: PeerState, request: IncomingMessage, response: ServerResponse): void {
  if (!hasKey(state, request)) return sendError(response, wrongKey(request));
  if (state.models === null) return sendError(response, PROFILES[state.profile].noRoute);
  const data = state.models.map((id) => ({
    id,
    object: "model",
    created: 1_760_000_000,
    owned_by: "peer",
    ...(state.shutdowns.has(id) ? { shutdown_date: state.shutdowns.get(id) } : {}),
  }));
  const { pathname } = new URL(request.url ?? "/", "http://peer");
  if (pathname === "/v1/models") return sendJson(response, 200, { object: "list", data });
  const found = data.find(({ id }) => pathname === `/v1/models/${encodeURIComponent(id)}`);
  if (found !== undefined) return sendJson(response, 200, found);
  const message = "The model does not exist or you do not have access to it.";
  sendError(
    response,
    jsonError(404, { message, type: "invalid_request_error", param: "model", code: "model_not_found" }),
  );
}

function hasKey(state: PeerState, { headers }: IncomingMessage): boolean {
  return state.key === null || headers.authorization === `Bearer ${state.key}`;
}

/** Echoes the key as several servers do: whoever logs this leaks it. */
function wrongKey({ headers }: IncomingMessage): HttpError {
  const key = (headers.authorization ?? "").replace(/^Bearer /, "");
  const message = `Incorrect API key provided: ${key}.`;
  return jsonError(401, { message, type: "invalid_request_error", code: "invalid_api_key", param: null });
}

function noModel(model: string): HttpError {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return jsonError(404, { message, type: "invalid_request_error", param: null, code: "model_not_found" });
}

function failOn(response: ServerResponse, fault: Exclude<Fault, StreamFault>): void {
  switch (fault.kind) {
    case "hang":
      return;
    case "cut":
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"id":"cut","object":');
      setImmediate(() => response.destroy());
      return;
    case "error": {
      const { plan } = fault;
      if (plan.retryAfter !== undefined) response.setHeader("retry-after", String(plan.retryAfter));
      const page = `<html><body><h1>${plan.status}</h1></body></html>`;
      const message = plan.message ?? `The server failed with ${plan.status}.`;
      const json = jsonError(plan.status, {
        message,
        type: "peer_error",
        param: null,
        code: plan.code ?? null,
      });
      sendError(response, plan.html === true ? { status: plan.status, body: page, type: "text/html" } : json);
    }
  }
}

function sendError(response: ServerResponse, error: HttpError): void {
  response.writeHead(error.status, { "content-type": error.type, "x-request-id": "req_peer" });
  response.end(error.body);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "x-request-id": "req_peer" });
  response.end(JSON.stringify(body));
}

async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
