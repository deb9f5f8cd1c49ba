import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDiscord } from "#src/adapters/discord/render.ts";
import { type ReplyBlock, type Span, time } from "#src/core/reply.ts";
import { HOSTILE } from "#tests/contracts/platform-replies.ts";
import { problems } from "./payload.ts";

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
  fc.record({
    kind: fc.constant("select"),
    id: fc.string({ maxLength: 100 }),
    label: fc.string({ maxLength: 75 }),
    choices: fc.array(
      fc.record({ value: fc.string({ maxLength: 75 }), label: fc.string({ unit: "binary", maxLength: 75 }) }),
      { minLength: 1, maxLength: 25 },
    ),
  }),
  fc.record({ kind: fc.constant("file"), name: words, mediaType: fc.constant("text/plain"), text: words }),
);
const reply = fc.record({
  title: fc.option(words),
  before: fc.array(block, { maxLength: 6 }),
  link: fc.record({ kind: fc.constant("link"), url, label: words }),
  after: fc.array(block, { maxLength: 4 }),
  mention: fc.option(fc.constantFrom("41771983423143937", "@everyone", "")),
});

describe("any reply at all", () => {
  it("fits Discord's limits, keeps its link, and leaves nothing unescaped", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(reply, ({ title, before, link, after, mention }) => {
        const role = mention === null ? null : { role: mention, calls: true };
        const payload = renderDiscord({ title, blocks: [...before, link, ...after] }, role);
        expect(problems(payload)).toEqual([]);
        const content = payload.content.replace("<@&41771983423143937>", "");
        const shown = [content, ...payload.embeds.map((embed) => embed.description)].join("\n");
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
