import { EventSource } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WireReplyEvent, WireStory } from "#src/adapters/console/page-wire.ts";
import { briefReply, NO_KEY } from "#src/core/brief-reply.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";
import { makeInbound } from "#tests/inbound.ts";
import { openPage, type Page } from "./page.ts";
import { BRIDGE, BRIDGE_CORRECTED, LIBRARY } from "./stories.ts";

let page: Page;
let calls: CommandCall[] = [];
const sources: EventSource[] = [];
const signal = AbortSignal.timeout(60_000);

const inbound = makeInbound({
  received: (call) => {
    calls.push(call);
    return Promise.resolve(true);
  },
});

beforeEach(async () => {
  calls = [];
  page = await openPage();
});

afterEach(async () => {
  for (const source of sources.splice(0)) source.close();
  await page.close();
});

async function stories(): Promise<WireStory[]> {
  return (await page.posts()).filter((post) => post.kind === "story");
}

/** Opens the event stream; resolves once it is live. */
async function openEvents(): Promise<{
  posts: () => Promise<unknown>;
  reply: () => Promise<WireReplyEvent>;
}> {
  const source = new EventSource(`${page.url}/api/events`);
  sources.push(source);
  await new Promise((resolve) => source.addEventListener("open", resolve, { once: true }));
  const next = (kind: string): Promise<MessageEvent<string>> =>
    new Promise((resolve) =>
      source.addEventListener(kind, (event) => resolve(event as MessageEvent<string>), { once: true }),
    );
  return {
    posts: () => next("posts"),
    reply: async () => JSON.parse((await next("reply")).data) as WireReplyEvent,
  };
}

function ask(body: unknown): Promise<Response> {
  return page.send("/api/brief", body);
}

test("A published brief is printed and told to open pages, and the page then gets it with its evidence", async () => {
  const events = await openEvents();
  const told = events.posts();
  await page.desk.publish(BRIDGE);
  await told;

  const [post] = await stories();
  expect(page.printed()).toContain(BRIDGE.title);
  expect(post).toMatchObject({
    style: "full",
    updatedAt: null,
    brief: {
      headline: BRIDGE.title,
      article: { site: "The Harbour Courier", byline: "Ines Calloway", url: BRIDGE.url },
      dropped: [
        {
          text: "The repair costs 12 million.",
          reason: "A number is not in the article (12 million) · rule: unit",
        },
        { text: "Mayor Olsen resigned.", reason: "The article does not say this" },
      ],
      usage: "1 model call, 2,310 tokens in (1,024 cached), 410 out",
      change: null,
    },
  });
  if (post === undefined) throw new Error("no post");
  const { article, facts } = post.brief;
  const { start = 0, end = 0 } = facts[0]?.evidence[0] ?? {};
  const home = article.paragraphs.findLast((paragraph) => paragraph.start <= start);
  expect(home?.text.slice(start - home.start, end - home.start)).toBe(BRIDGE.facts[0]?.[1]);
});

test("A corrected article edits its post: the change is named and only the corrected fact is marked", async () => {
  await page.desk.publish(BRIDGE);
  await page.desk.publish(LIBRARY);
  const events = await openEvents();
  const told = events.posts();
  await page.desk.publish(BRIDGE_CORRECTED);
  await told;

  const posts = await stories();
  expect(posts.map(({ brief }) => brief.headline)).toEqual([LIBRARY.title, BRIDGE.title]);
  expect(posts[1]?.brief.change).toBe("nine → eleven people injured");
  expect(posts[1]?.brief.facts.map(({ changed }) => changed)).toEqual([false, true, false]);
  expect(page.printed()).toMatch(/Updated .+: nine → eleven people injured\n {2}Harbour bridge/);
});

test("A link given on the page becomes one call of /brief, and its progress and answer are pushed", async () => {
  await page.platform.start(inbound);
  const events = await openEvents();
  const answer = await ask({ link: LIBRARY.url, length: "short" });
  const { id } = (await answer.json()) as { id: string };
  const [call] = calls;
  if (call === undefined) throw new Error("no call");
  expect(answer.status).toBe(202);
  expect(call).toMatchObject({
    id,
    command: "brief",
    input: { kind: "options", options: { link: LIBRARY.url, length: "short" } },
    caller: { platform: "console", channel: CONSOLE_CHANNEL },
  });
  expect((await fetch(`${page.url}/api/calls/${id}`)).status).toBe(404);

  const progress = events.reply();
  await page.platform.respond({ call, reply: sentence("Reading the page…"), stage: "progress", signal });
  expect(await progress).toEqual({
    id,
    stage: "progress",
    view: { kind: "reply", failed: false, reply: sentence("Reading the page…") },
  });

  const final = events.reply();
  const reply = briefReply(await page.desk.write(LIBRARY), NO_KEY);
  expect(await page.platform.respond({ call, reply, stage: "final", signal })).toBe(call.handle);
  const pushed = await final;
  expect(pushed).toMatchObject({
    id,
    stage: "final",
    view: { kind: "brief", brief: { headline: LIBRARY.title } },
  });
  if (pushed.view.kind !== "brief") throw new Error("no brief");
  expect(pushed.view.brief.facts[0]?.evidence).toHaveLength(1);
  const kept = await fetch(`${page.url}/api/calls/${id}`);
  expect(await kept.json()).toEqual(pushed);
});

test("An error comes as a reply in words", async () => {
  await page.platform.start(inbound);
  await ask({ text: "Too short." });
  const [call] = calls;
  if (call === undefined) throw new Error("no call");
  const reply = sentence("The site could not be reached.", "warning");
  await page.platform.respond({ call, reply, stage: "final", signal });
  const kept = await fetch(`${page.url}/api/calls/${call.id}`);
  expect(await kept.json()).toMatchObject({
    view: { kind: "reply", failed: true, reply },
  });
});

test.for([
  ["nothing", {}, "link"],
  ["both a link and a text", { link: "https://a.example", text: "b" }, "link"],
  ["an unknown length", { text: "b", length: "endless" }, "length"],
  ["a link that is no text", { link: 7 }, "link"],
] as const)(
  "A request with %s is refused by the name of its field and calls nothing",
  async ([, body, field]) => {
    await page.platform.start(inbound);
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "command/bad-options", field } });
    expect(calls).toEqual([]);
  },
);

test("Before the start a request is asked to come again", async () => {
  const answer = await ask({ link: "https://a.example" });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error: { message: "Lede is still starting. Try again in a few seconds." },
  });
});

test("A text over the limit is refused and calls nothing", async () => {
  await page.platform.start(inbound);
  expect((await ask({ text: "x".repeat(1_100_000) })).status).toBe(400);
  expect(calls).toEqual([]);
});

test("A repeated post is found by its key in the ledger, and an unknown one is not", async () => {
  await page.desk.publish(BRIDGE);
  const [post] = await page.desk.store.posts(CONSOLE_CHANNEL, 1);
  const key = post?.delivery.key ?? "";
  const since = new Date(0);
  expect(await page.platform.find({ channel: CONSOLE_CHANNEL, key, since, signal })).toEqual({
    channel: CONSOLE_CHANNEL,
    id: key,
  });
  expect(
    await page.platform.find({ channel: CONSOLE_CHANNEL, key: "k".repeat(24), since, signal }),
  ).toBeNull();
});

test("A channel the console does not have is refused for good, and the check says so", async () => {
  const request = {
    channel: "console:local:other" as const,
    key: "k".repeat(24),
    reply: sentence("x"),
    signal,
  };
  expect(await page.platform.post(request)).toEqual({ kind: "failed", code: "platform/gone" });
  expect(page.printed()).toBe("");
  const findings = await page.platform.check([CONSOLE_CHANNEL, "console:local:other"]);
  expect(findings.map(({ level }) => level)).toEqual(["ok", "error"]);
});

test("An address that is not http(s) is kept from the page", async () => {
  await page.desk.publish({ ...BRIDGE, url: "javascript:alert(1)" });
  const [post] = await stories();
  expect(post?.brief.article.url).toBeNull();
});

test("An unchanged list of posts is not sent twice", async () => {
  await page.desk.publish(BRIDGE);
  const first = await fetch(`${page.url}/api/posts`);
  const again = await fetch(`${page.url}/api/posts`, {
    headers: { "If-None-Match": first.headers.get("etag") ?? "" },
  });
  expect(again.status).toBe(304);
});
