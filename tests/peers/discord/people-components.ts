import { placeComponents } from "./judge-components.ts";
import type { Component, JsonObject, PeerChannel, PeerMessage } from "./model.ts";
import type { PeerModal, PeerState } from "./state.ts";
import { memberJson, userJson } from "./wire.ts";

/** By custom id: text, a list of chosen values, or a ticked box. */
export type ModalValues = Readonly<Record<string, string | readonly string[] | boolean>>;

const BUTTON = 2;

/** The component a person means, when it is there and can be pressed. */
export function pressable(
  message: PeerMessage,
  { customId }: { readonly customId: string | RegExp },
  isButton: boolean,
): Component {
  const all = placeComponents(message.components, []).map(({ component }) => component);
  const fits = (id: string) => (typeof customId === "string" ? id === customId : customId.test(id));
  const found = all.find(
    (component) =>
      component.custom_id && fits(component.custom_id) && (component.type === BUTTON) === isButton,
  );
  if (!found)
    throw new Error(
      `Nothing to press with ${customId}; there are: ${all.flatMap(({ custom_id }) => custom_id ?? []).join(", ") || "none"}`,
    );
  if (found.disabled) throw new Error(`${found.custom_id} is disabled`);
  return found;
}

/** Entries of a user, role or channel menu come with what they stand for. */
export function resolveChosen(
  state: PeerState,
  channel: PeerChannel,
  chosen: { component: Component; values: readonly string[] },
): JsonObject {
  const { component, values } = chosen;
  const known = component.options?.map(({ value }) => value);
  const foreign = values.filter((value) => known && !known.includes(value));
  if (foreign.length > 0) throw new Error(`The menu does not offer ${foreign.join(", ")}`);
  const userIds = values.filter((value) => !known && state.users.has(value));
  if (userIds.length === 0) return {};
  const users = Object.fromEntries(userIds.map((id) => [id, userJson(state, id)]));
  const { guildId } = channel;
  const members = guildId
    ? Object.fromEntries(userIds.map((id) => [id, { ...memberJson(state, guildId, id), user: undefined }]))
    : {};
  return { resolved: { users, members } };
}

/** What Discord sends for a filled-in modal. */
export function filledIn(modal: PeerModal, values: ModalValues): JsonObject[] {
  const known = placeComponents(modal.components, []).flatMap(({ component }) => component.custom_id ?? []);
  const foreign = Object.keys(values).filter((customId) => !known.includes(customId));
  if (foreign.length > 0)
    throw new Error(`The modal has no ${foreign.join(", ")}; it has: ${known.join(", ")}`);
  let nextId = 0;
  function fill(component: Component): JsonObject {
    nextId += 1;
    const base = { type: component.type, id: component.id ?? nextId };
    if (component.components) return { ...base, components: component.components.map(fill) };
    if (component.component) return { ...base, component: fill(component.component) };
    if (!component.custom_id) return base;
    const value = values[component.custom_id] ?? component.value ?? "";
    return {
      ...base,
      custom_id: component.custom_id,
      ...(Array.isArray(value) ? { values: value } : { value }),
    };
  }
  return modal.components.map(fill);
}
