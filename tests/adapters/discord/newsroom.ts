import { createDiscord } from "#src/adapters/discord/platform.ts";
import { type Channel, toChannel } from "#src/core/channel.ts";
import { createLog, type Log } from "#src/log.ts";
import type { Clock, Inbound, Platform } from "#src/ports.ts";
import type { PeerMessage, Ref } from "#tests/peers/discord/model.ts";
import type { InteractionHandle } from "#tests/peers/discord/interactions.ts";
import { type DiscordPeer, type DiscordPeerOptions, startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { chosenBefore, inputsOf } from "#tests/peers/discord/people-modal.ts";
import type { PeerModal } from "#tests/peers/discord/state.ts";
import type {
  PeopleBench,
  PlatformBench,
  PlatformFault,
  ShownForm,
  ShownMessage,
} from "#tests/contracts/platform-bench.ts";

export const SILENT: Log = createLog({ level: "silent", format: "json" });

/** Longer than the adapter waits by itself. */
const RATE_LIMIT_MS = 8_000;
const WRITES = /\/messages(\/\d+|\/@original)?$/;

export interface Opened {
  peer: DiscordPeer;
  platform: Platform;
  channel: Channel;
}

interface Setup extends DiscordPeerOptions {
  clock?: Clock;
  log?: Log;
  /** A token other than the one the peer knows. */
  wrongToken?: string;
}

/** A peer and the adapter pointed at it, not started. */
export async function openDiscord({
  clock,
  log = SILENT,
  wrongToken,
  ...options
}: Setup = {}): Promise<Opened> {
  const peer = await startDiscordPeer(options);
  const platform = createDiscord({
    token: wrongToken ?? peer.token,
    apiUrl: peer.apiUrl,
    log,
    ...(clock === undefined ? {} : { clock }),
  });
  return { peer, platform, channel: channelOf(peer, peer.channels.news) };
}

/** Another process with the same token. */
export function connectTo(peer: DiscordPeer, clock?: Clock): Platform {
  return createDiscord({
    token: peer.token,
    apiUrl: peer.apiUrl,
    log: SILENT,
    ...(clock === undefined ? {} : { clock }),
  });
}

/** Stops the adapter and then the peer, which must have nothing to complain about. */
export async function closeDiscord({ peer, platform }: Opened): Promise<void> {
  await platform.stop();
  await peer.close();
  const [first] = peer.violations;
  if (first !== undefined) throw new Error(`Discord would complain about ${first.request}: ${first.problem}`);
}

export function channelOf(peer: DiscordPeer, channel: Ref): Channel {
  const { id, guildId } = peer.channel(channel);
  return toChannel({ platform: "discord", workspace: guildId ?? "dm", id });
}

/** The peer as the contract's bench. */
export async function openBench(inbound: Inbound): Promise<PlatformBench> {
  const { peer, platform, channel } = await openDiscord();
  const { news, general } = peer.channels;
  const { member } = peer.users;
  peer.deny(general, "SendMessages");
  const given: InteractionHandle[] = [];
  const privately = (): PeerMessage[] =>
    given.flatMap(({ reply }) => (reply?.ephemeralFor === undefined ? [] : [reply]));
  await platform.start(inbound);
  return {
    platform,
    channel,
    closed: channelOf(peer, general),
    missing: toChannel({ platform: "discord", workspace: peer.guilds.main.id, id: "100000000000000001" }),
    messages: () => [...ownMessages(peer, news), ...privately()].map(shownMessage),
    remove: (id) => peer.deleteMessage(id),
    fault: (kind) => {
      const how = FAULTS[kind];
      for (const method of ["POST", "PATCH"]) peer.fail({ match: { method, path: WRITES }, how });
    },
    chat: (content) => void peer.userMessage({ channel: news, user: member, content }),
    typeBrief: (link) => {
      given.push(peer.slash({ channel: news, user: member, command: "brief", options: { link } }));
    },
    mention: (content) => void peer.userMessage({ channel: news, user: member, content, mentionsBot: true }),
    press: (message, customId) => {
      given.push(peer.pressButton({ message, customId, user: member }));
    },
    ...people(peer, given),
    violations: () => peer.violations.map(({ request, problem }) => `${request}: ${problem}`),
    close: () => closeDiscord({ peer, platform, channel }),
  };
}

/** What a person does beyond talking; `given` are the interactions so far, each to be added to. */
function people(peer: DiscordPeer, given: InteractionHandle[]): PeopleBench {
  const { news } = peer.channels;
  const { member: user, moderator } = peer.users;
  const last = (): InteractionHandle => {
    const handle = given.at(-1);
    if (handle === undefined) throw new Error("Nothing was done yet");
    return handle;
  };
  return {
    member: user.id,
    moderator: moderator.id,
    group: peer.roles.moderator.id,
    typeLine: ({ command, action, options }) => {
      given.push(peer.slash({ channel: news, user, command: `${command} ${action}`, options }));
    },
    offered: async ({ command, action, options }, focused) => {
      const typed = { channel: news, user, command: `${command} ${action}`, options, focused };
      return (await peer.autocomplete(typed)).map(({ name, value }) => ({
        label: name,
        value: String(value),
      }));
    },
    form: async () => shownForm(await peer.waitUntil(() => last().modal)),
    fill: (values) => void given.push(peer.submitModal({ from: last(), values })),
    choose: (message, customId, value) => {
      given.push(peer.select({ message, customId, user, values: [value] }));
    },
    upload: (text) => peer.fileUrl(peer.upload("topics.opml", text)),
    inThread: (message) => ownMessages(peer, message).map(shownMessage),
    endChannel: () => peer.deleteChannel(news),
    expel: () => peer.kickBot(),
  };
}

function shownForm(modal: PeerModal): ShownForm {
  const labels = modal.components.map(({ label }) => label ?? "");
  return {
    title: modal.title,
    fields: inputsOf(modal).map((input, index) => ({
      name: input.custom_id ?? "",
      label: labels[index] ?? "",
      required: input.required !== false,
      value: (typeof input.value === "string" ? input.value : chosenBefore(input)[0]) ?? null,
    })),
  };
}

const FAULTS = {
  "rate-limited": { kind: "rateLimit", retryAfterMs: RATE_LIMIT_MS },
  "failed-before": { kind: "status", status: 503, when: "before" },
  "failed-after": { kind: "status", status: 502, when: "after" },
  "cut-before": { kind: "cut", when: "before" },
  "cut-after": { kind: "reset", when: "after" },
} as const satisfies Record<PlatformFault, unknown>;

/** Everything of Lede's in the channel that everyone sees. */
export function ownMessages(peer: DiscordPeer, channel: Ref): PeerMessage[] {
  return peer.messages(channel).filter(({ authorId }) => authorId === peer.users.bot.id);
}

const BUTTON = 2;
const MASKED_LINK = /(?<!\\)\[(?:\\.|[^\]\\])*\]\(<?(https?:[^\s)>]+)>?\)/g;
const CODE = /(?<!\\)`[^`]+`/g;
const BARE_LINK = /https?:\/\/[^\s)>]+/g;
const ESCAPE = /\\([^0-9A-Za-z\s])/g;

/** The message as Discord's apps show it: escapes gone, links only where they can be followed. */
export function shownMessage(message: PeerMessage): ShownMessage {
  const words = [message.content, ...message.embeds.map((embed) => embed.description ?? "")].join("\n");
  const marked = words.replaceAll(CODE, "");
  const masked = [...marked.matchAll(MASKED_LINK)].map(([, url = ""]) => url);
  const bare = [...marked.replaceAll(MASKED_LINK, "").matchAll(BARE_LINK)].map(([url]) => url);
  const rows = message.components.flatMap((row) => row.components ?? []);
  return {
    id: message.id,
    text: words.replaceAll(ESCAPE, "$1").replaceAll("**", ""),
    links: [...masked, ...bare],
    actions: rows.flatMap(({ type, custom_id: id }) => (type === BUTTON ? (id ?? []) : [])),
    menus: rows.flatMap(({ custom_id: id, options }) =>
      id && options ? [{ id, choices: options.map(({ label, value }) => ({ label, value })) }] : [],
    ),
    files: message.attachments.map(({ filename, bytes }) => ({
      name: filename,
      text: new TextDecoder().decode(bytes),
    })),
    pinged: message.pinged,
    audience: message.ephemeralFor === undefined ? "everyone" : "asker",
    edits: message.edits,
  };
}
