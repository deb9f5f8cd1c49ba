import type { Ack, Deliveries, Outgoing } from "./deliveries.ts";
import type { Judge } from "./judge.ts";
import { isObject, objectAt, textOf, type JsonObject } from "./json.ts";
import { addView, replaceView } from "./methods-views.ts";
import { reply, type PeerReply, type ReplyContext, type ResponseUrls } from "./response-urls.ts";
import { changed, waitUntil, type PeerMessage, type PeerState, type PeerView } from "./state.ts";
import type { Triggers } from "./triggers.ts";

/** A command, a click or a submission on its way to the app. */
export interface Interaction {
  readonly payload: JsonObject;
  /** Resolves when acknowledged or given up; never rejects. */
  readonly acked: Promise<Ack>;
  /** What the app answered so far, by acknowledgement or response_url; live. */
  readonly replies: readonly PeerReply[];
  readonly triggerId: string;
  readonly responseUrl: string;
  /** The first reply that fits; throws after `timeoutMs` (5000). */
  readonly waitFor: (predicate: (reply: PeerReply) => boolean, timeoutMs?: number) => Promise<PeerReply>;
  /** Sends the very same thing once more. */
  readonly deliverAgain: () => Promise<Ack>;
}

/** An event on its way to the app. */
export interface EventDelivery {
  readonly payload: JsonObject;
  readonly eventId: string;
  /** The person's message that caused it, if one did. */
  readonly message: PeerMessage | null;
  /** Resolves when acknowledged or given up; never rejects. */
  readonly acked: Promise<Ack>;
  /** Sends the same event id once more, as Slack does when an acknowledgement got lost. */
  readonly deliverAgain: () => Promise<Ack>;
}

export interface InteractionSettings {
  readonly state: PeerState;
  readonly judge: Judge;
  readonly deliveries: Deliveries;
  readonly responseUrls: ResponseUrls;
  readonly triggers: Triggers;
  /** Keeps what is wrong with an acknowledgement. */
  readonly complain: (args: JsonObject, problems: readonly string[]) => void;
}

export interface Start {
  readonly kind: Outgoing["kind"];
  readonly user: string;
  /** Empty where there is no conversation to answer in. */
  readonly channel: string;
  readonly original: PeerMessage | null;
  /** The modal that was submitted. */
  readonly view?: PeerView;
  /** Completes the payload. */
  readonly payload: JsonObject;
}

const REPLY_TIMEOUT_MS = 5_000;

/** Starts interactions and carries out what their acknowledgements say. */
export function createInteractions(settings: InteractionSettings): (start: Start) => Interaction {
  const { state, deliveries, responseUrls, triggers } = settings;
  return (start) => {
    const replies: PeerReply[] = [];
    const context: ReplyContext = {
      channel: start.channel,
      user: start.user,
      replies,
      original: start.original,
    };
    const triggerId = triggers.issue(start.user);
    const responseUrl = start.channel === "" ? "" : responseUrls.issue(context);
    const payload: JsonObject = {
      ...start.payload,
      trigger_id: triggerId,
      ...(responseUrl === "" ? {} : { response_url: responseUrl }),
    };
    const outgoing = { kind: start.kind, payload };
    const acked = deliveries.deliver(outgoing).then((ack) => {
      if (ack.ok) applyAck(settings, { ack, start, context });
      return ack;
    });
    return {
      payload,
      acked,
      replies,
      triggerId,
      responseUrl,
      waitFor: (predicate, timeoutMs = REPLY_TIMEOUT_MS) =>
        waitUntil(state, () => replies.find((known) => predicate(known)), {
          timeoutMs,
          what: () => `a reply among ${JSON.stringify(replies.map((known) => known.text))}`,
        }),
      deliverAgain: () => deliveries.deliver(outgoing),
    };
  };
}

interface Acknowledged {
  readonly ack: Ack;
  readonly start: Start;
  readonly context: ReplyContext;
}

function applyAck(settings: InteractionSettings, { ack, start, context }: Acknowledged): void {
  const { body } = ack;
  if (start.view !== undefined) {
    applyViewResponse(settings, start.view, body);
  } else if (start.kind === "slash_commands" && Object.keys(body).length > 0) {
    const problems = settings.judge.response(body);
    settings.complain(
      body,
      problems.map((problem) => problem.problem),
    );
    if (problems.every((problem) => problem.error === null))
      reply(settings.state, context, { via: "ack", body });
  } else if (Object.keys(body).length > 0) {
    settings.complain(body, ["this acknowledgement must be empty"]);
  }
}

function applyViewResponse(
  { state, judge, complain }: InteractionSettings,
  view: PeerView,
  body: JsonObject,
): void {
  const action = textOf(body["response_action"]);
  const next = objectAt(body, "view");
  if (action === "update" || action === "push")
    complain(
      body,
      judge.view(body["view"]).map((problem) => problem.problem),
    );
  if (action === "update") replaceView(state, view, next);
  else if (action === "push") addView(state, next, { user: view.user, below: view });
  else if (action === "errors") complain(body, unknownErrorBlocks(view, body));
  else if (action === "clear")
    for (const open of state.views) open.isOpen = open.isOpen && open.rootId !== view.rootId;
  else if (action === "") view.isOpen = false;
  else complain(body, [`unknown response_action ${action}`]);
  changed(state);
}

function unknownErrorBlocks(view: PeerView, body: JsonObject): string[] {
  const blocks = Array.isArray(view.view["blocks"]) ? view.view["blocks"].filter(isObject) : [];
  const inputs = new Set(
    blocks.filter((block) => block["type"] === "input").map((block) => block["block_id"]),
  );
  const ids = Object.keys(objectAt(body, "errors"));
  if (ids.length === 0) return ["errors must name at least one block"];
  return ids.filter((id) => !inputs.has(id)).map((id) => `errors name a block that is no input: ${id}`);
}
