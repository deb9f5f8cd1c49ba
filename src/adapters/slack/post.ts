import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { channelParts } from "#src/core/channel.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import type { Reply } from "#src/core/reply.ts";
import type { FindRequest, PostRequest, UpdateRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { postOutcome, updateOutcome } from "#src/core/outcome.ts";
import { slackError, toPlatformError } from "./errors.ts";
import { renderSlack, type Shape } from "./render.ts";

/** The clocks of Slack's own machines differ a little. */
const CLOCK_SKEW_MS = 30_000;
const MS_PER_SECOND = 1_000;
const PAGE = 200;
const MAX_PAGES = 10;

export const POSTED = "brief_posted";
export const REPLIED = "lede_reply";

/** Posts once, with the key in the message's metadata: Slack knows no idempotency key. */
export async function postMessage(api: Api, request: PostRequest): Promise<Outcome> {
  const { channel, key, reply, thread, mention = null, signal } = request;
  try {
    const place = { channel: channelParts(channel).id, threadTs: thread?.id ?? null };
    const id = await sendNew(api, { place, event: POSTED, key, reply, shape: { mention }, signal });
    return { kind: "sent", message: { channel, id } };
  } catch (thrown) {
    return postOutcome(toPlatformError(thrown));
  }
}

export async function updateMessage(api: Api, request: UpdateRequest): Promise<Outcome> {
  const { message, reply, mention = null, signal } = request;
  try {
    const { id: channel } = channelParts(message.channel);
    await editMessage(api, { channel, ts: message.id, reply, shape: { mention }, signal });
    return { kind: "sent", message };
  } catch (thrown) {
    return updateOutcome(toPlatformError(thrown));
  }
}

/** Throws AppError `platform/*`. */
export async function findMessage(
  api: Api,
  { channel, key, since, thread, signal }: FindRequest,
): Promise<MessageRef | null> {
  const place = { channel: channelParts(channel).id, threadTs: thread?.id ?? null };
  try {
    const id = await findOwn(api, { place, event: POSTED, key, since, signal });
    return id === null ? null : { channel, id };
  } catch (thrown) {
    // With its message a thread is gone, and all that stood in it.
    if (slackError(toPlatformError(thrown)) === "thread_not_found") return null;
    throw thrown;
  }
}

export interface Place {
  channel: string;
  threadTs: string | null;
}

interface NewMessage {
  place: Place;
  event: typeof POSTED | typeof REPLIED;
  key: string;
  reply: Reply;
  shape: Shape;
  signal: AbortSignal;
}

/** A new message; returns its `ts`. Throws AppError `platform/*`. */
export async function sendNew(
  api: Api,
  { place, event, key, reply, shape, signal }: NewMessage,
): Promise<string> {
  const message = {
    channel: place.channel,
    ...renderSlack(reply, shape),
    metadata: { event_type: event, event_payload: { key } },
    unfurl_links: false,
    unfurl_media: false,
    ...(place.threadTs === null ? {} : { thread_ts: place.threadTs }),
  };
  const { ts } = await api.call((slack) => slack.chat.postMessage(message), signal);
  // A success that can not be read is a success of unknown content.
  if (ts === undefined) throw new AppError("platform/uncertain", { details: { unreadable: "no ts" } });
  return ts;
}

interface Edit extends Pick<NewMessage, "reply" | "shape" | "signal"> {
  channel: string;
  ts: string;
}

/** Throws AppError `platform/*`. */
export async function editMessage(api: Api, { channel, ts, reply, shape, signal }: Edit): Promise<void> {
  await api.call((slack) => slack.chat.update({ channel, ts, ...renderSlack(reply, shape) }), signal);
}

const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        user: z.string().optional(),
        bot_id: z.string().optional(),
        metadata: z
          .object({
            event_type: z.string().optional(),
            event_payload: z.record(z.string(), z.unknown()).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

interface Search extends Omit<NewMessage, "reply" | "shape"> {
  since: Date;
}

/** The `ts` of our own message that carries the key. Throws AppError `platform/*`; `uncertain` when the history is too long to read. */
export async function findOwn(
  api: Api,
  { place, event, key, since, signal }: Search,
): Promise<string | null> {
  const me = await api.me(signal);
  const oldest = ((since.getTime() - CLOCK_SKEW_MS) / MS_PER_SECOND).toFixed(6);
  let cursor = "";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = {
      oldest,
      inclusive: true,
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor === "" ? {} : { cursor }),
    };
    const { messages, response_metadata: rest } = Page.parse(
      await api.call((slack) => readPage(slack, place, query), signal),
    );
    const found = messages.find(
      ({ bot_id: bot, user, metadata }) =>
        (bot === me.bot_id || user === me.user_id) &&
        metadata?.event_type === event &&
        metadata.event_payload?.["key"] === key,
    );
    if (found !== undefined) return found.ts;
    cursor = rest?.next_cursor ?? "";
    if (cursor === "") return null;
  }
  throw new AppError("platform/uncertain", { details: { reason: "history too long", pages: MAX_PAGES } });
}

interface PageQuery {
  oldest: string;
  inclusive: boolean;
  include_all_metadata: boolean;
  limit: number;
  cursor?: string;
}

function readPage(slack: WebClient, { channel, threadTs }: Place, query: PageQuery): Promise<unknown> {
  return threadTs === null
    ? slack.conversations.history({ channel, ...query })
    : slack.conversations.replies({ channel, ts: threadTs, ...query });
}
