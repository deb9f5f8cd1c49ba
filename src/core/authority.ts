import type { PlatformName } from "./channel.ts";
import type { Edit } from "./moderation.ts";
import type { SettingsOptions } from "./settings-options.ts";
import type { SourcesOptions } from "./source-options.ts";
import type { TopicsOptions } from "./topic-options.ts";

/** What a person is where they give a command, from most to least. */
export const ROLES = [
  "operator",
  "workspace moderator",
  "channel moderator",
  "member",
  "guest",
  "stranger",
] as const;
export type Role = (typeof ROLES)[number];

/** The roles there are on each platform. Discord has no guests, and lets nobody moderate for having made a channel. */
export const ROLES_ON: Record<PlatformName, readonly Role[]> = {
  console: ["operator"],
  discord: ["workspace moderator", "member", "stranger"],
  slack: ["workspace moderator", "channel moderator", "member", "guest", "stranger"],
};

/** What can be done. A form and a completion are part of the deed that they lead to. */
export type Deed =
  | `topics ${TopicsOptions["action"]}`
  | `sources ${SourcesOptions["action"]}`
  | `settings ${SettingsOptions["action"]}`
  | `brief ${"link" | "text" | "known"}`
  | "evidence"
  | "why"
  | "wrong"
  | "wrong take"
  | `lede ${"help" | "status" | "retry"}`;

/** How far a deed reaches: over the workspace, over what the channel it is done in receives, or not at all. */
export type Scope = "workspace" | "channel" | "none";

type Reach = Readonly<Record<Role, Scope>>;

/** What is decided for a whole workspace. */
const WORKSPACE: Reach = {
  operator: "workspace",
  "workspace moderator": "workspace",
  "channel moderator": "none",
  member: "none",
  guest: "none",
  stranger: "none",
};

/** What a channel receives. Whoever made it decides that for it alone. */
const TOPICS: Reach = { ...WORKSPACE, "channel moderator": "channel" };

/** What is shown of a post to whoever sees the post. */
const POST: Reach = {
  operator: "channel",
  "workspace moderator": "channel",
  "channel moderator": "channel",
  member: "channel",
  guest: "channel",
  stranger: "channel",
};

/** What costs money: not for those who are not of the workspace, or only as guests. */
const PAID: Reach = { ...POST, guest: "none", stranger: "none" };

/** Who may do what, and how far. The only place that says so: commands, registrations and docs are made from it. */
export const AUTHORITY: Readonly<Record<Deed, Reach>> = {
  "topics list": TOPICS,
  "topics add": TOPICS,
  "topics edit": TOPICS,
  "topics remove": TOPICS,
  "topics pause": TOPICS,
  "topics resume": TOPICS,
  "topics test": TOPICS,
  "topics start": TOPICS,
  "sources list": WORKSPACE,
  "sources add": WORKSPACE,
  "sources remove": WORKSPACE,
  "sources health": WORKSPACE,
  "sources import": WORKSPACE,
  "sources export": WORKSPACE,
  "settings show": WORKSPACE,
  "settings edit": WORKSPACE,
  "settings allow": WORKSPACE,
  "settings disallow": WORKSPACE,
  "settings log": WORKSPACE,
  "settings undo": WORKSPACE,
  "settings budget": WORKSPACE,
  "brief link": PAID,
  "brief text": PAID,
  "brief known": {
    operator: "workspace",
    "workspace moderator": "workspace",
    "channel moderator": "channel",
    member: "channel",
    guest: "channel",
    stranger: "none",
  },
  evidence: POST,
  why: POST,
  wrong: POST,
  "wrong take": WORKSPACE,
  "lede help": POST,
  "lede status": WORKSPACE,
  "lede retry": WORKSPACE,
};

function isDeed(text: string): text is Deed {
  return Object.hasOwn(AUTHORITY, text);
}

export const DEEDS: readonly Deed[] = Object.keys(AUTHORITY).filter(isDeed);

/** The deeds of a command, whose names begin with its own. */
type DeedOf<Name extends string> = Extract<Deed, Name | `${Name} ${string}`>;

export function deedsOf<Name extends string>(command: Name): DeedOf<Name>[] {
  return DEEDS.filter((deed): deed is DeedOf<Name> => deed === command || deed.startsWith(`${command} `));
}

/** What a deed may edit; the others only look, or do something that is no edit. */
const EDITS: Partial<Record<Deed, readonly Edit["kind"][]>> = {
  "topics add": ["topic", "subscription"],
  "topics start": ["topic", "subscription"],
  "topics edit": ["topic", "subscription"],
  "topics remove": ["topic", "subscription"],
  "topics pause": ["subscription"],
  "topics resume": ["subscription"],
  "sources add": ["source"],
  "sources import": ["source"],
  "sources remove": ["source"],
  "settings edit": ["settings"],
  "settings allow": ["settings"],
  "settings disallow": ["settings"],
  "settings budget": ["budget"],
  "wrong take": ["fact"],
};

/** Deeds that change something without an edit. */
const CHANGES: ReadonlySet<Deed> = new Set(["settings undo", "settings budget", "wrong take", "lede retry"]);

/** A deed that was allowed, by whom it is done, and how far it reaches. Nothing is done without one. */
export interface Grant {
  deed: Deed;
  role: Role;
  scope: Exclude<Scope, "none">;
}

/** The grant of a deed to a role; null where the table gives none. */
export function grantOf(deed: Deed, role: Role): Grant | null {
  const scope = AUTHORITY[deed][role];
  return scope === "none" ? null : { deed, role, scope };
}

export function mayEdit(deed: Deed, kind: Edit["kind"]): boolean {
  return EDITS[deed]?.includes(kind) ?? false;
}

/** Whether a deed leaves something behind: a role is asked for anew then, however lately it was told. */
export function isChange(deed: Deed): boolean {
  return deed in EDITS || CHANGES.has(deed);
}

/** Whether a deed is decided for a server or workspace, which a direct conversation on Discord has none of. */
export function needsWorkspace(deed: Deed): boolean {
  return AUTHORITY[deed].member === "none";
}

/** Whether a command is for moderators alone: no deed of it is a member's. */
export function isForModerators({ deeds }: { deeds: readonly Deed[] }): boolean {
  return deeds.every((deed) => AUTHORITY[deed].member === "none");
}

/** What somebody is told who may not do it: whom to ask. */
export function refusal(deed: Deed, role: Role): string {
  if (role === "stranger")
    return "Lede takes no commands from outside its own server or workspace. Ask a member to do it.";
  if (role === "guest") return "That is not open to guests. Ask a member of this workspace to do it.";
  if (role === "channel moderator")
    return "That needs a moderator of the whole workspace: having made a channel, you decide its topics alone. Ask an administrator, who can also /settings allow you.";
  return AUTHORITY[deed]["channel moderator"] === "none"
    ? "That needs a moderator. Ask an administrator here, or whoever they allowed with /settings."
    : "That needs a moderator. Ask an administrator here, whoever they allowed with /settings or, on Slack, who made the channel.";
}
