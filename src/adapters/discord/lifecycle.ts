import { type Client, Events } from "discord.js";
import type { Channel } from "#src/core/channel.ts";
import type { Log } from "#src/log.ts";
import type { Inbound } from "#src/ports.ts";
import { channelOf } from "./caller.ts";

/** Tells when a channel or thread is deleted, or Lede is removed from a server; an outage of a server is neither. */
export function listenForRemoval(client: Client, inbound: Inbound, log: Log): void {
  function tell(workspace: string, channel: Channel | null): void {
    const told = async (): Promise<void> => inbound.removed({ platform: "discord", workspace, channel });
    told().catch((error: unknown) =>
      log.error({ workspace, channel, err: error }, "discord removal not handled"),
    );
  }

  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) tell(channel.guildId, channelOf(channel.guildId, channel.id));
  });
  client.on(Events.ThreadDelete, ({ guildId, id }) => tell(guildId, channelOf(guildId, id)));
  client.on(Events.GuildDelete, ({ id }) => tell(id, null));
}
