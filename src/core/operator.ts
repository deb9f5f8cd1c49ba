import type { Article, Visibility } from "./article.ts";
import { type Channel, CONSOLE_CHANNEL } from "./channel.ts";
import type { Caller } from "./command.ts";
import type { Decisions } from "./moderation.ts";
import { ANY_PUBLISHER, isNamedPublisher, type Publishers } from "./publisher.ts";
import type { StoryMember } from "./story.ts";
import { type Workspace, workspaceOf } from "./workspace.ts";

/** What whoever runs Lede allows. Nobody in a workspace can widen it. */
export interface Grants {
  /** Who may use Lede; null for every workspace that it is invited to. */
  workspaces: ReadonlySet<Workspace> | null;
  /** Who may be shown members-only text, where its moderators ask for it. */
  members: ReadonlySet<Workspace>;
  /** Who sends articles, and for whom. */
  publishers: Publishers;
}

/** What holds where the operator decided nothing: everybody may use Lede, nobody is shown members-only text. */
export const NO_GRANTS: Grants = { workspaces: null, members: new Set(), publishers: new Map() };

const CONSOLE = workspaceOf(CONSOLE_CHANNEL);

/** Why a post is held: its text is for members, and the operator has not cleared the workspace. It is posted once that is done. */
export const NOT_CLEARED = "not-cleared";
/** Why a message is not posted: the operator lets its workspace not use Lede. */
export const NOT_ALLOWED = "not-allowed";

/** Whoever sits at the console runs Lede. */
export function mayUse({ workspaces }: Grants, workspace: Workspace): boolean {
  return workspace === CONSOLE || workspaces === null || workspaces.has(workspace);
}

/** Whether somebody may give commands where they are; a direct message on Discord belongs to no server. */
export function mayCall(
  grants: Grants,
  { channel, platform }: Pick<Caller, "channel" | "platform">,
): boolean {
  if (platform === "console" || grants.workspaces === null) return true;
  return channel !== null && mayUse(grants, workspaceOf(channel));
}

export function mayShowMembers(grants: Grants, workspace: Workspace): boolean {
  return workspace === CONSOLE || (mayUse(grants, workspace) && grants.members.has(workspace));
}

/** Whether a workspace reads an article that came from those sources: by its own sources, or because a publisher sends to it. */
export function isReadBy(
  grants: Grants,
  workspace: Workspace,
  { keys, from }: { keys: ReadonlySet<string>; from: readonly string[] },
): boolean {
  if (workspace === CONSOLE) return from.length > 0;
  if (!mayUse(grants, workspace)) return false;
  return from.some((source) => keys.has(source) || isSentTo(grants, workspace, source));
}

/** A publisher that is configured no longer sends to nobody. */
function isSentTo({ publishers }: Grants, workspace: Workspace, source: string): boolean {
  if (source === ANY_PUBLISHER) return true;
  const publisher = publishers.get(source);
  return publisher !== undefined && (publisher.workspaces?.has(workspace) ?? true);
}

/** The channels of a workspace that ask for members-only text which the operator does not let in. */
export function heldChannels(
  grants: Grants,
  { settings, subscriptions }: Pick<Decisions, "settings" | "subscriptions">,
): Channel[] {
  const { workspace } = settings;
  if (!mayUse(grants, workspace) || mayShowMembers(grants, workspace)) return [];
  const asking = subscriptions.filter(({ clearance }) => clearance === "members");
  return [...new Set(asking.map(({ channel }) => channel))];
}

/** Who looks: made by `audienceOf` alone, and asked by everything that shows articles. */
export interface Audience {
  clearance: Visibility;
  /** Whether an article may be shown at all, given where it came from. */
  reaches: (article: Pick<Article, "visibility">, from: readonly string[]) => boolean;
}

/** What may be shown in a workspace where its moderators wish for this clearance. */
export function audienceOf(grants: Grants, workspace: Workspace, wished: Visibility): Audience {
  const isCleared = wished === "members" && mayShowMembers(grants, workspace);
  return {
    clearance: isCleared ? "members" : "public",
    reaches: ({ visibility }, from) => {
      if (workspace === CONSOLE) return true;
      if (!mayUse(grants, workspace)) return false;
      const named = from.filter(isNamedPublisher);
      // What people asked about has no source, and was read as anybody can read it.
      const isOpen = from.length === 0 || from.length > named.length;
      // A feed that carries the article too has not its members' text: that is for those whom its publisher names.
      const opened = visibility === "members" ? named.length === 0 : isOpen;
      return opened || named.some((source) => isSentTo(grants, workspace, source));
    },
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Of a story's articles those that an audience may see; what stands there already, by its articles' ids, stays. */
export function visible(
  members: readonly StoryMember[],
  audience: Audience,
  standing: ReadonlySet<string> = NOTHING,
): StoryMember[] {
  return members.filter(
    ({ article, sources }) =>
      standing.has(article.id) ||
      (audience.reaches(article, sources) &&
        (audience.clearance === "members" || article.visibility === "public")),
  );
}
