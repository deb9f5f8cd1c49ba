import { createContentJudge, type ContentJudge } from "./judge-blocks.ts";
import { viewProblems } from "./judge-inputs.ts";
import { isObject, objectsIn, textOf, type Json, type JsonObject } from "./json.ts";
import { loadSlackSchemas, type SlackSchemas } from "./schemas.ts";

/** A fault found in a request; `error` is Slack's answer to it, null where Slack accepts it all the same. */
export interface Problem {
  readonly problem: string;
  readonly error: string | null;
}

/** Judges requests against the installed typings and against what they leave out. */
export interface Judge {
  readonly method: (method: string, args: JsonObject) => Problem[];
  readonly response: (body: JsonObject) => Problem[];
  readonly view: (view: Json | undefined) => Problem[];
  readonly decode: (method: string, args: Readonly<Record<string, string>>) => JsonObject;
}

/** Slack truncates longer text; what is cut off was never seen by anyone. */
const MAX_TEXT_CHARS = 40_000;
const MAX_MARKDOWN_CHARS = 12_000;
const MAX_MESSAGE_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;
const MAX_ATTACHMENTS = 100;
/** Slack does not publish its own limit; a marker for read-back needs far less. */
const MAX_METADATA_BYTES = 1024;
/** Bolt's client adds these to every call on its own. */
const ALWAYS_TAKEN = new Set(["team_id"]);
const CONTENT_METHODS = new Set(["chat.postMessage", "chat.postEphemeral", "chat.update"]);
const RESPONSE_KEYS = new Set(
  (
    "text blocks attachments response_type replace_original delete_original thread_ts metadata " +
    "unfurl_links unfurl_media mrkdwn parse link_names"
  ).split(" "),
);

/** Loads the schemas and compiles the commonest validators. */
export async function createJudge(): Promise<Judge> {
  const schemas = await loadSlackSchemas();
  const content = createContentJudge(schemas);
  const argumentsOf = argumentJudge(schemas, content);
  return {
    method(method, args) {
      const problems = argumentsOf(method, args);
      if (CONTENT_METHODS.has(method))
        problems.push(...judgeContents(content, args, method === "chat.update"));
      if (method.startsWith("views.")) problems.push(...judgeView(content, args["view"]));
      return problems;
    },
    response: (body) => judgeResponse(content, body),
    view: (view) => judgeView(content, view),
    decode: (method, args) => decode(schemas, method, args),
  };
}

function argumentJudge(
  schemas: SlackSchemas,
  content: ContentJudge,
): (method: string, args: JsonObject) => Problem[] {
  const types = new Map<string, ReturnType<ContentJudge["against"]>>();
  return (method, args) => {
    const schema = schemas.methods[method];
    if (schema === undefined) return [{ problem: `unknown method ${method}`, error: "unknown_method" }];
    const check = types.get(method) ?? content.against({ type: "object", properties: schema.properties });
    types.set(method, check);
    const problems: Problem[] = Object.keys(args)
      .filter((name) => schema.properties[name] === undefined && !ALWAYS_TAKEN.has(name))
      .map((name) => ({ problem: `unknown argument ${name}`, error: null }));
    const missing = schema.required
      .filter((name) => args[name] === undefined)
      .map((name) => `missing required field: ${name}`);
    if (method === "views.update" && args["view_id"] === undefined && args["external_id"] === undefined) {
      missing.push("missing required field: view_id");
    }
    for (const problem of [...missing, ...check(args, method)])
      problems.push({ problem, error: "invalid_arguments" });
    return problems;
  };
}

function judgeContents(content: ContentJudge, args: JsonObject, isUpdate: boolean): Problem[] {
  const { blocks, attachments } = args;
  const text = textOf(args["text"]);
  const markdown = textOf(args["markdown_text"]);
  const problems: Problem[] = [];
  if (blocks !== undefined)
    problems.push(...rejected("invalid_blocks", content.blocks(blocks, "blocks", MAX_MESSAGE_BLOCKS)));
  if (attachments !== undefined) problems.push(...judgeAttachments(content, attachments));
  if (args["metadata"] !== undefined) problems.push(...judgeMetadata(content, args["metadata"], isUpdate));
  if (text.length > MAX_TEXT_CHARS || markdown.length > MAX_MARKDOWN_CHARS) {
    problems.push({ problem: "the text is too long", error: "msg_too_long" });
  }
  if (markdown !== "" && (text !== "" || blocks !== undefined)) {
    problems.push({
      problem: "markdown_text does not go with text or blocks",
      error: "markdown_text_conflict",
    });
  }
  const isEmpty = objectsIn(blocks).length === 0 && objectsIn(attachments).length === 0;
  if (text.trim() === "" && markdown === "") {
    if (isEmpty) problems.push({ problem: "no text, no blocks and no attachments", error: "no_text" });
    else
      problems.push({
        problem: "no text to fall back on: notifications and screen readers have nothing",
        error: null,
      });
  }
  return problems;
}

function judgeAttachments(content: ContentJudge, attachments: Json): Problem[] {
  if (!Array.isArray(attachments)) return rejected("invalid_attachments", ["attachments must be an array"]);
  const problems: Problem[] = [];
  if (attachments.length > MAX_ATTACHMENTS) {
    problems.push({ problem: `more than ${MAX_ATTACHMENTS} attachments`, error: "too_many_attachments" });
  }
  for (const [index, attachment] of attachments.entries()) {
    const at = `attachments[${index}]`;
    const { blocks, ...rest } = isObject(attachment) ? attachment : {};
    const shape = isObject(attachment) ? rest : attachment;
    problems.push(...rejected("invalid_attachments", content.definition("MessageAttachment", shape, at)));
    if (blocks !== undefined) {
      problems.push(
        ...rejected("invalid_attachments", content.blocks(blocks, `${at}.blocks`, MAX_MESSAGE_BLOCKS)),
      );
    }
  }
  return problems;
}

function judgeMetadata(content: ContentJudge, metadata: Json, isUpdate: boolean): Problem[] {
  // An empty object is how chat.update removes what was there.
  if (isUpdate && isObject(metadata) && Object.keys(metadata).length === 0) return [];
  const problems = rejected(
    "invalid_metadata_format",
    content.definition("MessageMetadata", metadata, "metadata"),
  );
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES) {
    problems.push({
      problem: `metadata of more than ${MAX_METADATA_BYTES} bytes`,
      error: "metadata_too_large",
    });
  }
  return problems;
}

function judgeView(content: ContentJudge, view: Json | undefined): Problem[] {
  if (!isObject(view)) return rejected("invalid_arguments", ["view must be an object"]);
  const name = { home: "HomeView", modal: "ModalView" }[textOf(view["type"])];
  if (name === undefined)
    return rejected("invalid_arguments", [`view: unsupported type: ${textOf(view["type"])}`]);
  const problems = content.definition(name, { ...view, blocks: [] }, "view");
  problems.push(...content.blocks(view["blocks"], "view.blocks", MAX_VIEW_BLOCKS));
  problems.push(...viewProblems(view));
  const hasInput = objectsIn(view["blocks"]).some((block) => block["type"] === "input");
  if (name === "ModalView" && hasInput && view["submit"] === undefined) {
    problems.push("view: submit is required when there is an input block");
  }
  return rejected("invalid_arguments", problems);
}

function judgeResponse(content: ContentJudge, body: JsonObject): Problem[] {
  const problems: Problem[] = Object.keys(body)
    .filter((name) => !RESPONSE_KEYS.has(name))
    .map((name) => ({ problem: `unknown argument ${name}`, error: null }));
  const type = body["response_type"];
  if (type !== undefined && type !== "in_channel" && type !== "ephemeral") {
    problems.push({ problem: "response_type must be in_channel or ephemeral", error: "invalid_payload" });
  }
  return body["delete_original"] === true ? problems : [...problems, ...judgeContents(content, body, false)];
}

function rejected(error: string, problems: readonly string[]): Problem[] {
  return problems.map((problem) => ({ problem, error }));
}

/** Form fields are all text: the typings tell which are numbers, booleans or JSON. */
function decode(schemas: SlackSchemas, method: string, args: Readonly<Record<string, string>>): JsonObject {
  const properties = schemas.methods[method]?.properties ?? {};
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, decodeField(value, properties[name])]),
  );
}

function decodeField(value: string, schema: JsonObject | undefined): Json {
  const types = JSON.stringify(schema ?? {});
  if (types.includes('"boolean"') && ["true", "1"].includes(value)) return true;
  if (types.includes('"boolean"') && ["false", "0"].includes(value)) return false;
  if (types.includes('"number"') && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  if (!types.includes('"array"') && !types.includes('"object"')) return value;
  try {
    const parsed: Json = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}
