import { randomUUID } from "node:crypto";
import type { Problem } from "./judge.ts";
import type { JsonObject } from "./json.ts";
import { addMessage, deleteMessage, editMessage } from "./messages.ts";
import { refuse } from "./method.ts";
import { changed, type PeerMessage, type PeerState } from "./state.ts";

/** What an app said back to a person: in the acknowledgement or through the response_url. */
export interface PeerReply {
  readonly via: "ack" | "response_url";
  readonly action: "post" | "replace" | "delete";
  readonly isEphemeral: boolean;
  /** Contents at that moment, as people saw them. */
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly pinged: readonly string[];
  readonly links: readonly string[];
  /** The live message that was posted, replaced or deleted. */
  readonly message: PeerMessage;
}

/** One interaction's place to answer. */
export interface ReplyContext {
  readonly channel: string;
  readonly user: string;
  readonly replies: PeerReply[];
  /** The message that `replace_original` means: that of the button, or the first answer to a command. */
  original: PeerMessage | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: JsonObject | string;
}

export interface ResponseUrls {
  readonly issue: (context: ReplyContext) => string;
  readonly use: (id: string, body: JsonObject, problems: readonly Problem[]) => HttpAnswer;
}

const MAX_USES = 5;
const VALID_MS = 30 * 60_000;

/** The response_url of each interaction: five uses in thirty minutes. */
export function createResponseUrls(state: PeerState, baseUrl: string): ResponseUrls {
  const issued = new Map<string, { readonly context: ReplyContext; readonly at: number; uses: number }>();
  return {
    issue(context) {
      const id = randomUUID();
      issued.set(id, { context, at: Date.now(), uses: 0 });
      return `${baseUrl}${id}`;
    },
    use(id, body, problems) {
      const known = issued.get(id);
      if (known === undefined) return { status: 404, body: refuse("invalid_url") };
      if (Date.now() - known.at > VALID_MS) return { status: 404, body: refuse("expired_url") };
      if (known.uses >= MAX_USES) return { status: 404, body: refuse("used_url") };
      const refused = problems.find((problem) => problem.error !== null);
      if (refused !== undefined)
        return { status: 400, body: refuse(refused.error ?? "", { detail: refused.problem }) };
      known.uses += 1;
      reply(state, known.context, { via: "response_url", body });
      return { status: 200, body: "ok" };
    },
  };
}

/** Carries out one answer of the app. */
export function reply(
  state: PeerState,
  context: ReplyContext,
  { via, body }: { readonly via: PeerReply["via"]; readonly body: JsonObject },
): void {
  const { original } = context;
  if (body["delete_original"] === true && original !== null) {
    deleteMessage(state, original);
    record(context, { via, action: "delete", message: original });
  } else if (body["replace_original"] === true && original !== null) {
    editMessage(state, original, { text: "", blocks: [], attachments: [], ...body });
    record(context, { via, action: "replace", message: original });
  } else {
    const message = addMessage(state, {
      channel: context.channel,
      user: state.app.userId,
      botId: state.app.botId,
      args: body,
      ephemeralTo: body["response_type"] === "in_channel" ? null : context.user,
    });
    context.original ??= message;
    record(context, { via, action: "post", message });
  }
  changed(state);
}

function record(
  context: ReplyContext,
  { via, action, message }: Pick<PeerReply, "via" | "action" | "message">,
): void {
  context.replies.push({
    via,
    action,
    message,
    isEphemeral: message.ephemeralTo !== null,
    text: message.text,
    blocks: message.blocks,
    pinged: [...message.pinged],
    links: message.links,
  });
}
