import type { FeedState } from "#src/core/feed.ts";
import { GONE_MODELS, readModels } from "#src/core/gone-models.ts";
import type { Readiness } from "#src/core/readiness.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { PlatformLane } from "./platform-lane.ts";
import type { RestingModels } from "./resting-models.ts";

export interface ReadinessDeps {
  store: Pick<Store, "trouble" | "queue" | "feeds" | "setting">;
  lanes: readonly PlatformLane[];
  models: RestingModels["states"];
  clock: Clock;
}

/** How all of Lede is. The store is not asked while it is in trouble. */
export async function readReadiness({ clock, lanes, models, store }: ReadinessDeps): Promise<Readiness> {
  const trouble = store.trouble();
  const gone = trouble === null ? readModels(await store.setting(GONE_MODELS)) : [];
  return {
    storeTrouble: trouble === null ? null : { code: trouble.code, say: trouble.say },
    platforms: lanes
      .filter(({ platform }) => platform.name !== "console")
      .map(({ platform, state }) => ({
        name: platform.name,
        connection: platform.connection(),
        lane: state(),
      })),
    models: models().map(({ breaker, name }) => ({ name, breaker, isGone: gone.includes(name) })),
    stored:
      trouble === null ? { queue: await store.queue(null, clock()), feeds: await countFeeds(store) } : null,
  };
}

async function countFeeds(store: Pick<Store, "feeds">): Promise<Record<FeedState, number>> {
  const feeds = await store.feeds();
  const count = (state: FeedState): number => feeds.filter(({ health }) => health === state).length;
  return { ok: count("ok"), failing: count("failing"), silent: count("silent"), gone: count("gone") };
}
