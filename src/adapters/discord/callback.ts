import { setTimeout as sleep } from "node:timers/promises";
import {
  type BaseInteraction,
  InteractionResponseType,
  MessageFlags,
  RequestMethod,
  Routes,
} from "discord.js";
import { z } from "zod";
import type { AppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import { renderDiscord } from "./render.ts";

/** Discord gives up on an unacknowledged interaction after 3 s. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
const BETWEEN_TRIES_MS = 200;

export interface CallbackDeps {
  api: Api;
  log: Log;
}

/** "Lede is thinking…", for everyone or for the asker alone: that can not be changed afterwards. */
export async function defer(
  deps: CallbackDeps,
  interaction: BaseInteraction,
  isPrivate: boolean,
): Promise<void> {
  const data = isPrivate ? { flags: MessageFlags.Ephemeral } : {};
  await callBack(deps, interaction, { type: InteractionResponseType.DeferredChannelMessageWithSource, data });
}

/** An answer in place of the acknowledgement, to the asker alone. */
export async function answerNow(
  deps: CallbackDeps,
  interaction: BaseInteraction,
  error: AppError,
): Promise<void> {
  const data = { ...renderDiscord(sentence(error.say, "warning")), flags: MessageFlags.Ephemeral };
  await callBack(deps, interaction, { type: InteractionResponseType.ChannelMessageWithSource, data });
}

/** An answer after the acknowledgement, in its place. Throws AppError `platform/*`. */
export async function editAnswer(
  { api }: CallbackDeps,
  interaction: BaseInteraction,
  error: AppError,
): Promise<void> {
  await api.call({
    method: RequestMethod.Patch,
    route: Routes.webhookMessage(interaction.applicationId, interaction.token, "@original"),
    body: renderDiscord(sentence(error.say, "warning")),
    answer: z.unknown(),
    anonymous: true,
    signal: AbortSignal.timeout(ACKNOWLEDGE_WITHIN_MS),
  });
}

/**
 * Tries until Discord has it or would no longer take it. What goes wrong is logged: nothing else can be done about it,
 * but for a payload that Discord would not have, in whose place another can still be sent. Returns false for that.
 */
export async function callBack(
  { api, log }: CallbackDeps,
  interaction: BaseInteraction,
  body: unknown,
): Promise<boolean> {
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
      return true;
    } catch (thrown) {
      const error = toPlatformError(thrown);
      if (discordCode(error) === DISCORD_ERROR.alreadyAcknowledged) return true;
      const mayHelp = error.code === "platform/uncertain" || error.code === "platform/unavailable";
      if (signal.aborted || !mayHelp) {
        log.warn({ interaction: interaction.id, err: error }, "discord interaction not acknowledged");
        return error.code !== "platform/rejected";
      }
      await sleep(BETWEEN_TRIES_MS);
    }
  }
}

/** Whether the work ends in time, well or not. */
export async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
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
