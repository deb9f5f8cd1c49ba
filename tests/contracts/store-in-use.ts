import { afterEach, beforeEach } from "vitest";
import type { Store } from "#src/ports-store.ts";

/** A place that keeps what a store wrote when the store is closed. */
export interface StorePlace {
  open: () => Promise<Store>;
  remove: () => Promise<void>;
}

export interface StoreInUse {
  store: Store;
  /** Closes the store and opens the same place again. */
  reopen: () => Promise<Store>;
}

/** Opens a store in a new place for each test. */
export function useStore(makePlace: () => Promise<StorePlace>): () => StoreInUse {
  let place: StorePlace | null = null;
  let inUse: StoreInUse | null = null;
  beforeEach(async () => {
    const made = await makePlace();
    place = made;
    const opened: StoreInUse = {
      store: await made.open(),
      reopen: async () => {
        await opened.store.close();
        opened.store = await made.open();
        return opened.store;
      },
    };
    inUse = opened;
  });
  afterEach(async () => {
    await inUse?.store.close();
    await place?.remove();
  });
  return () => {
    if (inUse === null) throw new Error("No store is open");
    return inUse;
  };
}
