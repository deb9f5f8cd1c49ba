import { placeComponents } from "./judge-components.ts";
import type { Component, JsonObject, PeerChannel, PeerMessage } from "./model.ts";
import type { PeerState } from "./state.ts";
import { memberJson, userJson } from "./wire.ts";

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
