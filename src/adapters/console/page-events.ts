import type { Logger } from "pino";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { Post } from "#src/core/post.ts";
import type { Store } from "#src/ports-store.ts";
import { pageNotes } from "./page-notes.ts";
import type { PlatformRow } from "./page-platforms.ts";
import type { ReplyEvent } from "./page-view.ts";

export type PageEvent = { kind: "posts" } | { kind: "state" } | { kind: "reply"; reply: ReplyEvent };
type Listener = (event: PageEvent) => void;

export interface PageEvents {
  /** Resolves to the way to stop listening, once every later change of the posts will be told; null when too many listen. */
  listen: (listener: Listener) => Promise<(() => void) | null>;
  publish: (event: PageEvent) => void;
  /** Looks at the posts soon, ahead of the next regular look. */
  nudge: () => void;
  stop: () => void;
}

/** Posts shown on the page, newest first. */
export const POSTS_SHOWN = 50;
const MAX_LISTENERS = 50;
const LOOK_EVERY_MS = 1_000;
/** The platform posts first and the delivery is settled after, so a look right at the post would come too early. */
const LOOK_AFTER_POST_MS = 60;

interface PageEventsOptions {
  store: Pick<Store, "posts" | "setting" | "trouble">;
  log: Logger;
  /** How the platforms are. */
  states: () => readonly PlatformRow[];
}

/**
 * Tells open pages what is new. The store is asked, not the platform: a post counts once it is settled, and another
 * process may have made it. Nobody listening, nothing asked.
 */
export function createPageEvents({ store, log, states }: PageEventsOptions): PageEvents {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | null = null;
  let shown = "";
  let shownStates = "";

  function publish(event: PageEvent): void {
    for (const listener of listeners) listener(event);
  }

  function lookAtStates(): void {
    const now = states()
      .map(({ name, connection }) => `${name}/${connection.state}`)
      .join();
    if (now === shownStates) return;
    shownStates = now;
    publish({ kind: "state" });
  }

  async function look(): Promise<void> {
    lookAtStates();
    const notes = await pageNotes(store);
    const now = [...notes, fingerprint(await store.posts(CONSOLE_CHANNEL, POSTS_SHOWN))].join();
    if (now === shown) return;
    shown = now;
    publish({ kind: "posts" });
  }

  function lookIn(milliseconds: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (listeners.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => log.warn({ err: error }, "the page could not look for new posts"))
        .finally(() => lookIn(LOOK_EVERY_MS));
    }, milliseconds);
    timer.unref();
  }

  return {
    publish,
    nudge: () => lookIn(LOOK_AFTER_POST_MS),
    stop: () => {
      listeners.clear();
      lookIn(0);
    },
    listen: async (listener) => {
      if (listeners.size >= MAX_LISTENERS) return null;
      if (listeners.size === 0) await look();
      listeners.add(listener);
      if (timer === null) lookIn(LOOK_EVERY_MS);
      return () => listeners.delete(listener);
    },
  };
}

function fingerprint(posts: readonly Post[]): string {
  return posts.map(({ delivery }) => `${delivery.key}/${delivery.shown}`).join();
}
