import { z } from "zod";

export type JsonObject = Record<string, unknown>;

/** A thing or its id, wherever a test names a guild, channel, user or message. */
export type Ref = string | { readonly id: string };

/** Message flags the peer acts on (Discord reference, "Message Flags"). */
export const FLAG = {
  crossposted: 1,
  suppressEmbeds: 4,
  hasThread: 32,
  ephemeral: 64,
  loading: 128,
  suppressNotifications: 4096,
  componentsV2: 32_768,
} as const;

export const CHANNEL = {
  text: 0,
  dm: 1,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
  media: 16,
} as const;

/** One embed as stored; the judge has checked it, so only what tests look at is typed. */
export const Embed = z.looseObject({
  title: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
  color: z.number().nullish(),
  timestamp: z.string().nullish(),
  author: z
    .looseObject({ name: z.string().nullish(), url: z.string().nullish(), icon_url: z.string().nullish() })
    .nullish(),
  footer: z.looseObject({ text: z.string().nullish(), icon_url: z.string().nullish() }).nullish(),
  image: z.looseObject({ url: z.string().nullish() }).nullish(),
  thumbnail: z.looseObject({ url: z.string().nullish() }).nullish(),
  fields: z
    .array(z.looseObject({ name: z.string(), value: z.string(), inline: z.boolean().nullish() }))
    .nullish(),
});
export type Embed = z.output<typeof Embed>;

/** One component of any kind and depth, for messages and modals alike. */
export const Component = z.looseObject({
  type: z.number(),
  id: z.number().nullish(),
  custom_id: z.string().nullish(),
  style: z.number().nullish(),
  label: z.string().nullish(),
  url: z.string().nullish(),
  content: z.string().nullish(),
  value: z.unknown().optional(),
  disabled: z.boolean().nullish(),
  placeholder: z.string().nullish(),
  min_values: z.number().nullish(),
  max_values: z.number().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  required: z.boolean().nullish(),
  sku_id: z.string().nullish(),
  emoji: z.looseObject({}).nullish(),
  media: z.looseObject({ url: z.string() }).nullish(),
  options: z
    .array(
      z.looseObject({
        label: z.string(),
        value: z.string(),
        description: z.string().nullish(),
        default: z.boolean().nullish(),
      }),
    )
    .nullish(),
  channel_types: z.array(z.number()).nullish(),
  default_values: z.array(z.looseObject({ id: z.string(), type: z.string() })).nullish(),
  get components() {
    return z.array(Component).nullish();
  },
  get accessory() {
    return Component.nullish();
  },
  get component() {
    return Component.nullish();
  },
});
export type Component = z.output<typeof Component>;

export const AllowedMentions = z.looseObject({
  parse: z.array(z.string()).nullish(),
  users: z.array(z.string()).nullish(),
  roles: z.array(z.string()).nullish(),
  replied_user: z.boolean().nullish(),
});
export type AllowedMentions = z.output<typeof AllowedMentions>;

/** The body of every request that makes or changes a message, after the judge let it pass. */
export const MessageBody = z.looseObject({
  content: z.string().nullish(),
  embeds: z.array(Embed).nullish(),
  components: z.array(Component).nullish(),
  flags: z.number().nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  allowed_mentions: AllowedMentions.nullish(),
  message_reference: z
    .looseObject({ message_id: z.string(), fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
  attachments: z
    .array(z.looseObject({ id: z.union([z.string(), z.number()]), description: z.string().nullish() }))
    .nullish(),
  poll: z.unknown().optional(),
  sticker_ids: z.array(z.string()).nullish(),
});
export type MessageBody = z.output<typeof MessageBody>;

/** Before it is stored its id is the index it came under. */
export type Attachment = {
  readonly id: string;
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string | undefined;
  readonly description: string | undefined;
};

/** What a version of a message shows; `PeerMessage.versions` keeps each earlier one. */
export type MessageVersion = { content: string; embeds: Embed[]; components: Component[] };

export type PeerMessage = MessageVersion & {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly createdAt: Date;
  /** 0 plain, 19 reply, 20 slash command, 23 context-menu command. */
  readonly type: number;
  flags: number;
  nonce: string | undefined;
  attachments: Attachment[];
  /** How often it was changed after it had first shown its content. */
  edits: number;
  editedAt: Date | undefined;
  versions: MessageVersion[];
  /** Mentions that Discord would have acted on, as written: `@everyone`, `@here`, `<@id>`, `<@&id>`. */
  pinged: string[];
  /** Id of the thread started from this message. */
  thread: string | undefined;
  crossposted: boolean;
  deleted: boolean;
  /** Seen by this user only. */
  ephemeralFor: string | undefined;
  repliesTo: string | undefined;
  interaction:
    | { id: string; userId: string; name: string; kind: number; sourceMessageId: string | undefined }
    | undefined;
  reactions: Map<string, Set<string>>;
};

export type PeerUser = {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly bot: boolean;
  /** Refuses direct messages: sending one answers 50007. */
  dmsClosed: boolean;
};

export type PeerRole = {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  permissions: bigint;
};

export type Overwrite = { id: string; kind: "role" | "member"; allow: bigint; deny: bigint };

export type ThreadInfo = {
  ownerId: string;
  archived: boolean;
  archivedAt?: Date;
  locked: boolean;
  autoArchiveMinutes: number;
  appliedTags: string[];
  /** Set when a message (not a forum post) was its start. */
  startedFrom: string | undefined;
};

export type PeerChannel = {
  readonly id: string;
  readonly type: number;
  readonly guildId: string | undefined;
  readonly parentId: string | undefined;
  /** The other person of a direct message. */
  readonly recipientId: string | undefined;
  name: string;
  topic: string | undefined;
  overwrites: Overwrite[];
  thread: ThreadInfo | undefined;
  tags: { id: string; name: string }[];
  requiresTag: boolean;
  deleted: boolean;
};

export type PeerMember = { readonly userId: string; roleIds: string[]; readonly joinedAt: Date };

export type PeerGuild = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly members: Map<string, PeerMember>;
  /** The bot was kicked: everything in the guild is out of its reach. */
  botRemoved: boolean;
};

export type Violation = { readonly request: string; readonly problem: string };

/** One line of the journal of everything that arrived over REST. */
export type PeerRequest = {
  readonly at: Date;
  readonly method: string;
  /** Below `/api/v10`, decoded: `/webhooks/1/token/messages/@original`. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  /** Undefined while it is open, or when the socket was cut before an answer. */
  status: number | undefined;
  /** The planned fault it met. */
  fault: string | undefined;
};

export function idOf(ref: Ref): string {
  return typeof ref === "string" ? ref : ref.id;
}
