import { newId, type PeerState } from "./state.ts";

export interface Triggers {
  readonly issue: (user: string) => string;
  /** Uses a trigger up: who caused it, or Slack's error. */
  readonly redeem: (id: string) => { readonly user: string } | { readonly error: string };
}

/** Trigger ids: good once, for `validMs` (3000 at Slack). */
export function createTriggers(state: PeerState, validMs: number): Triggers {
  const issued = new Map<string, { readonly at: number; readonly user: string; isUsed: boolean }>();
  return {
    issue(user) {
      const id = newId(state, "T.");
      issued.set(id, { at: Date.now(), user, isUsed: false });
      return id;
    },
    redeem(id) {
      const trigger = issued.get(id);
      if (trigger === undefined) return { error: "invalid_trigger_id" };
      if (trigger.isUsed) return { error: "exchanged_trigger_id" };
      if (Date.now() - trigger.at > validMs) return { error: "expired_trigger_id" };
      trigger.isUsed = true;
      return { user: trigger.user };
    },
  };
}
