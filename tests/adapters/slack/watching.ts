import { afterEach } from "vitest";
import { COMMANDS } from "#commands";
import type { Inbound } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { watch, WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Interaction } from "#tests/peers/slack/interactions.ts";
import type { SlackPeerOptions } from "#tests/peers/slack/peer.ts";
import { closeSlack, type Opened, openSlack } from "./newsroom.ts";

const open: Opened[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await closeSlack(one);
});

interface Watching extends Opened {
  calls: Calls;
  /** A member types the command in the news channel; what it says by itself opens the form. */
  type: (text?: string) => Interaction;
  /** The member sends the form that opened. */
  send: (values?: Record<string, string>) => Promise<Interaction>;
}

/** A peer and the adapter pointed at it, not started; both end with the test. */
export async function openWatching(options: SlackPeerOptions = {}): Promise<Watching> {
  const opened = await openSlack(options);
  open.push(opened);
  const { peer } = opened;
  const user = peer.people.member;
  return {
    ...opened,
    calls: createCalls(),
    type: (text = "edit watch:7") =>
      peer.slash({ channel: peer.channels.news, user, command: "/watch", text }),
    send: async (values = {}) => peer.fillForm({ view: await peer.waitForView(() => true), user, values }),
  };
}

/** Started with a command that has a form, unless a test gives another inbound side. */
export async function startWatching(
  changes: Partial<Inbound> = {},
  options: SlackPeerOptions = {},
): Promise<Watching> {
  const watching = await openWatching(options);
  const { received } = watching.calls;
  const form = () => Promise.resolve(WATCH_FORM);
  await watching.platform.start(makeInbound({ commands: [...COMMANDS, watch], received, form, ...changes }));
  return watching;
}
