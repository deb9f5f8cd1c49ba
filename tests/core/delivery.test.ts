import { expect, test } from "vitest";
import {
  backOffMs,
  type Delivery,
  GIVE_UP_AFTER_MS,
  PLAIN_MANNER,
  READ_BACK_AFTER_MS,
  settle,
} from "#src/core/delivery.ts";

const NOW = new Date("2026-03-02T10:00:00Z");
const MESSAGE = { channel: "discord:1:2", id: "3" } as const;

function delivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    key: "k".repeat(24),
    channel: "discord:1:2",
    storyId: "s",
    slot: "",
    parent: null,
    manner: PLAIN_MANNER,
    reasons: [],
    wanted: "b1",
    shown: null,
    state: "sending",
    reason: null,
    attempts: 1,
    dueAt: NOW,
    queuedAt: NOW,
    message: null,
    sentAt: null,
    ...changes,
  };
}

test("a post that was sent is sent, with its message", () => {
  const settled = settle(delivery(), { kind: "sent", message: MESSAGE }, { now: NOW, showing: "b1" });
  expect(settled).toMatchObject({ state: "sent", shown: "b1", message: MESSAGE, sentAt: NOW });
});

test("a post that shows an older brief than is wanted is due again", () => {
  const settled = settle(
    delivery({ wanted: "b2" }),
    { kind: "sent", message: MESSAGE },
    { now: NOW, showing: "b1" },
  );
  expect(settled).toMatchObject({ state: "due", shown: "b1", message: MESSAGE });
});

test("an edit keeps the time of the first post", () => {
  const first = new Date("2026-03-02T09:00:00Z");
  const settled = settle(
    delivery({ message: MESSAGE, sentAt: first }),
    { kind: "sent", message: MESSAGE },
    { now: NOW, showing: "b1" },
  );
  expect(settled.sentAt).toEqual(first);
});

test("a refusal for now waits as long as the platform asks", () => {
  const settled = settle(
    delivery(),
    { kind: "retry", code: "platform/unavailable", afterMs: 7_000 },
    { now: NOW, showing: "b1" },
  );
  expect(settled).toMatchObject({ state: "due", dueAt: new Date(NOW.getTime() + 7_000), shown: null });
});

test("a day after it was planned a delivery is given up and says why, however often it was tried", () => {
  const afterMs = (ms: number, attempts: number) =>
    settle(
      delivery({ attempts }),
      { kind: "retry", code: "platform/unavailable", afterMs: null },
      { now: new Date(NOW.getTime() + ms), showing: "b1" },
    );
  expect(afterMs(GIVE_UP_AFTER_MS, 3)).toMatchObject({ state: "dead", reason: "platform/unavailable" });
  expect(afterMs(GIVE_UP_AFTER_MS - 1, 100_000)).toMatchObject({ state: "due" });
});

test("a platform that asks to wait costs no attempt, and the post stays the next of its channel", () => {
  const settled = settle(
    delivery({ attempts: 1 }),
    { kind: "retry", code: "platform/rate-limited", afterMs: 9_000 },
    { now: NOW, showing: "b1" },
  );
  expect(settled).toMatchObject({ state: "due", attempts: 0, dueAt: NOW });
});

test("a lost answer is never due at once and never forgotten", () => {
  for (let attempts = 1; attempts < 40; attempts += 1) {
    const settled = settle(
      delivery({ attempts }),
      { kind: "uncertain", code: "platform/uncertain" },
      { now: NOW, showing: "b1" },
    );
    expect(settled.state).toBe("uncertain");
    expect(settled.dueAt.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(READ_BACK_AFTER_MS);
  }
});

test("waiting doubles up to a minute", () => {
  expect([1, 2, 3, 4].map(backOffMs)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(backOffMs(50)).toBe(60_000);
});
