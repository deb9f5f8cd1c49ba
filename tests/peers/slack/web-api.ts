import type { Judge, Problem } from "./judge.ts";
import type { JsonObject } from "./json.ts";
import { CHAT_METHODS } from "./methods-chat.ts";
import { FILE_METHODS } from "./methods-files.ts";
import { CONVERSATION_METHODS } from "./methods-conversations.ts";
import { INFO_METHODS } from "./methods-info.ts";
import { VIEW_METHODS } from "./methods-views.ts";
import { refuse, type MethodContext } from "./method.ts";

/** Whose token a request carries. */
export type TokenKind = "bot" | "app" | "invalid" | "none";

interface ApiCall {
  readonly method: string;
  readonly args: JsonObject;
  readonly token: TokenKind;
}

export interface WebApi {
  /** What is wrong with the request, whatever the state of the workspace. */
  readonly judge: (call: ApiCall) => Problem[];
  /** Carries the request out. */
  readonly run: (call: ApiCall, problems: readonly Problem[]) => JsonObject;
}

const METHODS = {
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...FILE_METHODS,
  ...INFO_METHODS,
  ...VIEW_METHODS,
};

/** The Web API over the state, with Slack's order of refusals: token, scope, arguments, then the workspace. */
export function createWebApi(context: MethodContext, judge: Judge): WebApi {
  return {
    judge({ method, args }) {
      if (METHODS[method] === undefined)
        return [{ problem: `unknown method ${method}`, error: "unknown_method" }];
      return judge.method(method, args);
    },
    run({ method, args, token }, problems) {
      const known = METHODS[method];
      if (known === undefined) return refuse("unknown_method", { req_method: method });
      const unauthorized = refuseToken(token, known.token ?? "bot");
      if (unauthorized !== null) return unauthorized;
      const missing = known.scopes(context, args).filter((scope) => !context.state.scopes.has(scope));
      if (missing.length > 0) {
        return refuse("missing_scope", {
          needed: missing.join(","),
          provided: [...context.state.scopes].join(","),
        });
      }
      const refused = problems.filter((problem) => problem.error !== null);
      const [first] = refused;
      if (first?.error !== null && first?.error !== undefined) {
        const messages = refused.map((problem) => `[ERROR] ${problem.problem}`);
        return refuse(first.error, { response_metadata: { messages } });
      }
      return known.run(context, args);
    },
  };
}

function refuseToken(token: TokenKind, needed: "bot" | "app"): JsonObject | null {
  if (token === "none") return refuse("not_authed");
  if (token === "invalid") return refuse("invalid_auth");
  return token === needed ? null : refuse("not_allowed_token_type");
}
