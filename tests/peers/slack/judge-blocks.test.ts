import { beforeAll, describe, expect, test } from "vitest";
import { createJudge, type Judge } from "./judge.ts";
import type { Json } from "./json.ts";
import { actions, button, mrkdwn, plain, section, times } from "./sample-blocks.ts";

const WARM_UP_MS = 60_000;

let judge: Judge;

// The first run on a machine generates the schemas, which takes seconds.
beforeAll(async () => {
  judge = await createJudge();
}, WARM_UP_MS);

const INVALID_BLOCKS: readonly (readonly [string, Json[]])[] = [
  ["a block that is no object", ["section"]],
  ["an unknown block type", [{ type: "foo" }]],
  ["a block without type", [{ text: mrkdwn("x") }]],
  ["a section of 3001 characters", [section("x".repeat(3001))]],
  ["a section without text", [section("")]],
  ["an empty section", [{ type: "section" }]],
  ["a section with no fields", [{ type: "section", fields: [] }]],
  ["11 fields", [{ type: "section", fields: times(11, () => mrkdwn("f")) }]],
  ["a field of 2001 characters", [{ type: "section", fields: [mrkdwn("x".repeat(2001))] }]],
  ["an unknown property", [{ ...section("x"), colour: "red" }]],
  ["a text that is a string", [{ type: "section", text: "x" }]],
  ["a text of unknown type", [{ type: "section", text: { type: "html", text: "x" } }]],
  ["a header of 151 characters", [{ type: "header", text: plain("x".repeat(151)) }]],
  ["a header in mrkdwn", [{ type: "header", text: mrkdwn("x") }]],
  ["11 context elements", [{ type: "context", elements: times(11, () => mrkdwn("c")) }]],
  ["a button in a context", [{ type: "context", elements: [button({})] }]],
  ["26 buttons", [actions(...times(26, (index) => button({ action_id: `a${index}` })))]],
  ["a button text of 76 characters", [actions(button({ text: plain("x".repeat(76)) }))]],
  ["a button text in mrkdwn", [actions(button({ text: mrkdwn("x") }))]],
  ["a button value of 2001 characters", [actions(button({ value: "x".repeat(2001) }))]],
  ["a button style of its own", [actions(button({ style: "warning" }))]],
  ["a button url of 3001 characters", [actions(button({ url: `https://a.example/${"x".repeat(3000)}` }))]],
  ["a button url that is none", [actions(button({ url: "not a url" }))]],
  ["an action_id of 256 characters", [actions(button({ action_id: "x".repeat(256) }))]],
  ["the same action_id twice in a block", [actions(button({}), button({}))]],
  ["a block_id of 256 characters", [{ ...section("x"), block_id: "x".repeat(256) }]],
  [
    "the same block_id twice",
    [
      { ...section("a"), block_id: "one" },
      { ...section("b"), block_id: "one" },
    ],
  ],
  ["51 blocks", times(51, () => ({ type: "divider" }))],
  ["an image without alt_text", [{ type: "image", image_url: "https://a.example/i.png" }]],
  ["an image without source", [{ type: "image", alt_text: "i" }]],
  ["101 table rows", [{ type: "table", rows: times(101, () => [{ type: "raw_text", text: "c" }]) }]],
  ["21 table cells", [{ type: "table", rows: [times(21, () => ({ type: "raw_text", text: "c" }))] }]],
  [
    "two tables",
    [
      { type: "table", rows: [[{ type: "raw_text", text: "c" }]] },
      { type: "table", rows: [[{ type: "raw_text", text: "c" }]] },
    ],
  ],
  ["a card title of 151 characters", [{ type: "card", title: mrkdwn("x".repeat(151)) }]],
  ["an empty carousel", [{ type: "carousel", elements: [] }]],
  ["11 blocks in a container", [{ type: "container", child_blocks: times(11, () => section("x")) }]],
  [
    "markdown of 12001 characters in all",
    times(2, (i) => ({ type: "markdown", text: "x".repeat(6000 + i) })),
  ],
  [
    "6 overflow options",
    [actions({ type: "overflow", options: times(6, (i) => ({ text: plain(`${i}`) })) })],
  ],
  [
    "a rich text element of unknown type",
    [{ type: "rich_text", elements: [{ type: "poem", elements: [] }] }],
  ],
];

const VALID_BLOCKS: readonly (readonly [string, Json[]])[] = [
  ["a section at its limit", [section("x".repeat(3000))]],
  ["ten fields at their limit", [{ type: "section", fields: times(10, () => mrkdwn("x".repeat(2000))) }]],
  ["a section with a button", [{ ...section("x"), accessory: button({ url: "https://a.example/1" }) }]],
  [
    "a section with an image",
    [{ ...section("x"), accessory: { type: "image", image_url: "https://a.example/i", alt_text: "i" } }],
  ],
  ["a header at its limit", [{ type: "header", text: { ...plain("x".repeat(150)), emoji: true } }]],
  ["a context at its limit", [{ type: "context", elements: times(10, () => mrkdwn("c")) }]],
  ["25 buttons", [actions(...times(25, (index) => button({ action_id: `a${index}` })))]],
  [
    "a button at its limits",
    [
      actions(
        button({
          text: plain("x".repeat(75)),
          value: "x".repeat(2000),
          style: "danger",
          action_id: "x".repeat(255),
        }),
      ),
    ],
  ],
  ["the same action_id in two blocks", [actions(button({})), actions(button({}))]],
  ["50 blocks", times(50, () => ({ type: "divider" }))],
  ["a text kept verbatim", [{ type: "section", text: { ...mrkdwn("x"), verbatim: true } }]],
  [
    "an image with title",
    [{ type: "image", image_url: "https://a.example/i.png", alt_text: "i", title: plain("t") }],
  ],
  [
    "a static select",
    [
      actions({
        type: "static_select",
        action_id: "s",
        placeholder: plain("p"),
        options: [{ text: plain("a"), value: "a" }],
      }),
    ],
  ],
  [
    "an overflow menu",
    [actions({ type: "overflow", action_id: "o", options: [{ text: plain("a"), value: "a" }] })],
  ],
  [
    "a confirmation",
    [
      actions(
        button({
          confirm: {
            title: plain("Sure?"),
            text: mrkdwn("Really"),
            confirm: plain("Yes"),
            deny: plain("No"),
          },
        }),
      ),
    ],
  ],
  ["a markdown block", [{ type: "markdown", text: "**x**" }]],
  [
    "a table",
    [{ type: "table", rows: [[{ type: "raw_text", text: "a" }], [{ type: "raw_text", text: "b" }]] }],
  ],
  [
    "a rich text",
    [
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "see ", style: { bold: true } },
              { type: "link", url: "https://a.example/1", text: "this" },
            ],
          },
          {
            type: "rich_text_list",
            style: "bullet",
            elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "a fact" }] }],
          },
          { type: "rich_text_quote", elements: [{ type: "text", text: "a quotation" }] },
        ],
      },
    ],
  ],
  ["a card", [{ type: "card", title: mrkdwn("*T*"), body: mrkdwn("b"), actions: [button({})] }]],
  ["an alert", [{ type: "alert", level: "warning", text: mrkdwn("a") }]],
  [
    "feedback buttons",
    [
      {
        type: "context_actions",
        elements: [
          {
            type: "feedback_buttons",
            action_id: "f",
            positive_button: { text: plain("Good"), value: "good" },
            negative_button: { text: plain("Bad"), value: "bad" },
          },
        ],
      },
    ],
  ],
];

describe("the blocks of a message", () => {
  test.for(INVALID_BLOCKS)("with %s are refused", ([, blocks]) => {
    const problems = judge.method("chat.postMessage", { channel: "C1", text: "t", blocks });
    expect(problems.map((problem) => problem.error)).toContain("invalid_blocks");
  });

  test.for(VALID_BLOCKS)("with %s raise no alarm", ([, blocks]) => {
    expect(judge.method("chat.postMessage", { channel: "C1", text: "t", blocks })).toEqual([]);
  });
});
