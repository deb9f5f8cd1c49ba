import OpenAI from "openai";
import { apiOf, type ApiName, type ModelTraits, traitsOf } from "./openai-call.ts";
import { boundedFetch, type Fetch } from "./openai-fetch.ts";

export interface ServerOptions {
  /** Null for servers that want none. */
  apiKey: string | null;
  model: string;
  /** Null means OpenAI's own. */
  baseUrl: string | null;
  /** "auto", the usual: Responses on OpenAI's and Azure's hosts, Chat Completions everywhere else. */
  api?: "auto" | ApiName;
  fetch?: Fetch;
  /** An answer past this many bytes is read as nothing; that of one call is small. */
  maxAnswerBytes?: number;
}

export interface Connection {
  client: OpenAI;
  traits: ModelTraits;
  api: ApiName;
}

const OPENAI_URL = "https://api.openai.com/v1";
/** Above every deadline of a brief: those are what ends a call. */
const CLIENT_TIMEOUT_MS = 10 * 60_000;

export function connect(options: ServerOptions): Connection {
  const { api = "auto", apiKey, baseUrl, model } = options;
  const baseURL = baseUrl ?? OPENAI_URL;
  const { hostname } = new URL(baseURL);
  return {
    client: createClient({
      apiKey,
      baseURL,
      fetch: boundedFetch(options.fetch ?? fetch, options.maxAnswerBytes),
    }),
    traits: traitsOf(model, hostname),
    api: api === "auto" ? apiOf(hostname) : api,
  };
}

/** Everything the client would take from the environment is given, so that the configuration has one place. */
function createClient(server: { apiKey: string | null; baseURL: string; fetch: Fetch }): OpenAI {
  return new OpenAI({
    // The client refuses to start without one; servers that want none do not look.
    apiKey: server.apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: server.baseURL,
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
    logLevel: "off",
    fetch: server.fetch,
  });
}
