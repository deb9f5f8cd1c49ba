import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { Api } from "./api.ts";

const PAGE_SIZE = 100;
/** 10 000 messages: more than any channel gets between a lost answer and the look for it. */
const MAX_PAGES = 100;

/** First millisecond of Discord's ids, and the bits below the time (API reference, "Snowflakes"). */
const EPOCH_MS = 1_420_070_400_000;
const TIME_SHIFT = 22n;

const Button = z.object({ custom_id: z.string().optional() });
const Row = z.object({ components: z.array(Button).default([]) });

export const PastMessage = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z.array(Row).default([]),
  message_reference: z.object({ message_id: z.string().optional() }).nullish(),
});
export type PastMessage = z.infer<typeof PastMessage>;

export interface Search {
  channel: string;
  /** Messages with a greater id are looked at, oldest first. */
  after: string;
  matches: (message: PastMessage) => boolean;
  signal: AbortSignal;
}

/** The id of the bot's first own message that matches, or null. Throws AppError `platform/*`, `uncertain` where the channel has too much to read. */
export async function findOwnMessage(
  api: Api,
  { channel, after, matches, signal }: Search,
): Promise<string | null> {
  const me = await api.me(signal);
  let from = after;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const messages = await api.call({
      method: RequestMethod.Get,
      route: Routes.channelMessages(channel),
      query: { after: from, limit: String(PAGE_SIZE) },
      answer: z.array(PastMessage),
      signal,
    });
    messages.sort((a, b) => compareIds(a.id, b.id));
    const found = messages.find((message) => message.author.id === me.id && matches(message));
    if (found !== undefined) return found.id;
    const last = messages.at(-1);
    if (last === undefined || messages.length < PAGE_SIZE) return null;
    from = last.id;
  }
  throw new AppError("platform/uncertain", { details: { channel, readBack: MAX_PAGES * PAGE_SIZE } });
}

/** The smallest id of a moment. */
export function idAt(time: Date): string {
  return String(BigInt(Math.max(0, time.getTime() - EPOCH_MS)) << TIME_SHIFT);
}

/** Whether a button of the message carries the key at its id's end. */
export function carriesKey(message: PastMessage | null, key: string): boolean {
  const rows = message?.components ?? [];
  return rows.some((row) => row.components.some(({ custom_id: id }) => id?.split(":").at(-1) === key));
}

/** Whether one of Discord's ids was made after another. */
export function isAfter(id: string, other: string): boolean {
  return compareIds(id, other) > 0;
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
