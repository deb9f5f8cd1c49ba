import { setTimeout as sleep } from "node:timers/promises";
import {
  type BaseInteraction,
  InteractionResponseType,
  type Message,
  MessageFlags,
  RequestMethod,
  Routes,
} from "discord.js";
import { z } from "zod";
import { AppError, toAppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Inbound } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import { type Arrived, readInteraction, readMessage } from "./inbound.ts";
import { renderDiscord } from "./render.ts";

/** Discord gives up on an unacknowledged interaction after 3 s; storing a call gets half of them. */
const STORE_FIRST_MS = 1_500;
const ACKNOWLEDGE_WITHIN_MS = 3_000;
const BETWEEN_TRIES_MS = 200;
/** A stop waits no longer than this for what just arrived. */
const DRAIN_MS = 3_000;

export interface InboxDeps {
  api: Api;
  inbound: Inbound;
  clock: Clock;
  log: Log;
}

/** Takes in what people do: stores each call first, and only then acknowledges it. */
export interface Inbox {
  interaction: (interaction: BaseInteraction) => void;
  message: (message: Message, me: string) => void;
  /** Resolves once the call's acknowledgement, if it is under way, has ended. */
  acknowledged: (callId: string) => Promise<void>;
  /** Resolves when nothing is under way any more, or after a while. */
  drain: () => Promise<void>;
}

export function createInbox(deps: InboxDeps): Inbox {
  const { inbound, clock, log } = deps;
  const underWay = new Map<string, Promise<void>>();

  function track(id: string, work: Promise<void>): void {
    const ended = work
      .catch((error: unknown) => log.error({ err: error }, "discord event not handled"))
      .finally(() => underWay.delete(id));
    underWay.set(id, ended);
  }

  return {
    interaction: (interaction) => {
      if (!interaction.isRepliable()) return;
      const arrived = readInteraction(interaction, { commands: inbound.commands, now: clock() });
      track(
        interaction.id,
        arrived === null ? refuse(deps, interaction, "command/unknown") : take(deps, interaction, arrived),
      );
    },
    message: (message, me) => {
      const arrived = readMessage(message, me, { commands: inbound.commands, now: clock() });
      if (arrived !== null) track(message.id, takeMention(deps, message, arrived));
    },
    acknowledged: (callId) => underWay.get(callId) ?? Promise.resolve(),
    drain: async () => {
      const timer = new AbortController();
      const late = sleep(DRAIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.all(underWay.values()), late]);
      timer.abort();
    },
  };
}

/**
 * Storing comes first, so that a call that was acknowledged is never lost. When storing is slow the acknowledgement
 * goes ahead: after 3 s Discord would show a failure and refuse the answer.
 */
async function take(
  deps: InboxDeps,
  interaction: BaseInteraction,
  { call, command }: Arrived,
): Promise<void> {
  const storing = deps.inbound.received(call);
  const isPrivate = command.visibility === "private";
  const inTime = await settledWithin(storing, STORE_FIRST_MS);
  if (!inTime) await defer(deps, interaction, isPrivate);
  try {
    await storing;
  } catch (thrown) {
    const error = toAppError(thrown);
    deps.log.error({ command: call.command, err: error }, "discord call not stored");
    await (inTime ? answerNow(deps, interaction, error) : editAnswer(deps, interaction, error));
    return;
  }
  // A call that was received before is acknowledged as well: the process that stored it may not have come so far.
  if (inTime) await defer(deps, interaction, isPrivate);
}

async function takeMention(
  { api, inbound, log }: InboxDeps,
  message: Message,
  { call }: Arrived,
): Promise<void> {
  try {
    await inbound.received(call);
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ command: call.command, err: error }, "discord call not stored");
    await api.call({
      method: RequestMethod.Post,
      route: Routes.channelMessages(message.channelId),
      body: {
        ...renderDiscord(sentence(error.say, "warning")),
        nonce: message.id,
        enforce_nonce: true,
        message_reference: { message_id: message.id, fail_if_not_exists: false },
      },
      answer: z.unknown(),
      signal: AbortSignal.timeout(ACKNOWLEDGE_WITHIN_MS),
    });
  }
}

/** "Lede is thinking…", for everyone or for the asker alone: that can not be changed afterwards. */
async function defer(deps: InboxDeps, interaction: BaseInteraction, isPrivate: boolean): Promise<void> {
  const data = isPrivate ? { flags: MessageFlags.Ephemeral } : {};
  await callBack(deps, interaction, { type: InteractionResponseType.DeferredChannelMessageWithSource, data });
}

async function refuse(deps: InboxDeps, interaction: BaseInteraction, code: "command/unknown"): Promise<void> {
  await answerNow(deps, interaction, new AppError(code));
}

/** An answer in place of the acknowledgement, to the asker alone. */
async function answerNow(deps: InboxDeps, interaction: BaseInteraction, error: AppError): Promise<void> {
  const data = { ...renderDiscord(sentence(error.say, "warning")), flags: MessageFlags.Ephemeral };
  await callBack(deps, interaction, { type: InteractionResponseType.ChannelMessageWithSource, data });
}

async function editAnswer({ api }: InboxDeps, interaction: BaseInteraction, error: AppError): Promise<void> {
  await api.call({
    method: RequestMethod.Patch,
    route: Routes.webhookMessage(interaction.applicationId, interaction.token, "@original"),
    body: renderDiscord(sentence(error.say, "warning")),
    answer: z.unknown(),
    anonymous: true,
    signal: AbortSignal.timeout(ACKNOWLEDGE_WITHIN_MS),
  });
}

/** Tries until Discord has it or would no longer take it. What goes wrong is logged: nothing else can be done about it. */
async function callBack({ api, log }: InboxDeps, interaction: BaseInteraction, body: unknown): Promise<void> {
  const signal = AbortSignal.timeout(ACKNOWLEDGE_WITHIN_MS);
  const route = Routes.interactionCallback(interaction.id, interaction.token);
  for (;;) {
    try {
      await api.call({
        method: RequestMethod.Post,
        route,
        body,
        answer: z.unknown(),
        anonymous: true,
        signal,
      });
      return;
    } catch (thrown) {
      const error = toPlatformError(thrown);
      if (discordCode(error) === DISCORD_ERROR.alreadyAcknowledged) return;
      const mayHelp = error.code === "platform/uncertain" || error.code === "platform/unavailable";
      if (signal.aborted || !mayHelp) {
        log.warn({ interaction: interaction.id, err: error }, "discord interaction not acknowledged");
        return;
      }
      await sleep(BETWEEN_TRIES_MS);
    }
  }
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const settled = work.then(
    () => true,
    () => true,
  );
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([settled, late]);
  timer.abort();
  return inTime;
}
