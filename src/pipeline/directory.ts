import type { Decisions } from "#src/core/moderation.ts";
import { type Audience, audienceOf, type Grants, isReadBy, mayUse } from "#src/core/operator.ts";
import type { Channel } from "#src/core/channel.ts";
import type { StoryMember } from "#src/core/story.ts";
import { clearanceOf } from "#src/core/subscription.ts";
import { type Match, matchesIn } from "#src/core/subscription-match.ts";
import { createTopicIndex, type TopicIndex } from "#src/core/topic-index.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { subjectOf } from "#src/core/topic-subject.ts";
import { sourceKeys, type Workspace, workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

/** Who is to be given what: the decisions of all workspaces, held in memory and read anew when they change. */
export interface Directory {
  /** The subscriptions whose topic an article matches, in workspaces that read one of its sources. */
  matches: (member: StoryMember) => Promise<Match[]>;
  decisions: (workspace: Workspace) => Promise<Decisions>;
  /** Whether a workspace reads an article. */
  reads: (workspace: Workspace) => Promise<(member: StoryMember) => boolean>;
  /** What a channel may be shown. */
  audience: (channel: Channel) => Promise<Audience>;
  /** What the operator allows; what follows from it is asked of the methods here. */
  grants: Grants;
  /** Workspaces that something was decided for and that may use Lede. */
  workspaces: () => Promise<Workspace[]>;
  /** To be called after a change. */
  changed: (workspace: Workspace) => Promise<void>;
}

interface Held {
  decisions: Decisions;
  /** Keys of the sources it reads, as articles carry them. */
  sources: ReadonlySet<string>;
}

export function createDirectory(store: Pick<Store, "decisions" | "workspaces">, grants: Grants): Directory {
  const held = new Map<Workspace, Held>();
  const index: TopicIndex = createTopicIndex();
  let loaded: Promise<void> | null = null;

  async function load(workspace: Workspace): Promise<void> {
    // Whoever may not use Lede is given nothing, whatever was decided there before.
    if (!mayUse(grants, workspace)) return;
    const decisions = await store.decisions(workspace);
    for (const { id } of held.get(workspace)?.decisions.topics ?? []) index.remove(id);
    for (const { id, query } of decisions.topics) index.add(id, parseTopicQuery(query));
    held.set(workspace, { decisions, sources: sourceKeys(decisions.sources) });
  }

  async function loadAll(): Promise<void> {
    for (const workspace of await store.workspaces()) await load(workspace);
  }

  const ready = (): Promise<void> =>
    (loaded ??= loadAll().catch((error: unknown) => {
      loaded = null;
      throw error;
    }));

  async function decisionsOf(workspace: Workspace): Promise<Decisions> {
    await ready();
    return held.get(workspace)?.decisions ?? (await store.decisions(workspace));
  }

  return {
    grants,
    matches: async (member) => {
      await ready();
      const found = new Map(index.match(subjectOf(member)).map(({ id, match }) => [id, match.terms]));
      return [...held.values()]
        .filter(({ decisions, sources }) =>
          isReadBy(grants, decisions.settings.workspace, { keys: sources, from: member.sources }),
        )
        .flatMap(({ decisions }) => matchesIn(decisions, found));
    },
    decisions: decisionsOf,
    audience: async (channel) => {
      const workspace = workspaceOf(channel);
      const { subscriptions } = await decisionsOf(workspace);
      return audienceOf(grants, workspace, clearanceOf(channel, subscriptions));
    },
    reads: async (workspace) => {
      await ready();
      const sources = held.get(workspace)?.sources ?? new Set<string>();
      return (member) => isReadBy(grants, workspace, { keys: sources, from: member.sources });
    },
    workspaces: async () => {
      await ready();
      return [...held.keys()];
    },
    changed: async (workspace) => {
      await ready();
      await load(workspace);
    },
  };
}
