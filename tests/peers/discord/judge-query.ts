import { z } from "zod";
import type { Problem } from "./judge-spec.ts";

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
  "POST /interactions/{interaction_id}/{interaction_token}/callback": z.strictObject({
    with_response: flag().optional(),
  }),
  "POST /webhooks/{webhook_id}/{webhook_token}": z.strictObject({
    wait: flag().optional(),
    with_components: flag().optional(),
    thread_id: snowflake().optional(),
  }),
  "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": z.strictObject({
    with_components: flag().optional(),
    thread_id: snowflake().optional(),
  }),
  "GET /guilds/{guild_id}": z.strictObject({ with_counts: flag().optional() }),
  "GET /channels/{channel_id}/threads/archived/public": z.strictObject({
    before: z.iso.datetime({ offset: true }).optional(),
    limit: z.coerce.number().int().min(2).max(100).optional(),
  }),
  "GET /users/@me/guilds": z.looseObject({ limit: z.coerce.number().int().min(1).max(200).optional() }),
  "GET /applications/{application_id}/commands": z.strictObject({ with_localizations: flag().optional() }),
  "GET /applications/{application_id}/guilds/{guild_id}/commands": z.strictObject({
    with_localizations: flag().optional(),
  }),
};

/** Judges a query string by what is published for its route; most take none. */
export function judgeQuery(route: string, query: URLSearchParams): Problem[] {
  const schema = QUERY[route] ?? z.strictObject({});
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: ["query", ...issue.path],
    code: "QUERY_INVALID",
    message: issue.message,
  }));
}

function snowflake() {
  return z.string().regex(/^\d{1,20}$/);
}

function flag() {
  return z.enum(["true", "false", "0", "1", "True", "False"]);
}
