import { afterEach, beforeEach, expect, test } from "vitest";
import { everywhere, FIRE_TITLE, HOUR_MS, sentEntry } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: [], givesAll: true });
});
afterEach(() => newsroom.close());

test("channels that the operator gives everything are posted what is public", async () => {
  await newsroom.send("m1", sentEntry({}));
  const posted = expect.stringContaining(FIRE_TITLE);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([posted, posted]);
});

test("channels that the operator gives everything are posted nothing of a members' article", async () => {
  await newsroom.send("m1", sentEntry({ visibility: "members" }));
  await newsroom.pass(HOUR_MS);
  expect(everywhere(newsroom)).toEqual([]);
  const { deliveries } = await newsroom.store().counts();
  expect(deliveries).toMatchObject({ skipped: 2, due: 0, sent: 0 });
});
