import { afterEach, beforeEach, expect, it, test } from "vitest";
import { mentionParts } from "#src/adapters/slack/mention.ts";
import type { MessageRef } from "#src/core/delivery.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import type { PostRequest } from "#src/ports.ts";
import { briefOf, KEY, OTHER_KEY } from "#tests/contracts/platform-replies.ts";
import { objectsIn } from "#tests/peers/slack/json.ts";
import { closeSlack, type Opened, openSlack, ownMessages } from "./newsroom.ts";

let opened: Opened;

beforeEach(async () => {
  opened = await openSlack();
});

afterEach(() => closeSlack(opened));

async function post(changes: Partial<PostRequest>): Promise<MessageRef> {
  const { platform, channel } = opened;
  const request = { channel, key: KEY, reply: briefOf(), signal: signal(), ...changes };
  const outcome = await platform.post(request);
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function signal(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

test.for<[string, string, object]>([
  ["S0DESK0001", "<!subteam^S0DESK0001> ", { type: "usergroup", usergroup_id: "S0DESK0001" }],
  ["here", "<!here> ", { type: "broadcast", range: "here" }],
  ["channel", "<!channel> ", { type: "broadcast", range: "channel" }],
])("a post calls %s, at the top and where notifications are made from", async ([mention, start, element]) => {
  await post({ mention });
  const [message] = ownMessages(opened.peer, opened.peer.channels.news);
  expect(message?.text.startsWith(start)).toBe(true);
  expect(message?.blocks[0]?.["elements"]).toEqual([{ type: "rich_text_section", elements: [element] }]);
  expect(message?.blocks[1]).toMatchObject({ type: "header" });
  expect(message?.pinged).toEqual([start.trim()]);
});

test.for(["S0DESK0001> <!here", "U0MEMBER01", "desk", ""])("nothing is called by %s", (value) => {
  expect(mentionParts(value)).toEqual({ text: "", blocks: [] });
});

it("an edit shows whom it calls, and takes it away", async () => {
  const { platform, peer } = opened;
  const message = await post({ mention: "here" });
  await platform.update({ message, mention: "here", reply: briefOf(), signal: signal() });
  const [shown] = ownMessages(peer, peer.channels.news);
  expect(shown).toMatchObject({ pinged: ["<!here>"], mentions: ["<!here>"] });
  await platform.update({ message, reply: briefOf(), signal: signal() });
  expect(shown).toMatchObject({ pinged: ["<!here>"], mentions: [] });
});

it("a post in a thread whose answer is lost late is found, and not posted twice", async () => {
  const { platform, channel, peer } = opened;
  const thread = await post({});
  peer.fail({ method: "chat.postMessage", how: { kind: "status", status: 504, committed: true } });
  const reply = briefOf({ key: OTHER_KEY });
  const request = { channel, key: OTHER_KEY, reply, thread, signal: signal() };
  expect(await platform.post(request)).toMatchObject({ kind: "uncertain" });
  const since = new Date(Date.now() - 60_000);
  const found = await platform.find({ channel, key: OTHER_KEY, since, thread, signal: signal() });
  const inThread = ownMessages(peer, peer.channels.news).filter((message) => message.thread_ts === thread.id);
  expect(inThread.map(({ ts }) => ts)).toEqual([found?.id]);
});

it("nothing is found in a thread that is gone", async () => {
  const { platform, channel, peer } = opened;
  const thread = await post({});
  for (const message of ownMessages(peer, peer.channels.news)) message.deleted = true;
  const search = { channel, key: OTHER_KEY, since: new Date(), thread, signal: signal() };
  expect(await platform.find(search)).toBeNull();
});

it("a menu whose id is taken already is left out, and an id of nothing too", async () => {
  const choices = [{ value: "1", label: "One" }];
  const menu = (id: string) => ({ kind: "select" as const, id, label: "Choose", choices });
  const reply: Reply = { title: null, blocks: [...sentence("x").blocks, menu("a:1"), menu("a:1"), menu("")] };
  await post({ reply });
  const [message] = ownMessages(opened.peer, opened.peer.channels.news);
  const sections = objectsIn(message?.blocks).filter(({ type }) => type === "section");
  expect(sections).toMatchObject([{ accessory: { action_id: "a:1" } }]);
});
