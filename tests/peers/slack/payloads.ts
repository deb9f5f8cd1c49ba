import type { Start } from "./interactions.ts";
import { everyObject, objectsIn, type JsonObject } from "./json.ts";
import { messagesOf, toSlackMessage } from "./messages.ts";
import { toSlackView } from "./methods-views.ts";
import { newTs, type PeerMessage, type PeerState, type PeerView } from "./state.ts";
import { escapeTyped } from "./typed.ts";
import { toViewState, type ViewValues } from "./view-state.ts";

/** A message, or its `ts` in the channel given beside it. */
type MessageRef = PeerMessage | string;

export interface SlashInput {
  readonly channel: string;
  readonly user: string;
  /** With the slash. */
  readonly command: string;
  readonly text: string;
}

export interface ShortcutInput {
  readonly callbackId: string;
  readonly channel: string;
  readonly message: MessageRef;
  readonly user: string;
}

export interface PressInput {
  readonly channel: string;
  readonly message: MessageRef;
  readonly actionId: string;
  readonly user: string;
  /** The value of the option chosen in a menu. */
  readonly option?: string;
}

export interface SubmitInput {
  readonly view: PeerView;
  readonly user: string;
  readonly values: ViewValues;
}

export interface SayInput {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly threadTs?: string;
}

/** The token that payloads carried before there were signatures; still in every one. */
export const LEGACY_TOKEN = "legacy-verification-token";

/** A slash command. */
export function toSlash(state: PeerState, { channel, user, command, text }: SlashInput): Start {
  const payload = {
    token: LEGACY_TOKEN,
    team_id: teamOf(state, user),
    team_domain: state.team.domain,
    channel_id: channel,
    channel_name: state.channels.get(channel)?.name ?? "",
    user_id: user,
    user_name: userName(state, user),
    command,
    text: state.escapesCommands ? escapeTyped(state, text) : text,
    api_app_id: state.app.id,
    is_enterprise_install: "false",
  };
  return { kind: "slash_commands", user, channel, original: null, payload };
}

/** A shortcut from the menu of a message. */
export function toMessageShortcut(state: PeerState, input: ShortcutInput): Start {
  const { channel, user } = input;
  const message = resolveMessage(state, channel, input.message);
  const payload = {
    ...common(state, user, "message_action"),
    action_ts: newTs(state),
    callback_id: input.callbackId,
    channel: { id: channel, name: state.channels.get(channel)?.name ?? "" },
    message_ts: message.ts,
    message: toSlackMessage(state, message, false),
  };
  return { kind: "interactive", user, channel, original: null, payload };
}

/** A click or choice in a message; throws when the message has no such element. */
export function toBlockAction(state: PeerState, input: PressInput): Start {
  const { channel, user } = input;
  const message = resolveMessage(state, channel, input.message);
  const isEphemeral = message.ephemeralTo !== null;
  const payload = {
    ...common(state, user, "block_actions"),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts === null ? {} : { thread_ts: message.thread_ts }),
    },
    channel: { id: channel, name: state.channels.get(channel)?.name ?? "" },
    // Slack leaves the message out when only one person can see it.
    ...(isEphemeral ? {} : { message: toSlackMessage(state, message, true) }),
    state: { values: {} },
    actions: [toAction(state, message, input)],
  };
  return { kind: "interactive", user, channel, original: message, payload };
}

/** A shortcut that belongs to no message. */
export function toGlobalShortcut(
  state: PeerState,
  { callbackId, user }: { readonly callbackId: string; readonly user: string },
): Start {
  const payload = { ...common(state, user, "shortcut"), callback_id: callbackId, action_ts: newTs(state) };
  return { kind: "interactive", user, channel: "", original: null, payload };
}

/** The submission of a modal; throws when the modal has no such inputs. */
export function toViewSubmission(state: PeerState, input: SubmitInput): Start {
  const view = {
    ...toSlackView(state, input.view),
    state: { values: toViewState(input.view, input.values) },
  };
  const payload = { ...common(state, input.user, "view_submission"), view, response_urls: [] };
  return { kind: "interactive", user: input.user, channel: "", original: null, view: input.view, payload };
}

/** The event that tells of a message. */
export function toMessageEvent(message: PeerMessage, type: string): JsonObject {
  return {
    type,
    channel: message.channel,
    user: message.user,
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    ...(type === "message" ? { channel_type: "channel" } : {}),
    ...(message.thread_ts === null ? {} : { thread_ts: message.thread_ts }),
  };
}

function toAction(state: PeerState, message: PeerMessage, { actionId, option }: PressInput): JsonObject {
  for (const block of message.blocks) {
    for (const element of everyObject(block)) {
      if (element["action_id"] !== actionId) continue;
      const known = { block_id: block["block_id"], action_ts: newTs(state) };
      if (element["type"] === "button") return { ...element, ...known };
      const chosen = objectsIn(element["options"]).find((candidate) => candidate["value"] === option);
      if (chosen === undefined) throw new Error(`${actionId} has no option ${option ?? ""}`);
      return { type: element["type"], action_id: actionId, selected_option: chosen, ...known };
    }
  }
  throw new Error(`message ${message.ts} has no element ${actionId}`);
}

function resolveMessage(state: PeerState, channel: string, ref: MessageRef): PeerMessage {
  if (typeof ref !== "string") return ref;
  const known = [...messagesOf(state.messages, channel), ...messagesOf(state.ephemerals, channel)];
  const message = known.find((candidate) => candidate.ts === ref && !candidate.deleted);
  if (message === undefined) throw new Error(`no message ${ref} in ${channel}`);
  return message;
}

function common(state: PeerState, user: string, type: string): JsonObject {
  const name = userName(state, user);
  return {
    type,
    user: { id: user, username: name, name, team_id: state.users.get(user)?.teamId },
    api_app_id: state.app.id,
    token: LEGACY_TOKEN,
    team: { id: teamOf(state, user), domain: state.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A person of another workspace acts from there; one of the same organisation acts from this one. */
function teamOf(state: PeerState, user: string): string {
  const { team } = state;
  const known = state.users.get(user);
  return known === undefined || known.organisation?.includes(team.id) ? team.id : known.teamId;
}

function userName(state: PeerState, user: string): string {
  const known = state.users.get(user);
  if (known === undefined) throw new Error(`nobody is ${user}`);
  return known.name;
}
