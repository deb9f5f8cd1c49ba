import type { Decisions } from "#src/core/moderation.ts";
import type { StoryMember } from "#src/core/story.ts";
import { type Match, matchesIn } from "#src/core/subscription-match.ts";
import { createTopicIndex, type TopicIndex } from "#src/core/topic-index.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { subjectOf } from "#src/core/topic-subject.ts";
import { isReadBy, sourceKeys, type Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

/** Who is to be given what: the decisions of all workspaces, held in memory and read anew when they change. */
export interface Directory {
  /** The subscriptions whose topic an article matches, in workspaces that read one of its sources. */
  matches: (member: StoryMember) => Promise<Match[]>;
  decisions: (workspace: Workspace) => Promise<Decisions>;
  /** Whether a workspace reads an article. */
  reads: (workspace: Workspace) => Promise<(member: StoryMember) => boolean>;
  /** Workspaces that something was decided for. */
  workspaces: () => Promise<Workspace[]>;
  /** To be called after a change. */
  changed: (workspace: Workspace) => Promise<void>;
}

interface Held {
  decisions: Decisions;
  /** Keys of the sources it reads, as articles carry them. */
  sources: ReadonlySet<string>;
}

export function createDirectory(store: Pick<Store, "decisions" | "workspaces">): Directory {
  const held = new Map<Workspace, Held>();
  const index: TopicIndex = createTopicIndex();
  let loaded: Promise<void> | null = null;

  async function load(workspace: Workspace): Promise<void> {
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

  return {
    matches: async (member) => {
      await ready();
      const found = new Map(index.match(subjectOf(member)).map(({ id, match }) => [id, match.terms]));
      return [...held.values()]
        .filter(({ decisions, sources }) =>
          isReadBy(decisions.settings.workspace, { keys: sources, from: member.sources }),
        )
        .flatMap(({ decisions }) => matchesIn(decisions, found));
    },
    decisions: async (workspace) => {
      await ready();
      return held.get(workspace)?.decisions ?? (await store.decisions(workspace));
    },
    reads: async (workspace) => {
      await ready();
      const sources = held.get(workspace)?.sources ?? new Set<string>();
      return (member) => isReadBy(workspace, { keys: sources, from: member.sources });
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
