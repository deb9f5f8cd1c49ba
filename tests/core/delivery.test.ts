import { expect, test } from "vitest";
import {
  backOffMs,
  type Delivery,
  MAX_ATTEMPTS,
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
    firstAttemptAt: NOW,
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
    { kind: "retry", code: "platform/rate-limited", afterMs: 7_000 },
    { now: NOW, showing: "b1" },
  );
  expect(settled).toMatchObject({ state: "due", dueAt: new Date(NOW.getTime() + 7_000), shown: null });
});

test("after the last attempt a delivery is dead and says why", () => {
  const settled = settle(
    delivery({ attempts: MAX_ATTEMPTS }),
    { kind: "retry", code: "platform/unavailable", afterMs: null },
    { now: NOW, showing: "b1" },
  );
  expect(settled).toMatchObject({ state: "dead", reason: "platform/unavailable" });
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

test("waiting doubles up to ten minutes", () => {
  expect([1, 2, 3, 4].map(backOffMs)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(backOffMs(50)).toBe(600_000);
});
