import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { isObject, objectAt, objectsIn, parseJson, textOf, type JsonObject } from "./json.ts";
import { withStatedLimits } from "./limits.ts";

const JsonObjectValue = z.custom<JsonObject>(isObject);
const MethodSchema = z.strictObject({
  properties: z.record(z.string(), JsonObjectValue),
  required: z.array(z.string()),
});
/** The arguments of one Web API method: a flat list, however the typings compose them. */
type MethodSchema = z.infer<typeof MethodSchema>;

const SlackSchemas = z.strictObject({
  definitions: z.record(z.string(), JsonObjectValue),
  methods: z.record(z.string(), MethodSchema),
});
/** JSON Schemas of blocks, views and method arguments, taken from the installed typings. */
export type SlackSchemas = z.infer<typeof SlackSchemas>;

const ARGUMENT_TYPES: Record<string, string> = {
  "apps.connections.open": "AppsConnectionsOpenArguments",
  "auth.test": "AuthTestArguments",
  "bots.info": "BotsInfoArguments",
  "chat.delete": "ChatDeleteArguments",
  "chat.getPermalink": "ChatGetPermalinkArguments",
  "chat.postEphemeral": "ChatPostEphemeralArguments",
  "chat.postMessage": "ChatPostMessageArguments",
  "chat.update": "ChatUpdateArguments",
  "conversations.history": "ConversationsHistoryArguments",
  "conversations.info": "ConversationsInfoArguments",
  "conversations.join": "ConversationsJoinArguments",
  "conversations.list": "ConversationsListArguments",
  "conversations.members": "ConversationsMembersArguments",
  "conversations.open": "ConversationsOpenArguments",
  "conversations.replies": "ConversationsRepliesArguments",
  "files.completeUploadExternal": "FilesCompleteUploadExternalArguments",
  "files.getUploadURLExternal": "FilesGetUploadURLExternalArguments",
  "files.info": "FilesInfoArguments",
  "reactions.add": "ReactionsAddArguments",
  "team.info": "TeamInfoArguments",
  "usergroups.list": "UsergroupsListArguments",
  "usergroups.users.list": "UsergroupsUsersListArguments",
  "users.conversations": "UsersConversationsArguments",
  "users.info": "UsersInfoArguments",
  "views.open": "ViewsOpenArguments",
  "views.publish": "ViewsPublishArguments",
  "views.push": "ViewsPushArguments",
  "views.update": "ViewsUpdateArguments",
};
const CONTENT_TYPES = ["View", "MessageAttachment", "MessageMetadata"] as const;

const MODULES = new URL("../../../node_modules/", import.meta.url);
const CACHE = new URL(".cache/lede-slack-schemas/", MODULES);

/**
 * The schemas of the installed typings. The first call on a machine generates them (seconds, no network);
 * later ones read the cache, whose name carries the versions and the generating code.
 */
export async function loadSlackSchemas(): Promise<SlackSchemas> {
  const file = new URL(`${await cacheKey()}.json`, CACHE);
  const cached = await readFile(file, "utf8").catch(() => "");
  const parsed = SlackSchemas.safeParse(parseJson(cached));
  if (parsed.success) return parsed.data;
  const fresh = await generate();
  await mkdir(CACHE, { recursive: true });
  // Two test workers may generate at once: each writes its own file, the rename is atomic and either result is right.
  const draft = new URL(`${randomUUID()}.tmp`, CACHE);
  await writeFile(draft, JSON.stringify(fresh));
  await rename(draft, file);
  return fresh;
}

async function cacheKey(): Promise<string> {
  const versions = await Promise.all(
    ["@slack/types", "@slack/web-api", "ts-json-schema-generator"].map(async (name) => {
      const manifest = parseJson(await readFile(new URL(`${name}/package.json`, MODULES), "utf8"));
      return isObject(manifest) ? textOf(manifest["version"]) : "";
    }),
  );
  const hash = createHash("sha256");
  for (const source of ["./schemas.ts", "./limits.ts"])
    hash.update(await readFile(new URL(source, import.meta.url)));
  return [...versions, hash.digest("hex").slice(0, 8)].join("_");
}

async function generate(): Promise<SlackSchemas> {
  // The generator brings its own JavaScript compiler; loaded only here because that takes a second.
  const { createGenerator } = await import("ts-json-schema-generator");
  const generator = createGenerator({
    path: fileURLToPath(new URL("@slack/web-api/dist/index.d.ts", MODULES)),
    type: "*",
    skipTypeCheck: true,
    jsDoc: "extended",
    additionalProperties: false,
    topRef: false,
    encodeRefs: false,
    functions: "hide",
  });
  const schemaOf = (type: string): JsonObject => {
    const schema = parseJson(JSON.stringify(generator.createSchema(type)));
    return isObject(schema) ? schema : {};
  };
  const definitions: Record<string, JsonObject> = {};
  for (const type of CONTENT_TYPES) {
    const { definitions: shared, ...root } = schemaOf(type);
    for (const [name, definition] of Object.entries(isObject(shared) ? shared : {})) {
      if (isObject(definition)) definitions[name] = withStatedLimits(definition);
    }
    definitions[type] = withStatedLimits(root);
  }
  const methods: Record<string, MethodSchema> = {};
  for (const [method, type] of Object.entries(ARGUMENT_TYPES)) methods[method] = flatten(schemaOf(type));
  return { definitions, methods };
}

function flatten(schema: JsonObject): MethodSchema {
  const properties = new Map<string, JsonObject[]>();
  let required: ReadonlySet<string> | null = null;
  for (const branch of branchesOf(schema, objectAt(schema, "definitions"))) {
    for (const [name, property] of Object.entries(objectAt(branch, "properties"))) {
      if (isObject(property)) properties.set(name, [...(properties.get(name) ?? []), property]);
    }
    const names = new Set(
      Array.isArray(branch["required"]) ? branch["required"].filter((name) => typeof name === "string") : [],
    );
    required = required === null ? names : required.intersection(names);
  }
  return {
    properties: Object.fromEntries(
      [...properties].map(([name, variants]) => [name, mergeVariants(variants)]),
    ),
    required: [...(required ?? [])],
  };
}

function branchesOf(schema: JsonObject, definitions: JsonObject): JsonObject[] {
  const ref = textOf(schema["$ref"]).replace("#/definitions/", "");
  if (ref !== "") return branchesOf(objectAt(definitions, ref), definitions);
  const union = objectsIn(schema["anyOf"]);
  return union.length === 0 ? [schema] : union.flatMap((branch) => branchesOf(branch, definitions));
}

/** Contents (blocks, attachments, metadata, views) are judged by their own definitions: here they only have to be there. */
function mergeVariants(variants: readonly JsonObject[]): JsonObject {
  const distinct = new Map(
    variants.map((variant) => [JSON.stringify(withStatedLimits(variant)), withStatedLimits(variant)]),
  );
  if ([...distinct.keys()].some((text) => text.includes('"$ref"') || text.includes('"event_payload"'))) {
    return { type: ["array", "object"] };
  }
  const [only, ...others] = distinct.values();
  return only !== undefined && others.length === 0 ? only : { anyOf: [...distinct.values()] };
}
