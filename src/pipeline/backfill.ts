import type { StoryMember } from "#src/core/story.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Directory } from "./directory.ts";
import type { PublishDeps } from "./publish.ts";
import { publishStory } from "./publish-story.ts";

const DAYS = 14;
const DAY_MS = 86_400_000;
const MOST_ARTICLES = 500;

/**
 * Posts the newest stories that a new subscription matches and that came before it: the one way past its beginning.
 * Returns how many stories there are.
 */
export async function backfillSubscription(
  deps: PublishDeps,
  { workspace, id, count }: { workspace: Workspace; id: string; count: number },
  signal: AbortSignal,
): Promise<number> {
  if (count === 0) return 0;
  const since = new Date(deps.clock().getTime() - DAYS * DAY_MS);
  const reads = await deps.directory.reads(workspace);
  const articles = (await deps.store.articlesSince(since, MOST_ARTICLES)).filter(reads);
  const stories = new Set<string>();
  for (const member of articles) {
    if (stories.size >= count) break;
    const matches = await deps.directory.matches(member);
    if (matches.some(({ subscription }) => subscription.id === id)) stories.add(member.article.storyId);
  }
  const early = { ...deps, directory: fromTheStart(deps.directory, id) };
  for (const storyId of stories) await publishStory(early, storyId, signal);
  return stories.size;
}

/** The directory in which one subscription has no beginning. */
function fromTheStart(directory: Directory, id: string): Directory {
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
