import { once } from "node:events";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  Client,
  Events,
  GatewayIntentBits,
  type ClientOptions,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { afterEach } from "vitest";
import { startDiscordPeer, type DiscordPeer, type DiscordPeerOptions } from "./peer.ts";

/** Commands the peer's own tests register. */
export const COMMANDS: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: "brief",
    description: "Brief an article",
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: "url",
        description: "Link to the article",
        required: true,
      },
      { type: ApplicationCommandOptionType.String, name: "topic", description: "Topic", autocomplete: true },
    ],
  },
  {
    name: "topic",
    description: "Topics of this channel",
    default_member_permissions: "32",
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: "add",
        description: "Add one",
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: "query",
            description: "What to look for",
            required: true,
          },
        ],
      },
    ],
  },
  { name: "Brief this", type: ApplicationCommandType.Message },
];

type OnInteraction = (interaction: Interaction) => Promise<unknown>;

/** Peers and real clients that are closed after each test of the calling file. */
export function createBench() {
  const running: { close(): Promise<unknown> }[] = [];

  afterEach(async () => {
    for (const thing of running.splice(0).reverse()) await thing.close();
  });

  async function startPeer(options?: DiscordPeerOptions): Promise<DiscordPeer> {
    const peer = await startDiscordPeer(options);
    running.push(peer);
    return peer;
  }

  function createClient(peer: DiscordPeer, options: Partial<ClientOptions> = {}): Client<true> {
    const client = new Client<true>({
      intents: [GatewayIntentBits.Guilds],
      rest: { api: peer.apiUrl },
      ...options,
    });
    running.push({ close: async () => client.destroy() });
    return client;
  }

  async function login(
    peer: DiscordPeer,
    options: Partial<ClientOptions> = {},
    onInteraction?: OnInteraction,
  ): Promise<Client<true>> {
    const client = createClient(peer, options);
    // What goes wrong in a test's handler shows as a missing answer.
    if (onInteraction)
      client.on(
        Events.InteractionCreate,
        (interaction) => void onInteraction(interaction).catch(() => undefined),
      );
    const ready = once(client, Events.ClientReady);
    await client.login(peer.token);
    await ready;
    return client;
  }

  /** A client that has registered `COMMANDS`. */
  async function loginWithCommands(
    peer: DiscordPeer,
    onInteraction: OnInteraction,
    options: Partial<ClientOptions> = {},
  ) {
    const client = await login(peer, options, onInteraction);
    await client.application.commands.set(COMMANDS);
    return client;
  }

  return { startPeer, createClient, login, loginWithCommands };
}

export async function sendable(client: Client, channelId: string) {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isSendable()) throw new Error("Nothing can be sent to that channel");
  return channel;
}
