/** Whether a platform reaches Lede now. */
export type Connection =
  | { state: "connected"; since: Date }
  | { state: "disconnected"; since: Date; why: string | null }
  /** Over HTTP nothing stays open: it is heard when somebody asks something. Null before the first time. */
  | { state: "listening"; heardAt: Date | null };

/** Keeps how a connection stands; `since` is when it was lost, not when that was last noticed. */
export function createConnection(clock: () => Date) {
  let state: Connection = { state: "disconnected", since: clock(), why: null };
  return {
    now: (): Connection => state,
    up: (): void => {
      if (state.state !== "connected") state = { state: "connected", since: clock() };
    },
    lost: (why: string | null): void => {
      const since = state.state === "disconnected" ? state.since : clock();
      state = { state: "disconnected", since, why };
    },
    listening: (heardAt: Date | null): void => {
      state = { state: "listening", heardAt };
    },
  };
}
