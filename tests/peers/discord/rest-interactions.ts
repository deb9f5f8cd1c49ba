import { z } from "zod";
import { NO_CONTENT, ok, refuse, type Answer } from "./answer.ts";
import { changeMessage, removeMessage, storeMessage, type Ctx } from "./messages.ts";
import { Component, FLAG, MessageBody, type Attachment, type JsonObject, type PeerMessage } from "./model.ts";
import type { Call, Handler } from "./rest-access.ts";
import {
  announceChange,
  type AckType,
  type Interaction,
  type InteractionKind,
  type PeerState,
} from "./state.ts";
import { messageJson } from "./wire-message.ts";

const Callback = z.looseObject({ type: z.number(), data: z.looseObject({}).nullish() });
const Choices = z.looseObject({
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
});
const Modal = z.looseObject({ custom_id: z.string(), title: z.string(), components: z.array(Component) });

const ACK_TYPES: Record<number, AckType> = {
  4: "reply",
  5: "defer",
  6: "deferUpdate",
  7: "update",
  8: "choices",
  9: "modal",
};
/** Which answers Discord takes for which interaction; a modal that came from a message may update it. */
const TAKES: Record<InteractionKind, readonly AckType[]> = {
  command: ["reply", "defer", "modal"],
  component: ["reply", "defer", "deferUpdate", "update", "modal"],
  autocomplete: ["choices"],
  modal: ["reply", "defer", "deferUpdate", "update"],
};
/** Kinds of interaction on the wire. */
export const KIND_NUMBER: Record<InteractionKind, number> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
};
const SLASH_MESSAGE = 20;
const CONTEXT_MENU_MESSAGE = 23;

const WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}";

export const interactionRoutes: Record<string, Handler> = {
  "POST /interactions/{interaction_id}/{interaction_token}/callback": callback,
  [`POST ${WEBHOOK}`]: withToken(followUp),
  [`GET ${WEBHOOK}/messages/@original`]: withOriginal(({ state }, message) =>
    ok(messageJson(state, message)),
  ),
  [`PATCH ${WEBHOOK}/messages/@original`]: withOriginal(edit),
  [`DELETE ${WEBHOOK}/messages/@original`]: withOriginal(remove),
  [`GET ${WEBHOOK}/messages/{message_id}`]: withFollowUp(({ state }, message) =>
    ok(messageJson(state, message)),
  ),
  [`PATCH ${WEBHOOK}/messages/{message_id}`]: withFollowUp(edit),
  [`DELETE ${WEBHOOK}/messages/{message_id}`]: withFollowUp(remove),
};

function callback({ ctx, params, query, body, attachments }: Call): Answer {
  const { state } = ctx;
  const interaction = state.interactions.get(params["interaction_token"] ?? "");
  if (!interaction || interaction.id !== params["interaction_id"]) return refuse("unknownInteraction");
  if (interaction.ack) return refuse("alreadyAcknowledged");
  const ms = performance.now() - interaction.createdAtMs;
  if (ms > state.settings.ackWindowMs) return refuse("unknownInteraction");
  const { type: number, data } = Callback.parse(body);
  const type = ACK_TYPES[number];
  if (!type || !TAKES[interaction.kind].includes(type)) return refuse("invalidForm");
  const needsSource = type === "update" || type === "deferUpdate";
  if (needsSource && interaction.sourceMessageId === undefined) return refuse("invalidForm");
  const isEphemeral =
    ((MessageBody.safeParse(data ?? {}).data?.flags ?? 0) & FLAG.ephemeral) !== 0 &&
    (type === "reply" || type === "defer");
  interaction.ack = { ms, type, ephemeral: isEphemeral };
  carryOut(ctx, interaction, { type, data: data ?? {}, attachments });
  announceChange(state);
  return query.get("with_response") === "true" ? ok(callbackJson(state, interaction)) : NO_CONTENT;
}

function carryOut(
  ctx: Ctx,
  interaction: Interaction,
  answer: { type: AckType; data: JsonObject; attachments: Attachment[] },
): void {
  const { type, data, attachments } = answer;
  if (type === "choices") {
    interaction.choices = Choices.parse(data).choices ?? [];
  } else if (type === "modal") {
    const { custom_id: customId, title, components } = Modal.parse(data);
    interaction.modal = { customId, title, components };
  } else if (type === "deferUpdate" || type === "update") {
    interaction.originalId = interaction.sourceMessageId;
    const source = ctx.state.everyMessage.get(interaction.sourceMessageId ?? "");
    if (source && type === "update") changeMessage(ctx, source, MessageBody.parse(data), attachments);
  } else {
    const message = respond(ctx, interaction, {
      body: MessageBody.parse(data),
      attachments,
      isLoading: type === "defer",
    });
    interaction.originalId = message.id;
  }
}

type Response = { body: MessageBody; attachments: Attachment[]; isLoading: boolean };

function respond(
  ctx: Ctx,
  interaction: Interaction,
  { body, attachments, isLoading }: Response,
): PeerMessage {
  const isEphemeral = ((body.flags ?? 0) & FLAG.ephemeral) !== 0;
  const { id, userId, name, kind, sourceMessageId, channelId } = interaction;
  const isContextMenu = kind === "command" && sourceMessageId !== undefined;
  return storeMessage(ctx, {
    channelId,
    authorId: ctx.state.botId,
    body,
    attachments,
    isLoading,
    type: isContextMenu ? CONTEXT_MENU_MESSAGE : SLASH_MESSAGE,
    ephemeralFor: isEphemeral ? userId : undefined,
    interaction: { id, userId, name, kind: KIND_NUMBER[kind], sourceMessageId },
  });
}

function followUp(ctx: Ctx, interaction: Interaction, call: Call): Answer {
  const { state } = ctx;
  const body = MessageBody.parse(call.body);
  const original = state.everyMessage.get(interaction.originalId ?? "");
  // While "is thinking…" stands, the first follow-up takes its place and its visibility.
  if (original && !original.deleted && (original.flags & FLAG.loading) !== 0) {
    changeMessage(ctx, original, body, call.attachments);
    return ok(messageJson(state, original));
  }
  const message = respond(ctx, interaction, { body, attachments: call.attachments, isLoading: false });
  interaction.followupIds.push(message.id);
  announceChange(state);
  return ok(messageJson(state, message));
}

function edit(ctx: Ctx, message: PeerMessage, call: Call): Answer {
  changeMessage(ctx, message, MessageBody.parse(call.body), call.attachments);
  return ok(messageJson(ctx.state, message));
}

function remove(ctx: Ctx, message: PeerMessage): Answer {
  removeMessage(ctx, message);
  return NO_CONTENT;
}

function withToken(handle: (ctx: Ctx, interaction: Interaction, call: Call) => Answer): Handler {
  return function handleWithToken(call) {
    const { state } = call.ctx;
    const interaction = state.interactions.get(call.params["webhook_token"] ?? "");
    // Before the first answer there is no webhook yet.
    if (!interaction?.ack || call.params["webhook_id"] !== state.applicationId)
      return refuse("unknownWebhook");
    if (performance.now() - interaction.createdAtMs > state.settings.tokenLifeMs)
      return refuse("tokenExpired");
    return handle(call.ctx, interaction, call);
  };
}

function withOriginal(handle: (ctx: Ctx, message: PeerMessage, call: Call) => Answer): Handler {
  return withToken((ctx, interaction, call) => {
    const message = ctx.state.everyMessage.get(interaction.originalId ?? "");
    return message && !message.deleted ? handle(ctx, message, call) : refuse("unknownMessage");
  });
}

function withFollowUp(handle: (ctx: Ctx, message: PeerMessage, call: Call) => Answer): Handler {
  return withToken((ctx, interaction, call) => {
    const messageId = call.params["message_id"] ?? "";
    const isOwn = messageId === interaction.originalId || interaction.followupIds.includes(messageId);
    const message = isOwn ? ctx.state.everyMessage.get(messageId) : undefined;
    return message && !message.deleted ? handle(ctx, message, call) : refuse("unknownMessage");
  });
}

function callbackJson(state: PeerState, interaction: Interaction): JsonObject {
  const message = state.everyMessage.get(interaction.originalId ?? "");
  const isUpdate = interaction.ack?.type === "update" || interaction.ack?.type === "deferUpdate";
  return {
    interaction: {
      id: interaction.id,
      type: KIND_NUMBER[interaction.kind],
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & FLAG.loading) !== 0,
            response_message_ephemeral: message.ephemeralFor !== undefined,
          }
        : {}),
    },
    ...(message ? { resource: { type: isUpdate ? 7 : 4, message: messageJson(state, message) } } : {}),
  };
}
