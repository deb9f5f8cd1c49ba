import { shownMessage as shownOnDiscord } from "#tests/adapters/discord/newsroom.ts";
import { shownMessage as shownOnSlack } from "#tests/adapters/slack/newsroom.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import type { InteractionHandle } from "#tests/peers/discord/interactions.ts";
import { inputsOf } from "#tests/peers/discord/people-modal.ts";
import type { Newsroom } from "./newsroom.ts";

/** Somebody who talks to Lede, the same on both platforms. Each answer is the one Lede shows for what was done. */
export interface Person {
  /** Types a command with its action and options. */
  type: (command: string, options?: Readonly<Record<string, string | number>>) => Promise<ShownMessage>;
  /** Types it where a form opens; gives the names of its fields. */
  open: (command: string, options?: Readonly<Record<string, string>>) => Promise<string[]>;
  /** Fills the form that is open and sends it. */
  submit: (values: Readonly<Record<string, string>>) => Promise<ShownMessage>;
  press: (message: ShownMessage, actionId: string) => Promise<ShownMessage>;
  choose: (message: ShownMessage, menuId: string, value: string) => Promise<ShownMessage>;
}

/** A person in Discord's news channel. */
export function onDiscordAs(newsroom: Newsroom, who: "member" | "moderator"): Person {
  const { discord } = newsroom;
  const channel = discord.channels.news;
  const user = discord.users[who];
  let last: InteractionHandle | null = null;
  const answer = async (handle: InteractionHandle): Promise<ShownMessage> => {
    last = handle;
    return newsroom.answered(() => {
      // What turns out to be for the asker alone replaces the reply that was to be for everyone.
      const reply = handle.reply ?? handle.followups.at(-1);
      return reply === undefined || isPending(reply.content) ? undefined : shownOnDiscord(reply);
    });
  };
  return {
    type: (command, options = {}) => answer(discord.slash({ channel, user, command, options })),
    open: async (command, options = {}) => {
      const handle = discord.slash({ channel, user, command, options });
      last = handle;
      const modal = await discord.waitUntil(() => handle.modal);
      return inputsOf(modal).map((input) => input.custom_id ?? "");
    },
    submit: (values) => {
      if (last === null) throw new Error("No form is open");
      return answer(discord.submitModal({ from: last, values }));
    },
    press: (message, customId) => answer(discord.pressButton({ message: message.id, customId, user })),
    choose: (message, customId, value) =>
      answer(discord.select({ message: message.id, customId, user, values: [value] })),
  };
}

/** A person in a channel of Slack's: the news channel, or another one. */
export function onSlackAs(
  { slack, answered }: Newsroom,
  who: "member" | "admin",
  channel: string = slack.channels.news,
): Person {
  const user = slack.people[who];
  const answer = async (act: () => unknown): Promise<ShownMessage> => {
    const before = slack.ephemerals(channel).length;
    act();
    return answered(() => {
      const shown = slack.ephemerals(channel).at(before);
      return shown === undefined ? undefined : shownOnSlack(shown);
    });
  };
  return {
    type: (command, options = {}) =>
      answer(() =>
        slack.slash({ channel, user, command: `/${command.split(" ")[0]}`, text: typed(command, options) }),
      ),
    open: async (command, options = {}) => {
      const isNew = slack.views.length;
      slack.slash({ channel, user, command: `/${command.split(" ")[0]}`, text: typed(command, options) });
      const view = await slack.waitForView(() => slack.views.length > isNew);
      return [...JSON.stringify(view.view).matchAll(/"block_id":"([^"]+)"/g)].map(([, id = ""]) => id);
    },
    submit: (values) =>
      answer(() => {
        const view = slack.views.findLast(({ isOpen }) => isOpen);
        if (view === undefined) throw new Error("No form is open");
        return slack.fillForm({ view, user, values });
      }),
    press: (message, actionId) =>
      answer(() => slack.pressButton({ channel, message: message.id, actionId, user })),
    choose: (message, actionId, option) =>
      answer(() => slack.pressButton({ channel, message: message.id, actionId, option, user })),
  };
}

function typed(command: string, options: Readonly<Record<string, string | number>>): string {
  const [, ...action] = command.split(" ");
  const words = Object.entries(options).map(([name, value]) => `${name}:"${value}"`);
  return [...action, ...words].join(" ");
}

/** What stands while Lede is at work. */
function isPending(content: string): boolean {
  return content === "" || content.endsWith("…");
}
