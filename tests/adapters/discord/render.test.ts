import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type MessagePayload, renderDiscord } from "#src/adapters/discord/render.ts";
import { bold, plain, type Reply, type ReplyBlock, sentence, type Span, time } from "#src/core/reply.ts";
import { judgeRequest } from "#tests/peers/discord/judge.ts";
import { briefOf, HOSTILE, SOURCE } from "#tests/contracts/platform-replies.ts";

const AT = new Date("2026-05-12T14:20:00Z");
const SOURCE_LINE = `Source: [Port Sable Courier](${SOURCE}) · courier.example`;

function problems(payload: MessagePayload): string[] {
  const body = { ...payload, nonce: "0123456789abcdef01234567", enforce_nonce: true };
  const request = {
    method: "POST",
    template: "/channels/{channel_id}/messages",
    query: new URLSearchParams(),
    body,
  };
  return judgeRequest({ ...request, userAgent: "DiscordBot (https://example.org, 1)" }).map(
    ({ message }) => message,
  );
}

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

/** What the parts of a rendered text can be: an escape, code, a moment, the source, or plain characters. */
const OWN = /\\[^0-9A-Za-z\s]|`[^`]*`|<t:-?\d+:[ft]>|\[(?:\\.|[^\]\\])*\]\(<?https?:[^\s)>]+>?\)/g;

const word = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constantFrom(...HOSTILE.map(([, text]) => text)),
  fc.constantFrom(
    "@",
    "everyone",
    ":",
    "//",
    "<",
    "@1>",
    "`",
    "\\",
    "x".repeat(5_000),
    "lorem ".repeat(6_700),
    "👩‍👩‍👧‍👦".repeat(60),
  ),
);
const words = fc.array(word, { maxLength: 4 }).map((parts) => parts.join(""));
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ style: fc.constantFrom("plain", "bold", "code"), text: words }),
  fc.date({ noInvalidDate: true }).map(time),
);
const spans = fc.array(span, { maxLength: 4 });
const URL_TRAPS = ["a", "(", ")", "[", "]", "|", "*", "_", "~", "`", "<", ">", '"', "'", "\\", " ", "é"];
const url = fc
  .tuple(fc.webUrl(), fc.string({ unit: fc.constantFrom(...URL_TRAPS), maxLength: 40 }))
  .map(([base, rest]) => new URL(`?q=${rest}`, base).href);
const fact = fc.record({ text: words, quotes: fc.array(words, { maxLength: 6 }), changed: fc.boolean() });
const block: fc.Arbitrary<ReplyBlock> = fc.oneof(
  fc.record({ kind: fc.constant("text"), spans }),
  fc.record({ kind: fc.constant("list"), items: fc.array(spans, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant("facts"), facts: fc.array(fact, { maxLength: 9 }), evidence: fc.boolean() }),
  fc.record({ kind: fc.constant("note"), tone: fc.constantFrom("info", "warning", "change"), spans }),
  fc.record({
    kind: fc.constant("actions"),
    actions: fc.array(fc.record({ id: fc.string({ maxLength: 100 }), label: fc.string({ maxLength: 75 }) }), {
      maxLength: 5,
    }),
  }),
);
const reply = fc.record({
  title: fc.option(words),
  before: fc.array(block, { maxLength: 6 }),
  link: fc.record({ kind: fc.constant("link"), url, label: words }),
  after: fc.array(block, { maxLength: 4 }),
});

describe("any reply at all", () => {
  it("fits Discord's limits, keeps its link, and leaves nothing unescaped", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(reply, ({ title, before, link, after }) => {
        const payload = renderDiscord({ title, blocks: [...before, link, ...after] });
        expect(problems(payload)).toEqual([]);
        const shown = [payload.content, ...payload.embeds.map((embed) => embed.description)].join("\n");
        const links = [...shown.matchAll(OWN)].flatMap(
          ([token]) => /^\[.*\]\(<?(https?:[^\s)>]+)>?\)$/s.exec(token)?.[1] ?? [],
        );
        expect(links.map(decoded)).toEqual([decoded(link.url)]);
        expect(shown).not.toMatch(/@everyone|@here|<@[!&]?\d/i);
        expect(shown.replaceAll(OWN, "·")).not.toMatch(/[\\_~|`<[\]]|https?:\/\/|(?<!\*)\*(?!\*)/i);
      }),
      { numRuns: 300 },
    );
  });
});

function decoded(address: string): string {
  return decodeURI(address).replaceAll(/%[0-9A-F]{2}/g, decodeURIComponent);
}
