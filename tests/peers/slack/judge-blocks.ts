import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { inputProblems } from "./judge-inputs.ts";
import { everyObject, isObject, objectsIn, textOf, type Json, type JsonObject } from "./json.ts";
import type { SlackSchemas } from "./schemas.ts";

const MAX_MARKDOWN_CHARS = 12_000;
const MAX_REPORTED_ERRORS = 3;
const ROOT = "slack";

/** Validates content against the typings' definitions; each function returns problems in words. */
export interface ContentJudge {
  readonly blocks: (blocks: Json | undefined, at: string, max: number) => string[];
  readonly definition: (name: string, value: Json | undefined, at: string) => string[];
  readonly against: (schema: JsonObject) => (value: Json | undefined, at: string) => string[];
}

/** Compiles the validators; the commonest are compiled at once, because the first compilation takes long. */
export function createContentJudge(schemas: SlackSchemas): ContentJudge {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
  ajv.addSchema({ $id: ROOT, definitions: schemas.definitions });
  const typeNames = blockTypes(schemas);
  const compiled = new Map<string, ValidateFunction>();

  function definition(name: string, value: Json | undefined, at: string): string[] {
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `${ROOT}#/definitions/${name}` });
    compiled.set(name, validate);
    return validate(value) ? [] : explain(validate.errors ?? [], at);
  }

  function block(value: Json, at: string): string[] {
    if (!isObject(value)) return [`${at}: a block must be an object`];
    const name = typeNames.get(textOf(value["type"]));
    if (name === undefined) return [`${at}: unsupported type: ${textOf(value["type"])}`];
    return [...definition(name, value, at), ...beyondTypings(value, at), ...inputProblems(value, at)];
  }

  for (const name of ["SectionBlock", "ActionsBlock", "ContextBlock", "HeaderBlock"])
    definition(name, {}, "");
  return {
    definition,
    blocks(blocks, at, max) {
      if (!Array.isArray(blocks)) return [`${at}: blocks must be an array`];
      const problems = blocks.flatMap((value, index) => block(value, `${at}[${index}]`));
      if (blocks.length > max)
        problems.push(`${at}: no more than ${max} items allowed, got ${blocks.length}`);
      return [...problems, ...amongBlocks(objectsIn(blocks), at)];
    },
    against(schema) {
      const validate = ajv.compile(schema);
      return (value, at) => (validate(value) ? [] : explain(validate.errors ?? [], at));
    },
  };
}

function blockTypes(schemas: SlackSchemas): Map<string, string> {
  const names = objectsIn(schemas.definitions["KnownBlock"]?.["anyOf"]).map((ref) =>
    textOf(ref["$ref"]).replace("#/definitions/", ""),
  );
  const types = new Map<string, string>();
  for (const name of names) {
    const definition = schemas.definitions[name] ?? {};
    const type = [...everyObject(definition)].map((part) => part["type"]).find(isObject);
    if (isObject(type)) types.set(textOf(type["const"]), name);
  }
  return types;
}

/** What Slack refuses and the typings do not say, for one block. */
function beyondTypings(block: JsonObject, at: string): string[] {
  const problems: string[] = [];
  if (block["type"] === "section" && block["text"] === undefined && objectsIn(block["fields"]).length === 0) {
    problems.push(`${at}: a section needs text or fields`);
  }
  const actionIds = [...everyObject(block)]
    .map((part) => textOf(part["action_id"]))
    .filter((id) => id !== "");
  for (const id of repeated(actionIds)) problems.push(`${at}: action_id ${id} already exists in this block`);
  for (const part of everyObject(block)) {
    for (const key of ["url", "image_url", "title_url", "video_url"]) {
      const url = part[key];
      if (typeof url === "string" && !URL.canParse(url)) problems.push(`${at}: ${key} is no URL: ${url}`);
    }
  }
  return problems;
}

/** What Slack refuses among the blocks of one message or view. */
function amongBlocks(blocks: readonly JsonObject[], at: string): string[] {
  const ids = blocks.map((block) => textOf(block["block_id"])).filter((id) => id !== "");
  const problems = repeated(ids).map((id) => `${at}: block_id ${id} already exists`);
  const markdown = blocks
    .filter((block) => block["type"] === "markdown")
    .map((block) => textOf(block["text"]));
  if (markdown.join("").length > MAX_MARKDOWN_CHARS) {
    problems.push(`${at}: markdown blocks must not have more than ${MAX_MARKDOWN_CHARS} characters in all`);
  }
  if (blocks.filter((block) => block["type"] === "table").length > 1)
    problems.push(`${at}: only one table allowed`);
  return problems;
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

/** Unions make a validator list the failures of every branch: the branches of another type are noise. */
function explain(errors: readonly ErrorObject[], at: string): string[] {
  const telling = errors.filter(
    (error) =>
      error.keyword !== "anyOf" && !(error.keyword === "const" && error.instancePath.endsWith("/type")),
  );
  const deepest = telling.toSorted((a, b) => depth(b) - depth(a));
  const texts = (deepest.length === 0 ? errors : deepest).map((error) => {
    const extra =
      "additionalProperty" in error.params ? `: ${String(error.params["additionalProperty"])}` : "";
    return `${at}${error.instancePath} ${error.message ?? error.keyword}${extra}`;
  });
  return [...new Set(texts)].slice(0, MAX_REPORTED_ERRORS);
}

function depth(error: ErrorObject): number {
  return error.instancePath.split("/").length;
}
