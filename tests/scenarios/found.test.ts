import { afterEach, beforeEach, expect, test } from "vitest";
import { everywhere, fireAt, MINUTE_MS, subscribeBoth } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
  // A minute passes in milliseconds here: what Discord remembers must not hide a second post.
  newsroom.discord.settings.nonceWindowMs = 0;
});
afterEach(() => newsroom.close());

test("a post that was found again is not posted once more when its edit fails", async () => {
  const { discord, outlets, slack } = newsroom;
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  const path = /\/messages(\/\d+)?$/;
  discord.fail({ match: { method: "POST", path }, how: { kind: "status", status: 502, when: "after" } });
  discord.fail({ match: { method: "PATCH", path }, how: { kind: "status", status: 503, when: "before" } });
  slack.fail({ method: "chat.postMessage", how: { kind: "cut", committed: true } });
  slack.fail({ method: "chat.update", how: { kind: "ratelimited", retryAfterSeconds: 30 } });
  outlets[0]?.publish(fireAt(newsroom.clock()));
  await newsroom.pass(30 * MINUTE_MS);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([
    expect.stringContaining("9 people"),
    expect.stringContaining("9 people"),
  ]);
  expect((await newsroom.store().counts()).deliveries).toMatchObject({ sent: 2, due: 0, uncertain: 0 });
  expect([...discord.violations, ...slack.violations]).toEqual([]);
});
