import { afterEach, beforeEach, expect, test } from "vitest";
import { COMMANDS } from "#commands";
import type { Completion } from "#src/adapters/console/page-complete.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { Choice } from "#src/core/form.ts";
import { watch } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import { openPage, type Page } from "./page.ts";

let page: Page;
let asked: { call: CommandCall; name: string; typed: string }[] = [];

beforeEach(async () => {
  asked = [];
  page = await openPage();
});

afterEach(() => page.close());

/** Starts the platform with the real commands and one that has a form; the choices are all that is suggested. */
function start(choices: Choice[] = []): Promise<void> {
  return page.platform.start(
    makeInbound({
      commands: [...COMMANDS, watch],
      suggest: (call, { name, typed }) => {
        asked.push({ call, name, typed });
        return Promise.resolve(choices);
      },
    }),
  );
}

async function completed(line: string): Promise<Completion> {
  const answer = await page.send("/api/complete", { line, at: line.length });
  return (await answer.json()) as Completion;
}

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
  await start([{ value: "a1b2", label: 'The "old" harbour' }]);
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

test("Only what stands before the cursor is completed", async () => {
  await start();
  const answer = await page.send("/api/complete", { line: "/to add", at: 3 });
  expect(await answer.json()).toMatchObject({ from: 0, to: 3, items: [{ text: "/topics" }] });
});
