import { fileTarget, uploadTarget } from "./file-routes.ts";
import type { Judge } from "./judge.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Incoming, Target } from "./server.ts";
import type { PeerState } from "./state.ts";
import type { TokenKind, WebApi } from "./web-api.ts";

/** What answers requests. */
export interface RouteParts {
  readonly state: PeerState;
  readonly judge: Judge;
  readonly api: WebApi;
  readonly responseUrls: ResponseUrls;
  readonly tokens: { readonly botToken: string; readonly appToken: string };
}

/** Which part of Slack a request is for; null for an address that does not exist. */
export function route(
  { state, judge, api, responseUrls, tokens }: RouteParts,
  incoming: Incoming,
): Target | null {
  const { path, form, json } = incoming;
  const [, kind, name = ""] = path.split("/");
  if (kind === "respond") {
    const problems = judge.response(json);
    const run = () => responseUrls.use(name, json, problems);
    return { method: "response_url", args: json, token: "none", headers: {}, problems, run };
  }
  if (kind === "upload") return uploadTarget(state, incoming, name);
  if (kind === "files") return fileTarget(state, tokenKind(tokens, incoming.bearer), name);
  if (kind !== "api") return null;
  const token = tokenKind(tokens, incoming.bearer);
  const { token: _, ...args } = form === null ? json : judge.decode(name, form);
  const call = { method: name, args, token };
  const problems = api.judge(call);
  const scopes = { none: "", invalid: "", app: "connections:write", bot: [...state.scopes].join(",") }[token];
  const headers: Record<string, string> = scopes === "" ? {} : { "x-oauth-scopes": scopes };
  return { ...call, headers, problems, run: () => ({ status: 200, body: api.run(call, problems) }) };
}

function tokenKind(tokens: RouteParts["tokens"], bearer: string | null): TokenKind {
  if (bearer === null) return "none";
  if (bearer === tokens.botToken) return "bot";
  return bearer === tokens.appToken ? "app" : "invalid";
}
