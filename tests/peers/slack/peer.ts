import type { Server } from "node:http";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createFaults, type Fault, type FaultHandle } from "./faults.ts";
import { createInteractions } from "./interactions.ts";
import { createJudge } from "./judge.ts";
import type { JsonObject } from "./json.ts";
import { messagesOf } from "./messages.ts";
import { createPeople, type People } from "./people.ts";
import { createResponseUrls } from "./response-urls.ts";
import { route } from "./routes.ts";
import {
  createPeerServer,
  listen,
  toAckEntry,
  type Incoming,
  type PeerRequest,
  type Target,
  type Violation,
} from "./server.ts";
import { postSigned, type SignedAnswer, type SignedBody, type SigningOptions } from "./signed-http.ts";
import { createShelf, type PeerShelf } from "./shelf.ts";
import { createSocketHub, type PeerSockets } from "./socket-mode.ts";
import {
  CHANNELS,
  createState,
  DEFAULT_SCOPES,
  newId,
  PEOPLE,
  plainPerson,
  waitUntil,
  type PeerChannel,
  type PeerMessage,
  type PeerState,
  type PeerUser,
  type PeerView,
} from "./state.ts";
import { createTriggers } from "./triggers.ts";
import { createWebApi } from "./web-api.ts";

export interface SlackPeerOptions {
  /** Scopes of the bot token. */
  readonly scopes?: readonly string[];
  /** How long commands and interactions may take until acknowledged: 3000 ms. */
  readonly ackTimeoutMs?: number;
  /** How long an event may take before it is sent again: 3000 ms. */
  readonly redeliverAfterMs?: number;
  /** How often an event is sent again: 3. */
  readonly maxRedeliveries?: number;
  /** How long a trigger_id is good: 3000 ms. */
  readonly triggerValidMs?: number;
  /** Most items of one page of a list or a history: 999. */
  readonly maxPageSize?: number;
  /** How long a new message stays out of histories, as it may at Slack: 0 ms. */
  readonly historyLagMs?: number;
  /** Whether the app's commands ask for escaping, as the manifest's should_escape does: false. */
  readonly escapesCommands?: boolean;
}

/** A Slack workspace on this machine with the app installed. */
export interface SlackPeer extends People, PeerShelf {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly team: PeerState["team"];
  readonly app: PeerState["app"];
  readonly channels: typeof CHANNELS;
  readonly people: typeof PEOPLE;
  /** Set at will. */
  readonly settings: PeerState["settings"];
  /** Scopes of the bot token; add and delete at will. */
  readonly scopes: Set<string>;
  /** A conversation's live flags; throws when there is none. */
  readonly channel: (id: string) => PeerChannel;
  readonly addChannel: (channel: Partial<Omit<PeerChannel, "id">> & { readonly name: string }) => PeerChannel;
  readonly user: (id: string) => PeerUser;
  readonly addUser: (user: Partial<Omit<PeerUser, "id">> & { readonly name: string }) => PeerUser;
  /** What was posted in a channel, in order, deleted messages included; live. */
  readonly messages: (channel: string) => readonly PeerMessage[];
  /** What only one person of the channel saw; live. */
  readonly ephemerals: (channel: string) => readonly PeerMessage[];
  /** The direct messages with a person; live, empty before the first one. */
  readonly directMessages: (user: string) => readonly PeerMessage[];
  /** The modals ever opened, in order; live. */
  readonly views: readonly PeerView[];
  /** The first open modal that fits; throws after `timeoutMs` (5000). */
  readonly waitForView: (predicate: (view: PeerView) => boolean, timeoutMs?: number) => Promise<PeerView>;
  /** The home tab of a person, null before it was published. */
  readonly home: (user: string) => PeerView | null;
  /** The first message that fits and is not deleted; throws after `timeoutMs` (5000). */
  readonly waitForMessage: (
    channel: string,
    predicate: (message: PeerMessage) => boolean,
    timeoutMs?: number,
  ) => Promise<PeerMessage>;
  /** The first request that fits; throws after `timeoutMs` (5000). */
  readonly waitForRequest: (
    predicate: (request: PeerRequest) => boolean,
    timeoutMs?: number,
  ) => Promise<PeerRequest>;
  /** Every request in order of arrival; live. */
  readonly requests: readonly PeerRequest[];
  /** What a test expects to be empty at its end; live. */
  readonly violations: readonly Violation[];
  readonly fail: (fault: Fault) => FaultHandle;
  readonly socket: PeerSockets;
  /** Delivers over signed HTTP to this address from now on; null goes back to Socket Mode. */
  readonly deliverTo: (url: string | null) => void;
  /** Posts anything signed as Slack signs it, or wrongly signed on purpose. */
  readonly postSigned: (url: string, body: SignedBody, options?: SigningOptions) => Promise<SignedAnswer>;
  readonly close: () => Promise<void>;
}

const WAIT_MS = 5_000;
const MAX_PAGE = 999;
const SECRETS = {
  botToken: "xoxb-peer-bot-token",
  appToken: "xapp-1-A0LEDEAPP1-peer-app-token",
  signingSecret: "peer-signing-secret",
};

/** Starts a Slack on a free port of the loopback address. */
export async function startSlackPeer(options: SlackPeerOptions = {}): Promise<SlackPeer> {
  const judge = await createJudge();
  const state = createState(options.scopes ?? DEFAULT_SCOPES, options.escapesCommands);
  const faults = createFaults();
  // Routes need the port, which only listening tells: they are set right after it and before any request.
  const routes: { current: (incoming: Incoming) => Target | null } = { current: () => null };
  const { server, requests, violations } = createPeerServer({
    state,
    faults,
    route: (incoming) => routes.current(incoming),
  });
  const port = await listen(server);
  const hub = createSocketHub(state, `ws://127.0.0.1:${port}/link/`);
  server.on("upgrade", hub.upgrade);
  const triggers = createTriggers(state, options.triggerValidMs ?? 3_000);
  const { maxPageSize = MAX_PAGE, historyLagMs = 0 } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  const context = { state, triggers, baseUrl, maxPageSize, historyLagMs, openSocketUrl: hub.openUrl };
  const api = createWebApi(context, judge);
  const responseUrls = createResponseUrls(state, `${baseUrl}/respond/`);
  routes.current = (incoming) => route({ state, judge, api, responseUrls, tokens: SECRETS }, incoming);
  const deliveries = createDeliveries(hub, {
    signingSecret: SECRETS.signingSecret,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    redeliverAfterMs: options.redeliverAfterMs ?? 3_000,
    maxRedeliveries: options.maxRedeliveries ?? 3,
  });
  const complain = (args: JsonObject, problems: readonly string[]) => {
    const request = toAckEntry(args, problems);
    for (const problem of problems) violations.push({ request, problem });
  };
  const start = createInteractions({ state, judge, deliveries, responseUrls, triggers, complain });
  const people = createPeople({ state, deliveries, start });
  return {
    ...SECRETS,
    ...people,
    ...createObserver(state, requests),
    ...createShelf(state, baseUrl),
    apiUrl: `${baseUrl}/api/`,
    requests,
    violations,
    socket: hub,
    fail: faults.add,
    deliverTo: deliveries.deliverTo,
    postSigned: (url, body, signing) => postSigned(url, body, { secret: SECRETS.signingSecret, ...signing }),
    close: () => closePeer({ server, hub, deliveries }),
  };
}

type Observer = Pick<
  SlackPeer,
  | "team"
  | "app"
  | "channels"
  | "people"
  | "settings"
  | "scopes"
  | "channel"
  | "addChannel"
  | "user"
  | "addUser"
  | "messages"
  | "ephemerals"
  | "directMessages"
  | "views"
  | "home"
  | "waitForMessage"
  | "waitForView"
  | "waitForRequest"
>;

function createObserver(state: PeerState, requests: readonly PeerRequest[]): Observer {
  const messages = (channel: string) => messagesOf(state.messages, channel);
  return {
    team: state.team,
    app: state.app,
    channels: CHANNELS,
    people: PEOPLE,
    settings: state.settings,
    scopes: state.scopes,
    views: state.views,
    messages,
    channel(id) {
      const channel = state.channels.get(id);
      if (channel === undefined) throw new Error(`no channel ${id}`);
      return channel;
    },
    addChannel(given) {
      const id = newId(state, "C");
      const plain = {
        isMember: true,
        isArchived: false,
        isPrivate: false,
        directWith: null,
        creator: PEOPLE.admin,
      };
      const channel = { ...plain, ...given, id };
      state.channels.set(id, channel);
      return channel;
    },
    user(id) {
      const user = state.users.get(id);
      if (user === undefined) throw new Error(`nobody is ${id}`);
      return user;
    },
    addUser(given) {
      const user = { ...plainPerson(state.team.id), ...given, id: newId(state, "U") };
      state.users.set(user.id, user);
      return user;
    },
    ephemerals: (channel) => messagesOf(state.ephemerals, channel),
    directMessages(user) {
      const direct = [...state.channels.values()].find((channel) => channel.directWith === user);
      return direct === undefined ? [] : messages(direct.id);
    },
    waitForView: (predicate, timeoutMs = WAIT_MS) =>
      waitUntil(state, () => state.views.find((view) => view.isOpen && predicate(view)), {
        timeoutMs,
        what: () => `an open modal among ${state.views.length}`,
      }),
    home: (user) => state.homes.get(user) ?? null,
    waitForMessage: (channel, predicate, timeoutMs = WAIT_MS) =>
      waitUntil(state, () => messages(channel).find((message) => !message.deleted && predicate(message)), {
        timeoutMs,
        what: () => `a message among ${JSON.stringify(messages(channel).map((message) => message.text))}`,
      }),
    waitForRequest: (predicate, timeoutMs = WAIT_MS) =>
      waitUntil(state, () => requests.find((request) => predicate(request)), {
        timeoutMs,
        what: () => `a request among ${requests.map((request) => request.method).join(", ")}`,
      }),
  };
}

async function closePeer(parts: {
  readonly server: Server;
  readonly hub: { readonly close: () => Promise<void> };
  readonly deliveries: Deliveries;
}): Promise<void> {
  parts.deliveries.close();
  await parts.hub.close();
  parts.server.closeAllConnections();
  await new Promise<void>((resolve) => {
    parts.server.close(() => resolve());
  });
}
