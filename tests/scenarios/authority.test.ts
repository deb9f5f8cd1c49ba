import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "#commands";
import {
  AUTHORITY,
  DEEDS,
  type Deed,
  isChange,
  isForModerators,
  refusal,
  type Role,
} from "#src/core/authority.ts";
import type { Channel } from "#src/core/channel.ts";
import type { Reply } from "#src/core/reply.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import { shownMessage as shownOnDiscord } from "#tests/adapters/discord/newsroom.ts";
import { ownMessages, shownMessage as shownOnSlack } from "#tests/adapters/slack/newsroom.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import type { PeerUser as SlackUser } from "#tests/peers/slack/state.ts";
import { type About, type Doing, doings } from "./authority-deeds.ts";
import { everywhere, FIRE, fireAt, MINUTE_MS } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs } from "./people.ts";

/** Every cell of the table that a person can come into, least first: each acts as somebody of their own. */
let newsroom: Newsroom;
let about: { discord: About; slack: About };

beforeAll(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
  const [times] = newsroom.outlets;
  if (times === undefined) throw new Error("No outlets");
  for (const person of [onDiscordAs(newsroom, "moderator"), onSlackAs(newsroom, "admin")]) {
    await person.type("sources add", { url: times.feed });
    await person.type("topics add", { query: "harbour", name: "Harbour" });
  }
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fireAt(newsroom.clock()));
  await newsroom.pass(10 * MINUTE_MS);
  const told = (of: readonly ShownMessage[], user: string): About => {
    const [, brief = "", delivery = ""] =
      of
        .flatMap(({ actions }) => actions)
        .map((id) => id.split(":"))
        .find(([name]) => name === "evidence") ?? [];
    return { brief, delivery, user, url: times.feed, text: FIRE("9").join("\n\n") };
  };
  const posts = everywhere(newsroom);
  about = {
    discord: told(posts.slice(0, 1), newsroom.discord.users.member.id),
    slack: told(posts.slice(1), newsroom.slack.people.member),
  };
});
afterAll(() => newsroom.close());

/** A message of Lede's with a button. */
async function carrier(channel: Channel, id: string): Promise<string> {
  const reply: Reply = { title: "Buttons", blocks: [{ kind: "actions", actions: [{ id, label: "Do it" }] }] };
  return newsroom.post(channel, reply);
}

const buttonOf = (doing: Doing): string =>
  "press" in doing ? doing.press : [...doing.type.split(" "), ...Object.values(doing.options)].join(":");

interface Outcome {
  text: string;
  audience: ShownMessage["audience"];
  isUnchanged: boolean;
}

/** Does it, and looks at what became of the decisions and the channels. */
async function outcome(channel: Channel, act: () => Promise<ShownMessage>): Promise<Outcome> {
  const look = async () => ({
    decided: await newsroom.store().decisions(workspaceOf(channel)),
    posts: everywhere(newsroom),
  });
  const before = await look();
  const { text, audience } = await act();
  const after = await look();
  const isUnchanged = JSON.stringify(before) === JSON.stringify(after);
  return { text, audience, isUnchanged };
}

/** What is looked at: all of a refusal, and of what is granted only that it was not refused. */
function seen(deed: Deed, role: Role, { audience, isUnchanged, text }: Outcome): object {
  const isRefused = text.includes(refusal(deed, role));
  return AUTHORITY[deed][role] === "none" ? { isRefused, audience, isUnchanged } : { isRefused };
}

function due(deed: Deed, role: Role): object {
  return AUTHORITY[deed][role] === "none"
    ? { isRefused: true, audience: "asker", isUnchanged: true }
    : { isRefused: false };
}

const ON_SLACK: [Role, Partial<SlackUser>][] = [
  ["stranger", { teamId: "T0FOREIGN1", isAdmin: true }],
  ["guest", { isRestricted: true }],
  ["member", {}],
  ["channel moderator", {}],
  ["workspace moderator", { isAdmin: true }],
];

describe.each(ON_SLACK)("a %s on Slack", (role, is) => {
  test.each(DEEDS)("%s", async (deed) => {
    const { slack } = newsroom;
    const { id: user } = slack.addUser({ name: "kim", ...is });
    const made = role === "channel moderator" ? { creator: user } : {};
    const { id } = slack.addChannel({ name: `room-${user.toLowerCase()}`, ...made });
    const channel = newsroom.slackChannel(id);
    const doing = doings(about.slack)[deed];
    const message = await carrier(channel, buttonOf(doing));
    const acted = async (): Promise<ShownMessage> => {
      const before = ownMessages(slack, id).length;
      if ("press" in doing) slack.pressButton({ channel: id, message, actionId: doing.press, user });
      else slack.slash({ channel: id, user, ...typed(doing) });
      return newsroom.answered(() => {
        const [alone] = slack.ephemerals(id);
        // Before an answer that everybody sees stands what Lede is at.
        const shown =
          alone ??
          ownMessages(slack, id)
            .slice(before)
            .find(({ text }) => !text.endsWith("…"));
        return shown === undefined ? undefined : shownOnSlack(shown);
      });
    };
    expect(seen(deed, role, await outcome(channel, acted))).toEqual(due(deed, role));
  });
});

function typed({ options, type }: Extract<Doing, { type: string }>): { command: string; text: string } {
  const [command, ...action] = type.split(" ");
  const words = Object.entries(options).map(([name, value]) => `${name}:"${value}"`);
  return { command: `/${command}`, text: [...action, ...words].join(" ") };
}

/** On Discord a stranger is who left before what they did was run: what changes nothing is run by the event's word. */
const ON_DISCORD: [Role, readonly Deed[]][] = [
  ["stranger", DEEDS.filter(isChange)],
  ["member", DEEDS],
  ["workspace moderator", DEEDS],
];

describe.each(ON_DISCORD)("a %s on Discord", (role, deeds) => {
  test.each(deeds)("%s", async (deed) => {
    const { discord } = newsroom;
    const roles = role === "workspace moderator" ? [discord.roles.moderator] : [];
    const user = discord.addUser("kim", { roles });
    const room = discord.addChannel({ name: "room" });
    const channel = newsroom.discordChannel(room.id);
    const doing = doings(about.discord)[deed];
    const command = COMMANDS.find(({ deeds: own }) => own.includes(deed));
    const isHidden = command !== undefined && isForModerators(command) && role !== "workspace moderator";
    const slash = () => {
      if ("press" in doing) throw new Error("only pressed");
      return discord.slash({ channel: room, user, command: doing.type, options: native(doing.options) });
    };
    // Discord shows a moderators' command to nobody else; a button that they see is another matter.
    expect(isHidden ? complaintOf(slash) : "").toMatch(isHidden ? /does not show/ : /^$/);
    const button = buttonOf(doing);
    const given = command?.fromText(button.split(":").slice(1).join(":"));
    const isGiven = command?.options.safeParse(given).success ?? false;
    if (isHidden && !isGiven) return;
    const isPressed = "press" in doing || isHidden;
    const message = isPressed ? await carrier(channel, button) : "";
    const acted = async (): Promise<ShownMessage> => {
      const handle = isPressed ? discord.pressButton({ message, customId: button, user }) : slash();
      if (role === "stranger") discord.guilds.main.members.delete(user.id);
      return newsroom.answered(() => {
        // What is refused to one person alone takes the place of an answer deferred for everyone.
        const reply = handle.reply ?? handle.followups.at(-1);
        return reply === undefined || reply.content === "" || reply.content.endsWith("…")
          ? undefined
          : shownOnDiscord(reply);
      });
    };
    expect(seen(deed, role, await outcome(channel, acted))).toEqual(due(deed, role));
  });
});

function complaintOf(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return String(error);
  }
}

/** As Discord's client gives what a person typed. */
function native(options: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      value === "true" ? true : /^\d{1,6}$/.test(value) ? Number(value) : value,
    ]),
  );
}
