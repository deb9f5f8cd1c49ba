import { expect, test } from "vitest";
import { command, openCourt, option, row } from "./court.ts";

const { commands, peer, problems, send } = openCourt();

test.for([
  {
    name: "a route Discord does not have",
    method: "GET",
    path: "/channel/1",
    problem: "no such route",
    status: 404,
  },
  {
    name: "a route this peer does not play",
    method: "GET",
    path: "/voice/regions",
    problem: "does not play",
    status: 501,
  },
  {
    name: "a page of 101",
    method: "GET",
    path: "/channels/1/messages?limit=101",
    problem: "query.limit",
    status: 400,
  },
  {
    name: "two anchors",
    method: "GET",
    path: "/channels/1/messages?after=1&before=2",
    problem: "exclude each other",
    status: 400,
  },
  { name: "an unknown query", method: "GET", path: "/users/@me?verbose=1", problem: "query", status: 400 },
  {
    name: "an unknown webhook",
    method: "POST",
    path: "/webhooks/1/token",
    body: { content: "x" },
    problem: "10015",
    status: 404,
  },
  {
    name: "an unknown interaction",
    method: "POST",
    path: "/interactions/1/t/callback",
    body: { type: 5 },
    problem: "10062",
    status: 404,
  },
])("$name is refused and recorded", async ({ method, path, body, problem, status }) => {
  expect((await send(method, path, body)).status).toBe(status);
  expect(problems()).toContain(problem);
});

test("a client must say who it is, and a wrong token is told so", async () => {
  await send("GET", "/users/@me", undefined, { "user-agent": "curl/8" });
  expect(problems()).toContain("User-Agent");
  expect((await send("GET", "/users/@me", undefined, { authorization: "Bot wrong" })).status).toBe(401);
});

test.for([
  { name: "deferring an autocomplete", arrange: "autocomplete", body: { type: 5 }, problem: "50035" },
  {
    name: "updating from a slash command",
    arrange: "slash",
    body: { type: 7, data: { content: "x" } },
    problem: "50035",
  },
  {
    name: "26 choices",
    arrange: "autocomplete",
    body: { type: 8, data: { choices: Array.from({ length: 26 }, () => ({ name: "a", value: "a" })) } },
    problem: "choices",
  },
  {
    name: "a modal title of 46",
    arrange: "slash",
    body: {
      type: 9,
      data: {
        custom_id: "m",
        title: "x".repeat(46),
        components: [row({ type: 4, custom_id: "q", style: 1, label: "Q" })],
      },
    },
    problem: "title",
  },
  {
    name: "an empty reply",
    arrange: "slash",
    body: { type: 4, data: { content: "" } },
    problem: "EMPTY_MESSAGE",
  },
  {
    name: "a reply of 2001",
    arrange: "slash",
    body: { type: 4, data: { content: "x".repeat(2001) } },
    problem: "data.content",
  },
  {
    name: "a nonce in a reply",
    arrange: "slash",
    body: { type: 4, data: { content: "x", nonce: "n" } },
    problem: "data.nonce",
  },
])("$name is refused and recorded", async ({ arrange, body, problem }) => {
  await send("PUT", commands(), [command({ options: [option({ autocomplete: true })] })]);
  const use = {
    channel: peer().channels.news,
    user: peer().users.member,
    command: "brief",
    options: { url: "a" },
  };
  const path = () => peer().waitUntil(() => lastInteraction());
  if (arrange === "slash") peer().slash(use);
  else
    peer()
      .autocomplete({ ...use, focused: "url" })
      .catch(() => undefined);
  expect((await send("POST", await path(), body)).status).toBe(400);
  expect(problems()).toContain(problem);
});

function lastInteraction(): string | undefined {
  const last = peer().interactions().at(-1);
  return last && `/interactions/${last.id}/${last.token}/callback`;
}
