import { expect, test } from "vitest";
import type { JsonObject } from "./json.ts";
import { findLinks, findPings, type Contents } from "./rendered.ts";

const message = (text: string, more: Partial<Contents> = {}): Contents => ({
  text,
  blocks: [],
  attachments: [],
  ...more,
});
const block = (text: string): JsonObject => ({ type: "section", text: { type: "mrkdwn", text } });

const PINGS: readonly (readonly [string, Contents, readonly string[]])[] = [
  ["a channel mention", message("look <!channel> now"), ["<!channel>"]],
  ["a labelled mention", message("<!here|here>"), ["<!here|here>"]],
  ["a person", message("<@U012ABCDEF> and <@W01|bob>"), ["<@U012ABCDEF>", "<@W01|bob>"]],
  ["a group", message("<!subteam^S01|desk>"), ["<!subteam^S01|desk>"]],
  ["a mention in a block", message("t", { blocks: [block("<!everyone>")] }), ["<!everyone>"]],
  [
    "a mention in an attachment",
    message("t", { attachments: [{ fields: [{ title: "f", value: "<!here>" }] }] }),
    ["<!here>"],
  ],
  [
    "a mention in rich text",
    message("t", {
      blocks: [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "broadcast", range: "here" }] }],
        },
      ],
    }),
    ["<!here>"],
  ],
  ["plain words with names linked", message("hey @channel", { linkNames: true }), ["@channel"]],
  ["plain words parsed in full", message("hey @here", { parse: "full" }), ["@here"]],
  ["plain words", message("hey @channel"), []],
  ["an escaped mention", message("&lt;!channel&gt; &lt;@U012&gt;"), []],
  [
    "a mention in plain text",
    message("t", { blocks: [{ type: "header", text: { type: "plain_text", text: "<!here>" } }] }),
    [],
  ],
  ["a channel link", message("<#C012|news>"), []],
];

test.for(PINGS)("%s notifies as it should", ([, contents, pings]) => {
  expect(findPings(contents)).toEqual(pings);
});

const A = "https://a.example/1?x=1&y=2";
const LINKS: readonly (readonly [string, Contents, readonly string[]])[] = [
  ["a labelled link", message("<https://a.example/1?x=1&amp;y=2|read>"), [A]],
  ["the same link twice", message(`<${A}> <${A}|b>`), [A]],
  ["a plain address", message("see https://a.example/1."), ["https://a.example/1"]],
  ["a plain address that is not parsed", message("see https://a.example/1", { parse: "none" }), []],
  ["an address in fallback text", message("https://a.example/1", { blocks: [block("x")] }), []],
  [
    "an address in a block",
    message("t", { blocks: [block("at https://a.example/1, and")] }),
    ["https://a.example/1"],
  ],
  [
    "an address kept verbatim",
    message("t", {
      blocks: [{ type: "section", text: { type: "mrkdwn", text: "https://a.example/1", verbatim: true } }],
    }),
    [],
  ],
  ["a button", message("t", { blocks: [{ type: "actions", elements: [{ type: "button", url: A }] }] }), [A]],
  [
    "a link in rich text",
    message("t", {
      blocks: [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "link", url: A }] }],
        },
      ],
    }),
    [A],
  ],
  ["a markdown link", message("t", { blocks: [{ type: "markdown", text: `[x](${A})` }] }), [A]],
  ["a link of an attachment", message("t", { attachments: [{ title: "t", title_link: A }] }), [A]],
  ["an escaped link", message("&lt;mailto:a@b.example|x&gt;"), []],
  [
    "a date with a link",
    message("<!date^1392734382^{date}^https://a.example/1|then>"),
    ["https://a.example/1"],
  ],
];

test.for(LINKS)("%s is clickable as it should be", ([, contents, links]) => {
  expect(findLinks(contents)).toEqual(links);
});
