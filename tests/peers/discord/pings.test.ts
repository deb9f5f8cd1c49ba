import { expect, test } from "vitest";
import { openCourt, text, v2 } from "./court.ts";

const { messages, peer, send } = openCourt();

test.for([
  { name: "everyone, unguarded", body: { content: "@everyone and @here" }, pinged: ["@everyone", "@here"] },
  {
    name: "a person and a role, unguarded",
    body: { content: "<@!1> <@&2> <@1>" },
    pinged: ["<@1>", "<@&2>"],
  },
  { name: "a text display", body: v2(text("hi <@1>")), pinged: ["<@1>"] },
  {
    name: "nobody, by parse",
    body: { content: "@everyone <@1>", allowed_mentions: { parse: [] } },
    pinged: [],
  },
  {
    name: "the chosen one",
    body: { content: "<@1> <@2>", allowed_mentions: { users: ["2"] } },
    pinged: ["<@2>"],
  },
  {
    name: "a role by kind",
    body: { content: "<@&1> <@2>", allowed_mentions: { parse: ["roles"] } },
    pinged: ["<@&1>"],
  },
  { name: "nobody, from an embed", body: { embeds: [{ description: "@everyone <@1>" }] }, pinged: [] },
])("who is pinged: $name", async ({ body, pinged }) => {
  await send("POST", messages(), body);
  expect(peer().messages(peer().channels.news).at(-1)).toMatchObject({ pinged });
});

test("a reply pings its author unless told otherwise", async () => {
  const asked = peer().userMessage({
    channel: peer().channels.news,
    user: peer().users.member,
    content: "?",
  });
  const reply = { content: "x", message_reference: { message_id: asked.id } };
  await send("POST", messages(), reply);
  await send("POST", messages(), { ...reply, allowed_mentions: { parse: [] } });
  expect(peer().messages(peer().channels.news).slice(-2)).toMatchObject([
    { pinged: [`<@${peer().users.member.id}>`] },
    { pinged: [] },
  ]);
});

test("an empty answer is not called JSON", async () => {
  expect(await send("POST", `/channels/${peer().channels.news.id}/typing`)).toMatchObject({
    status: 204,
    type: null,
    answer: undefined,
  });
  expect(peer().typing).toHaveLength(1);
});
