import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

interface RetryDeps {
  clock: Clock;
  store: Pick<Store, "retryDead" | "retryDeadEntries">;
}

/** Owes again what was given up anywhere, which is the operator's business alone. Returns how much. */
export async function retryAll({ clock, store }: RetryDeps): Promise<{ posts: number; articles: number }> {
  const articles = await store.retryDeadEntries(clock());
  return { posts: await store.retryDead(null, clock()), articles };
}
