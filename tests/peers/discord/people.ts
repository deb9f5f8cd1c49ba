import { slashData, type OptionValues } from "./command-options.ts";
import { startInteraction, waitForChoices, type InteractionHandle } from "./interactions.ts";
import { removeMessage, storeMessage, type Ctx } from "./messages.ts";
import { CHANNEL, idOf, type JsonObject, type PeerChannel, type PeerMessage, type Ref } from "./model.ts";
import { GLOBAL } from "./rest-commands.ts";
import { listOf, need, permissionsIn, type Choice, type PeerState, type RegisteredCommand } from "./state.ts";
import { pressable, resolveChosen } from "./people-components.ts";
import { filledIn, type ModalValues } from "./people-modal.ts";
import { messageJson } from "./wire-message.ts";

export type Slash = {
  readonly channel: Ref;
  readonly user: Ref;
  /** As typed, without the slash: `brief` or `topic add`. */
  readonly command: string;
  readonly options?: OptionValues;
  /** The guild's settings override the permissions the command asks for. */
  readonly isOverridden?: boolean;
};
export type Autocomplete = Slash & { readonly focused: string };
export type ContextCommand = {
  readonly name: string;
  readonly message: Ref;
  readonly user: Ref;
  readonly isOverridden?: boolean;
};
export type Press = { readonly message: Ref; readonly customId: string | RegExp; readonly user: Ref };
export type Selection = Press & { readonly values: readonly string[] };
export type ModalSubmission = {
  readonly from: InteractionHandle;
  readonly user?: Ref;
  readonly values: ModalValues;
};
export type Writing = {
  readonly channel: Ref;
  readonly user: Ref;
  readonly content: string;
  readonly mentionsBot?: boolean;
  readonly replyTo?: Ref;
};

const ADMINISTRATOR = 8n;
const MESSAGE_COMMAND = 3;

/** What people do: each refuses what Discord's own client would not let them do. */
export function createPeople(ctx: Ctx) {
  const { state } = ctx;

  function slash(act: Slash): InteractionHandle {
    const { channel, command, words } = typedCommand(state, act);
    const data = slashData(state, { command, words, options: act.options ?? {} }, undefined);
    return startInteraction(ctx, {
      kind: "command",
      name: act.command,
      channel,
      userId: idOf(act.user),
      data,
    }).handle;
  }

  async function autocomplete(act: Autocomplete): Promise<Choice[]> {
    const { channel, command, words } = typedCommand(state, act);
    const data = slashData(state, { command, words, options: act.options ?? {} }, act.focused);
    const { interaction } = startInteraction(ctx, {
      kind: "autocomplete",
      name: act.command,
      channel,
      userId: idOf(act.user),
      data,
    });
    return waitForChoices(state, interaction);
  }

  function messageCommand(act: ContextCommand): InteractionHandle {
    const message = need(state.everyMessage, idOf(act.message), "message");
    const channel = need(state.channels, message.channelId, "channel");
    const command = findCommand(state, { channel, name: act.name, type: MESSAGE_COMMAND });
    checkShown(state, { command, channel, userId: idOf(act.user), isOverridden: act.isOverridden });
    const data: JsonObject = {
      id: command.id,
      name: command.name,
      type: MESSAGE_COMMAND,
      target_id: message.id,
      // A command on a message carries its text, whatever the intents.
      resolved: { messages: { [message.id]: messageJson(state, message) } },
      ...(command.guildId ? { guild_id: command.guildId } : {}),
    };
    return startInteraction(ctx, {
      kind: "command",
      name: act.name,
      channel,
      userId: idOf(act.user),
      data,
      sourceMessageId: message.id,
    }).handle;
  }

  function press(act: Press, values: readonly string[] | undefined): InteractionHandle {
    const message = need(state.everyMessage, idOf(act.message), "message");
    const userId = idOf(act.user);
    const component = pressable(message, act, values === undefined);
    if (message.deleted) throw new Error("The message is deleted; nobody can press its buttons");
    if (message.ephemeralFor && message.ephemeralFor !== userId)
      throw new Error("Only the one person sees that message");
    const channel = need(state.channels, message.channelId, "channel");
    const chosen =
      values === undefined ? {} : { values, ...resolveChosen(state, channel, { component, values }) };
    return startInteraction(ctx, {
      kind: "component",
      name: component.custom_id ?? "",
      channel,
      userId,
      sourceMessageId: message.id,
      data: {
        custom_id: component.custom_id,
        component_type: component.type,
        id: component.id ?? 1,
        ...chosen,
      },
      extra: { message: messageJson(state, message) },
    }).handle;
  }

  function submitModal({ from, user, values }: ModalSubmission): InteractionHandle {
    if (!from.modal) throw new Error("No modal was opened");
    const opener = need(state.interactions, from.token, "interaction");
    const source =
      opener.kind === "component" ? state.everyMessage.get(opener.sourceMessageId ?? "") : undefined;
    return startInteraction(ctx, {
      kind: "modal",
      name: from.modal.customId,
      channel: need(state.channels, opener.channelId, "channel"),
      userId: user === undefined ? from.userId : idOf(user),
      sourceMessageId: source?.id,
      data: { custom_id: from.modal.customId, ...filledIn(state, from.modal, values) },
      extra: source ? { message: messageJson(state, source) } : {},
    }).handle;
  }

  function userMessage(act: Writing): PeerMessage {
    const mention = `<@${state.botId}>`;
    const needsMention = act.mentionsBot === true && !act.content.includes(mention);
    const content = needsMention ? `${mention} ${act.content}` : act.content;
    const reference =
      act.replyTo === undefined ? {} : { message_reference: { message_id: idOf(act.replyTo) } };
    return storeMessage(ctx, {
      channelId: idOf(act.channel),
      authorId: idOf(act.user),
      body: { content, ...reference },
    });
  }

  return {
    slash,
    autocomplete,
    messageCommand,
    pressButton: (act: Press) => press(act, undefined),
    select: ({ values, ...act }: Selection) => press(act, values),
    submitModal,
    userMessage,
    deleteMessage: (message: Ref) => removeMessage(ctx, need(state.everyMessage, idOf(message), "message")),
  };
}

function typedCommand(state: PeerState, act: Slash) {
  const channel = need(state.channels, idOf(act.channel), "channel");
  const [name = "", ...words] = act.command.replace(/^\//, "").split(" ");
  const command = findCommand(state, { channel, name, type: 1 });
  checkShown(state, { command, channel, userId: idOf(act.user), isOverridden: act.isOverridden });
  return { channel, command, words };
}

/** A guild's own command hides the global one of the same name. */
function findCommand(
  state: PeerState,
  wanted: { channel: PeerChannel; name: string; type: number },
): RegisteredCommand {
  const { channel, name, type } = wanted;
  const commands = [...listOf(state.commands, channel.guildId ?? ""), ...listOf(state.commands, GLOBAL)];
  const command = commands.find((candidate) => candidate.name === name && candidate.type === type);
  if (!command)
    throw new Error(
      `No command "${name}" is registered; there are: ${commands.map((other) => other.name).join(", ") || "none"}`,
    );
  return command;
}

type Showing = {
  command: RegisteredCommand;
  channel: PeerChannel;
  userId: string;
  isOverridden: boolean | undefined;
};

function checkShown(state: PeerState, { command, channel, userId, isOverridden }: Showing): void {
  const asked = command.default_member_permissions;
  if (isOverridden || asked === undefined || asked === null || channel.type === CHANNEL.dm) return;
  const needed = BigInt(asked);
  const has = permissionsIn(state, channel, userId);
  // "0" hides a command from all but administrators.
  const isShown = needed === 0n ? (has & ADMINISTRATOR) !== 0n : (has & needed) === needed;
  if (!isShown) throw new Error(`Discord does not show "${command.name}" to this person here`);
}
