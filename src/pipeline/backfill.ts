import type { Channel } from "#src/core/channel.ts";
import type { Backfilled } from "#src/core/moderator-app.ts";
import type { StoryMember } from "#src/core/story.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Batches } from "./batch.ts";
import type { Directory } from "./directory.ts";
import { publishStory, type PublishStoryDeps, tellingFor } from "./publish-story.ts";
import { wishFor } from "./tell-story.ts";
import type { WriteBrief } from "./write-brief.ts";

const DAYS = 14;
const DAY_MS = 86_400_000;
const MOST_ARTICLES = 500;

export interface BackfillDeps extends PublishStoryDeps {
  /** Left out or null, everything is written at once. */
  batches?: Batches | null;
}

/**
 * Posts the newest stories that a new subscription matches and that came before it: the one way past its beginning.
 * Says how many stories there are, and how many of them wait for a batch.
 */
export async function backfillSubscription(
  deps: BackfillDeps,
  { workspace, id, count }: { workspace: Workspace; id: string; count: number },
  signal: AbortSignal,
): Promise<Backfilled> {
  if (count === 0) return { stories: 0, waiting: 0 };
  const stories = new Map<string, Channel>();
  const since = new Date(deps.clock().getTime() - DAYS * DAY_MS);
  const reads = await deps.directory.reads(workspace);
  const articles = (await deps.store.articlesSince(since, MOST_ARTICLES)).filter(reads);
  for (const member of articles) {
    if (stories.size >= count) break;
    const matches = await deps.directory.matches(member);
    const match = matches.find(({ subscription }) => subscription.id === id);
    if (match !== undefined) stories.set(member.article.storyId, match.subscription.channel);
  }
  const early = { ...deps, directory: fromTheStart(deps.directory, id) };
  const waiting = await letWait(early, { subscriptionId: id, stories }, signal);
  for (const storyId of stories.keys()) if (!waiting.has(storyId)) await publishStory(early, storyId, signal);
  return { stories: stories.size, waiting: waiting.size };
}

/** Asks for the stories' briefs in a batch; returns the stories that wait for it. */
async function letWait(
  deps: BackfillDeps,
  { subscriptionId, stories }: { subscriptionId: string; stories: ReadonlyMap<string, Channel> },
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { batches = null } = deps;
  const [channel] = stories.values();
  if (batches === null || channel === undefined || !batches.isOpen()) return new Set();
  const wanted = new Map<string, WriteBrief[]>();
  for (const storyId of stories.keys()) {
    const telling = await tellingFor(deps, storyId, channel);
    if (telling === null) continue;
    wanted.set(
      storyId,
      telling.members.map((member) => wishFor(telling, member, signal)),
    );
  }
  return batches.add({ subscriptionId, channel, wanted });
}

/** The directory in which one subscription has no beginning. */
export function fromTheStart(directory: Directory, id: string): Directory {
  return {
    ...directory,
    matches: async (member: StoryMember) => {
      const matches = await directory.matches(member);
      return matches.map((match) =>
        match.subscription.id === id
          ? { ...match, subscription: { ...match.subscription, since: new Date(0) } }
          : match,
      );
    },
  };
}
