import { digest } from "#src/core/article.ts";
import { type Channel, channelParts, type PlatformName } from "#src/core/channel.ts";
import { type AppError, toAppError } from "#src/core/errors.ts";
import { brokenStoreNotice } from "#src/core/notices.ts";
import { noticeReply } from "#src/core/post-reply.ts";
import { needsRepair } from "#src/core/store-trouble.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { StoreCare } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import type { Job } from "./worker.ts";

export interface StoreWatchDeps {
  store: StoreCare;
  directory: Pick<Directory, "workspaces" | "decisions">;
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
  log: Log;
}

const LOOK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 60_000;
const TELL_WITHIN_MS = 20_000;
/** A supervisor may start Lede again and again: who was told since then is not told once more. */
const TOLD_FOR_MS = 24 * 3_600_000;

/** Looks after the store: says in the log when something is wrong and when it is over, and calls moderators where nothing ends by itself. */
export function storeJob(deps: StoreWatchDeps): Job {
  const { clock, log, store } = deps;
  const told = new Set<Channel>();
  let known: string | null = null;
  let toldAt = -Infinity;

  function look(): AppError | null {
    const trouble = store.trouble();
    const code = trouble?.code ?? null;
    if (code === known) return trouble;
    known = code;
    if (trouble === null) log.warn("the store can be written again");
    else
      log.error({ err: trouble }, "the store can not be written: nothing is taken in and nothing is posted");
    return trouble;
  }

  return {
    name: "store",
    runners: 1,
    idleMs: LOOK_EVERY_MS,
    next: async () => {
      // Before and after: looking after it may end a trouble, or find one.
      look();
      store.tend();
      const trouble = look();
      const now = clock().getTime();
      if (trouble === null || !needsRepair(trouble.code) || now - toldAt < TELL_EVERY_MS) return false;
      toldAt = now;
      await tellModerators(deps, trouble, told);
      return false;
    },
  };
}

/** Reads the store through once, beside everything else; what is wrong with it shows as its trouble. */
export async function checkStore({ store, log }: Pick<StoreWatchDeps, "store" | "log">): Promise<void> {
  const begun = performance.now();
  try {
    await store.check();
    log.info({ ms: Math.round(performance.now() - begun) }, "store read through");
  } catch (error) {
    log.warn({ err: error }, "the store could not be read through");
  }
}

/** Not by deliveries, which would have to be stored. */
async function tellModerators(deps: StoreWatchDeps, trouble: AppError, told: Set<Channel>): Promise<void> {
  try {
    for (const workspace of await deps.directory.workspaces()) {
      const { moderatorsChannel: channel } = (await deps.directory.decisions(workspace)).settings;
      if (channel !== null && !told.has(channel) && (await tell(deps, trouble, channel))) told.add(channel);
    }
  } catch (error) {
    deps.log.warn({ err: error }, "moderators could not be told of the store");
  }
}

/** False where it is to be tried again. */
async function tell(
  { clock, platforms, log }: StoreWatchDeps,
  trouble: AppError,
  channel: Channel,
): Promise<boolean> {
  const platform = platforms.get(channelParts(channel).platform);
  if (platform === undefined) return true;
  const key = digest(`${channel}|${trouble.code}`);
  const signal = AbortSignal.timeout(TELL_WITHIN_MS);
  try {
    const since = new Date(clock().getTime() - TOLD_FOR_MS);
    if ((await platform.find({ channel, key, since, signal })) !== null) return true;
    const reply = noticeReply(brokenStoreNotice(trouble), key);
    const outcome = await platform.post({ channel, key, reply, signal });
    log.info({ channel, outcome: outcome.kind }, "moderators told of the store");
    return outcome.kind === "sent" || outcome.kind === "failed";
  } catch (thrown) {
    log.info({ channel, err: toAppError(thrown) }, "moderators not told of the store yet");
    return false;
  }
}
