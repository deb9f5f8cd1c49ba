import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { channelParts, type Channel, toChannel } from "#src/core/channel.ts";
import type { MessageRef } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import type { FindRequest, PostRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import { renderFiles } from "./files.ts";
import { carriesKey, idAt, isAfter, PastMessage } from "./history.ts";
import type { MessagePayload } from "./render.ts";
import { threadName } from "./threads.ts";

const PAGE_SIZE = 100;
/** 1 000 archived threads: more than any forum archives between a lost answer and the look for it. */
const MAX_PAGES = 10;

const Started = z.object({ id: z.string() });

const Thread = z.object({
  id: z.string(),
  parent_id: z.string().nullish(),
  owner_id: z.string().nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string() }),
});
type Thread = z.infer<typeof Thread>;
const Threads = z.object({ threads: z.array(Thread), has_more: z.boolean().default(false) });

/** Starts a post of a forum. There is no nonce for it, so that it must never be repeated blindly. Throws AppError `platform/*`. */
export async function startForumPost(
  api: Api,
  { channel, reply, signal }: PostRequest,
  { payload, tag }: { payload: MessagePayload; tag: string | null },
): Promise<MessageRef> {
  const { id } = await api.call({
    method: RequestMethod.Post,
    route: Routes.threads(channelParts(channel).id),
    body: {
      name: threadName(reply),
      message: payload,
      ...(tag === null ? {} : { applied_tags: [tag] }),
    },
    files: renderFiles(reply),
    answer: Started,
    signal,
  });
  return firstMessage(channel, id);
}

/** Our own post of the forum whose first message carries the key, open or archived. Throws AppError `platform/*`. */
export async function findForumPost(
  api: Api,
  { channel, key, since, signal }: FindRequest,
): Promise<MessageRef | null> {
  const { workspace, id: forum } = channelParts(channel);
  const me = await api.me(signal);
  const isCandidate = (thread: Thread): boolean =>
    (thread.parent_id ?? forum) === forum && thread.owner_id === me.id && isAfter(thread.id, idAt(since));
  const carries = async (thread: Thread): Promise<boolean> =>
    isCandidate(thread) && carriesKey(await readFirst(api, thread.id, signal), key);

  const active = await api.call({
    method: RequestMethod.Get,
    route: Routes.guildActiveThreads(workspace),
    answer: Threads,
    signal,
  });
  for (const thread of active.threads) if (await carries(thread)) return firstMessage(channel, thread.id);
  for await (const thread of archivedThreads(api, { forum, since, signal })) {
    if (await carries(thread)) return firstMessage(channel, thread.id);
  }
  return null;
}

/** Archived last comes first; what was archived before `since` was also started before. */
async function* archivedThreads(
  api: Api,
  { forum, since, signal }: { forum: string; since: Date; signal: AbortSignal },
): AsyncGenerator<Thread> {
  let before: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const found: z.infer<typeof Threads> = await api.call({
      method: RequestMethod.Get,
      route: Routes.channelThreads(forum, "public"),
      query: { limit: String(PAGE_SIZE), ...(before === null ? {} : { before }) },
      answer: Threads,
      signal,
    });
    yield* found.threads;
    before = found.threads.at(-1)?.thread_metadata.archive_timestamp ?? null;
    if (!found.has_more || before === null || new Date(before) < since) return;
  }
  throw new AppError("platform/uncertain", { details: { forum, readBack: MAX_PAGES * PAGE_SIZE } });
}

/** The first message of a forum's post has the post's own id; it can be deleted while the post stays. */
async function readFirst(api: Api, thread: string, signal: AbortSignal): Promise<PastMessage | null> {
  try {
    return await api.call({
      method: RequestMethod.Get,
      route: Routes.channelMessage(thread, thread),
      answer: PastMessage,
      signal,
    });
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (discordCode(error) === DISCORD_ERROR.unknownMessage) return null;
    throw error;
  }
}

function firstMessage(forum: Channel, thread: string): MessageRef {
  const { platform, workspace } = channelParts(forum);
  return { channel: toChannel({ platform, workspace, id: thread }), id: thread };
}
