import { MOST_PUBLICATIONS } from "#src/core/batch.ts";
import { toAppError } from "#src/core/errors.ts";
import { fromTheStart } from "./backfill.ts";
import { publishStory, type PublishStoryDeps } from "./publish-story.ts";

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Publishes one story that waited for a batch, as it is now. Returns false when none is ready. */
export async function publishWaiting(deps: PublishStoryDeps, signal: AbortSignal): Promise<boolean> {
  const { clock, log, store } = deps;
  const now = clock().getTime();
  const waiting = await store.claimWaiting(
    new Date(now),
    ({ attempts }) => new Date(now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1))),
  );
  if (waiting === null) return false;
  const { attempts, storyId, subscriptionId } = waiting;
  try {
    await publishStory({ ...deps, directory: fromTheStart(deps.directory, subscriptionId) }, storyId, signal);
  } catch (thrown) {
    if (signal.aborted) return false;
    const again = attempts < MOST_PUBLICATIONS;
    log.warn({ story: storyId, attempts, again, err: toAppError(thrown) }, "waiting story not published");
    if (again) return true;
  }
  await store.endWaiting(waiting);
  return true;
}
