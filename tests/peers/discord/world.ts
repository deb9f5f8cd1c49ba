import { keepFiles, type Ctx } from "./messages.ts";
import {
  CHANNEL,
  idOf,
  type Attachment,
  type Overwrite,
  type PeerChannel,
  type PeerUser,
  type Ref,
} from "./model.ts";
import { permissionBits, type PermissionName } from "./permissions.ts";
import { directChannel } from "./rest-threads.ts";
import { addChannel, addGuild, addUser, type NewChannel, type Seeds } from "./seed.ts";
import { announceChange, need } from "./state.ts";
import { guildCreateJson } from "./wire-guild.ts";
import { attachmentJson } from "./wire-message.ts";
import { channelJson } from "./wire.ts";

type ChannelSetup = Omit<NewChannel, "guildId" | "id" | "recipientId"> & { readonly guild?: Ref };

/** What administrators of a guild do: channels, permissions, kicking the bot. */
export function createWorld(ctx: Ctx, seeds: Seeds) {
  const { state, gateway } = ctx;

  function overwriteOfBot(channel: PeerChannel): Overwrite {
    const known = channel.overwrites.find(({ kind, id }) => kind === "member" && id === state.botId);
    if (known) return known;
    const added: Overwrite = { id: state.botId, kind: "member", allow: 0n, deny: 0n };
    channel.overwrites.push(added);
    return added;
  }

  function tellChannel(event: string, channel: PeerChannel) {
    gateway.dispatch(event, "guilds", () => channelJson(state, channel));
    announceChange(state);
  }

  return {
    /** In the main guild unless told; `type` is one of `CHANNEL`. */
    addChannel({ guild = seeds.guilds.main, ...setup }: ChannelSetup): PeerChannel {
      const channel = addChannel(state, { ...setup, guildId: idOf(guild) });
      tellChannel("CHANNEL_CREATE", channel);
      return channel;
    },
    addUser(name: string, setup: { guild?: Ref; roles?: readonly Ref[] } = {}): PeerUser {
      const user = addUser(state, { name });
      const guild = need(state.guilds, idOf(setup.guild ?? seeds.guilds.main), "guild");
      guild.members.set(user.id, {
        userId: user.id,
        roleIds: (setup.roles ?? []).map(idOf),
        joinedAt: new Date(state.now()),
      });
      return user;
    },
    /** A second guild with the same people and one text channel. */
    addGuild(name: string) {
      const added = addGuild(state, { name, ...seeds.users });
      const channel = addChannel(state, { name: "news", guildId: added.guild.id });
      gateway.dispatch("GUILD_CREATE", "guilds", () => guildCreateJson(state, added.guild));
      return { ...added, channel };
    },
    /** Takes permissions from the bot in one channel: `ViewChannel` makes 50001, the others 50013. */
    deny(channel: Ref, ...names: PermissionName[]): void {
      const found = need(state.channels, idOf(channel), "channel");
      const overwrite = overwriteOfBot(found);
      overwrite.deny |= permissionBits(names);
      overwrite.allow &= ~permissionBits(names);
      tellChannel("CHANNEL_UPDATE", found);
    },
    allow(channel: Ref, ...names: PermissionName[]): void {
      const found = need(state.channels, idOf(channel), "channel");
      const overwrite = overwriteOfBot(found);
      overwrite.allow |= permissionBits(names);
      overwrite.deny &= ~permissionBits(names);
      tellChannel("CHANNEL_UPDATE", found);
    },
    deleteChannel(channel: Ref): void {
      const found = need(state.channels, idOf(channel), "channel");
      found.deleted = true;
      tellChannel(found.thread ? "THREAD_DELETE" : "CHANNEL_DELETE", found);
    },
    archiveThread(thread: Ref, setup: { locked?: boolean } = {}): void {
      const found = need(state.channels, idOf(thread), "thread");
      if (!found.thread) throw new Error(`${found.name} is no thread`);
      found.thread.archived = true;
      found.thread.archivedAt = new Date(state.now());
      found.thread.locked = setup.locked ?? found.thread.locked;
      tellChannel("THREAD_UPDATE", found);
    },
    /** Threads of a channel, oldest first. */
    threads(channel: Ref): PeerChannel[] {
      return [...state.channels.values()].filter(
        (candidate) => candidate.parentId === idOf(channel) && candidate.thread && !candidate.deleted,
      );
    },
    kickBot(guild: Ref = seeds.guilds.main): void {
      const found = need(state.guilds, idOf(guild), "guild");
      found.botRemoved = true;
      gateway.dispatch("GUILD_DELETE", "guilds", () => ({ id: found.id }));
      announceChange(state);
    },
    /** The guild can not be reached for a while; the bot stays in it. */
    breakDown(guild: Ref = seeds.guilds.main): void {
      gateway.dispatch("GUILD_DELETE", "guilds", () => ({ id: idOf(guild), unavailable: true }));
    },
    /** A file that a person gives with a command: the value of the option is its id. */
    upload(filename: string, text: string): Attachment {
      const file = { id: "0", filename, bytes: new TextEncoder().encode(text) };
      const [kept] = keepFiles(state, [{ ...file, contentType: "text/plain", description: undefined }]);
      return need(state.files, kept?.id ?? "", "file");
    },
    /** Where a file is downloaded from. */
    fileUrl: (file: Ref): string =>
      String(attachmentJson(state, need(state.files, idOf(file), "file"))["url"]),
    /** The direct channel between the bot and a person. */
    directChannel: (user: Ref): PeerChannel => directChannel(ctx, idOf(user)),
    channel: (channel: Ref): PeerChannel => need(state.channels, idOf(channel), "channel"),
    channelTypes: CHANNEL,
  };
}
