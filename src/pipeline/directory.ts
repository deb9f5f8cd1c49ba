import { digest } from "#src/core/article.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { Reason } from "#src/core/delivery.ts";
import type { Decisions } from "#src/core/moderation.ts";
import type { StoryMember } from "#src/core/story.ts";
import type { Subscription } from "#src/core/subscription.ts";
import { createTopicIndex, type TopicIndex } from "#src/core/topic-index.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject } from "#src/core/topic-subject.ts";
import { type Workspace, workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

/** A subscription that an article matches, and why. */
export interface Match {
  subscription: Subscription;
  reason: Reason;
}

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

/** What every workspace reads without having asked for it: the operator's own webhook. */
const FOR_ALL: ReadonlySet<string> = new Set(["webhook"]);

export function createDirectory(store: Pick<Store, "decisions" | "workspaces">): Directory {
  const held = new Map<Workspace, Held>();
  const index: TopicIndex = createTopicIndex();
  let loaded: Promise<void> | null = null;

  async function load(workspace: Workspace): Promise<void> {
    const decisions = await store.decisions(workspace);
    for (const { id } of held.get(workspace)?.decisions.topics ?? []) index.remove(id);
    for (const { id, query } of decisions.topics) index.add(id, parseTopicQuery(query));
    held.set(workspace, {
      decisions,
      sources: new Set(decisions.sources.map(({ url }) => `feed:${digest(url)}`)),
    });
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
        .filter(({ decisions, sources }) => isRead(decisions.settings.workspace, member, sources))
        .flatMap(({ decisions }) => matchesIn(decisions, found));
    },
    decisions: async (workspace) => {
      await ready();
      return held.get(workspace)?.decisions ?? (await store.decisions(workspace));
    },
    reads: async (workspace) => {
      await ready();
      const sources = held.get(workspace)?.sources ?? new Set<string>();
      return (member) => isRead(workspace, member, sources);
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

const CONSOLE = workspaceOf(CONSOLE_CHANNEL);

function isRead(workspace: Workspace, member: StoryMember, sources: ReadonlySet<string>): boolean {
  // Whoever sits at the console runs Lede, and reads what it reads.
  if (workspace === CONSOLE) return member.sources.length > 0;
  return member.sources.some((source) => sources.has(source) || FOR_ALL.has(source));
}

function matchesIn({ subscriptions, topics }: Decisions, found: ReadonlyMap<string, string[]>): Match[] {
  return subscriptions.flatMap((subscription) => {
    const terms = found.get(subscription.topicId);
    const topic = topics.find(({ id }) => id === subscription.topicId);
    if (terms === undefined || topic === undefined) return [];
    return [{ subscription, reason: { subscription: subscription.id, topic: topic.name, terms } }];
  });
}

/** An article as topics see it. */
export function subjectOf({ article, revision }: StoryMember): ReturnType<typeof prepareSubject> {
  const { site, url, language } = article;
  const { title, paragraphs } = revision;
  return prepareSubject({ title, paragraphs, site, url, language });
}
