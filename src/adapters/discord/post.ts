import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { channelParts, type Channel } from "#src/core/channel.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import type { FindRequest, PostRequest, UpdateRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { postOutcome, updateOutcome } from "#src/core/outcome.ts";
import { toPlatformError } from "./errors.ts";
import { carriesKey, findOwnMessage, idAt } from "./history.ts";
import { renderDiscord } from "./render.ts";

const Posted = z.object({ id: z.string() });

/**
 * Posts under the key as nonce: Discord answers a repetition within minutes with the first message. Where the answer is
 * lost the outcome is still uncertain, since nobody knows how long those minutes are.
 */
export async function postMessage(api: Api, { channel, key, reply, signal }: PostRequest): Promise<Outcome> {
  try {
    const { id } = await api.call({
      method: RequestMethod.Post,
      route: Routes.channelMessages(channelId(channel)),
      body: { ...renderDiscord(reply), nonce: key, enforce_nonce: true },
      answer: Posted,
      signal,
    });
    return { kind: "sent", message: { channel, id } };
  } catch (thrown) {
    return postOutcome(toPlatformError(thrown));
  }
}

export async function updateMessage(api: Api, { message, reply, signal }: UpdateRequest): Promise<Outcome> {
  try {
    await api.call({
      method: RequestMethod.Patch,
      route: Routes.channelMessage(channelId(message.channel), message.id),
      body: renderDiscord(reply),
      answer: Posted,
      signal,
    });
    return { kind: "sent", message };
  } catch (thrown) {
    return updateOutcome(toPlatformError(thrown));
  }
}

/** What the gateway's cache knows about reading a channel's history; null when it does not know. */
export type CanReadHistory = (channel: string) => boolean | null;

/** Throws AppError `platform/*`. */
export async function findMessage(
  api: Api,
  { channel, key, since, signal }: FindRequest,
  canReadHistory: CanReadHistory,
): Promise<MessageRef | null> {
  const id = channelId(channel);
  // Without the permission Discord answers with no messages instead of an error, which would make a second post.
  if (canReadHistory(id) === false) {
    const say =
      "Lede can not see whether it posted there: it lacks the permission Read Message History in that channel.";
    throw new AppError("platform/uncertain", { say, details: { channel } });
  }
  const matches = (message: Parameters<typeof carriesKey>[0]): boolean => carriesKey(message, key);
  const found = await findOwnMessage(api, { channel: id, after: idAt(since), matches, signal });
  return found === null ? null : { channel, id: found };
}

function channelId(channel: Channel): string {
  return channelParts(channel).id;
}
