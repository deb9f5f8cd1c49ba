import * as spec from "discord-api-spec/zod";
import { z } from "zod";
import type { ZodMiniType } from "zod/mini";

/** Where in a request body something is wrong, with Discord's own code where it is published. */
export type Problem = {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
};

type Issue = z.core.$ZodIssue;

/** discord.js also names the kind of a thread started from a message, which Discord ignores. */
const IdleThreadType = z.looseObject({ type: z.literal([10, 11]).optional() });

const BODIES: Record<string, ZodMiniType | ((body: unknown) => ZodMiniType)> = {
  "POST /channels/{channel_id}/messages": spec.MessageCreateRequestSchema,
  "PATCH /channels/{channel_id}/messages/{message_id}": spec.MessageEditRequestPartialSchema,
  "POST /channels/{channel_id}/messages/{message_id}/threads": spec.CreateTextThreadWithMessageRequestSchema,
  "POST /channels/{channel_id}/threads": threadSchema,
  "PATCH /channels/{channel_id}": spec.UpdateThreadRequestPartialSchema,
  "POST /users/@me/channels": spec.CreatePrivateChannelRequestSchema,
  "POST /interactions/{interaction_id}/{interaction_token}/callback": callbackSchema,
  "POST /webhooks/{webhook_id}/{webhook_token}": spec.IncomingWebhookRequestPartialSchema,
  "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original":
    spec.IncomingWebhookUpdateRequestPartialSchema,
  "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}":
    spec.IncomingWebhookUpdateRequestPartialSchema,
  ...commandBodies("/applications/{application_id}/commands"),
  ...commandBodies("/applications/{application_id}/guilds/{guild_id}/commands"),
};

/** Judges a body by the published schema of its route. Routes without a body must not get one. */
export function judgeBySpec(method: string, template: string, body: unknown): Problem[] {
  const known = BODIES[`${method} ${template}`];
  if (known === undefined) {
    return body === undefined
      ? []
      : [{ path: [], code: "UNEXPECTED_BODY", message: "This route takes no body." }];
  }
  const isThreadFromMessage = known === spec.CreateTextThreadWithMessageRequestSchema;
  const schema = typeof known === "function" ? known(body) : known;
  const normal = normalise(body);
  const result = z.safeParse(schema, normal);
  if (!result.success) return result.error.issues.flatMap((issue) => explain(issue, []));
  const problems = unknownProperties(normal, result.data, []);
  if (isThreadFromMessage && IdleThreadType.safeParse(body).success)
    return problems.filter(({ path }) => path.join() !== "type");
  return problems;
}

function commandBodies(path: string): Record<string, ZodMiniType> {
  return {
    [`POST ${path}`]: spec.ApplicationCommandCreateRequestSchema,
    [`PATCH ${path}/{command_id}`]: spec.ApplicationCommandPatchRequestPartialSchema,
    [`PUT ${path}`]: z.array(spec.ApplicationCommandUpdateRequestSchema),
  };
}

function threadSchema(body: unknown): ZodMiniType {
  const isForumPost = typeof body === "object" && body !== null && "message" in body;
  return isForumPost ? spec.CreateForumThreadRequestSchema : spec.CreateTextThreadWithoutMessageRequestSchema;
}

function callbackSchema(body: unknown): ZodMiniType {
  const type = typeof body === "object" && body !== null && "type" in body ? body.type : undefined;
  if (type === 6 || type === 7) return spec.UpdateMessageInteractionCallbackRequestSchema;
  if (type === 8) return spec.ApplicationCommandAutocompleteCallbackRequestSchema;
  if (type === 9) return spec.ModalInteractionCallbackRequestSchema;
  return spec.CreateMessageInteractionCallbackRequestSchema;
}

/** Bridges what Discord accepts and the schemas do not: numbers as text, offsets in times, discord.js's idle defaults. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    // discord.js writes these two into each message payload, also where the route does not know them.
    if ((key === "tts" || key === "enforce_nonce") && inner === false) return [];
    if (key === "default_member_permissions" && /^\d+$/.test(String(inner))) return [[key, Number(inner)]];
    if (key === "timestamp" && typeof inner === "string" && Number.isFinite(Date.parse(inner))) {
      return [[key, new Date(inner).toISOString()]];
    }
    return [[key, normalise(inner)]];
  });
  return Object.fromEntries(entries);
}

/** The schemas drop what they do not know; what was dropped is what Discord does not know. */
function unknownProperties(given: unknown, kept: unknown, path: readonly PropertyKey[]): Problem[] {
  if (Array.isArray(given) && Array.isArray(kept)) {
    return given.flatMap((item, index) => unknownProperties(item, kept[index], [...path, index]));
  }
  if (!isObject(given) || !isObject(kept)) return [];
  return Object.keys(given).flatMap((key) => {
    if (key in kept) return unknownProperties(given[key], kept[key], [...path, key]);
    return [
      { path: [...path, key], code: "UNKNOWN_PROPERTY", message: "Discord knows no such property here." },
    ];
  });
}

function explain(issue: Issue, prefix: readonly PropertyKey[]): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== "invalid_union") return [{ path, code: codeOf(issue), message: issue.message }];
  const branch = closestBranch(issue.errors);
  if (branch) return branch.flatMap((inner) => explain(inner, path));
  return [{ path, code: "UNION_TYPE_CHOICES", message: "None of the kinds allowed here fits." }];
}

/** The member of a union that was meant: its `type` fits, and it goes along furthest before something is wrong. */
function closestBranch(branches: readonly Issue[][]): Issue[] | undefined {
  const meant = branches.filter(
    (branch) => branch.length > 0 && !branch.some((issue) => issue.path.at(-1) === "type"),
  );
  return meant.sort((a, b) => depthOf(b) - depthOf(a))[0];
}

function depthOf(branch: readonly Issue[]): number {
  return Math.max(...branch.map((issue) => issue.path.length));
}

function codeOf(issue: Issue): string {
  if (issue.code === "too_big") return "BASE_TYPE_MAX_LENGTH";
  if (issue.code === "too_small") return "BASE_TYPE_MIN_LENGTH";
  if (issue.code === "invalid_type" && issue.message.includes("received undefined"))
    return "BASE_TYPE_REQUIRED";
  if (issue.code === "invalid_value") return "BASE_TYPE_CHOICES";
  return "BASE_TYPE_BAD";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
