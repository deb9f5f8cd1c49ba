import { setTimeout as sleep } from "node:timers/promises";
import type { App, ReceiverEvent } from "@slack/bolt";
import { type AppError, toAppError } from "#src/core/errors.ts";
import type { CommandCall } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Inbound } from "#src/ports.ts";
import type { Me } from "./api.ts";
import { parseHandle } from "./handle.ts";
import { MentionEvent, readMention, readPress, readShortcut, readSlash } from "./inbound.ts";
import { sendToUrl } from "./respond.ts";

/** A stop waits no longer than this for what just arrived. */
const DRAIN_MS = 3_000;
const EXCUSE_MS = 5_000;

export interface InboxDeps {
  inbound: Inbound;
  me: Me;
  clock: Clock;
  log: Log;
  /** Calls of this process that nothing was shown for yet. */
  fresh: Set<string>;
}

export interface Inbox {
  listen: (app: App) => void;
  /** Resolves when nothing is under way any more, or after a while. */
  drain: () => Promise<void>;
}

/** Takes in what people do: stores each call first, and only then acknowledges it. */
export function createInbox(deps: InboxDeps): Inbox {
  const underWay = new Set<Promise<void>>();

  async function take(call: CommandCall, ack: () => Promise<void>): Promise<void> {
    const work = store(deps, call, ack);
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  }

  return {
    listen: (app) => {
      listenToPeople(deps, app, take);
      listenToMentions(deps, app, take);
    },
    drain: async () => {
      const timer = new AbortController();
      const late = sleep(DRAIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(underWay), late]);
      timer.abort();
    },
  };
}

type Take = (call: CommandCall, ack: () => Promise<void>) => Promise<void>;

/** A command that could not be stored is acknowledged with an excuse; an event is left to be sent again. */
async function store(
  { inbound, log, fresh }: InboxDeps,
  call: CommandCall,
  ack: () => Promise<void>,
): Promise<void> {
  try {
    // Before it is stored: the answer may begin before `received` returns.
    fresh.add(call.id);
    if (!(await inbound.received(call))) fresh.delete(call.id);
  } catch (thrown) {
    fresh.delete(call.id);
    const error = toAppError(thrown);
    log.error({ command: call.command, err: error }, "slack call not stored");
    const { responseUrl } = parseHandle(call.handle);
    if (responseUrl === null) throw error;
    await ack();
    await excuse(responseUrl, error).catch((failed: unknown) =>
      log.warn({ err: failed }, "slack caller not told"),
    );
    return;
  }
  await ack();
}

function excuse(url: string, error: AppError): Promise<void> {
  const signal = AbortSignal.timeout(EXCUSE_MS);
  return sendToUrl({ url, reply: sentence(error.say, "warning"), audience: "ephemeral", signal });
}

function listenToPeople({ inbound, me, clock }: InboxDeps, app: App, take: Take): void {
  for (const command of inbound.commands) {
    const { name, surfaces } = command;
    if (surfaces.includes("typed")) {
      app.command(`/${name}`, ({ body, ack }) =>
        take(readSlash(body, { command, now: clock() }), () => ack()),
      );
    }
    if (surfaces.includes("message")) {
      app.shortcut({ type: "message_action", callback_id: name }, ({ body, ack }) =>
        take(readShortcut(body, me.team_id, { command, now: clock() }), () => ack()),
      );
    }
    if (surfaces.includes("button")) {
      app.action(new RegExp(`^${RegExp.escape(name)}:`), ({ body, ack }) =>
        take(readPress(body, me.team_id, { command, now: clock() }), () => ack()),
      );
    }
  }
}

/** Bolt acknowledges events before its listeners run, which would lose one in a crash: mentions are stored before Bolt sees them. */
function listenToMentions({ inbound, me, clock }: InboxDeps, app: App, take: Take): void {
  // A reply in a channel can not be shown to one person alone.
  const command = inbound.commands.find(
    (one) => one.surfaces.includes("mention") && one.visibility === "public",
  );
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent): Promise<void> => {
    const mention = MentionEvent.safeParse(event.body);
    if (!mention.success || command === undefined) return processEvent(event);
    const call = readMention(mention.data, me.user_id, { command, now: clock() });
    if (call === null) return event.ack();
    return take(call, async () => event.ack());
  };
}
