import { describe, expect, it, test } from "vitest";
import { renderDiscord } from "#src/adapters/discord/render.ts";
import { bold, plain, type Reply, type ReplyBlock, sentence, time } from "#src/core/reply.ts";
import { briefOf, SOURCE } from "#tests/contracts/platform-replies.ts";
import { problems } from "./payload.ts";

const AT = new Date("2026-05-12T14:20:00Z");
const SOURCE_LINE = `Source: [Port Sable Courier](${SOURCE}) · courier.example`;

function description(reply: Reply): string {
  return renderDiscord(reply).embeds[0]?.description ?? "";
}

function textOf(text: string): string {
  return renderDiscord({ title: null, blocks: [{ kind: "text", spans: [plain(text)] }] }).content;
}

describe("a brief", () => {
  it("has the headline as its text, and a card with summary, facts, source and small print", () => {
    const payload = renderDiscord(briefOf());
    expect(payload.content).toBe("**Ferry runs aground off Port Sable; nine injured**");
    expect(payload.embeds[0]?.description.split("\n")).toEqual([
      "The morning ferry ran aground in fog on Tuesday. Nine people were hurt, none seriously.",
      "",
      "- Nine people were treated for minor injuries.",
      "- The ferry carried 142 people.",
      "",
      SOURCE_LINE,
      "-# <t:1778595600:f> · Written by Lede",
    ]);
    expect(payload.allowed_mentions).toEqual({ parse: [], replied_user: false });
  });

  it("tells a correction first, in another colour, and marks the facts it changed", () => {
    const facts = [{ text: "Eleven people were treated.", quotes: [], changed: true }];
    const spans = [bold("Updated "), time(AT), plain(": nine → eleven injured")];
    const blocks: ReplyBlock[] = [
      { kind: "note", tone: "change", spans },
      { kind: "facts", evidence: false, facts },
      { kind: "note", tone: "warning", spans: [plain("The headline says more than the article.")] },
    ];
    const corrected = renderDiscord({ title: "Ferry", blocks });
    expect(corrected.embeds[0]?.description).toBe(
      [
        "🔄 **Updated** <t:1778595600:t>: nine → eleven injured",
        "",
        "- **Changed:** Eleven people were treated.",
        "",
        "⚠️ The headline says more than the article.",
      ].join("\n"),
    );
    expect(corrected.embeds[0]?.color).not.toBe(renderDiscord(briefOf()).embeds[0]?.color);
  });

  it("shows evidence as quotations below each fact", () => {
    const facts = [{ text: "Nine were hurt.", quotes: ["nine people\n\nwere hurt"], changed: false }];
    expect(description({ title: "Evidence", blocks: [{ kind: "facts", evidence: true, facts }] })).toBe(
      "- Nine were hurt.\n> nine people\n> were hurt",
    );
  });

  it("leaves out the last facts, and says how many, before it leaves out anything else", () => {
    const facts = Array.from({ length: 30 }, (_, index) => `Fact ${index + 1} ${"word ".repeat(50)}`);
    const shown = description(briefOf({ facts }));
    expect(shown).toMatch(/- Fact 1 .*\n- Fact 2 /);
    expect(shown).toMatch(/\n-# … and \d+ more\n\nSource: /);
    expect(shown).toContain(SOURCE_LINE);
  });
});

describe("a reply without a headline", () => {
  it("is text alone, and its link does not unfurl", () => {
    const { content, embeds } = renderDiscord({
      title: null,
      blocks: [
        ...sentence("Not found.", "warning").blocks,
        { kind: "link", url: SOURCE, label: "courier.example" },
      ],
    });
    expect(content).toBe(`⚠️ Not found.\n\nSource: [courier.example](<${SOURCE}>)`);
    expect(embeds).toEqual([]);
  });

  it("becomes a card when it is longer than a message", () => {
    const blocks = Array.from({ length: 3 }, (): ReplyBlock => ({
      kind: "text",
      spans: [plain("word ".repeat(200))],
    }));
    const payload = renderDiscord({ title: null, blocks });
    expect(payload.content).toBe("");
    expect(payload.embeds[0]?.description.length).toBeGreaterThan(2_000);
  });

  it("is never an empty message, which Discord refuses", () => {
    expect(problems(renderDiscord({ title: null, blocks: [] }))).toEqual([]);
    expect(problems(renderDiscord({ title: " \u200B ", blocks: [{ kind: "list", items: [[]] }] }))).toEqual(
      [],
    );
  });
});

describe("a menu", () => {
  it("is a row of its own, each value once, and takes no room of the words", () => {
    const choices = [
      { value: "7", label: "Ferry" },
      { value: "7", label: "Ferry again" },
      { value: "8", label: "\u200B" },
      { value: "", label: "None" },
    ];
    const payload = renderDiscord({
      title: "Topics",
      blocks: [
        { kind: "select", id: "topics:edit", label: "Choose one", choices },
        { kind: "select", id: "topics:edit", label: "The same again", choices },
        { kind: "select", id: "topics:none", label: "Nothing", choices: [{ value: "", label: "None" }] },
      ],
    });
    expect(payload.components).toEqual([
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: "topics:edit",
            placeholder: "Choose one",
            options: [
              { value: "7", label: "Ferry" },
              { value: "8", label: "8" },
            ],
          },
        ],
      },
    ]);
    expect(problems(payload)).toEqual([]);
  });
});

describe("untrusted words", () => {
  test.for([
    ["@everyone", "@\u200Beveryone"],
    ["mail me@example.org", "mail me@example.org"],
    ["<@123> <@!123> <@&123>", String.raw`\<@​123> \<@​!123> \<@​&123>`],
    ["<#1> <t:1:R> </brief:1> <:x:1>", String.raw`\<#1> \<t:1:R> \</brief:1> \<:x:1>`],
    ["[x](https://evil.example)", String.raw`\[x\](https\://evil.example)`],
    ["discord.gg/evil", String.raw`discord.gg\/evil`],
    ["# Big", String.raw`\# Big`],
    ["-# small", String.raw`\-# small`],
    ["> quote", String.raw`\> quote`],
    ["1. one", String.raw`1\. one`],
    ["- item", String.raw`\- item`],
    ["**b** __u__ ~~s~~ ||h|| `c`", String.raw`\*\*b\*\* \_\_u\_\_ \~\~s\~\~ \|\|h\|\| \`c\``],
    ["\u202Eevil\u202C zero\u200Bwidth", "evil zerowidth"],
    ["one\n\ntwo\u2028three\u0000four", "one two three four"],
    ["C:\\path", String.raw`C:\\path`],
    ["At 14:20 it was 3:1", "At 14:20 it was 3:1"],
    ["e\u0301 Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357", "e\u0301 Z\u0351\u0352\u0353\u0354"],
  ])("%j are shown as characters", ([raw = "", shown = ""]) => {
    expect(textOf(raw)).toBe(shown);
  });

  it("can not act across two spans", () => {
    const spans = [plain("@"), bold("everyone"), plain(" https:"), plain("//evil.example")];
    const { content } = renderDiscord({ title: null, blocks: [{ kind: "text", spans }] });
    expect(content).toBe(String.raw`@​**everyone** https\://evil.example`);
  });

  it("can not end a link or its label", () => {
    const link = {
      kind: "link",
      url: "https://a.example/x_(y)?q=)`\\&r=[z]",
      label: "x](https://evil.example)",
    } as const;
    expect(description({ title: "T", blocks: [link] })).toBe(
      String.raw`Source: [x\](https\://evil.example)](https://a.example/x_%28y%29?q=%29%60%5C&r=[z]) · a.example`,
    );
  });

  it("become no link where the address is not one a browser opens", () => {
    const link = { kind: "link", url: "javascript:alert(1)", label: "Courier" } as const;
    expect(description({ title: "T", blocks: [link] })).toBe("Source: Courier");
  });
});
