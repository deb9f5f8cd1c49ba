import { randomBytes } from "node:crypto";
import type { Ctx } from "./messages.ts";
import { CHANNEL, FLAG, type JsonObject, type PeerChannel, type PeerMessage } from "./model.ts";
import {
  permissionsIn,
  waitFor,
  type Ack,
  type Choice,
  type Interaction,
  type InteractionKind,
  type PeerModal,
  type PeerState,
} from "./state.ts";
import { KIND_NUMBER } from "./rest-interactions.ts";
import { channelJson, memberJson, userJson } from "./wire.ts";

const DEFAULT_WAIT_MS = 5000;
const ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024;

export type MessagePredicate = (message: PeerMessage) => boolean;

/** What a person sees of one interaction: was it acknowledged, and what came back. */
export type InteractionHandle = {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  /** Rejects when nothing came within the acknowledgement window ("The application did not respond"). */
  readonly acked: Promise<Ack>;
  /** The original response as it stands now, or the message a button belongs to after an update. */
  readonly reply: PeerMessage | undefined;
  readonly followups: readonly PeerMessage[];
  readonly modal: PeerModal | undefined;
  /** The original response once it is more than "is thinking…" and fits. */
  waitForReply(predicate?: MessagePredicate, timeoutMs?: number): Promise<PeerMessage>;
  waitForFollowup(predicate?: MessagePredicate, timeoutMs?: number): Promise<PeerMessage>;
};

type NewInteraction = {
  readonly kind: InteractionKind;
  readonly name: string;
  readonly channel: PeerChannel;
  readonly userId: string;
  readonly data: JsonObject;
  /** The message a component sits on, or a context-menu command was used on. */
  readonly sourceMessageId?: string | undefined;
  readonly extra?: JsonObject;
};

/** Sends an interaction to the bot, now or when it resumes. */
export function startInteraction(
  ctx: Ctx,
  start: NewInteraction,
): { interaction: Interaction; handle: InteractionHandle } {
  const { state } = ctx;
  const id = state.nextId();
  const token = `token-${randomBytes(24).toString("base64url")}`;
  const interaction: Interaction = {
    id,
    token,
    kind: start.kind,
    name: start.name,
    userId: start.userId,
    channelId: start.channel.id,
    sourceMessageId: start.sourceMessageId,
    createdAtMs: performance.now(),
    payload: payloadOf(state, start, { id, token }),
    ack: undefined,
    originalId: undefined,
    followupIds: [],
    modal: undefined,
    choices: undefined,
  };
  state.interactions.set(token, interaction);
  const handle = handleOf(state, interaction);
  ctx.gateway.dispatch("INTERACTION_CREATE", "all", () => interaction.payload);
  return { interaction, handle };
}

/** The choices offered while a person types. */
export async function waitForChoices(state: PeerState, interaction: Interaction): Promise<Choice[]> {
  const timeoutMs = state.settings.ackWindowMs;
  return waitFor(state, () => interaction.choices, { timeoutMs, describe: () => "No choices were offered." });
}

function payloadOf(state: PeerState, start: NewInteraction, ids: { id: string; token: string }): JsonObject {
  const { channel, userId, data, kind, extra } = start;
  const { guildId } = channel;
  const permissions = permissionsIn(state, channel, userId).toString();
  const who = guildId
    ? { member: { ...memberJson(state, guildId, userId), permissions } }
    : { user: userJson(state, userId) };
  const where = guildId
    ? { guild_id: guildId, guild: { id: guildId, locale: "en-US", features: [] }, guild_locale: "en-US" }
    : {};
  return {
    ...ids,
    ...who,
    ...where,
    ...extra,
    application_id: state.applicationId,
    type: KIND_NUMBER[kind],
    data,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelJson(state, channel), permissions },
    locale: "en-US",
    app_permissions: permissionsIn(state, channel, state.botId).toString(),
    entitlements: [],
    authorizing_integration_owners: { 0: guildId ?? "0" },
    context: channel.type === CHANNEL.dm ? 1 : 0,
    attachment_size_limit: ATTACHMENT_LIMIT_BYTES,
  };
}

function handleOf(state: PeerState, interaction: Interaction): InteractionHandle {
  const { id, token, userId } = interaction;
  const windowMs = state.settings.ackWindowMs;
  const acked = waitFor(state, () => interaction.ack, {
    timeoutMs: windowMs,
    describe: () => `The application did not respond to "${interaction.name}".`,
  });
  // A test that does not look at it must not die of it.
  acked.catch(() => undefined);
  const original = () => present(state, interaction.originalId);
  const followups = () => interaction.followupIds.flatMap((messageId) => present(state, messageId) ?? []);
  const isReady = (message: PeerMessage) => (message.flags & FLAG.loading) === 0;
  return {
    id,
    token,
    userId,
    acked,
    get reply() {
      return original();
    },
    get followups() {
      return followups();
    },
    get modal() {
      return interaction.modal;
    },
    waitForReply(predicate = () => true, timeoutMs = DEFAULT_WAIT_MS) {
      const find = () =>
        [original()].find((message) => message !== undefined && isReady(message) && predicate(message));
      return waitFor(state, find, {
        timeoutMs,
        describe: () => describe("The reply is", original() ? [original()] : []),
      });
    },
    waitForFollowup(predicate = () => true, timeoutMs = DEFAULT_WAIT_MS) {
      return waitFor(state, () => followups().find(predicate), {
        timeoutMs,
        describe: () => describe("The follow-ups are", followups()),
      });
    },
  };
}

function present(state: PeerState, messageId: string | undefined): PeerMessage | undefined {
  const message = state.everyMessage.get(messageId ?? "");
  return message?.deleted ? undefined : message;
}

/** What was there instead, for the message of a failed wait. */
export function describe(what: string, messages: readonly (PeerMessage | undefined)[]): string {
  const shown = messages.map(
    (message) =>
      message && {
        content: message.content,
        embeds: message.embeds,
        components: message.components,
        flags: message.flags,
      },
  );
  return `${what}: ${JSON.stringify(shown).slice(0, 2000)}`;
}
