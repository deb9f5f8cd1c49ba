import { CommandBody, judgeCommand, judgeCommandSet } from "./judge-commands.ts";
import { judgeModal } from "./judge-components.ts";
import { isEmptyMessage, judgeMessage, type Before, type MessageUse } from "./judge-message.ts";
import { judgeBySpec, type Problem } from "./judge-spec.ts";
import { Component, MessageBody, type JsonObject } from "./model.ts";
import { z } from "zod";

type JudgedRequest = {
  readonly method: string;
  readonly template: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly userAgent: string;
};

const CREATE_MESSAGE = "POST /channels/{channel_id}/messages";
const EDIT_MESSAGE = "PATCH /channels/{channel_id}/messages/{message_id}";
const CREATE_THREAD = "POST /channels/{channel_id}/threads";
const CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const FOLLOWUP = "POST /webhooks/{webhook_id}/{webhook_token}";
const EDIT_ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";
const EDIT_FOLLOWUP = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";

/** Query parameters Discord publishes for the routes that take any. */
const QUERY: Record<string, z.ZodType> = {
  "GET /channels/{channel_id}/messages": z
    .strictObject({
      after: snowflake().optional(),
      before: snowflake().optional(),
      around: snowflake().optional(),
      limit: z.coerce.number().int().min(1).max(100).optional(),
    })
    .refine(
      (query) => [query.after, query.before, query.around].filter(Boolean).length <= 1,
      "after, before and around exclude each other",
    ),
  [CALLBACK]: z.strictObject({ with_response: flag().optional() }),
  [FOLLOWUP]: z.strictObject({
    wait: flag().optional(),
    with_components: flag().optional(),
    thread_id: snowflake().optional(),
  }),
  [EDIT_ORIGINAL]: z.strictObject({ with_components: flag().optional(), thread_id: snowflake().optional() }),
  "GET /guilds/{guild_id}": z.strictObject({ with_counts: flag().optional() }),
  "GET /users/@me/guilds": z.looseObject({ limit: z.coerce.number().int().min(1).max(200).optional() }),
  "GET /applications/{application_id}/commands": z.strictObject({ with_localizations: flag().optional() }),
  "GET /applications/{application_id}/guilds/{guild_id}/commands": z.strictObject({
    with_localizations: flag().optional(),
  }),
};

/** All that Discord would refuse in this request, whatever the state of its channels. */
export function judgeRequest(request: JudgedRequest, before?: Before): Problem[] {
  const route = `${request.method} ${request.template}`;
  const shape = [
    ...judgeEnvelope(request),
    ...judgeQuery(route, request.query),
    ...judgeText(request.body, []),
  ];
  const bySpec = judgeBySpec(request.method, request.template, request.body);
  // The written rules read typed values, so they wait until the published schema agrees.
  if (bySpec.some((found) => found.code !== "UNKNOWN_PROPERTY")) return [...shape, ...bySpec];
  return dedupe([...shape, ...bySpec, ...judgeRules(route, request.body, before)]);
}

/** Discord's answer to an invalid form. */
export function invalidFormBody(problems: readonly Problem[]): JsonObject {
  const [first] = problems;
  if (first && problems.length === 1 && isEmptyMessage(first))
    return { message: first.message, code: 50_006 };
  const errors: JsonObject = {};
  for (const found of problems) place(errors, found.path.map(String), found);
  return { message: "Invalid Form Body", code: 50_035, errors };
}

export function describeProblem(found: Problem): string {
  const place = found.path.map(String).join(".");
  return `${place === "" ? "" : `${place}: `}${found.message} (${found.code})`;
}

/** Compiles the schemas, which takes up to a second and would otherwise eat into the 3 s of an acknowledgement. */
export function warmUpJudge(): void {
  const query = new URLSearchParams();
  const userAgent = "DiscordBot (warm-up, 1)";
  const message = {
    content: "a",
    embeds: [{ title: "a" }],
    components: [{ type: 1, components: [{ type: 2, style: 1, label: "a", custom_id: "a" }] }],
  };
  const bodies: [string, string, unknown][] = [
    ["POST", "/channels/{channel_id}/messages", message],
    ["PATCH", "/channels/{channel_id}/messages/{message_id}", message],
    ["POST", "/webhooks/{webhook_id}/{webhook_token}", message],
    ["PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", message],
    ["POST", "/interactions/{interaction_id}/{interaction_token}/callback", { type: 4, data: message }],
    ["POST", "/interactions/{interaction_id}/{interaction_token}/callback", { type: 7, data: message }],
    [
      "POST",
      "/interactions/{interaction_id}/{interaction_token}/callback",
      { type: 8, data: { choices: [] } },
    ],
    [
      "PUT",
      "/applications/{application_id}/commands",
      [{ name: "a", description: "a", options: [{ type: 3, name: "a", description: "a" }] }],
    ],
  ];
  for (const [method, template, body] of bodies) judgeRequest({ method, template, query, body, userAgent });
}

function judgeEnvelope(request: JudgedRequest): Problem[] {
  if (/^DiscordBot \(.+, .+\)/.test(request.userAgent)) return [];
  return [
    {
      path: ["user-agent"],
      code: "USER_AGENT",
      message: "Discord blocks clients whose User-Agent is not DiscordBot (url, version).",
    },
  ];
}

function judgeQuery(route: string, query: URLSearchParams): Problem[] {
  const schema = QUERY[route] ?? z.strictObject({});
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: ["query", ...issue.path],
    code: "QUERY_INVALID",
    message: issue.message,
  }));
}

/** Half of a surrogate pair is what a cut through an emoji leaves; no reader can show it. */
function judgeText(value: unknown, path: readonly PropertyKey[]): Problem[] {
  if (typeof value === "string") {
    return value.isWellFormed()
      ? []
      : [{ path, code: "STRING_NOT_WELL_FORMED", message: "Half a character (lone surrogate)." }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => judgeText(inner, [...path, key]));
}

function judgeRules(route: string, body: unknown, before: Before | undefined): Problem[] {
  if (route.startsWith("PUT ") && route.endsWith("/commands"))
    return judgeCommandSet(z.array(CommandBody).parse(body));
  if (route.startsWith("POST ") && route.endsWith("/commands"))
    return judgeCommand(CommandBody.parse(body), []);
  if (route === CREATE_MESSAGE) return judgeAs("create", body);
  if (route === FOLLOWUP) return judgeAs("respond", body);
  if (route === EDIT_MESSAGE || route === EDIT_ORIGINAL || route === EDIT_FOLLOWUP)
    return before ? judgeAs("edit", body, before) : [];
  if (route === CREATE_THREAD)
    return judgeForumPost(z.looseObject({ message: z.unknown().optional() }).parse(body).message);
  if (route === CALLBACK)
    return judgeCallback(
      z.looseObject({ type: z.number(), data: z.unknown().optional() }).parse(body),
      before,
    );
  return [];
}

function judgeAs(use: MessageUse, body: unknown, before?: Before): Problem[] {
  return judgeMessage(MessageBody.parse(body ?? {}), use, before);
}

function judgeForumPost(message: unknown): Problem[] {
  return message === undefined ? [] : inside("message", judgeAs("create", message));
}

function judgeCallback(body: { type: number; data?: unknown }, before: Before | undefined): Problem[] {
  if (body.type === 4) return inside("data", judgeAs("respond", body.data));
  if (body.type === 7) return before ? inside("data", judgeAs("edit", body.data, before)) : [];
  if (body.type === 9)
    return judgeModal(z.looseObject({ components: z.array(Component) }).parse(body.data).components);
  if (body.type === 8)
    return judgeChoices(
      z.looseObject({ choices: z.array(z.looseObject({ name: z.string() })).nullish() }).parse(body.data),
    );
  return [];
}

function judgeChoices(data: { choices?: { name: string }[] | null | undefined }): Problem[] {
  const blank = (data.choices ?? []).findIndex((choice) => choice.name.trim() === "");
  return blank < 0
    ? []
    : [
        {
          path: ["data", "choices", blank, "name"],
          code: "BASE_TYPE_REQUIRED",
          message: "This field is required",
        },
      ];
}

function inside(key: string, problems: readonly Problem[]): Problem[] {
  return problems.map((found) => (isEmptyMessage(found) ? found : { ...found, path: [key, ...found.path] }));
}

function dedupe(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((found) => [describeProblem(found), found])).values()];
}

function place(tree: JsonObject, path: readonly string[], found: Problem): void {
  const [key, ...rest] = path;
  if (key === undefined) {
    tree["_errors"] = [
      ...(Array.isArray(tree["_errors"]) ? tree["_errors"] : []),
      { code: found.code, message: found.message },
    ];
    return;
  }
  const branch: JsonObject = isObject(tree[key]) ? tree[key] : {};
  tree[key] = branch;
  place(branch, rest, found);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function snowflake() {
  return z.string().regex(/^\d{1,20}$/);
}

function flag() {
  return z.enum(["true", "false", "0", "1", "True", "False"]);
}
