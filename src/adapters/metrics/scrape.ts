import type { Breaker } from "#src/core/breaker.ts";
import type { Readiness, Waiting } from "#src/core/readiness.ts";
import type { Figures } from "./figures.ts";

/** The figures as Prometheus reads them; what is a state and no event is set to what it is now. */
export async function scrape(
  figures: Figures,
  ready: Readiness,
  now: Date,
): Promise<{ type: string; text: string }> {
  setStates(figures, ready);
  if (ready.stored !== null) setStored(figures, ready.stored, now);
  return { type: figures.registry.contentType, text: await figures.registry.metrics() };
}

function setStates(figures: Figures, { models, platforms, storeTrouble }: Readiness): void {
  figures.storeTrouble.set(storeTrouble === null ? 0 : 1);
  for (const { connection, lane, name } of platforms) {
    figures.connected.set({ platform: name }, connection.state === "disconnected" ? 0 : 1);
    figures.breaker.set({ kind: "platform", name }, open(lane));
  }
  for (const { breaker, name } of models) figures.breaker.set({ kind: "model", name }, open(breaker));
}

function open({ state }: Breaker): number {
  return state === "closed" ? 0 : 1;
}

function setStored(figures: Figures, { feeds, queue }: NonNullable<Readiness["stored"]>, now: Date): void {
  for (const [health, count] of Object.entries(feeds)) figures.feeds.set({ health }, count);
  // A queue that emptied must go to nothing instead of keeping its last figure.
  for (const gauge of [figures.waiting, figures.waitingSeconds, figures.dead]) gauge.reset();
  setWaiting(figures, { name: "entries", waiting: queue.entries, now });
  for (const { dead, due, platform } of queue.deliveries) {
    setWaiting(figures, { name: platform, waiting: due, now });
    figures.dead.set({ platform }, dead);
  }
}

function setWaiting(
  figures: Figures,
  { name, now, waiting }: { name: string; waiting: Waiting; now: Date },
): void {
  const since = waiting.oldestAt?.getTime() ?? now.getTime();
  figures.waiting.set({ queue: name }, waiting.count);
  figures.waitingSeconds.set({ queue: name }, Math.max(0, (now.getTime() - since) / 1000));
}
