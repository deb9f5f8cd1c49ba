import { afterEach, beforeEach, expect, test } from "vitest";
import { COMMANDS } from "#commands";
import type { CommandCall } from "#src/core/command.ts";
import { plain, type Reply, time } from "#src/core/reply.ts";
import type { Inbound } from "#src/ports.ts";
import { WATCH_FORM, watch } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import { openPage, type Page } from "./page.ts";

let page: Page;
let calls: CommandCall[] = [];

beforeEach(async () => {
  calls = [];
  page = await openPage();
});

afterEach(() => page.close());

/** Starts the platform with the real commands and one that has a form. */
function start(changes: Partial<Inbound> = {}): Promise<void> {
  return page.platform.start(
    makeInbound({
      commands: [...COMMANDS, watch],
      received: (call) => {
        calls.push(call);
        return Promise.resolve(true);
      },
      ...changes,
    }),
  );
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
    const answer = await page.send("/api/calls", given);
    expect(answer.status).toBe(202);
    expect(calls).toMatchObject([
      { command, input, caller: { platform: "console", channel: "console:local:main", moderator: true } },
    ]);
    expect(await answer.json()).toEqual({ id: calls[0]?.id });
  },
);

test("Where a form comes first it is given instead, nothing is stored, and what it filled in is not asked about again", async () => {
  await start({ form: () => Promise.resolve(WATCH_FORM) });
  const answer = await page.send("/api/calls", { kind: "press", id: "watch:edit:7" });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ form: WATCH_FORM });
  expect(calls).toEqual([]);
  const sent = await page.send("/api/calls", {
    kind: "submit",
    id: WATCH_FORM.id,
    values: { query: "ferry" },
  });
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
  const answer = await page.send("/api/calls", given);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code } });
  expect(calls).toEqual([]);
});

test.for(["/api/calls", "/api/complete", "/api/files"])("%s is closed to other sites", async (path) => {
  await start();
  const line = { kind: "line", line: "/topics", at: 0 };
  expect((await page.send(path, line, { Origin: "https://evil.example" })).status).toBe(403);
  expect(calls).toEqual([]);
});

test("Before the start a command is asked to come again", async () => {
  expect((await page.send("/api/calls", { kind: "line", line: "/topics" })).status).toBe(503);
  expect((await page.send("/api/complete", { line: "/", at: 1 })).status).toBe(503);
});

test("A reply of every kind of block reaches the page as it is", async () => {
  await start();
  await page.send("/api/calls", { kind: "line", line: "/topics" });
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
  await page.platform.respond({ call, reply, stage: "final", signal: AbortSignal.timeout(5_000) });
  const answer = await fetch(`${page.url}/api/calls/${call.id}`);
  expect(await answer.json()).toEqual({
    id: call.id,
    stage: "final",
    view: { kind: "reply", failed: false, reply: JSON.parse(JSON.stringify(reply)) },
  });
});

test("A file that is given is read by its id, until others have taken its place, and one over the limit is refused", async () => {
  const give = (body: string): Promise<Response> =>
    fetch(`${page.url}/api/files`, { method: "POST", body: new TextEncoder().encode(body) });
  const signal = AbortSignal.timeout(5_000);
  const answer = await give("<opml/>");
  const { id } = (await answer.json()) as { id: string };
  expect(new TextDecoder().decode(await page.platform.readFile(id, signal))).toBe("<opml/>");
  for (let count = 0; count < 5; count += 1) await give("other");
  await expect(page.platform.readFile(id, signal)).rejects.toMatchObject({ code: "fetch/not-found" });
  expect((await give("x".repeat(5_300_000))).status).toBe(400);
});
