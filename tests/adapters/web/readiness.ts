import type { Readiness } from "#src/core/readiness.ts";

/** Of a Lede that nothing is connected to. */
export const IDLE: Readiness = {
  storeTrouble: null,
  platforms: [],
  models: [],
  stored: {
    queue: { entries: { count: 0, oldestAt: null }, deliveries: [] },
    feeds: { ok: 0, failing: 0, silent: 0, gone: 0 },
  },
};

export const idle = (): Promise<Readiness> => Promise.resolve(IDLE);

export const noFigures = (): Promise<{ type: string; text: string }> =>
  Promise.resolve({ type: "text/plain", text: "" });
