import { Writable } from "node:stream";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { COMMANDS } from "#commands";
import type { Completion } from "#src/adapters/console/page-complete.ts";
import type { WirePost } from "#src/adapters/console/page-wire.ts";
import { type ConsolePlatform, createConsole } from "#src/adapters/console/platform.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { Choice } from "#src/core/form.ts";
import { factKey } from "#src/core/post-view.ts";
import { plain, type Reply, time } from "#src/core/reply.ts";
import type { Inbound } from "#src/ports.ts";
import { WATCH_FORM, watch } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import { type Newsdesk, openNewsdesk, SILENT } from "./newsdesk.ts";
import { BRIDGE, LIBRARY, PIER } from "./stories.ts";

let desk: Newsdesk;
let platform: ConsolePlatform;
let server: WebServer;
let calls: CommandCall[] = [];
let asked: { call: CommandCall; name: string; typed: string }[] = [];

beforeEach(async () => {
  calls = [];
  asked = [];
  desk = await openNewsdesk();
  const out = new Writable({ write: (_chunk, _encoding, done) => done() });
  platform = createConsole({ store: desk.store, clock: () => new Date(), out, color: false, log: SILENT });
  desk.deliverTo(platform);
  const routes = composeRoutes({
    host: "127.0.0.1",
    token: "",
    log: SILENT,
    signed: [],
    health: new Hono(),
    open: [],
    page: platform.pageRoutes(new Hono()),
  });
  server = await createWebServer({ host: "127.0.0.1", port: 0, portTries: 1, log: SILENT }, routes);
});

afterEach(async () => {
  await platform.stop();
  await server.close();
  await desk.store.close();
});

/** Starts the platform with the real commands and one that has a form. */
function start(changes: Partial<Inbound> = {}, choices: Choice[] = []): Promise<void> {
  return platform.start(
    makeInbound({
      commands: [...COMMANDS, watch],
      received: (call) => {
        calls.push(call);
        return Promise.resolve(true);
      },
      suggest: (call, { name, typed }) => {
        asked.push({ call, name, typed });
        return Promise.resolve(choices);
      },
      ...changes,
    }),
  );
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function getPosts(): Promise<WirePost[]> {
  const answer = await fetch(`${server.url}/api/posts`);
  const body = (await answer.json()) as { posts: WirePost[] };
  return body.posts;
}

async function completed(line: string): Promise<Completion> {
  const answer = await post("/api/complete", { line, at: line.length });
  return (await answer.json()) as Completion;
}

test.for([
  [
    "a line",
    { kind: "line", line: "/topics add query:harbour" },
    "topics",
    { kind: "line", text: "add query:harbour" },
  ],
  [
    "a line without a slash",
    { kind: "line", line: "brief latest" },
    "brief",
    { kind: "line", text: "latest" },
  ],
  ["a button", { kind: "press", id: "why:abc" }, "why", { kind: "text", text: "abc" }],
  ["a button without a subject", { kind: "press", id: "topics" }, "topics", { kind: "text", text: "" }],
  [
    "a choice",
    { kind: "choose", id: "topics:edit", choice: "abc@3" },
    "topics",
    { kind: "form", text: "edit", values: { choice: "abc@3" } },
  ],
  [
    "a form, but for what was left empty,",
    { kind: "submit", id: "watch:edit:7", values: { query: "ferry", into: " " } },
    "watch",
    { kind: "form", text: "edit:7", values: { query: "ferry" } },
  ],
] as const)(
  "%s becomes a call of a moderator in the console's channel",
  async ([, given, command, input]) => {
    await start();
    const answer = await post("/api/calls", given);
    expect(answer.status).toBe(202);
    expect(calls).toMatchObject([
      { command, input, caller: { platform: "console", channel: "console:local:main", moderator: true } },
    ]);
    expect(await answer.json()).toEqual({ id: calls[0]?.id });
  },
);

test("Where a form comes first it is given instead, nothing is stored, and what it filled in is not asked about again", async () => {
  await start({ form: () => Promise.resolve(WATCH_FORM) });
  const answer = await post("/api/calls", { kind: "press", id: "watch:edit:7" });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ form: WATCH_FORM });
  expect(calls).toEqual([]);
  const sent = await post("/api/calls", { kind: "submit", id: WATCH_FORM.id, values: { query: "ferry" } });
  expect(sent.status).toBe(202);
  expect(calls).toHaveLength(1);
});

test.for([
  ["an unknown kind", { kind: "shout", line: "/brief" }, "command/bad-options"],
  ["an empty line", { kind: "line", line: "  " }, "command/bad-options"],
  ["a field too many", { kind: "press", id: "why:1", caller: "me" }, "command/bad-options"],
  ["an id that is too long", { kind: "press", id: `why:${"x".repeat(100)}` }, "command/bad-options"],
  ["a button of no command", { kind: "press", id: "<script>" }, "command/bad-options"],
  [
    "a value that is no text",
    { kind: "submit", id: "watch:add", values: { query: 7 } },
    "command/bad-options",
  ],
  ["an unknown command", { kind: "line", line: "/nothing at all" }, "command/unknown"],
  ["a command that is no line", { kind: "line", line: "/why abc" }, "command/unknown"],
  ["a command that is no button", { kind: "press", id: "brief:abc" }, "command/unknown"],
  ["a form of a command without one", { kind: "submit", id: "why:abc", values: {} }, "command/unknown"],
  ["a button of what every object has", { kind: "press", id: "constructor:x" }, "command/unknown"],
] as const)("%s is refused and stores nothing", async ([, given, code]) => {
  await start();
  const answer = await post("/api/calls", given);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code } });
  expect(calls).toEqual([]);
});

test.for(["/api/calls", "/api/complete", "/api/files"])("%s is closed to other sites", async (path) => {
  await start();
  const line = { kind: "line", line: "/topics", at: 0 };
  expect((await post(path, line, { Origin: "https://evil.example" })).status).toBe(403);
  expect(calls).toEqual([]);
});

test("Before the start a command is asked to come again", async () => {
  expect((await post("/api/calls", { kind: "line", line: "/topics" })).status).toBe(503);
  expect((await post("/api/complete", { line: "/", at: 1 })).status).toBe(503);
});

test("A reply of every kind of block reaches the page as it is", async () => {
  await start();
  await post("/api/calls", { kind: "line", line: "/topics" });
  const [call] = calls;
  if (call === undefined) throw new Error("no call");
  const at = new Date("2026-03-03T12:00:00Z");
  const reply: Reply = {
    title: "Topics",
    blocks: [
      { kind: "text", spans: [plain("since "), time(at)] },
      { kind: "select", id: "topics:edit", label: "Change…", choices: [{ value: "1", label: "One" }] },
      { kind: "file", name: "a.opml", mediaType: "text/x-opml", text: "<opml/>" },
      { kind: "note", tone: "warning", spans: [plain("It matches everything.")] },
    ],
  };
  await platform.respond({ call, reply, stage: "final", signal: AbortSignal.timeout(5_000) });
  const answer = await fetch(`${server.url}/api/calls/${call.id}`);
  expect(await answer.json()).toEqual({
    id: call.id,
    stage: "final",
    view: { kind: "reply", failed: false, reply: JSON.parse(JSON.stringify(reply)) },
  });
});

test.for([
  ["/", ["/brief", "/topics", "/sources", "/settings", "/lede", "/watch"], false],
  ["/to", ["/topics"], true],
  ["/topics", ["/topics"], false],
  ["/topics p", ["pause"], true],
  ["/topics pause", ["pause"], false],
  ["/brief length:s", ["length:short", "length:standard"], false],
  ["/topics add style:compact st", [], false],
  ["/topics add st", ["style:"], false],
  ["/topics add crosspost:", ["crosspost:yes", "crosspost:no"], false],
  ["/topics add channel:", ["channel:main"], false],
  ["/sources import file:", ["file:"], false],
  ['/topics add query:"harbour st', [], false],
  ["/nothing ", [], false],
  ["/topics nothing ", [], false],
] as const)("“%s” may go on in these ways", async ([line, texts, eager]) => {
  await start();
  const completion = await completed(line);
  expect(completion.items.map(({ text }) => text)).toEqual(texts);
  expect(completion.eager).toBe(eager);
  expect(completion.to).toBe(line.length);
});

test("A topic that is being typed is asked for by the rest of the line, read by its name and sent by its id", async () => {
  await start({}, [{ value: "a1b2", label: 'The "old" harbour' }]);
  const named = await completed('/topics pause channel:main topic:"har');
  expect(asked).toMatchObject([
    { call: { command: "topics", input: { text: "pause channel:main " } }, name: "topic", typed: "har" },
  ]);
  expect(named).toMatchObject({ from: 27, help: { usage: "topic:", text: "The topic" } });
  expect(named.items).toEqual([
    {
      text: `topic:"The 'old' harbour"`,
      value: "topic:a1b2",
      label: 'The "old" harbour',
      detail: "topic",
      file: false,
    },
  ]);
  const bare = await completed("/topics pause har");
  expect(asked[1]).toMatchObject({ name: "topic", typed: "har" });
  expect(bare.items.map(({ value }) => value)).toEqual(["topic:a1b2"]);
  expect(bare.from).toBe("/topics pause ".length);
});

test("A file that is given is read by its id, until others have taken its place, and one over the limit is refused", async () => {
  const give = (body: string): Promise<Response> =>
    fetch(`${server.url}/api/files`, { method: "POST", body: new TextEncoder().encode(body) });
  const signal = AbortSignal.timeout(5_000);
  const answer = await give("<opml/>");
  const { id } = (await answer.json()) as { id: string };
  expect(new TextDecoder().decode(await platform.readFile(id, signal))).toBe("<opml/>");
  for (let count = 0; count < 5; count += 1) await give("other");
  await expect(platform.readFile(id, signal)).rejects.toMatchObject({ code: "fetch/not-found" });
  expect((await give("x".repeat(5_300_000))).status).toBe(400);
});

test("Only what stands before the cursor is completed", async () => {
  await start();
  const answer = await post("/api/complete", { line: "/to add", at: 3 });
  expect(await answer.json()).toMatchObject({ from: 0, to: 3, items: [{ text: "/topics" }] });
});

test("An addition stands under its story, and both end in one tombstone", async () => {
  const bridge = await desk.publish(BRIDGE);
  await desk.add(bridge, PIER, "Tribune");
  const [story, ...others] = await getPosts();
  expect(others).toEqual([]);
  expect(story).toMatchObject({
    kind: "story",
    also: [{ name: "Tribune", url: PIER.url }],
    replies: [
      { kind: "addition", outlet: "Tribune", brief: { facts: PIER.facts.map(([text]) => ({ text })) } },
    ],
  });
  expect(story?.actions.map(({ id }) => id)).toEqual([
    `why:${story?.id}`,
    `wrong:${bridge.brief.id}:${story?.id}`,
  ]);

  await desk.takeBack(bridge);
  const after = await getPosts();
  expect(after).toMatchObject([
    {
      id: story?.id,
      kind: "message",
      look: "tombstone",
      reply: { title: `Withdrawn: ${BRIDGE.title}` },
      replies: [],
    },
  ]);
  expect(JSON.stringify(after)).not.toContain(BRIDGE.facts[2]?.[0]);
});

test("A post keeps its style, and a fact that was taken back is gone and named", async () => {
  const written = await desk.write(BRIDGE);
  const [first] = written.brief.facts;
  const withdrawn = [factKey(written.article.id, first?.text ?? "")];
  const conflicts = [{ about: "injured", mine: "9", against: null, theirs: "11", outlet: "Tribune" }];
  await desk.publish(BRIDGE, { style: "full", withdrawn, conflicts });
  await desk.publish(LIBRARY, { style: "headline" });
  const [library, bridge] = await getPosts();
  expect(library).toMatchObject({ kind: "story", style: "headline", notes: [] });
  expect(bridge).toMatchObject({
    style: "full",
    notes: ["A moderator took back one fact.", "Figures differ on injured: 9 here, 11 in Tribune."],
    brief: { facts: [{ text: BRIDGE.facts[1]?.[0] }, { text: BRIDGE.facts[2]?.[0] }] },
  });
});

test("Digests and notices are shown in the words of every platform", async () => {
  await desk.notify({ tone: "warning", title: "A source fails", lines: ["Courier: no answer."] });
  await desk.together([LIBRARY, PIER]);
  const posts = await getPosts();
  expect(posts).toMatchObject([
    { kind: "message", look: "digest", reply: { title: "Lede: 2 stories" } },
    { kind: "message", look: "notice", reply: { title: "A source fails" } },
  ]);
  expect(JSON.stringify(posts[0])).toContain(PIER.summary);
  expect(posts[0]?.actions.map(({ label }) => label)).toEqual(["Why?"]);
});
