import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { channelParts, type Channel, toChannel } from "#src/core/channel.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import { postOutcome, updateOutcome } from "#src/core/outcome.ts";
import type { Log } from "#src/log.ts";
import type { FindRequest, PostRequest, UpdateRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import { renderFiles } from "./files.ts";
import { findForumPost, startForumPost } from "./forum.ts";
import { carriesKey, findOwnMessage, idAt } from "./history.ts";
import type { Place, Places } from "./places.ts";
import { type MessagePayload, renderDiscord } from "./render.ts";
import { openThread, threadIdOf, threadName, unarchive } from "./threads.ts";

const Posted = z.object({ id: z.string() });

export interface PostDeps {
  api: Api;
  places: Places;
  log: Log;
  /** What the gateway's cache knows about reading a channel's history; null when it does not know. */
  canReadHistory: (channelId: string) => boolean | null;
}

/**
 * Posts under the key as nonce: Discord answers a repetition within minutes with the first message. Where the answer is
 * lost the outcome is still uncertain, since nobody knows how long those minutes are.
 */
export async function postMessage(deps: PostDeps, request: PostRequest): Promise<Outcome> {
  let target: Target;
  try {
    target = await findTarget(deps, request);
  } catch (thrown) {
    // Nothing was posted yet, and a thread can be asked for as often as one likes.
    return updateOutcome(toPlatformError(thrown));
  }
  try {
    const message = await create(deps.api, request, target);
    if (request.crosspost === true)
      await crosspost(deps, { message, place: target.place, signal: request.signal });
    return { kind: "sent", message };
  } catch (thrown) {
    return postOutcome(toPlatformError(thrown));
  }
}

/** Edits in place, also in a thread that was archived meanwhile. */
export async function updateMessage(deps: PostDeps, request: UpdateRequest): Promise<Outcome> {
  const { message, signal } = request;
  try {
    await edit(deps.api, request).catch(async (thrown: unknown) => {
      const error = toPlatformError(thrown);
      if (discordCode(error) !== DISCORD_ERROR.threadArchived) throw error;
      await unarchive(deps.api, channelId(message.channel), signal);
      await edit(deps.api, request);
    });
    if (request.crosspost === true) await crosspost(deps, { message, place: null, signal });
    return { kind: "sent", message };
  } catch (thrown) {
    return updateOutcome(toPlatformError(thrown));
  }
}

/** Throws AppError `platform/*`. */
export async function findMessage(deps: PostDeps, request: FindRequest): Promise<MessageRef | null> {
  const { channel, key, since, thread = null, signal } = request;
  const { api, places, canReadHistory } = deps;
  // Without the permission Discord answers with no messages instead of an error, which would make a second post.
  if (canReadHistory(channelId(channel)) === false) {
    const say =
      "Lede can not see whether it posted there: it lacks the permission Read Message History in that channel.";
    throw new AppError("platform/uncertain", { say, details: { channel } });
  }
  const isForum = thread === null && (await places.of(channelId(channel), signal)).kind === "forum";
  if (isForum) return findForumPost(api, request);
  const within = thread === null ? channelId(channel) : await threadIdOf(places, thread, signal);
  const found = await findOwnMessage(api, {
    channel: within,
    after: idAt(since),
    matches: (message) => carriesKey(message, key),
    signal,
  }).catch((thrown: unknown) => {
    const error = toPlatformError(thrown);
    // The attempt ended before there was a thread to post in.
    if (thread !== null && discordCode(error) === DISCORD_ERROR.unknownChannel) return null;
    throw error;
  });
  return found === null ? null : { channel: sibling(channel, within), id: found };
}

/** Where a post goes: a channel or thread that takes messages, or a forum, where it starts a thread of its own. */
interface Target {
  id: string;
  place: Place | null;
}

async function findTarget(
  deps: PostDeps,
  { channel, reply, thread = null, signal }: PostRequest,
): Promise<Target> {
  if (thread !== null)
    return { id: await openThread(deps, { message: thread, name: threadName(reply), signal }), place: null };
  const id = channelId(channel);
  return { id, place: await deps.places.of(id, signal) };
}

async function create(api: Api, request: PostRequest, { id, place }: Target): Promise<MessageRef> {
  const { channel, key, reply, mention = null, signal } = request;
  const payload: MessagePayload = renderDiscord(
    reply,
    mention === null ? null : { role: mention, calls: true },
  );
  if (place?.kind === "forum") return startForumPost(api, request, { payload, tag: place.tag });
  const posted = await api.call({
    method: RequestMethod.Post,
    route: Routes.channelMessages(id),
    body: { ...payload, nonce: key, enforce_nonce: true },
    files: renderFiles(reply),
    answer: Posted,
    signal,
  });
  return { channel: sibling(channel, id), id: posted.id };
}

async function edit(api: Api, { message, reply, mention = null, signal }: UpdateRequest): Promise<void> {
  await api.call({
    method: RequestMethod.Patch,
    route: Routes.channelMessage(channelId(message.channel), message.id),
    body: renderDiscord(reply, mention === null ? null : { role: mention, calls: false }),
    files: renderFiles(reply),
    answer: Posted,
    signal,
  });
}

interface Crosspost {
  message: MessageRef;
  /** Where it stands, if that is known. */
  place: Place | null;
  signal: AbortSignal;
}

/** Hands the message on to the channels that follow; the post stands whether that succeeds or not, so it never throws. */
async function crosspost(
  { api, places, log }: PostDeps,
  { message, place, signal }: Crosspost,
): Promise<void> {
  const id = channelId(message.channel);
  try {
    const { kind } = place ?? (await places.of(id, signal));
    if (kind !== "announcement") return;
    const route = Routes.channelMessageCrosspost(id, message.id);
    await api.call({ method: RequestMethod.Post, route, answer: Posted, signal });
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (discordCode(error) === DISCORD_ERROR.alreadyCrossposted) return;
    log.warn({ channel: message.channel, err: error }, "discord message not crossposted");
  }
}

function channelId(channel: Channel): string {
  return channelParts(channel).id;
}

/** Another channel or a thread of the same server. */
function sibling(channel: Channel, id: string): Channel {
  const { platform, workspace } = channelParts(channel);
  return toChannel({ platform, workspace, id });
}
