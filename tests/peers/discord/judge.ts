import { CommandBody, judgeCommand, judgeCommandSet } from "./judge-commands.ts";
import { judgeModal } from "./judge-modal.ts";
import { judgeQuery } from "./judge-query.ts";
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
  /** The indexes of the files that came along. */
  readonly uploaded?: readonly string[];
};

const CREATE_MESSAGE = "POST /channels/{channel_id}/messages";
const EDIT_MESSAGE = "PATCH /channels/{channel_id}/messages/{message_id}";
const CREATE_THREAD = "POST /channels/{channel_id}/threads";
const CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const FOLLOWUP = "POST /webhooks/{webhook_id}/{webhook_token}";
const EDIT_ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";
const EDIT_FOLLOWUP = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";

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
  const attached = judgeAttachments(request, before);
  return dedupe([...shape, ...bySpec, ...attached, ...judgeRules(route, request.body, before)]);
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
  const modal = {
    custom_id: "a",
    title: "a",
    components: [{ type: 18, label: "a", component: { type: 4, custom_id: "b", style: 1 } }],
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
    ["POST", "/interactions/{interaction_id}/{interaction_token}/callback", { type: 9, data: modal }],
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

const Attached = z.looseObject({
  attachments: z.array(z.looseObject({ id: z.coerce.string(), filename: z.string().nullish() })).nullish(),
});
const MAX_ATTACHMENTS = 10;

/** Each attachment is a file that comes along, by its index, or one the message has already, by its id. */
function judgeAttachments({ body, uploaded = [] }: JudgedRequest, before: Before | undefined): Problem[] {
  const inner = z.looseObject({ data: Attached.nullish(), message: Attached.nullish() }).safeParse(body).data;
  const parts = [Attached.safeParse(body).data, inner?.data, inner?.message];
  const named = parts.flatMap((part) => part?.attachments ?? []);
  const known = new Set([...uploaded, ...(before?.attachments ?? []).map(({ id }) => id)]);
  const foreign = named
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({
      path: ["attachments"],
      code: "BASE_TYPE_BAD",
      message: `Attachment ${id} is neither uploaded nor there.`,
    }));
  if (Math.max(named.length, uploaded.length) <= MAX_ATTACHMENTS) return foreign;
  return [...foreign, { path: ["attachments"], code: "BASE_TYPE_MAX_LENGTH", message: "At most 10 files." }];
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
    return judgeModal(z.looseObject({ title: z.string(), components: z.array(Component) }).parse(body.data));
  if (body.type === 8)
    return judgeChoices(
      z
        .looseObject({
          choices: z
            .array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) }))
            .nullish(),
        })
        .parse(body.data),
    );
  return [];
}

type Offered = { name: string; value: string | number };
/** The published schema has 6000 for the value; Discord's reference, "Autocomplete", has 100. */
const MAX_CHOICE_VALUE = 100;

function judgeChoices(data: { choices?: Offered[] | null | undefined }): Problem[] {
  return (data.choices ?? []).flatMap(({ name, value }, index): Problem[] => {
    const path = ["data", "choices", index];
    const isLong = String(value).length > MAX_CHOICE_VALUE;
    return [
      ...(name.trim() === ""
        ? [{ path: [...path, "name"], code: "BASE_TYPE_REQUIRED", message: "This field is required" }]
        : []),
      ...(isLong
        ? [
            {
              path: [...path, "value"],
              code: "BASE_TYPE_MAX_LENGTH",
              message: "Must be 100 or fewer in length.",
            },
          ]
        : []),
    ];
  });
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
