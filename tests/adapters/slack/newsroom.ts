import { createSlack } from "#src/adapters/slack/platform.ts";
import type { SlackConnection } from "#src/adapters/slack/connection.ts";
import { type Channel, toChannel } from "#src/core/channel.ts";
import { createLog, type Log } from "#src/log.ts";
import type { Inbound, Platform } from "#src/ports.ts";
import type { PlatformBench, PlatformFault, ShownMessage } from "#tests/contracts/platform-bench.ts";
import type { FaultHow } from "#tests/peers/slack/faults.ts";
import { everyObject, textOf } from "#tests/peers/slack/json.ts";
import { type SlackPeer, type SlackPeerOptions, startSlackPeer } from "#tests/peers/slack/peer.ts";
import type { PeerMessage } from "#tests/peers/slack/state.ts";

export const SILENT: Log = createLog({ level: "silent", format: "json" });

const RATE_LIMIT_SECONDS = 8;

export interface Opened {
  peer: SlackPeer;
  platform: Platform;
  channel: Channel;
}

/** A peer and the adapter pointed at it, not started. */
export async function openSlack(options: SlackPeerOptions = {}): Promise<Opened> {
  const peer = await startSlackPeer(options);
  return {
    peer,
    platform: connectTo(peer, { kind: "socket", appToken: peer.appToken }),
    channel: channelOf(peer, peer.channels.news),
  };
}

/** Another process with the same token. */
export function connectTo(peer: SlackPeer, connection: SlackConnection, botToken = peer.botToken): Platform {
  return createSlack({ botToken, connection, apiUrl: peer.apiUrl, log: SILENT, clock: () => new Date() });
}

/** Stops the adapter and then the peer, which must have nothing to complain about. */
export async function closeSlack({ peer, platform }: Pick<Opened, "peer" | "platform">): Promise<void> {
  await platform.stop();
  await peer.close();
  const [first] = peer.violations;
  if (first !== undefined)
    throw new Error(`Slack would complain about ${first.request.method}: ${first.problem}`);
}

export function channelOf(peer: SlackPeer, id: string): Channel {
  return toChannel({ platform: "slack", workspace: peer.team.id, id });
}

/** The peer as the contract's bench. */
export async function openBench(inbound: Inbound): Promise<PlatformBench> {
  const { peer, platform, channel } = await openSlack();
  const { news, outside } = peer.channels;
  const user = peer.people.member;
  await platform.start(inbound);
  return {
    platform,
    channel,
    closed: channelOf(peer, outside),
    missing: channelOf(peer, "C404404404"),
    messages: () => [...ownMessages(peer, news), ...peer.ephemerals(news)].map(shownMessage),
    remove: (id) => {
      const message = peer.messages(news).find(({ ts }) => ts === id);
      if (message !== undefined) message.deleted = true;
    },
    fault: (kind) => failNext(peer, FAULTS[kind]),
    chat: (text) => void peer.say({ channel: news, user, text }),
    typeBrief: (text) => void peer.slash({ channel: news, user, command: "/brief", text }),
    mention: (text) => void peer.mention({ channel: news, user, text }),
    press: (message, actionId) => void peer.pressButton({ channel: news, message, actionId, user }),
    violations: () => peer.violations.map(({ request, problem }) => `${request.method}: ${problem}`),
    close: () => closeSlack({ peer, platform }),
  };
}

/** The next request that posts or edits goes wrong, and no other. */
function failNext(peer: SlackPeer, how: FaultHow): void {
  let isUsed = false;
  const when = (): boolean => {
    const isNext = !isUsed;
    isUsed = true;
    return isNext;
  };
  for (const method of ["chat.postMessage", "chat.update"]) peer.fail({ method, how, when });
}

const FAULTS = {
  "rate-limited": { kind: "ratelimited", retryAfterSeconds: RATE_LIMIT_SECONDS },
  "failed-before": { kind: "status", status: 503 },
  "failed-after": { kind: "status", status: 502, committed: true },
  "cut-before": { kind: "cut" },
  "cut-after": { kind: "cut", committed: true },
} as const satisfies Record<PlatformFault, FaultHow>;

/** Everything of Lede's in the channel that everyone sees. */
export function ownMessages(peer: SlackPeer, channel: string): PeerMessage[] {
  return peer.messages(channel).filter((message) => message.bot_id !== null && !message.deleted);
}

/** The message as Slack's apps show it: the blocks, since the text beside them shows in notifications only. */
export function shownMessage(message: PeerMessage): ShownMessage {
  const parts = [...everyObject(message.blocks)];
  const words = parts.filter(({ type }) => ["plain_text", "mrkdwn", "text", "link"].includes(textOf(type)));
  const buttons = parts.filter(({ type }) => type === "button");
  return {
    id: message.ts,
    text: words.map(({ text }) => textOf(text)).join("\n") || message.text,
    links: [...message.links],
    actions: buttons.map((button) => textOf(button["action_id"])),
    pinged: [...message.pinged],
    audience: message.ephemeralTo === null ? "everyone" : "asker",
    edits: message.edits.length,
  };
}
