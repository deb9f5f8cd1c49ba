import { beforeAll, expect, test } from "vitest";
import { createJudge, type Judge } from "./judge.ts";
import type { JsonObject } from "./json.ts";
import { plain, section, times } from "./sample-blocks.ts";

const WARM_UP_MS = 60_000;

let judge: Judge;

// The first run on a machine generates the schemas, which takes seconds.
beforeAll(async () => {
  judge = await createJudge();
}, WARM_UP_MS);

const modal = (more: JsonObject): JsonObject => ({
  type: "modal",
  title: plain("Topics"),
  blocks: [section("Hi")],
  ...more,
});
const input = {
  type: "input",
  block_id: "topic",
  label: plain("Topic"),
  element: { type: "plain_text_input", action_id: "text" },
};

const post = { channel: "C1", text: "t" };
const metadata = { event_type: "brief_posted", event_payload: { key: "k1" } };

const REQUESTS: readonly (readonly [string, string, JsonObject, readonly (string | null)[]])[] = [
  ["a plain post", "chat.postMessage", post, []],
  [
    "a post with all that Lede uses",
    "chat.postMessage",
    { ...post, metadata, thread_ts: "1.2", unfurl_links: false, unfurl_media: false, mrkdwn: true },
    [],
  ],
  ["a post of nothing", "chat.postMessage", { channel: "C1" }, ["no_text"]],
  ["a post of blanks", "chat.postMessage", { channel: "C1", text: "  " }, ["no_text"]],
  ["a post of no blocks", "chat.postMessage", { channel: "C1", blocks: [] }, ["no_text"]],
  ["blocks without fallback text", "chat.postMessage", { channel: "C1", blocks: [section("x")] }, [null]],
  [
    "blocks that are text",
    "chat.postMessage",
    { ...post, blocks: "[" },
    ["invalid_arguments", "invalid_blocks"],
  ],
  [
    "a text of 40001 characters",
    "chat.postMessage",
    { channel: "C1", text: "x".repeat(40_001) },
    ["msg_too_long"],
  ],
  ["a text of 40000 characters", "chat.postMessage", { channel: "C1", text: "x".repeat(40_000) }, []],
  ["markdown beside text", "chat.postMessage", { ...post, markdown_text: "x" }, ["markdown_text_conflict"]],
  [
    "markdown of 12001 characters",
    "chat.postMessage",
    { channel: "C1", markdown_text: "x".repeat(12_001) },
    ["msg_too_long"],
  ],
  ["no channel", "chat.postMessage", { text: "t" }, ["invalid_arguments"]],
  [
    "an argument of another type",
    "chat.postMessage",
    { ...post, unfurl_links: "maybe" },
    ["invalid_arguments"],
  ],
  ["a parse mode of its own", "chat.postMessage", { ...post, parse: "some" }, ["invalid_arguments"]],
  ["an unknown argument", "chat.postMessage", { ...post, client_msg_id: "x" }, [null]],
  ["an unknown method", "chat.shout", post, ["unknown_method"]],
  [
    "metadata without payload",
    "chat.postMessage",
    { ...post, metadata: { event_type: "x" } },
    ["invalid_metadata_format"],
  ],
  [
    "metadata nested too deep",
    "chat.postMessage",
    { ...post, metadata: { ...metadata, event_payload: { a: { b: { c: 1 } } } } },
    ["invalid_metadata_format"],
  ],
  [
    "metadata of more than 1 KB",
    "chat.postMessage",
    { ...post, metadata: { ...metadata, event_payload: { key: "x".repeat(1024) } } },
    ["metadata_too_large"],
  ],
  ["an empty metadata in a post", "chat.postMessage", { ...post, metadata: {} }, ["invalid_metadata_format"]],
  ["an empty metadata in an update", "chat.update", { ...post, ts: "1.2", metadata: {} }, []],
  ["an update without ts", "chat.update", post, ["invalid_arguments"]],
  ["metadata in an ephemeral post", "chat.postEphemeral", { ...post, user: "U1", metadata }, [null]],
  [
    "an attachment",
    "chat.postMessage",
    { ...post, attachments: [{ color: "#36a64f", blocks: [section("x")] }] },
    [],
  ],
  [
    "an attachment with a bad block",
    "chat.postMessage",
    { ...post, attachments: [{ blocks: [{ type: "foo" }] }] },
    ["invalid_attachments"],
  ],
  [
    "an attachment with an unknown property",
    "chat.postMessage",
    { ...post, attachments: [{ body: "x" }] },
    ["invalid_attachments"],
  ],
  [
    "101 attachments",
    "chat.postMessage",
    { ...post, attachments: times(101, () => ({ text: "a" })) },
    ["too_many_attachments"],
  ],
  [
    "a history with all it takes",
    "conversations.history",
    {
      channel: "C1",
      oldest: "1.2",
      latest: "2.3",
      inclusive: true,
      limit: 100,
      cursor: "x",
      include_all_metadata: true,
    },
    [],
  ],
  [
    "a modal",
    "views.open",
    {
      trigger_id: "t",
      view: modal({
        callback_id: "c",
        private_metadata: "x".repeat(3000),
        blocks: [input],
        submit: plain("Save"),
        close: plain("Close"),
      }),
    },
    [],
  ],
  [
    "a home",
    "views.publish",
    { user_id: "U1", view: { type: "home", blocks: times(100, () => ({ type: "divider" })) } },
    [],
  ],
  [
    "a modal title of 25 characters",
    "views.open",
    { trigger_id: "t", view: modal({ title: plain("x".repeat(25)) }) },
    ["invalid_arguments"],
  ],
  [
    "a submit of 25 characters",
    "views.open",
    { trigger_id: "t", view: modal({ submit: plain("x".repeat(25)) }) },
    ["invalid_arguments"],
  ],
  [
    "a private_metadata of 3001 characters",
    "views.open",
    { trigger_id: "t", view: modal({ private_metadata: "x".repeat(3001) }) },
    ["invalid_arguments"],
  ],
  [
    "a callback_id of 256 characters",
    "views.open",
    { trigger_id: "t", view: modal({ callback_id: "x".repeat(256) }) },
    ["invalid_arguments"],
  ],
  [
    "a modal without title",
    "views.open",
    { trigger_id: "t", view: { type: "modal", blocks: [] } },
    ["invalid_arguments"],
  ],
  [
    "101 blocks in a view",
    "views.open",
    { trigger_id: "t", view: modal({ blocks: times(101, () => ({ type: "divider" })) }) },
    ["invalid_arguments"],
  ],
  [
    "an input without submit",
    "views.open",
    { trigger_id: "t", view: modal({ blocks: [input] }) },
    ["invalid_arguments"],
  ],
  [
    "a view of unknown type",
    "views.open",
    { trigger_id: "t", view: { type: "page", blocks: [] } },
    ["invalid_arguments"],
  ],
  ["a view update that names no view", "views.update", { view: modal({}) }, ["invalid_arguments"]],
];

test.for(REQUESTS)("%s is judged as Slack would", ([, method, args, errors]) => {
  const found = judge.method(method, args).map((problem) => problem.error);
  expect([...new Set(found)]).toEqual(errors);
});

const RESPONSES: readonly (readonly [string, JsonObject, readonly (string | null)[]])[] = [
  [
    "an answer",
    { text: "t", blocks: [section("x")], response_type: "in_channel", replace_original: false },
    [],
  ],
  ["a deletion", { delete_original: true }, []],
  ["an answer of nothing", { response_type: "ephemeral" }, ["no_text"]],
  ["an answer to everyone by another name", { text: "t", response_type: "public" }, ["invalid_payload"]],
  ["an answer with an unknown argument", { text: "t", channel: "C1" }, [null]],
];

test.for(RESPONSES)("%s at the response_url is judged", ([, body, errors]) => {
  expect(judge.response(body).map((problem) => problem.error)).toEqual(errors);
});

test("form fields get the types that the typings give them", () => {
  const form = {
    channel: "C1",
    text: "[1]",
    limit: "5",
    blocks: '[{"type":"divider"}]',
    unfurl_links: "false",
  };
  expect(judge.decode("chat.postMessage", form)).toEqual({
    channel: "C1",
    text: "[1]",
    limit: "5",
    blocks: [{ type: "divider" }],
    unfurl_links: false,
  });
});
