import type { Inbound } from "#src/ports.ts";
import type {
  PeopleBench,
  PlatformBench,
  PlatformFault,
  ShownForm,
  TypedLine,
} from "#tests/contracts/platform-bench.ts";
import type { FaultHow } from "#tests/peers/slack/faults.ts";
import { objectAt, textOf } from "#tests/peers/slack/json.ts";
import type { SlackPeer } from "#tests/peers/slack/peer.ts";
import type { PeerMessage, PeerView } from "#tests/peers/slack/state.ts";
import { initialValue, inputsOf } from "#tests/peers/slack/view-state.ts";
import { channelOf, closeSlack, openSlack, ownMessages, shownMessage } from "./newsroom.ts";

const RATE_LIMIT_SECONDS = 8;

/** The peer as the contract's bench. */
export async function openBench(inbound: Inbound): Promise<PlatformBench> {
  const { peer, platform, channel } = await openSlack();
  const { news, outside } = peer.channels;
  const user = peer.people.member;
  await platform.start(inbound);
  return {
    ...peopleBench(peer),
    platform,
    channel,
    closed: channelOf(peer, outside),
    missing: channelOf(peer, "C404404404"),
    messages: () => [...inChannel(peer, news), ...peer.ephemerals(news)].map(shownMessage),
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

function peopleBench(peer: SlackPeer): PeopleBench {
  const { news } = peer.channels;
  const { member, admin } = peer.people;
  return {
    member,
    moderator: admin,
    group: peer.groups.desk,
    typeLine: (line) =>
      void peer.slash({ channel: news, user: member, command: `/${line.command}`, text: typed(peer, line) }),
    // Slack completes nothing that is typed after a command.
    offered: null,
    form: async () => shownForm(await peer.waitForView(() => true)),
    fill: (values) => {
      const view = peer.views.findLast(({ isOpen }) => isOpen);
      if (view === undefined) throw new Error("no form is open");
      void peer.fillForm({ view, user: member, values });
    },
    choose: (message, actionId, option) =>
      void peer.pressButton({ channel: news, message, actionId, option, user: member }),
    upload: (text) => peer.addFile({ name: "topics.opml", text }).url,
    inThread: (id) =>
      ownMessages(peer, news)
        .filter(({ thread_ts: thread }) => thread === id)
        .map(shownMessage),
    endChannel: () => void peer.endChannel(news, "delete"),
    expel: () => void peer.uninstall(),
  };
}

/** What everyone sees of Lede in the channel: its messages, and its answers under people's. */
function inChannel(peer: SlackPeer, channel: string): PeerMessage[] {
  const own = ownMessages(peer, channel);
  const ids = new Set(
    peer
      .messages(channel)
      .filter(({ bot_id: bot }) => bot !== null)
      .map(({ ts }) => ts),
  );
  return own.filter(({ thread_ts: thread }) => thread === null || !ids.has(thread));
}

/** The line as a person types it: a channel by its name, a value of several words in quotation marks. */
function typed(peer: SlackPeer, { action, options }: TypedLine): string {
  const names = new Map(Object.values(peer.channels).map((id) => [id as string, peer.channel(id).name]));
  const words = Object.entries(options).map(([name, value]) => {
    const channel = names.get(value);
    return channel === undefined ? `${name}:"${value}"` : `${name}:#${channel}`;
  });
  return [action, ...words].join(" ");
}

function shownForm(view: PeerView): ShownForm {
  return {
    title: textOf(objectAt(view.view, "title")["text"]),
    fields: inputsOf(view).map(({ block, element }) => ({
      name: textOf(block["block_id"]),
      label: textOf(objectAt(block, "label")["text"]),
      required: block["optional"] !== true,
      value: initialValue(element) || null,
    })),
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
