import { isObject, objectsIn, textOf, type JsonObject } from "./json.ts";
import type { PeerView } from "./state.ts";

/** By block id and action id: plain text, or the state object of another element. */
export type ViewValues = Readonly<Record<string, Readonly<Record<string, string | JsonObject>>>>;

/** What each kind of input calls the thing chosen in it. */
const CHOSEN: Record<string, string> = {
  users_select: "selected_user",
  conversations_select: "selected_conversation",
  channels_select: "selected_channel",
};
const INITIAL: Record<string, string> = {
  users_select: "initial_user",
  conversations_select: "initial_conversation",
  channels_select: "initial_channel",
};

/** The inputs of a view, in order. */
export function inputsOf(view: PeerView): { readonly block: JsonObject; readonly element: JsonObject }[] {
  return objectsIn(view.view["blocks"]).flatMap((block) => {
    const { element } = block;
    return block["type"] === "input" && isObject(element) ? [{ block, element }] : [];
  });
}

/** What an input holds before anybody touches it, as people see it: a text, or the value of a choice; empty for nothing. */
export function initialValue(element: JsonObject): string {
  const option = element["initial_option"];
  if (isObject(option)) return textOf(option["value"]);
  return textOf(element[INITIAL[textOf(element["type"])] ?? "initial_value"]);
}

/** Every input's state as Slack sends it: what was put in, or what it held, or null. Throws where there is no such input. */
export function toViewState(view: PeerView, values: ViewValues): JsonObject {
  const inputs = inputsOf(view);
  for (const [blockId, actions] of Object.entries(values)) {
    const known = inputs.find(({ block }) => block["block_id"] === blockId);
    if (known === undefined) throw new Error(`the view has no input ${blockId}`);
    for (const actionId of Object.keys(actions)) {
      if (known.element["action_id"] !== actionId)
        throw new Error(`input ${blockId} has no element ${actionId}`);
    }
  }
  const filled: JsonObject = {};
  for (const { block, element } of inputs) {
    const blockId = textOf(block["block_id"]);
    const actionId = textOf(element["action_id"]);
    const given = values[blockId]?.[actionId] ?? initialValue(element);
    const state = typeof given === "string" ? elementState(element, given) : given;
    filled[blockId] = { [actionId]: { type: element["type"], ...state } };
  }
  return filled;
}

/** What a person puts into a form, by block id, as a submission: what Slack's apps do not let through throws. */
export function toSubmission(view: PeerView, given: Readonly<Record<string, string>>): ViewValues {
  const values: Record<string, Record<string, string>> = {};
  for (const { block, element } of inputsOf(view)) {
    const blockId = textOf(block["block_id"]);
    const value = given[blockId] ?? initialValue(element);
    const max = element["max_length"];
    if (value === "" && block["optional"] !== true) throw new Error(`${blockId} has to be filled in`);
    if (typeof max === "number" && value.length > max) throw new Error(`${blockId} is longer than ${max}`);
    values[blockId] = { [textOf(element["action_id"])]: value };
  }
  const unknown = Object.keys(given).find((name) => values[name] === undefined);
  if (unknown !== undefined) throw new Error(`the form has no field ${unknown}`);
  return values;
}

function elementState(element: JsonObject, value: string): JsonObject {
  const chosen = CHOSEN[textOf(element["type"])];
  if (chosen !== undefined) return { [chosen]: value === "" ? null : value };
  if (element["options"] === undefined) return { value: value === "" ? null : value };
  if (value === "") return { selected_option: null };
  const option = objectsIn(element["options"]).find((candidate) => candidate["value"] === value);
  if (option === undefined) throw new Error(`there is no option ${value}`);
  return { selected_option: option };
}
