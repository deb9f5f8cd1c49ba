import type { Article, Entry } from "#src/core/article.ts";
import { toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import { type Recheck, recheckTime } from "#src/core/recheck.ts";
import { ingest } from "./ingest.ts";
import type { PublishDeps } from "./publish.ts";
import { publishStory } from "./publish-story.ts";

/** A page that is missing for less than this may be on its way to another server. */
const MISSING_FOR_MS = 10 * 60_000;

/**
 * Looks at one article's page again, a bounded number of times after it was published: most outlets correct a page
 * without a word in their feed. Returns false when none is due.
 */
export async function recheckNext(deps: PublishDeps, signal: AbortSignal): Promise<boolean> {
  const now = deps.clock();
  const due = await deps.store.claimRecheck(now, (looks) => recheckTime(now, looks));
  if (due === null) return false;
  try {
    await lookAgain(deps, due, signal);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (signal.aborted) return false;
    if (isStoreCode(error.code)) await lookSoon(deps, due);
    else if (error.code === "fetch/not-found") await recordMissing(deps, due, signal);
    // An outage says nothing about the article; the next look is planned already.
    else deps.log.info({ article: due.article.id, err: error }, "article not looked at again");
  }
  return true;
}

/** A look that could not be stored is made once more. */
function lookSoon({ clock, store }: PublishDeps, { article, missingSince }: Recheck): Promise<void> {
  return store.markMissing(article.id, { missingSince, recheckAt: clock() });
}

async function lookAgain(deps: PublishDeps, due: Recheck, signal: AbortSignal): Promise<void> {
  const { article, missingSince, source } = due;
  // Only what came from a source is due again.
  const arrival = { articleId: article.id, entry: toEntry(article), source, by: "moderator" } as const;
  const saved = await ingest(deps, arrival, signal);
  if (missingSince !== null)
    await deps.store.markMissing(article.id, { missingSince: null, recheckAt: null });
  // Also where nothing changed: a process that died after its look left the change unpublished.
  await publishStory(deps, saved.article.storyId, signal);
  if (saved.kind === "same") return;
  deps.log.info({ article: article.id, change: saved.revision.change !== null }, "article was revised");
}

async function recordMissing(
  deps: PublishDeps,
  { article, missingSince }: Recheck,
  signal: AbortSignal,
): Promise<void> {
  const now = deps.clock();
  if (missingSince === null || now.getTime() - missingSince.getTime() < MISSING_FOR_MS) {
    const recheckAt = new Date(now.getTime() + MISSING_FOR_MS);
    await deps.store.markMissing(article.id, { missingSince: missingSince ?? now, recheckAt });
    return;
  }
  await deps.store.unpublish({ articleId: article.id, now, by: "gone" });
  await publishStory(deps, article.storyId, signal);
  deps.log.info({ article: article.id }, "article is gone");
}

function toEntry(article: Article): Entry {
  return {
    guid: article.id,
    url: article.url,
    title: null,
    content: null,
    byline: article.byline,
    publishedAt: article.publishedAt,
    updatedAt: null,
    visibility: article.visibility,
    event: "publish",
    releaseAt: null,
    via: "feed",
  };
}
