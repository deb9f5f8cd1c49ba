import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "#src/ports.ts";

/** Good for the way from the terminal to the browser, and for no log that is read later. */
const TICKET_MS = 15 * 60_000;
const TICKET_BYTES = 16;

/** Tickets sign browsers in, as often as wanted until they are over. They are this process's own and die with it. */
export interface Tickets {
  issue: () => string;
  isGood: (ticket: string) => boolean;
}

export function createTickets(clock: Clock): Tickets {
  const goodUntil = new Map<string, number>();
  return {
    issue: () => {
      const now = clock().getTime();
      for (const [id, until] of goodUntil) if (until <= now) goodUntil.delete(id);
      const ticket = randomBytes(TICKET_BYTES).toString("base64url");
      goodUntil.set(digest(ticket), now + TICKET_MS);
      return ticket;
    },
    isGood: (ticket) => (goodUntil.get(digest(ticket)) ?? 0) > clock().getTime(),
  };
}

/** What a secret is looked up by: how long that takes tells nothing of the secret. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
