import { MOST_PUBLICATIONS } from "#src/core/batch.ts";
import { toAppError } from "#src/core/errors.ts";
import { fromTheStart } from "./backfill.ts";
import { publishStory, type PublishStoryDeps } from "./publish-story.ts";

/** Longer than a model may take: whoever tells the story has it for itself until then. */
const FIRST_RETRY_MS = 150_000;
const LONGEST_RETRY_MS = 3_600_000;

/**
 * Publishes one story that waited for words, a batch's or a slow model's, as it is now. It takes no stopgap. Returns false
 * when none is ready.
 */
export async function publishWaiting(
  deps: PublishStoryDeps,
  { signal, onClaimed = () => undefined }: { signal: AbortSignal; onClaimed?: () => void },
): Promise<boolean> {
  const { clock, log, store } = deps;
  const now = clock().getTime();
  const waiting = await store.claimWaiting(
    new Date(now),
    ({ attempts }) => new Date(now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1))),
  );
  if (waiting === null) return false;
  onClaimed();
  const { attempts, storyId, subscriptionId } = waiting;
  const directory = subscriptionId === "" ? deps.directory : fromTheStart(deps.directory, subscriptionId);
  try {
    await publishStory({ ...deps, directory, hurry: null }, storyId, signal);
  } catch (thrown) {
    if (signal.aborted) return false;
    const again = attempts < MOST_PUBLICATIONS;
    log.warn({ story: storyId, attempts, again, err: toAppError(thrown) }, "waiting story not published");
    if (again) return true;
  }
  await store.endWaiting(waiting);
  return true;
}
