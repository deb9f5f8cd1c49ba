import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { channelParts } from "#src/core/channel.ts";
import type { MessageRef } from "#src/core/delivery.ts";
import type { Reply } from "#src/core/reply.ts";
import { fitPlain } from "#src/core/visible-text.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import type { Places } from "./places.ts";

/** Discord takes 100; a list of threads shows less. */
const MAX_NAME = 90;
const NAMELESS = "Updates";

/** What a thread is called: as the reply that opens it. */
export function threadName({ title }: Reply): string {
  return fitPlain(title ?? "", MAX_NAME) || NAMELESS;
}

/**
 * The channel id of the thread a message has or would have: a thread has the id of the message it was started from. A
 * message that itself stands in a thread, or in a direct conversation, is answered right there.
 */
export async function threadIdOf(places: Places, message: MessageRef, signal: AbortSignal): Promise<string> {
  const { id } = channelParts(message.channel);
  const { kind } = await places.of(id, signal);
  return kind === "thread" || kind === "direct" ? id : message.id;
}

export interface ThreadDeps {
  api: Api;
  places: Places;
}

/** The id of the message's thread, which is started when there is none. Throws AppError `platform/*`. */
export async function openThread(
  { api, places }: ThreadDeps,
  { message, name, signal }: { message: MessageRef; name: string; signal: AbortSignal },
): Promise<string> {
  const channel = channelParts(message.channel).id;
  const thread = await threadIdOf(places, message, signal);
  if (thread === channel || places.isKnown(thread)) return thread;
  try {
    await api.call({
      method: RequestMethod.Post,
      route: Routes.threads(channel, message.id),
      body: { name },
      answer: z.unknown(),
      signal,
    });
  } catch (thrown) {
    const error = toPlatformError(thrown);
    // Started before: by an attempt whose answer was lost, or archived since.
    if (discordCode(error) !== DISCORD_ERROR.threadExists) throw error;
  }
  return thread;
}

/** Opens an archived thread again; a post does that by itself, an edit does not. Throws AppError `platform/*`. */
export async function unarchive(api: Api, thread: string, signal: AbortSignal): Promise<void> {
  await api.call({
    method: RequestMethod.Patch,
    route: Routes.channel(thread),
    body: { archived: false },
    answer: z.unknown(),
    signal,
  });
}
