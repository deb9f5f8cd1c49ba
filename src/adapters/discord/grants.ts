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
  /** Whether it was given to somebody who has lost no role since; good for one form sent, within the hour. */
  take: (caller: Caller, formId: string, now: Date) => boolean;
}

export function createGrants(): Grants {
  const given = new Map<string, { at: number; roles: readonly string[] }>();
  const keyOf = ({ channel, user }: Caller, formId: string): string => `${channel} ${user} ${formId}`;
  return {
    give: (caller, formId, now) => {
      const [oldest] = given.keys();
      if (given.size >= MAX_KEPT && oldest !== undefined) given.delete(oldest);
      given.set(keyOf(caller, formId), { at: now.getTime(), roles: caller.roles });
    },
    take: (caller, formId, now) => {
      const key = keyOf(caller, formId);
      const grant = given.get(key);
      given.delete(key);
      if (grant === undefined || now.getTime() - grant.at >= KEPT_MS) return false;
      // Which role it was that the server's settings let is Discord's to know: losing any takes the grant along.
      return grant.roles.every((role) => caller.roles.includes(role));
    },
  };
}
