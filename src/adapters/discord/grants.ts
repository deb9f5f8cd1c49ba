import type { Caller } from "#src/core/command.ts";

/** Forms that are open at one time; the oldest are forgotten beyond it. */
const MAX_KEPT = 1_000;
const KEPT_MS = 60 * 60_000;

/**
 * Whom Discord let open a form by a moderators' command, which the server's settings may allow to people who can not
 * manage the server: what is sent with the form says nothing of that.
 */
export interface Grants {
  give: (caller: Caller, formId: string, now: Date) => void;
  /** Whether it was given; good for one form sent, within the hour. */
  take: (caller: Caller, formId: string, now: Date) => boolean;
}

export function createGrants(): Grants {
  const given = new Map<string, number>();
  const keyOf = ({ channel, user }: Caller, formId: string): string => `${channel} ${user} ${formId}`;
  return {
    give: (caller, formId, now) => {
      const [oldest] = given.keys();
      if (given.size >= MAX_KEPT && oldest !== undefined) given.delete(oldest);
      given.set(keyOf(caller, formId), now.getTime());
    },
    take: (caller, formId, now) => {
      const key = keyOf(caller, formId);
      const at = given.get(key);
      given.delete(key);
      return at !== undefined && now.getTime() - at < KEPT_MS;
    },
  };
}
