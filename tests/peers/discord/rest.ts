import { refuse, type Answer } from "./answer.ts";
import { describeProblem, invalidFormBody, judgeRequest } from "./judge.ts";
import type { Before } from "./judge-message.ts";
import type { Ctx } from "./messages.ts";
import type { Attachment, JsonObject, PeerMessage } from "./model.ts";
import type { Handler } from "./rest-access.ts";
import { commandRoutes } from "./rest-commands.ts";
import { interactionRoutes } from "./rest-interactions.ts";
import { messageRoutes } from "./rest-messages.ts";
import { readRoutes } from "./rest-reads.ts";
import { forumRoutes } from "./rest-forums.ts";
import { threadRoutes } from "./rest-threads.ts";
import { matchRoute, type MatchedRoute, type Method } from "./routes.ts";

export type RestRequest = {
  readonly method: Method;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly attachments: Attachment[];
  readonly authorization: string | undefined;
  readonly userAgent: string;
};

/** Codes that mean the client broke a rule of time or order, rather than of form. */
const BROKEN_RULES = new Set([10_015, 10_062, 40_060, 50_027, 50_035]);

/** Answers requests; everything a client did wrong is written to `state.violations`. */
export function createRest(ctx: Ctx, gatewayUrl: () => string) {
  const { state } = ctx;
  const handlers: Record<string, Handler> = {
    ...readRoutes(gatewayUrl),
    ...messageRoutes,
    ...threadRoutes,
    ...forumRoutes,
    ...commandRoutes,
    ...interactionRoutes,
  };

  return function answerRequest(request: RestRequest): Answer {
    const route = matchRoute(request.method, request.path);
    if (!route) return complain(request, "Discord has no such route", refuse("notFound"));
    // Interaction routes are authorised by the token in their path.
    const isOpen = /^\/(interactions|webhooks)\//.test(route.template);
    if (!isOpen && request.authorization !== `Bot ${state.token}`) return refuse("unauthorized");
    const problems = judgeRequest(
      { ...request, template: route.template, uploaded: request.attachments.map(({ id }) => id) },
      before(ctx, route),
    );
    if (problems.length > 0) {
      return complain(request, problems.map(describeProblem).join("; "), {
        status: 400,
        body: invalidFormBody(problems),
      });
    }
    const handler = handlers[`${request.method} ${route.template}`];
    if (!handler)
      return complain(request, "This peer does not play that route", {
        status: 501,
        body: { message: "Not implemented", code: 0 },
      });
    const answer = handler({
      ctx,
      params: route.params,
      query: request.query,
      body: asBody(request.body),
      attachments: request.attachments,
    });
    const broken = brokenRule(answer);
    return broken === undefined || metFault(request) ? answer : complain(request, broken, answer);
  };

  /** A client whose earlier, identical request met a planned fault could not know better. */
  function metFault(request: RestRequest): boolean {
    return state.requests.some(
      (earlier) =>
        earlier.fault !== undefined && earlier.method === request.method && earlier.path === request.path,
    );
  }

  function complain(request: RestRequest, problem: string, answer: Answer): Answer {
    state.violations.push({ request: `${request.method} ${request.path}`, problem });
    return answer;
  }
}

/** What the message an edit is aimed at shows now. */
function before({ state }: Ctx, route: MatchedRoute): Before | undefined {
  const interaction = state.interactions.get(
    route.params["webhook_token"] ?? route.params["interaction_token"] ?? "",
  );
  const isCallback = route.params["interaction_token"] !== undefined;
  const originalId = isCallback ? interaction?.sourceMessageId : interaction?.originalId;
  const message: PeerMessage | undefined = state.everyMessage.get(
    route.params["message_id"] ?? originalId ?? "",
  );
  return message;
}

function brokenRule(answer: Answer): string | undefined {
  if (answer.status < 400 || typeof answer.body !== "object" || Array.isArray(answer.body)) return undefined;
  const { code, message } = answer.body;
  return typeof code === "number" && BROKEN_RULES.has(code) ? `${String(message)} (${code})` : undefined;
}

function asBody(body: unknown): JsonObject | JsonObject[] {
  if (Array.isArray(body)) return body;
  return typeof body === "object" && body !== null ? { ...body } : {};
}
