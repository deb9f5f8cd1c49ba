import { expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import { createLane } from "#src/pipeline/platform-lane.ts";
import type { Platform } from "#src/ports.ts";

const PLATFORM = { name: "slack" } as Platform;
const [A, B, C]: readonly [Channel, Channel, Channel] = ["slack:T:A", "slack:T:B", "slack:T:C"];
const SENT = { outcome: { kind: "sent" } };
const DOWN = { outcome: { kind: "uncertain", code: "platform/uncertain" } };
const ASKED_TO_WAIT = { outcome: { kind: "retry", code: "platform/rate-limited" } };

function lane(gapMs = 0) {
  let now = 0;
  const made = createLane(PLATFORM, {
    clock: () => new Date(now),
    monotonic: () => now,
    gapMs,
    tryAfterMs: 0,
  });
  const pass = (ms: number): void => void (now += ms);
  const does = (done: object | null) => made.attempt(() => Promise.resolve(done));
  return { ...made, pass, does };
}

test("a channel that the platform asks to leave alone is left alone so long, and no other", () => {
  const { limit, pass, paused } = lane();
  limit(A, 5_000);
  limit(A, 2_000);
  expect(paused()).toEqual([A]);
  pass(4_999);
  expect(paused()).toEqual([A]);
  pass(1);
  expect(paused()).toEqual([]);
});

test("three channels at once mean that the platform as a whole asks to wait", () => {
  const { limit, pass, paused } = lane();
  limit(A, 5_000);
  limit(B, 1_000);
  limit(C, 1_000);
  expect(paused()).toBeNull();
  pass(1_000);
  expect(paused()).toEqual([A]);
});

test("posts of a channel keep the platform's distance, however many channels there are", () => {
  const { pace, pass, paused } = lane(1_000);
  for (const channel of [A, B, C]) pace(channel);
  expect(paused()).toEqual([A, B, C]);
  pass(1_000);
  expect(paused()).toEqual([]);
  const { pace: unhurried, paused: none } = lane();
  unhurried(A);
  expect(none()).toEqual([]);
});

test("a platform that fails five times running is tried by one, and is back when that one gets through", async () => {
  const { attempt, does, isTrying, isUp, onBack, pass, state } = lane();
  let backs = 0;
  onBack(() => (backs += 1));
  for (let failures = 0; failures < 4; failures += 1) await does(DOWN);
  await does(SENT);
  for (let failures = 0; failures < 5; failures += 1) await does(DOWN);
  expect(isUp()).toBe(false);
  pass(7_000);
  expect(state()).toEqual({ state: "open", since: new Date(0), why: "platform/uncertain" });
  const trial = Promise.withResolvers<object | null>();
  let tried = false;
  const first = attempt(() => {
    tried = isTrying();
    return trial.promise;
  });
  let others = 0;
  const second = attempt(() => Promise.resolve(((others += 1), SENT)));
  await new Promise(setImmediate);
  // Nobody else is sent into it meanwhile.
  expect([tried, others]).toEqual([true, 0]);
  expect(state()).toMatchObject({ state: "half-open", since: new Date(0) });
  trial.resolve(SENT);
  expect(await first).toEqual(SENT);
  await second;
  expect([isUp(), backs]).toEqual([true, 1]);
  expect(state()).toEqual({ state: "closed", since: new Date(7_000) });
});

test("asking to wait is no outage, and finding nothing to do neither", async () => {
  const { does, isUp } = lane();
  for (let asked = 0; asked < 20; asked += 1) await does(ASKED_TO_WAIT);
  for (let asked = 0; asked < 20; asked += 1) await does(null);
  expect(isUp()).toBe(true);
});
