import { z } from "zod";
import { digest, Visibility } from "./article.ts";
import { Channel, channelParts, PlatformName } from "./channel.ts";

/** A Discord server, a Slack workspace, or the console: `platform:workspace`. */
export const Workspace = z.templateLiteral([PlatformName, ":", z.string().regex(/^[\w-]+$/)]);
export type Workspace = z.infer<typeof Workspace>;

/** The workspace a channel is in. */
export function workspaceOf(channel: Channel): Workspace {
  const { platform, workspace } = channelParts(channel);
  return `${platform}:${workspace}`;
}

/** An IANA time zone that this runtime knows, such as `Europe/Vienna`. */
export const Zone = z.string().refine(isZone, { error: "is not a time zone; use one such as Europe/London" });

/** A BCP-47 language tag, such as `de` or `pt-BR`. */
export const Language = z
  .string()
  .refine(isLanguage, { error: "is not a language; use a code such as en or pt-BR" });

/** What moderators decide for a whole workspace. */
export const Settings = z.strictObject({
  workspace: Workspace,
  /** Whoever has this role may moderate, beside the platform's own administrators; null for these alone. */
  moderatorRole: z.string().nullable(),
  /** Users who may moderate whatever their roles. */
  moderators: z.array(z.string()).max(100),
  /** Where Lede reports what moderators should know; null for nowhere. */
  moderatorsChannel: Channel.nullable(),
  zone: Zone,
  /** The language new subscriptions write in; null keeps each article's own. */
  language: Language.nullable(),
  /** What new subscriptions may carry: "members" lets members-only text in. */
  clearance: Visibility,
});
export type Settings = z.infer<typeof Settings>;

/** What holds before a moderator decides anything. */
export function defaultSettings(workspace: Workspace): Settings {
  return {
    workspace,
    moderatorRole: null,
    moderators: [],
    moderatorsChannel: null,
    zone: "UTC",
    language: null,
    clearance: "public",
  };
}

/** A feed that a workspace reads. The feed itself is polled once however many workspaces read it. */
export const Source = z.strictObject({
  id: z.string(),
  workspace: Workspace,
  url: z.url(),
  title: z.string().nullable(),
  /** How many entries from before it was added are posted; the rest of what was there is baseline. */
  backfill: z.int().min(0).max(50),
  addedAt: z.date(),
});
export type Source = z.infer<typeof Source>;

/** Keys of the sources that a workspace reads, as articles carry them. */
export function sourceKeys(sources: readonly Source[]): Set<string> {
  return new Set(sources.map(({ url }) => `feed:${digest(url)}`));
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
