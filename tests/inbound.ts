import type { Inbound } from "#src/ports.ts";

/** An inbound side on which no form opens and nothing is suggested, but for what a test gives. */
export function makeInbound(changes: Partial<Inbound>): Inbound {
  return {
    commands: [],
    received: () => Promise.resolve(true),
    form: () => Promise.resolve(null),
    suggest: () => Promise.resolve([]),
    removed: () => Promise.resolve(),
    closed: () => undefined,
    ...changes,
  };
}
