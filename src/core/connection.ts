/** Whether a platform reaches Lede now. */
export type Connection =
  | { state: "connected"; since: Date }
  | { state: "disconnected"; since: Date; why: string | null }
  /** Over HTTP nothing stays open: it is heard when somebody asks something. Null before the first time. */
  | { state: "listening"; heardAt: Date | null };

export function connectedAt(before: Connection, now: Date): Connection {
  return before.state === "connected" ? before : { state: "connected", since: now };
}

/** `since` is when it was lost, not when that was last noticed. */
export function disconnectedAt(before: Connection, now: Date, why: string | null): Connection {
  return { state: "disconnected", since: before.state === "disconnected" ? before.since : now, why };
}
