import { plain, type Reply, time } from "#src/core/reply.ts";

export const KEY = "0123456789abcdef01234567";
export const OTHER_KEY = "fedcba9876543210fedcba98";
export const SOURCE = "https://courier.example/news/ferry-aground?edition=2";

interface Shape {
  title?: string;
  summary?: string;
  facts?: string[];
  key?: string;
  url?: string;
}

/** A brief as the pipeline would have it posted. */
export function briefOf({
  title = "Ferry runs aground off Port Sable; nine injured",
  summary = "The morning ferry ran aground in fog on Tuesday. Nine people were hurt, none seriously.",
  facts = ["Nine people were treated for minor injuries.", "The ferry carried 142 people."],
  key = KEY,
  url = SOURCE,
}: Shape = {}): Reply {
  return {
    title,
    blocks: [
      { kind: "text", spans: [plain(summary)] },
      {
        kind: "facts",
        evidence: false,
        facts: facts.map((text) => ({ text, quotes: [text], changed: false })),
      },
      { kind: "link", url, label: "Port Sable Courier" },
      {
        kind: "note",
        tone: "info",
        spans: [time(new Date("2026-05-12T14:20:00Z")), plain(" · Written by Lede")],
      },
      { kind: "actions", actions: [{ id: `evidence:brief-1:${key}`, label: "Show evidence" }] },
    ],
  };
}

export function evidenceOf(fact: string, quote: string): Reply {
  return {
    title: "Evidence: Ferry runs aground off Port Sable",
    blocks: [
      { kind: "facts", evidence: true, facts: [{ text: fact, quotes: [quote], changed: false }] },
      { kind: "link", url: SOURCE, label: "Port Sable Courier" },
    ],
  };
}

/** Texts an article could hold to act in a channel. */
export const HOSTILE: [name: string, text: string][] = [
  [
    "pings",
    "@everyone @here @channel <!channel> <!here> <!everyone> <@100000000000000001> <@U01ABCDEF> <@&5>",
  ],
  [
    "masked links",
    "[Official statement](https://evil.example/x) <https://evil.example/y|Official statement>",
  ],
  ["bare links", "https://evil.example/a http://evil.example/b discord.gg/evil evil.example/c"],
  ["markup", "# Big\n> quote\n- list\n1. one\n-# small **b** __u__ _i_ ~~s~~ *b* ~s~ ||hidden|| `code`"],
  ["code fences", "```js\nalert(1)\n``` ``` ` ``"],
  ["direction overrides", "\u202Eevil\u202C \u2066isolated\u2069 \u200Bzero\u200Bwidth\uFEFF"],
  ["ends of links", "x](https://evil.example) |y> <z \\](https://evil.example) \\"],
];
