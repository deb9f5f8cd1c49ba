import { randomUUID } from "node:crypto";
import { z } from "zod";
import { BriefLength } from "#src/core/brief.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import type { Form } from "#src/core/form.ts";
import type { ViewParts } from "#src/core/view-parts.ts";
import type { Clock, Inbound, RespondRequest } from "#src/ports.ts";
import { complete, type CompleteInput, type Completion } from "./page-complete.ts";
import type { PageEvents } from "./page-events.ts";
import { type ReplyEvent, replyView } from "./page-view.ts";

const LONGEST_LINK = 4_096;
const LONGEST_TEXT = 200_000;
/** What a field of a form holds at most, and how many a form may send. */
const LONGEST_VALUE = 3_000;
const MOST_VALUES = 25;

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

/** Of a button, a menu or a form: `<command>:<text>`. */
const ActionId = z
  .string()
  .max(100)
  .regex(/^[a-z]+(?::|$)/, "That button names no command.");

/** What `POST /api/calls` takes: a line that was typed, a button, a choice in a menu, or a form. */
export const CallInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("line"), line: z.string().trim().min(1).max(LONGEST_TEXT) }),
  z.strictObject({ kind: z.literal("press"), id: ActionId }),
  z.strictObject({ kind: z.literal("choose"), id: ActionId, choice: z.string().min(1).max(75) }),
  z.strictObject({
    kind: z.literal("submit"),
    id: ActionId,
    values: z
      .record(z.string().max(100), z.string().max(LONGEST_VALUE))
      .refine((values) => Object.keys(values).length <= MOST_VALUES, "A form has no more than 25 fields."),
  }),
]);
export type CallInput = z.infer<typeof CallInput>;

/** What became of a call: stored under an id, or a form has to be filled in first. */
export type Given = { kind: "stored"; id: string } | { kind: "form"; form: Form };

/** Each but `open`, `answer` and `latest` throws AppError `platform/unavailable` before the start. */
export interface PageCalls {
  open: (inbound: Inbound) => void;
  /** Hands a brief's call on; resolves to its id once it is stored. */
  brief: (input: BriefInput) => Promise<string>;
  /** Hands the call on, unless a form comes first. Throws AppError `command/unknown`. */
  give: (input: CallInput) => Promise<Given>;
  complete: (input: CompleteInput) => Promise<Completion>;
  /** Keeps a reply for the page and pushes it. */
  answer: (request: RespondRequest) => Promise<void>;
  /** The newest reply to a call; null when there is none yet or it is no longer kept. */
  latest: (id: string) => ReplyEvent | null;
}

interface PageCallsOptions {
  store: ViewParts;
  clock: Clock;
  events: Pick<PageEvents, "publish">;
}

/** Enough for every page that is open; the briefs themselves are in the store. */
const REPLIES_KEPT = 100;

/** The calls that were given through the page, and what was answered. */
export function createPageCalls({ store, clock, events }: PageCallsOptions): PageCalls {
  const replies = new Map<string, ReplyEvent>();
  let opened: Inbound | null = null;

  function inbound(): Inbound {
    if (opened !== null) return opened;
    throw new AppError("platform/unavailable", {
      say: "Lede is still starting. Try again in a few seconds.",
    });
  }

  return {
    open: (to) => {
      opened = to;
    },
    brief: async (options) => {
      const call = toCall("brief", { kind: "options", options }, clock());
      await inbound().received(call);
      return call.id;
    },
    give: async (given) => {
      const { commands, form, received } = inbound();
      const call = readCall(commands, given, clock());
      // What a form filled in is complete: another form must not follow it.
      const asked = given.kind === "submit" ? null : await form(call);
      if (asked !== null) return { kind: "form", form: asked };
      await received(call);
      return { kind: "stored", id: call.id };
    },
    complete: async (line) => {
      const { commands, suggest } = inbound();
      return complete(commands, line, ({ command, text, name, typed }) =>
        suggest(toCall(command.name, { kind: "line", text }, clock()), { name, typed }),
      );
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

function readCall(commands: readonly Command[], given: CallInput, now: Date): CommandCall {
  if (given.kind === "line") {
    const [, name = "", text = ""] = /^\/?(\S*)\s*([\s\S]*)$/.exec(given.line) ?? [];
    const typed = commands.filter(({ surfaces }) => surfaces.includes("typed"));
    if (typed.some((command) => command.name === name)) return toCall(name, { kind: "line", text }, now);
    const known = typed.map((command) => `/${command.name}`).join(", ");
    throw new AppError("command/unknown", { say: `There is no command /${name}. There are: ${known}.` });
  }
  const [name = "", ...rest] = given.id.split(":");
  const text = rest.join(":");
  const command = commands.find((one) => one.name === name);
  const answers = given.kind === "submit" ? command?.form : command?.surfaces.includes("button");
  if (command === undefined || answers === undefined || answers === false)
    throw new AppError("command/unknown");
  return toCall(name, toInput(given, text), now);
}

function toInput(given: Exclude<CallInput, { kind: "line" }>, text: string): CommandCall["input"] {
  switch (given.kind) {
    case "press":
      return { kind: "text", text };
    case "choose":
      return { kind: "form", text, values: { choice: given.choice } };
    case "submit": {
      const filled = Object.entries(given.values).filter(([, value]) => value.trim() !== "");
      return { kind: "form", text, values: Object.fromEntries(filled) };
    }
    default:
      return given satisfies never;
  }
}

function toCall(command: string, input: CommandCall["input"], now: Date): CommandCall {
  const id = `page-${randomUUID()}`;
  return {
    id,
    command,
    input,
    caller: {
      platform: "console",
      user: "page",
      channel: CONSOLE_CHANNEL,
      moderator: true,
      stranger: false,
      roles: [],
    },
    handle: id,
    receivedAt: now,
  };
}
