import { request } from "undici";
import { expect, test } from "vitest";
import { NOON } from "#tests/feed-items.ts";
import { rss } from "#tests/sites.ts";
import { MINUTE, send, verified } from "./websub-setup.ts";

test.for(["sha1", "sha256", "sha384", "sha512"])("a push signed with %s is taken", async (method) => {
  const set = await verified();
  await send(set, rss([{ guid: "new" }]), { method });
  expect((await set.store.counts()).entries).toMatchObject({ due: 1 });
});

test.for<[string, { method?: string; secret?: string | null }]>([
  ["another secret", { secret: "other" }],
  ["no signature", { secret: null }],
  ["a method hubs do not use", { method: "md5" }],
])("a push with %s is acknowledged and left aside", async ([, sign]) => {
  const set = await verified();
  expect(await send(set, rss([{ guid: "forged" }]), sign)).toBe(202);
  expect((await set.store.counts()).entries).toMatchObject({ due: 0 });
  expect(set.news()).toBe(0);
});

test("a push to an address nobody has is answered with 410", async () => {
  const set = await verified();
  const { statusCode } = await request(set.callback().replace(/[^/]+$/, "unknown"), {
    method: "POST",
    body: "x",
  });
  expect(statusCode).toBe(410);
});

test("a push that can not be read makes the feed be polled", async () => {
  const set = await verified();
  await set.poll(15);
  await set.subscribe(20);
  const before = set.publisher.requests.length;
  expect(await send(set, "something is new")).toBe(202);
  await set.poll(20);
  expect(set.publisher.requests).toHaveLength(before + 1);
});

test("a push of more than 5 MB is refused", async () => {
  const set = await verified();
  expect(await send(set, "x".repeat(6 * 1024 * 1024))).toBe(413);
});

test("what a push brought is known to the poll, and the other way round", async () => {
  const set = await verified();
  await send(set, rss([{ guid: "old", date: new Date(NOON.getTime() - MINUTE) }]));
  expect((await set.store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
});
