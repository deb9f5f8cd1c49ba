import { expect, test } from "vitest";
import type { Visibility } from "#src/core/article.ts";
import { PLAIN_MANNER } from "#src/core/delivery.ts";
import { planPosts } from "#src/core/post-plan.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import type { Subscription } from "#src/core/subscription.ts";
import { CLEARED, delivery, matching, member, NEWS, NOW, plan, QUIET, subscription } from "./plans.ts";

const MEMBERS: Visibility = "members";
const STANDS = delivery("sent", { message: { channel: NEWS, id: "m" } });
const DIGEST = { kind: "digest", cron: "0 12 * * *", zone: "UTC" } as const;

test("a channel that is given everything is given what is public, and no members' article", () => {
  const [open, paid] = [member("open"), member("paid", { visibility: MEMBERS })];
  expect(plan({ members: [open, paid], open: true })).toEqual({
    channel: NEWS,
    members: [open],
    style: "full",
    length: "standard",
    language: null,
    placement: "channel",
    manner: PLAIN_MANNER,
    reasons: [{ subscription: null, topic: "everything", terms: [] }],
    skip: null,
    holdUntil: null,
    maxAnHour: null,
    quiet: null,
    quietUntil: null,
    kept: false,
  });
  expect(plan({ members: [paid], open: true })).toMatchObject({ members: [], skip: "members-only" });
});

test("a channel that is given everything is not given what nobody published, or what was taken back", () => {
  expect(plan({ members: [member("asked", {}, [])], open: true })).toBeNull();
  expect(plan({ members: [member("gone", { unpublishedAt: NOW })], open: true })).toBeNull();
  const left = member("left");
  const members = [member("gone", { unpublishedAt: NOW }), member("asked", {}, []), left];
  expect(plan({ members, open: true })).toMatchObject({ members: [left], skip: null });
});

test("a post that nobody wants any more stands as it was, and shows no members' article either", () => {
  const [open, paid] = [member("open"), member("paid", { visibility: MEMBERS })];
  const { manner, reasons } = STANDS;
  expect(plan({ members: [open, paid], deliveries: [STANDS] })).toMatchObject({
    members: [open],
    manner,
    reasons,
    skip: null,
    kept: true,
  });
  expect(plan({ members: [paid], deliveries: [STANDS] })).toMatchObject({
    members: [],
    skip: "members-only",
  });
});

test.for(["sending", "uncertain", "merged"] as const)(
  "a post that is %s may be out, and is kept",
  (state) => {
    expect(plan({ members: [member("open")], deliveries: [delivery(state)] })).toMatchObject({ skip: null });
  },
);

test.for(["due", "held"] as const)("a post that is %s is stopped once nobody wants it", (state) => {
  const deliveries = [delivery(state)];
  expect(plan({ members: [member("open")], deliveries })).toMatchObject({ skip: "unsubscribed", kept: true });
  const members = [member("gone", { unpublishedAt: NOW })];
  expect(plan({ members, deliveries })).toMatchObject({ skip: "unpublished", kept: true });
});

test("what a channel was not given, or has in a thread alone, is not kept", () => {
  const members = [member("open")];
  for (const state of ["skipped", "dead"] as const)
    expect(plan({ members, deliveries: [delivery(state)] })).toBeNull();
  expect(plan({ members, deliveries: [{ ...STANDS, slot: "addition" }] })).toBeNull();
});

test("a subscription says how its channel is given the story", () => {
  const own = subscription("harbour", {
    style: "compact",
    length: "short",
    language: "de",
    placement: "thread",
    maxAnHour: 3,
    quiet: QUIET,
    mention: "role",
    crosspost: true,
  });
  const [one, two] = [member("one"), member("two")];
  const matches = new Map([
    [one, [matching(own, "pier", "fire")]],
    [two, [matching(own, "fire")]],
  ]);
  const end = new Date("2026-03-02T11:30:00Z");
  expect(plan({ members: [one, two], matches, open: true })).toEqual({
    channel: NEWS,
    members: [one, two],
    style: "compact",
    length: "short",
    language: "de",
    placement: "thread",
    manner: { mention: "role", crosspost: true },
    reasons: [{ subscription: own.id, topic: "harbour", terms: ["fire", "pier"] }],
    skip: null,
    holdUntil: end,
    maxAnHour: 3,
    quiet: QUIET,
    quietUntil: end,
    kept: false,
  });
});

test("a subscription that is not cleared lets no members' article in, and tells none of its words", () => {
  const [open, paid] = [member("open"), member("paid", { visibility: MEMBERS })];
  const own = subscription("harbour");
  const matches = new Map([
    [open, [matching(own, "fire")]],
    [paid, [matching(own, "inquiry")]],
  ]);
  expect(plan({ members: [open, paid], matches })).toMatchObject({
    members: [open],
    reasons: [{ terms: ["fire"] }],
    skip: null,
  });
  expect(plan({ members: [paid], matches })).toMatchObject({ members: [], skip: "members-only" });
});

test("a members' article gets in through a subscription that is cleared for it, and through no other", () => {
  const paid = member("paid", { visibility: MEMBERS });
  const [cleared, open] = [
    subscription("inquiry", { clearance: MEMBERS, style: "headline" }),
    subscription("harbour"),
  ];
  const both = new Map([[paid, [matching(open, "fire"), matching(cleared, "inquiry")]]]);
  expect(plan({ members: [paid], matches: both })).toMatchObject({ style: "headline", skip: null });
  const other = member("other");
  const apart = new Map([
    [paid, [matching(open)]],
    [other, [matching(cleared)]],
  ]);
  expect(plan({ members: [paid, other], matches: apart })).toMatchObject({ style: "headline", skip: null });
  const matches = new Map([[paid, [matching(open)]]]);
  expect(plan({ members: [paid, other], matches })).toMatchObject({ members: [other], skip: "members-only" });
  // What stands there is kept true whatever let it in.
  expect(plan({ members: [paid, other], matches, deliveries: [STANDS] })).toMatchObject({ skip: null });
});

test("a story waits for as many outlets as the least demanding subscription asks for, until it stands", () => {
  const [one, two] = [member("one"), member("two")];
  const matched = (...needed: number[]) =>
    new Map([
      [one, needed.map((minOutlets) => matching(subscription(`topic-${minOutlets}`, { minOutlets })))],
    ]);
  expect(plan({ members: [one], matches: matched(2) })).toMatchObject({ skip: "too-few-outlets" });
  expect(plan({ members: [one, two], matches: matched(2) })).toMatchObject({ skip: null });
  expect(plan({ members: [one], matches: matched(2, 1) })).toMatchObject({ skip: null });
  expect(plan({ members: [one], matches: matched(2), deliveries: [STANDS] })).toMatchObject({ skip: null });
  const inThread = { ...STANDS, slot: "addition" };
  expect(plan({ members: [one], matches: matched(2), deliveries: [inThread] })).toMatchObject({
    skip: "too-few-outlets",
  });
  const elsewhere = { ...STANDS, channel: "discord:1:11" } as const;
  const own = planPosts({
    state: {
      story: { id: "story", headline: "Fire", firstSeenAt: NOW },
      version: 1,
      members: [one],
    },
    deliveries: [elsewhere],
    matches: matched(2),
    openChannels: [],
    grants: CLEARED,
    standing: new Map(),
    now: NOW,
  });
  expect(own.find(({ channel }) => channel === NEWS)?.skip).toBe("too-few-outlets");
});

test("nothing is given while it is paused, or from before it was subscribed, but for what is there", () => {
  const paused = subscription("harbour", { paused: "by a moderator" });
  const old = member("old", { firstSeenAt: new Date(NOW.getTime() - 1) });
  const young = member("young");
  expect(plan({ members: [young], matches: new Map([[young, [matching(paused)]]]) })).toBeNull();
  const late = new Map([[old, [matching(subscription("harbour"))]]]);
  expect(plan({ members: [old], matches: late })).toBeNull();
  for (const there of [STANDS, delivery("due")])
    expect(plan({ members: [old], matches: late, deliveries: [there] })).toMatchObject({
      kept: false,
      skip: null,
    });
  expect(plan({ members: [old], matches: late, deliveries: [delivery("skipped")] })).toBeNull();
});

test("of several subscriptions the one that posts at once says how, then the fuller style", () => {
  const one = member("one");
  const chosen = (...subscriptions: Subscription[]) =>
    plan({ members: [one], matches: new Map([[one, subscriptions.map((each) => matching(each))]]) });
  const digest = subscription("digest", { cadence: DIGEST, style: "full" });
  const headline = subscription("headline", { style: "headline" });
  const compact = subscription("compact", { style: "compact", mention: "role" });
  const full = subscription("full", { style: "full", crosspost: true });
  expect(chosen(digest, headline)).toMatchObject({ style: "headline", holdUntil: null });
  expect(chosen(headline, compact)).toMatchObject({ style: "compact", manner: { mention: "role" } });
  expect(chosen(headline, compact, full)).toMatchObject({
    style: "full",
    manner: { mention: "role", crosspost: true },
    reasons: [{ topic: "headline" }, { topic: "compact" }, { topic: "full" }],
  });
  expect(chosen(digest)).toMatchObject({ holdUntil: new Date("2026-03-02T12:00:00Z") });
  expect(chosen(headline)).toMatchObject({ manner: { mention: null, crosspost: false } });
});

test("where the operator clears nobody, no members' article is given, and the reason says so", () => {
  const paid = member("paid", { visibility: MEMBERS });
  const open = member("open");
  const own = subscription("harbour", { clearance: MEMBERS });
  const matches = new Map([
    [paid, [matching(own)]],
    [open, [matching(own)]],
  ]);
  const given = { members: [paid], matches, grants: NO_GRANTS };
  expect(plan(given)).toMatchObject({ members: [], skip: "not-cleared" });
  expect(plan({ ...given, members: [paid, open] })).toMatchObject({ members: [open], skip: null });
  // What stands there is corrected, and nothing is added to it.
  expect(plan({ ...given, standing: ["paid"] })).toMatchObject({ members: [paid], skip: null });
  const unwished = new Map([[paid, [matching(subscription("harbour"))]]]);
  const unseen = { ...given, matches: unwished, standing: ["paid"] };
  expect(plan(unseen)).toMatchObject({ members: [], skip: "members-only" });
});

test("what was held because nobody is cleared is stopped once nobody wants it", () => {
  const held = delivery("skipped", { reason: "not-cleared" });
  expect(plan({ members: [member("open")], deliveries: [held] })).toMatchObject({ skip: "unsubscribed" });
});

test("a publisher's article goes to the servers it is for, and stays where it stands if anybody may read it", () => {
  const source = "webhook:press";
  const [own, paid] = [member("own", {}, [source]), member("paid", { visibility: MEMBERS }, [source])];
  const elsewhere = {
    ...CLEARED,
    publishers: new Map([[source, { workspaces: new Set(["discord:2"] as const), sites: [] }]]),
  };
  const here = {
    ...CLEARED,
    publishers: new Map([[source, { workspaces: new Set(["discord:1"] as const), sites: [] }]]),
  };
  expect(plan({ members: [own], open: true, grants: here })).toMatchObject({ members: [own], skip: null });
  expect(plan({ members: [own], open: true, grants: elsewhere })).toMatchObject({ members: [] });
  const stands = { members: [own, paid], deliveries: [STANDS], standing: ["own", "paid"], grants: elsewhere };
  expect(plan(stands)).toMatchObject({ members: [own], skip: null });
  const matches = new Map([[own, [matching(subscription("harbour"))]]]);
  expect(plan({ ...stands, matches })).toMatchObject({ members: [own], skip: null, kept: false });
});
