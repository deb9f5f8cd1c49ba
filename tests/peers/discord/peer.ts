import { once } from "node:events";
import type { Socket } from "node:net";
import { createFaults, type FaultHandle, type PlannedFault } from "./faults.ts";
import { createGateway, gatewayUrl } from "./gateway.ts";
import { createFront } from "./http.ts";
import { describe, type MessagePredicate } from "./interactions.ts";
import { warmUpJudge } from "./judge.ts";
import { idOf, type PeerMessage, type Ref } from "./model.ts";
import { createPeople } from "./people.ts";
import { GLOBAL } from "./rest-commands.ts";
import { createRest } from "./rest.ts";
import { seedState } from "./seed.ts";
import {
  createState,
  listOf,
  waitFor,
  type Interaction,
  type RegisteredCommand,
  type Settings,
} from "./state.ts";
import { createWorld } from "./world.ts";

const DEFAULT_WAIT_MS = 5000;
const DEFAULTS: Settings = {
  dateAheadMs: 0,
  nonceWindowMs: 120_000,
  ackWindowMs: 3000,
  tokenLifeMs: 900_000,
  rateLimit: { limit: 50, windowMs: 1000 },
  heartbeatIntervalMs: 41_250,
  privilegedIntents: 0,
};

export type DiscordPeerOptions = Partial<Settings> & {
  readonly token?: string;
  /** The platform's clock in milliseconds since 1970: ids, times of messages, the nonce window. */
  readonly now?: () => number;
};
export type DiscordPeer = Awaited<ReturnType<typeof startDiscordPeer>>;

/** Starts a Discord of its own on 127.0.0.1: gateway, REST v10, people and a judge of every request. */
export async function startDiscordPeer(options: DiscordPeerOptions = {}) {
  const {
    token = "MTAwMDAwMDAwMDAwMDAwMDAw.Gpeer0.local-discord-peer-token",
    now = Date.now,
    ...settings
  } = options;
  const state = createState({ token, now, settings: { ...DEFAULTS, ...settings } });
  const seeds = seedState(state);
  const faults = createFaults();
  const server = createFront({ state, faults, answer: (request) => answer(request) });
  const gateway = createGateway(state, server);
  const ctx = { state, gateway };
  const answer = createRest(ctx, () => gatewayUrl(server));
  warmUpJudge();
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  state.address.origin = gatewayUrl(server).replace("ws:", "http:");

  return {
    /** For `new Client({ rest: { api: peer.apiUrl } })`; the library appends `/v10`. */
    apiUrl: `${state.address.origin}/api`,
    token,
    applicationId: state.applicationId,
    ...seeds,
    settings: state.settings,
    gateway: {
      ...gateway,
      /** Settles when a client is connected and identified or resumed. */
      waitForSession: (timeoutMs = DEFAULT_WAIT_MS) =>
        waitFor(state, () => gateway.isConnected() || undefined, {
          timeoutMs,
          describe: () => "No client is connected.",
        }),
    },
    violations: state.violations,
    requests: state.requests,
    typing: state.typing,
    ...createPeople(ctx),
    ...createWorld(ctx, seeds),
    /** What stands in the channel now, oldest first; the array is live. */
    messages: (channel: Ref): readonly PeerMessage[] => listOf(state.messages, idOf(channel)),
    deletedMessages: (channel: Ref): readonly PeerMessage[] => listOf(state.deletedMessages, idOf(channel)),
    /** Everything people ever set off, in order, with its token. */
    interactions: (): readonly Readonly<Interaction>[] => [...state.interactions.values()],
    /** Registered commands of a guild, or the global ones. */
    commands: (guild?: Ref): readonly RegisteredCommand[] =>
      listOf(state.commands, guild === undefined ? GLOBAL : idOf(guild)),
    waitForCommand: (name: string, timeoutMs = DEFAULT_WAIT_MS) =>
      waitFor(state, () => [...state.commands.values()].flat().find((command) => command.name === name), {
        timeoutMs,
        describe: () =>
          `Registered: ${[...state.commands.values()]
            .flat()
            .map((command) => command.name)
            .join(", ")}`,
      }),
    waitForMessage(
      channel: Ref,
      predicate: MessagePredicate = () => true,
      timeoutMs = DEFAULT_WAIT_MS,
    ): Promise<PeerMessage> {
      const list = listOf(state.messages, idOf(channel));
      return waitFor(state, () => list.find(predicate), {
        timeoutMs,
        describe: () => describe("The channel has", list),
      });
    },
    /** Settles when `find` returns something, looking again at each change of anything. */
    waitUntil: <T>(find: () => T | undefined, timeoutMs = DEFAULT_WAIT_MS): Promise<T> =>
      waitFor(state, find, {
        timeoutMs,
        describe: () => `Last requests: ${JSON.stringify(state.requests.slice(-5)).slice(0, 2000)}`,
      }),
    fail: (plan: PlannedFault): FaultHandle => faults.plan(plan),
    async close(): Promise<void> {
      gateway.close();
      server.close();
      // Also those that hang on purpose and those that just came in.
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
