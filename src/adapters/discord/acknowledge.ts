import { setTimeout as sleep } from "node:timers/promises";
import { type BaseInteraction, type Message, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { AppError, toAppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import type { Clock } from "#src/ports.ts";
import { type AskDeps, offerChoices, openForm } from "./ask.ts";
import { ACKNOWLEDGE_WITHIN_MS, answerNow, defer, editAnswer, settledWithin } from "./callback.ts";
import { createGrants } from "./grants.ts";
import { type Arrived, readInteraction, readMessage } from "./inbound.ts";
import { renderDiscord } from "./render.ts";

/** Storing a call gets half of the 3 s in which Discord takes an acknowledgement, or what asking for a form left of them. */
const STORE_FIRST_MS = 1_500;
const STORE_AFTER_FORM_MS = 500;
/** A stop waits no longer than this for what just arrived. */
const DRAIN_MS = 3_000;

export interface InboxDeps extends Omit<AskDeps, "grants"> {
  clock: Clock;
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

export function createInbox(given: InboxDeps): Inbox {
  const deps = { ...given, grants: createGrants() };
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
      const arrived = readInteraction(interaction, { commands: inbound.commands, now: clock() });
      if (interaction.isAutocomplete())
        track(interaction.id, offerChoices(deps, interaction, arrived?.call ?? null));
      if (!interaction.isRepliable()) return;
      track(
        interaction.id,
        arrived === null
          ? answerNow(deps, interaction, new AppError("command/unknown"))
          : take(deps, interaction, withGrant(deps, interaction, arrived)),
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

/** Who was let open the form may also send it. */
function withGrant({ grants }: AskDeps, interaction: BaseInteraction, { call, command }: Arrived): Arrived {
  if (!interaction.isModalSubmit()) return { call, command };
  const { caller, receivedAt } = call;
  const moderator = grants.take(caller, interaction.customId, receivedAt) || caller.moderator;
  return { call: { ...call, caller: { ...caller, moderator } }, command };
}

async function take(deps: AskDeps, interaction: BaseInteraction, arrived: Arrived): Promise<void> {
  // Discord takes no form for an answer to a form.
  const asks = arrived.command.form !== undefined && !interaction.isModalSubmit();
  if (asks && (await openForm(deps, interaction, arrived.call))) return;
  await store(deps, interaction, { ...arrived, firstMs: asks ? STORE_AFTER_FORM_MS : STORE_FIRST_MS });
}

/**
 * Storing comes first, so that a call that was acknowledged is never lost. When storing is slow the acknowledgement
 * goes ahead: after 3 s Discord would show a failure and refuse the answer.
 */
async function store(
  deps: AskDeps,
  interaction: BaseInteraction,
  { call, command, firstMs }: Arrived & { firstMs: number },
): Promise<void> {
  const storing = deps.inbound.received(call);
  const isPrivate = command.visibility === "private";
  const inTime = await settledWithin(storing, firstMs);
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
  { api, inbound, log }: AskDeps,
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
