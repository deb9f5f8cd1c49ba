import {
  CHANNEL,
  type Overwrite,
  type PeerChannel,
  type PeerGuild,
  type PeerRole,
  type PeerUser,
} from "./model.ts";
import { permissionBits, type PermissionName } from "./permissions.ts";
import type { PeerState } from "./state.ts";

const EVERYONE_MAY: PermissionName[] = [
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "ReadMessageHistory",
  "AddReactions",
  "UseApplicationCommands",
];
const BOT_MAY: PermissionName[] = [...EVERYONE_MAY, "EmbedLinks", "AttachFiles", "CreatePublicThreads"];
const MODERATOR_MAY: PermissionName[] = [
  ...EVERYONE_MAY,
  "EmbedLinks",
  "ManageGuild",
  "ManageChannels",
  "ManageMessages",
  "ManageThreads",
];

export type NewChannel = {
  readonly id?: string | undefined;
  readonly name: string;
  readonly guildId?: string | undefined;
  readonly type?: number;
  readonly parentId?: string;
  readonly recipientId?: string;
  readonly topic?: string;
  readonly overwrites?: Overwrite[];
  readonly tags?: readonly string[];
  readonly requiresTag?: boolean;
};

export type Seeds = ReturnType<typeof seedState>;

/** One guild with the channels, people and roles most tests need. */
export function seedState(state: PeerState) {
  const bot = addUser(state, { id: state.botId, name: "lede", isBot: true });
  const owner = addUser(state, { name: "olive" });
  const moderator = addUser(state, { name: "mo" });
  const member = addUser(state, { name: "max" });
  const people = { bot, owner, moderator, member };
  const { guild, roles } = addGuild(state, { name: "Newsroom", ...people });
  const inGuild = (channel: NewChannel) => addChannel(state, { ...channel, guildId: guild.id });
  return {
    guilds: { main: guild },
    roles,
    users: people,
    channels: {
      news: inGuild({ name: "news" }),
      general: inGuild({ name: "general" }),
      announcements: inGuild({ name: "announcements", type: CHANNEL.announcement }),
      forum: inGuild({ name: "stories", type: CHANNEL.forum, tags: ["world", "science"] }),
    },
  };
}

export function addUser(state: PeerState, user: { id?: string; name: string; isBot?: boolean }): PeerUser {
  const added: PeerUser = {
    id: user.id ?? state.nextId(),
    username: user.name,
    displayName: user.name.charAt(0).toUpperCase() + user.name.slice(1),
    bot: user.isBot ?? false,
    dmsClosed: false,
  };
  state.users.set(added.id, added);
  return added;
}

export function addGuild(
  state: PeerState,
  setup: { name: string; bot: PeerUser; owner: PeerUser; moderator: PeerUser; member: PeerUser },
): { guild: PeerGuild; roles: { everyone: PeerRole; bot: PeerRole; moderator: PeerRole } } {
  const guild: PeerGuild = {
    id: state.nextId(),
    name: setup.name,
    ownerId: setup.owner.id,
    members: new Map(),
    botRemoved: false,
  };
  state.guilds.set(guild.id, guild);
  const addRole = (id: string, name: string, may: PermissionName[]) => {
    const role: PeerRole = { id, guildId: guild.id, name, permissions: permissionBits(may) };
    state.roles.set(id, role);
    return role;
  };
  const roles = {
    // The role of everyone has the guild's own id.
    everyone: addRole(guild.id, "@everyone", EVERYONE_MAY),
    bot: addRole(state.nextId(), "lede", BOT_MAY),
    moderator: addRole(state.nextId(), "moderator", MODERATOR_MAY),
  };
  const joinedAt = new Date(state.now());
  guild.members.set(setup.bot.id, { userId: setup.bot.id, roleIds: [roles.bot.id], joinedAt });
  guild.members.set(setup.owner.id, { userId: setup.owner.id, roleIds: [], joinedAt });
  guild.members.set(setup.moderator.id, {
    userId: setup.moderator.id,
    roleIds: [roles.moderator.id],
    joinedAt,
  });
  guild.members.set(setup.member.id, { userId: setup.member.id, roleIds: [], joinedAt });
  return { guild, roles };
}

export function addChannel(state: PeerState, channel: NewChannel): PeerChannel {
  const added: PeerChannel = {
    id: channel.id ?? state.nextId(),
    type: channel.type ?? CHANNEL.text,
    guildId: channel.guildId,
    parentId: channel.parentId,
    recipientId: channel.recipientId,
    name: channel.name,
    topic: channel.topic,
    overwrites: [...(channel.overwrites ?? [])],
    thread: undefined,
    tags: (channel.tags ?? []).map((name) => ({ id: state.nextId(), name })),
    requiresTag: channel.requiresTag ?? false,
    deleted: false,
  };
  state.channels.set(added.id, added);
  return added;
}
