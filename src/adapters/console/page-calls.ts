import { randomUUID } from "node:crypto";
import { z } from "zod";
import { BriefLength } from "#src/core/brief.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import type { Clock, Inbound, RespondRequest } from "#src/ports.ts";
import type { PageEvents } from "./page-events.ts";
import { type ReplyEvent, replyView, type ViewStore } from "./page-view.ts";

const LONGEST_LINK = 4_096;
const LONGEST_TEXT = 200_000;

/** What `POST /api/brief` takes: a link or a text, not both. */
export const BriefInput = z
  .strictObject({
    link: z.string().trim().min(1).max(LONGEST_LINK).optional(),
    text: z.string().trim().min(1).max(LONGEST_TEXT).optional(),
    length: BriefLength.optional(),
  })
  .refine(({ link, text }) => (link === undefined) !== (text === undefined), {
    message: "Give a link or a text, one of the two.",
    path: ["link"],
  });
export type BriefInput = z.infer<typeof BriefInput>;

export interface PageCalls {
  open: (inbound: Inbound) => void;
  /** Hands the call on; resolves to its id once it is stored. Throws AppError `platform/unavailable` before the start. */
  give: (input: BriefInput) => Promise<string>;
  /** Keeps a reply for the page and pushes it. */
  answer: (request: RespondRequest) => Promise<void>;
  /** The newest reply to a call; null when there is none yet or it is no longer kept. */
  latest: (id: string) => ReplyEvent | null;
}

interface PageCallsOptions {
  store: ViewStore;
  clock: Clock;
  events: Pick<PageEvents, "publish">;
}

/** Enough for every page that is open; the briefs themselves are in the store. */
const REPLIES_KEPT = 100;

/** The calls that were given through the page, and what was answered. */
export function createPageCalls({ store, clock, events }: PageCallsOptions): PageCalls {
  const replies = new Map<string, ReplyEvent>();
  let open: Inbound | null = null;

  return {
    open: (inbound) => {
      open = inbound;
    },
    give: async (input) => {
      if (open === null)
        throw new AppError("platform/unavailable", {
          say: "Lede is still starting. Try again in a few seconds.",
        });
      const call = toCall(input, clock());
      await open.received(call);
      return call.id;
    },
    answer: async ({ call, reply, stage }) => {
      const event: ReplyEvent = { id: call.id, stage, view: await replyView(reply, store) };
      replies.delete(call.id);
      replies.set(call.id, event);
      const [oldest] = replies.keys();
      if (replies.size > REPLIES_KEPT && oldest !== undefined) replies.delete(oldest);
      events.publish({ kind: "reply", reply: event });
    },
    latest: (id) => replies.get(id) ?? null,
  };
}

function toCall(options: BriefInput, now: Date): CommandCall {
  const id = `page-${randomUUID()}`;
  return {
    id,
    command: "brief",
    input: { kind: "options", options },
    caller: { platform: "console", user: "page", channel: CONSOLE_CHANNEL, moderator: true, roles: [] },
    handle: id,
    receivedAt: now,
  };
}
