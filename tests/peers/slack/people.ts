import { randomUUID } from "node:crypto";
import type { Deliveries } from "./deliveries.ts";
import { createEndings, type Endings } from "./endings.ts";
import type { EventDelivery, Interaction, Start } from "./interactions.ts";
import type { JsonObject } from "./json.ts";
import { addMessage } from "./messages.ts";
import {
  LEGACY_TOKEN,
  toBlockAction,
  toGlobalShortcut,
  toMessageEvent,
  toMessageShortcut,
  toSlash,
  toViewSubmission,
  type PressInput,
  type SayInput,
  type ShortcutInput,
  type SlashInput,
  type SubmitInput,
} from "./payloads.ts";
import type { PeerMessage, PeerState, PeerView } from "./state.ts";
import { toSubmission } from "./view-state.ts";

/** What people do in the workspace. */
export interface People extends Endings {
  readonly slash: (input: SlashInput) => Interaction;
  readonly messageShortcut: (input: ShortcutInput) => Interaction;
  readonly globalShortcut: (input: { readonly callbackId: string; readonly user: string }) => Interaction;
  /** Clicks a button or chooses from a menu; throws when the message has no such element. */
  readonly pressButton: (input: PressInput) => Interaction;
  readonly submitView: (input: SubmitInput) => Interaction;
  /** Puts values into a form by its block ids, leaves the other fields as they are, and sends it. */
  readonly fillForm: (input: {
    readonly view: PeerView;
    readonly user: string;
    readonly values: Readonly<Record<string, string>>;
  }) => Interaction;
  /** Writes a message that mentions the app: an app_mention event and, after it, a message event. */
  readonly mention: (input: SayInput) => EventDelivery;
  /** Writes a message; a message event follows if the app is in the channel. */
  readonly say: (input: SayInput) => EventDelivery;
  /** Any other event of the Events API, such as `{type: "app_home_opened", …}`. */
  readonly event: (event: JsonObject) => EventDelivery;
}

export interface PeopleSettings {
  readonly state: PeerState;
  readonly deliveries: Deliveries;
  readonly start: (start: Start) => Interaction;
}

/** People whose doings reach the app as Slack's payloads. */
export function createPeople({ state, deliveries, start }: PeopleSettings): People {
  const sendPlain = (event: JsonObject) => sendEvent(state, deliveries, { event, message: null });
  return {
    slash: (input) => start(toSlash(state, input)),
    messageShortcut: (input) => start(toMessageShortcut(state, input)),
    globalShortcut: (input) => start(toGlobalShortcut(state, input)),
    pressButton: (input) => start(toBlockAction(state, input)),
    submitView: (input) => start(toViewSubmission(state, input)),
    fillForm: ({ view, user, values }) =>
      start(toViewSubmission(state, { view, user, values: toSubmission(view, values) })),
    mention(input) {
      const text = input.text.includes(state.app.userId)
        ? input.text
        : `<@${state.app.userId}> ${input.text}`;
      const message = addSaying(state, { ...input, text });
      const team = state.users.get(input.user)?.teamId;
      const foreign = team === state.team.id ? {} : { user_team: team };
      const mentioned = sendEvent(state, deliveries, {
        event: { ...toMessageEvent(message, "app_mention"), ...foreign },
        message,
      });
      sendEvent(state, deliveries, { event: toMessageEvent(message, "message"), message });
      return mentioned;
    },
    say(input) {
      const message = addSaying(state, input);
      return sendEvent(state, deliveries, { event: toMessageEvent(message, "message"), message });
    },
    event: sendPlain,
    ...createEndings(state, sendPlain),
  };
}

function addSaying(state: PeerState, { channel, user, text, threadTs }: SayInput): PeerMessage {
  const args = { text, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
  return addMessage(state, { channel, user, botId: null, args, ephemeralTo: null });
}

function sendEvent(
  state: PeerState,
  deliveries: Deliveries,
  { event, message }: { readonly event: JsonObject; readonly message: PeerMessage | null },
): EventDelivery {
  const eventId = `Ev${randomUUID()}`;
  const payload = {
    token: LEGACY_TOKEN,
    team_id: state.team.id,
    api_app_id: state.app.id,
    event,
    type: "event_callback",
    event_id: eventId,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: state.team.id,
        user_id: state.app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  const outgoing = { kind: "events_api" as const, payload };
  // A message in a channel that the app is not in reaches it by no event.
  const isHeard = message === null || state.channels.get(message.channel)?.isMember === true;
  const unheard = { ok: false, ms: 0, attempts: 0, body: {}, failure: "not_in_channel" };
  return {
    payload,
    eventId,
    message,
    acked: isHeard ? deliveries.deliver(outgoing) : Promise.resolve(unheard),
    deliverAgain: () => deliveries.deliver(outgoing, 1),
  };
}
