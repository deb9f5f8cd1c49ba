import { placeComponents } from "./judge-components.ts";
import { KIND, SELECTS } from "./judge-modal.ts";
import type { Component, JsonObject } from "./model.ts";
import { need, type PeerModal, type PeerState } from "./state.ts";
import { rolesJson } from "./wire-guild.ts";
import { channelJson, userJson } from "./wire.ts";

/** By custom id: text, one chosen value or a list of them, or a ticked box. */
export type ModalValues = Readonly<Record<string, string | readonly string[] | boolean>>;

const MAX_TEXT = 4000;

/** What Discord sends for a filled-in modal; refuses what its own client would not let a person send. */
export function filledIn(state: PeerState, modal: PeerModal, values: ModalValues): JsonObject {
  const known = inputsOf(modal).map((component) => component.custom_id ?? "");
  const foreign = Object.keys(values).filter((customId) => !known.includes(customId));
  if (foreign.length > 0)
    throw new Error(`The modal has no ${foreign.join(", ")}; it has: ${known.join(", ")}`);
  const resolved: Record<string, JsonObject> = {};
  let nextId = 0;
  function fill(component: Component): JsonObject {
    nextId += 1;
    const base = { type: component.type, id: component.id ?? nextId };
    if (component.components) return { ...base, components: component.components.map(fill) };
    if (component.component) return { ...base, component: fill(component.component) };
    if (!component.custom_id) return base;
    const given = values[component.custom_id];
    const named = { ...base, custom_id: component.custom_id };
    if (!SELECTS.includes(component.type)) return { ...named, value: typed(component, given) };
    const chosen = choose(component, given);
    for (const id of chosen) resolve(state, resolved, { component, id });
    return { ...named, values: chosen };
  }
  const components = modal.components.map(fill);
  return { components, ...(Object.keys(resolved).length > 0 ? { resolved } : {}) };
}

/** The fields of a modal, in order. */
export function inputsOf(modal: PeerModal): Component[] {
  return placeComponents(modal.components, []).flatMap(({ component }) =>
    component.custom_id ? [component] : [],
  );
}

/** What a menu shows as chosen before the person does anything. */
export function chosenBefore({ options, default_values: picked }: Component): string[] {
  const marked = (options ?? []).filter((option) => option.default).map(({ value }) => value);
  return options ? marked : (picked ?? []).map(({ id }) => id);
}

function typed(component: Component, given: ModalValues[string] | undefined): unknown {
  const value = given ?? component.value ?? "";
  if (component.type !== KIND.textInput || typeof value !== "string") return value;
  const isOptional = component.required === false;
  if (value === "" && isOptional) return value;
  const { length } = value;
  if (length < Math.max(1, component.min_length ?? 0) || length > (component.max_length ?? MAX_TEXT))
    throw new Error(`Discord does not send "${component.custom_id}" with ${length} characters`);
  return value;
}

function choose(component: Component, given: ModalValues[string] | undefined): string[] {
  const chosen = [given ?? chosenBefore(component)].flat().map(String);
  const least = component.required === false ? 0 : (component.min_values ?? 1);
  if (chosen.length < least || chosen.length > (component.max_values ?? 1))
    throw new Error(`Discord does not send "${component.custom_id}" with ${chosen.length} entries`);
  return chosen;
}

type Chosen = { readonly component: Component; readonly id: string };

/** Puts down what a chosen entry stands for, where it is more than itself. */
function resolve(state: PeerState, resolved: Record<string, JsonObject>, { component, id }: Chosen): void {
  const { type, options, channel_types: types } = component;
  if (type === KIND.stringSelect) {
    if (!options?.some(({ value }) => value === id)) throw new Error(`The menu does not offer ${id}`);
  } else if (type === KIND.channelSelect) {
    const channel = need(state.channels, id, "channel");
    if (types && !types.includes(channel.type)) throw new Error(`The menu does not offer #${channel.name}`);
    resolved["channels"] = {
      ...resolved["channels"],
      [id]: { ...channelJson(state, channel), permissions: "0" },
    };
  } else if (type === KIND.roleSelect || (type === KIND.mentionableSelect && state.roles.has(id))) {
    const role = need(state.roles, id, "role");
    const json = rolesJson(state, role.guildId).find((candidate) => candidate["id"] === id);
    resolved["roles"] = { ...resolved["roles"], [id]: json };
  } else {
    need(state.users, id, "user");
    resolved["users"] = { ...resolved["users"], [id]: userJson(state, id) };
  }
}
