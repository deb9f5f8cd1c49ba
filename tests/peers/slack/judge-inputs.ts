import { everyObject, isObject, objectsIn, textOf, type JsonObject } from "./json.ts";

/** What Slack refuses of inputs and menus and the typings do not say, for one block. */
export function inputProblems(block: JsonObject, at: string): string[] {
  return [...everyObject(block)].flatMap((part) => [...menuProblems(part, at), ...textProblems(part, at)]);
}

function menuProblems(part: JsonObject, at: string): string[] {
  const { options, option_groups: groups, initial_option: initial } = part;
  const type = textOf(part["type"]);
  if (type === "static_select" && options === undefined && groups === undefined)
    return [`${at}: a menu needs options`];
  if (!Array.isArray(options)) return [];
  const problems: string[] = [];
  if (options.length === 0) problems.push(`${at}: options: no less than 1 items allowed`);
  const values = objectsIn(options).map((option) => textOf(option["value"]));
  if (type === "static_select" && values.includes("")) problems.push(`${at}: an option needs a value`);
  if (new Set(values).size < values.length) problems.push(`${at}: two options of one value`);
  const isKnown = objectsIn(options).some((option) => JSON.stringify(option) === JSON.stringify(initial));
  if (initial !== undefined && !isKnown) problems.push(`${at}: initial_option must be one of the options`);
  return problems;
}

function textProblems(part: JsonObject, at: string): string[] {
  if (part["type"] !== "plain_text_input") return [];
  const { max_length: max, min_length: min } = part;
  const length = textOf(part["initial_value"]).length;
  const problems: string[] = [];
  if (typeof max === "number" && (max < 1 || max > 3_000))
    problems.push(`${at}: max_length must be between 1 and 3000`);
  if (typeof max === "number" && length > max)
    problems.push(`${at}: initial_value is longer than max_length`);
  if (typeof min === "number" && length > 0 && length < min)
    problems.push(`${at}: initial_value is shorter than min_length`);
  return problems;
}

/** What Slack refuses of a whole view beside its blocks. */
export function viewProblems(view: JsonObject): string[] {
  const problems: string[] = [];
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) problems.push("view: larger than 250 kB");
  for (const block of objectsIn(view["blocks"])) {
    if (block["type"] === "input" && !isObject(block["element"]))
      problems.push("view: an input needs an element");
  }
  const focused = [...everyObject(view)].filter((part) => part["focus_on_load"] === true);
  if (focused.length > 1) problems.push("view: only one element can have the focus");
  return problems;
}
