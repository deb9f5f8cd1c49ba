import { randomBytes } from "node:crypto";
import type { PageSession } from "#src/core/page-session.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { digest } from "./tickets.ts";

export const SESSION_SECONDS = 30 * 86_400;
const SECRET_BYTES = 32;
const LONGEST_AGENT = 300;

/** The browsers that are signed in. Their secrets are in their cookies alone. */
export interface Sessions {
  /** Opens one and returns its secret. */
  open: (agent: string | null) => Promise<string>;
  /** The open session with this secret; null when there is none. */
  find: (secret: string | null) => Promise<PageSession | null>;
  /** Newest first. */
  list: () => Promise<PageSession[]>;
  end: (id: string) => Promise<void>;
  /** Aborted when the session is ended, for what outlives a request. */
  ended: (id: string) => AbortSignal;
}

interface SessionsOptions {
  store: Pick<Store, "savePageSession" | "pageSession" | "pageSessions" | "endPageSession">;
  clock: Clock;
}

export function createSessions({ store, clock }: SessionsOptions): Sessions {
  const streaming = new Map<string, AbortController>();
  return {
    open: async (agent) => {
      const secret = randomBytes(SECRET_BYTES).toString("base64url");
      const openedAt = clock();
      await store.savePageSession({
        id: digest(secret),
        agent: agent?.slice(0, LONGEST_AGENT) ?? null,
        openedAt,
        expiresAt: new Date(openedAt.getTime() + SESSION_SECONDS * 1_000),
      });
      return secret;
    },
    find: async (secret) => (secret === null ? null : store.pageSession(digest(secret), clock())),
    list: () => store.pageSessions(clock()),
    end: async (id) => {
      await store.endPageSession(id);
      streaming.get(id)?.abort();
      streaming.delete(id);
    },
    ended: (id) => {
      const known = streaming.get(id) ?? new AbortController();
      streaming.set(id, known);
      return known.signal;
    },
  };
}
