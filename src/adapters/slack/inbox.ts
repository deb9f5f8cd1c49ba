import { setTimeout as sleep } from "node:timers/promises";
import type { App, ReceiverEvent } from "@slack/bolt";
import { type AppError, toAppError } from "#src/core/errors.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";
import type { Clock } from "#src/ports.ts";
import type { Me } from "./api.ts";
import { askForm, type FormDeps, openForm } from "./forms.ts";
import { parseHandle } from "./handle.ts";
import {
  MentionEvent,
  type ReadDeps,
  readMention,
  readPress,
  readShortcut,
  readSlash,
  readSubmission,
} from "./inbound.ts";
import { endedPlace } from "./lifecycle.ts";
import { sendToUrl } from "./send.ts";

/** A stop waits no longer than this for what just arrived. */
const DRAIN_MS = 3_000;
const EXCUSE_MS = 5_000;

export interface InboxDeps extends FormDeps {
  me: Me;
  clock: Clock;
  /** Calls of this process that nothing was shown for yet. */
  fresh: Set<string>;
  /** Told of each request that Bolt found to be Slack's. */
  heard: () => void;
}

export interface Inbox {
  listen: (app: App) => void;
  /** Resolves when nothing is under way any more, or after a while. */
  drain: () => Promise<void>;
}

/** Takes in what people do: stores each call first, and only then acknowledges it. */
export function createInbox(deps: InboxDeps): Inbox {
  const underWay = new Set<Promise<void>>();

  async function take(work: Promise<void>): Promise<void> {
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  }

  return {
    listen: (app) => {
      for (const command of deps.inbound.commands) {
        listenToPeople(deps, { app, command, take });
        if (command.form !== undefined) listenToForms(deps, { app, command, take });
      }
      listenToEvents(deps, app, take);
    },
    drain: async () => {
      const timer = new AbortController();
      const late = sleep(DRAIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(underWay), late]);
      timer.abort();
    },
  };
}

type Take = (work: Promise<void>) => Promise<void>;
type Ack = () => Promise<void>;

interface Listening {
  app: App;
  command: Command;
  take: Take;
}

function listenToPeople(deps: InboxDeps, { app, command, take }: Listening): void {
  const { name, surfaces } = command;
  const given = (call: CommandCall, ack: Ack): Promise<void> =>
    take(command.form === undefined ? store(deps, call, ack) : offer(deps, call, ack));
  if (surfaces.includes("typed")) {
    app.command(`/${name}`, ({ body, ack }) => given(readSlash(body, reading(deps, command)), () => ack()));
  }
  if (surfaces.includes("message")) {
    app.shortcut({ type: "message_action", callback_id: name }, ({ body, ack }) =>
      given(readShortcut(body, reading(deps, command)), () => ack()),
    );
  }
  if (surfaces.includes("button")) {
    app.action(new RegExp(`^${RegExp.escape(name)}:`), ({ body, ack }) =>
      given(readPress(body, reading(deps, command)), () => ack()),
    );
  }
}

function reading({ api, clock, me }: InboxDeps, command: Command): ReadDeps {
  return { command, now: clock(), slackNow: api.time(), home: me.team_id };
}

/** Opens the command's form, if it has one for this call: nothing is stored then. Else the call is stored and run. */
async function offer(deps: InboxDeps, call: CommandCall, ack: Ack): Promise<void> {
  const form = await askForm(deps, call);
  if (form === null) return store(deps, call, ack);
  // Opening may take what is left of the 3 s that Slack gives for the acknowledgement.
  await ack();
  // A call's id is the trigger that opens forms.
  if (await openForm(deps, { form, call, trigger: call.id })) return;
  await store(deps, call, () => Promise.resolve());
}

/** A form that can not be stored stays open, with the reason in it. */
function listenToForms(deps: InboxDeps, { app, command, take }: Listening): void {
  app.view({ callback_id: command.name, type: "view_submission" }, async ({ body, ack }) => {
    const read = readSubmission(body, reading(deps, command));
    if ("errors" in read) return ack({ response_action: "errors", errors: read.errors });
    const [first = ""] = read.fields;
    const stored = keep(deps, read.call).then(
      () => ack(),
      (error: AppError) => ack({ response_action: "errors", errors: { [first]: error.say } }),
    );
    return take(stored);
  });
}

/** A command that could not be stored is acknowledged with an excuse; an event is left to be sent again. */
async function store(deps: InboxDeps, call: CommandCall, ack: Ack): Promise<void> {
  try {
    await keep(deps, call);
  } catch (thrown) {
    const error = toAppError(thrown);
    const { responseUrl } = parseHandle(call.handle);
    if (responseUrl === null) throw error;
    await ack();
    await excuse(responseUrl, error).catch((failed: unknown) =>
      deps.log.warn({ err: failed }, "slack caller not told"),
    );
    return;
  }
  await ack();
}

/** Stores a call, once. Throws AppError when it could not be stored. */
async function keep({ inbound, log, fresh }: InboxDeps, call: CommandCall): Promise<void> {
  try {
    // Before it is stored: the answer may begin before `received` returns.
    fresh.add(call.id);
    if (!(await inbound.received(call))) fresh.delete(call.id);
  } catch (thrown) {
    fresh.delete(call.id);
    const error = toAppError(thrown);
    log.error({ command: call.command, err: error }, "slack call not stored");
    throw error;
  }
}

function excuse(url: string, error: AppError): Promise<void> {
  const signal = AbortSignal.timeout(EXCUSE_MS);
  return sendToUrl({ url, reply: sentence(error.say, "warning"), audience: "ephemeral", signal });
}

/** Bolt acknowledges events before its listeners run, which would lose one in a crash: they are stored before Bolt sees them. */
function listenToEvents(deps: InboxDeps, app: App, take: Take): void {
  const { inbound, me } = deps;
  // A reply in a channel can not be shown to one person alone.
  const command = inbound.commands.find(
    (one) => one.surfaces.includes("mention") && one.visibility === "public",
  );
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent): Promise<void> => {
    deps.heard();
    const ack: Ack = async () => event.ack();
    const ended = endedPlace(event.body, me.user_id);
    if (ended !== null) return take(inbound.removed(ended).then(ack));
    const mention = MentionEvent.safeParse(event.body);
    if (!mention.success || command === undefined) return processEvent(event);
    const call = readMention(mention.data, me.user_id, reading(deps, command));
    return call === null ? ack() : take(store(deps, call, ack));
  };
}
