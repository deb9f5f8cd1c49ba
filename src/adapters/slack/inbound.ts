import { z } from "zod";
import { toChannel } from "#src/core/channel.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { findLinks } from "#src/core/url.ts";
import { FormOrigin, FormState, readForm } from "./form-view.ts";
import { formatHandle, type Handle } from "./handle.ts";
import { readLine } from "./line.ts";
import { readMarkup } from "./text.ts";

/** What people do, as Slack describes it: no more of it than is read. */
export const Slash = z.object({
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().default(""),
  trigger_id: z.string(),
  response_url: z.string(),
});

const Interaction = z.object({
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  response_url: z.string(),
});

export const Shortcut = Interaction.extend({
  message: z.object({
    text: z.string().default(""),
    attachments: z
      .array(
        z.object({
          from_url: z.string().optional(),
          title_link: z.string().optional(),
          text: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

const Thread = z.object({ thread_ts: z.string().optional() });

/** A button that was pressed, or a menu in which something was chosen. */
export const Press = Interaction.extend({
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
  // A message for one person alone does not come with it: only its container tells the thread.
  message: Thread.optional(),
  container: Thread.optional(),
});

const Submission = z.object({
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ id: z.string() }),
  view: z.object({ id: z.string(), hash: z.string(), private_metadata: z.string(), state: FormState }),
});

export const MentionEvent = z.object({
  type: z.literal("event_callback"),
  event_id: z.string(),
  team_id: z.string(),
  event: z.object({
    type: z.literal("app_mention"),
    user: z.string(),
    bot_id: z.string().optional(),
    /** Set where the person is of another workspace than the channel, as in one shared over Slack Connect. */
    user_team: z.string().optional(),
    channel: z.string(),
    text: z.string(),
    ts: z.string(),
    thread_ts: z.string().optional(),
  }),
});

export interface ReadDeps {
  command: Command;
  now: Date;
  /** What Slack's own clock says. */
  slackNow: Date | null;
  /** The workspace of Lede's token: what happens is always decided under it, whatever a payload names. */
  home: string;
}

export function readSlash(body: unknown, deps: ReadDeps): CommandCall {
  const slash = Slash.parse(body);
  return toCall(deps, {
    id: slash.trigger_id,
    teams: [slash.team_id],
    input: { kind: "line", text: readLine(slash.text, deps.command) },
    place: {
      channel: slash.channel_id,
      user: slash.user_id,
      responseUrl: slash.response_url,
      threadTs: null,
    },
  });
}

export function readShortcut(body: unknown, deps: ReadDeps): CommandCall {
  const shortcut = Shortcut.parse(body);
  const input = { kind: "text", text: wordsOf(shortcut.message) } as const;
  return toCall(deps, interacted(shortcut, { input, threadTs: null }));
}

export function readPress(body: unknown, deps: ReadDeps): CommandCall {
  const press = Press.parse(body);
  const [action] = press.actions;
  const text = afterName(action?.action_id ?? "", deps.command);
  const choice = action?.selected_option?.value;
  const input =
    choice === undefined
      ? ({ kind: "text", text } as const)
      : ({ kind: "form", text, values: { choice } } as const);
  const threadTs = press.message?.thread_ts ?? press.container?.thread_ts ?? null;
  return toCall(deps, interacted(press, { input, threadTs }));
}

/** A form that was sent, or what is wrong in it by field. The same form sent again is the same call. */
export function readSubmission(
  body: unknown,
  deps: ReadDeps,
): { call: CommandCall; fields: string[] } | { errors: Record<string, string> } {
  const { view, user, team } = Submission.parse(body);
  const { form, ...place } = FormOrigin.parse(JSON.parse(view.private_metadata));
  const { values, errors } = readForm(view.state);
  if (Object.keys(errors).length > 0) return { errors };
  const call = toCall(deps, {
    id: `${view.id}.${view.hash}`,
    teams: [team?.id],
    input: { kind: "form", text: afterName(form, deps.command), values },
    place: { ...place, user: user.id },
  });
  return { call, fields: Object.keys(view.state.values) };
}

/** A message that mentions Lede; null when a bot wrote it. The answer goes into the message's thread. */
export function readMention(
  body: z.infer<typeof MentionEvent>,
  me: string,
  deps: ReadDeps,
): CommandCall | null {
  const { event, event_id: id, team_id: team } = body;
  if (event.bot_id !== undefined || event.user === me) return null;
  const text = readMarkup(event.text.replaceAll(new RegExp(`<@${me}(?:\\|[^>]*)?>`, "g"), "")).trim();
  return toCall(deps, {
    id,
    teams: [team, event.user_team],
    input: { kind: "text", text },
    place: {
      channel: event.channel,
      user: event.user,
      responseUrl: null,
      threadTs: event.thread_ts ?? event.ts,
    },
  });
}

interface Given {
  id: string;
  /** The workspaces that the payload names for what happened. */
  teams: readonly (string | undefined)[];
  input: CommandCall["input"];
  place: Pick<Handle, "channel" | "user" | "responseUrl" | "threadTs">;
}

function interacted(
  body: z.infer<typeof Interaction>,
  { input, threadTs }: { input: CommandCall["input"]; threadTs: string | null },
): Given {
  return {
    id: body.trigger_id,
    teams: [body.team?.id],
    input,
    place: { channel: body.channel.id, user: body.user.id, responseUrl: body.response_url, threadTs },
  };
}

function toCall({ command, home, now, slackNow }: ReadDeps, { id, teams, input, place }: Given): CommandCall {
  return {
    id,
    command: command.name,
    input,
    caller: {
      platform: "slack",
      user: place.user,
      channel: toChannel({ platform: "slack", workspace: home, id: place.channel }),
      // What somebody is costs a request.
      moderator: false,
      stranger: teams.some((team) => team !== undefined && team !== home),
      roles: [],
    },
    handle: formatHandle({
      ...place,
      private: command.visibility === "private",
      ts: null,
      files: null,
      askedAt: slackNow?.getTime() ?? null,
    }),
    receivedAt: now,
  };
}

/** What stands after the command's name in the id of a button, a menu or a form. */
function afterName(id: string, { name }: Command): string {
  return id.slice(name.length + 1);
}

/** A message's own text, with the link of its card where the text has none. */
function wordsOf({ text, attachments }: z.infer<typeof Shortcut>["message"]): string {
  const said = readMarkup(text).trim();
  if (findLinks(said).length > 0) return said;
  const [card] = attachments;
  const link = card?.from_url ?? card?.title_link;
  return [said, link ?? (said === "" ? card?.text : undefined)].filter(Boolean).join("\n");
}
