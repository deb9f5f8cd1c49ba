import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { expect, test } from "vitest";
import {
  cleanText,
  renderBriefTerminal,
  renderTerminal,
  renderTerminalUpdate,
} from "#src/adapters/console/terminal.ts";
import { plain, type Reply, sentence, time } from "#src/core/reply.ts";
import { openNewsdesk } from "./newsdesk.ts";
import { BRIDGE } from "./stories.ts";

const PLAIN = { colors: pc.createColors(false), columns: 80 };
const COLOURED = { colors: pc.createColors(true), columns: 80 };

const REPLY: Reply = {
  title: "Bridge closed",
  blocks: [
    { kind: "note", tone: "change", spans: [plain("nine → eleven injured")] },
    { kind: "text", spans: [plain("The bridge is closed. ".repeat(12))] },
    {
      kind: "facts",
      evidence: true,
      facts: [{ text: "Eleven were injured.", quotes: ["eleven people were injured"], changed: true }],
    },
    { kind: "list", items: [[plain("one")], [plain("two")]] },
    { kind: "note", tone: "warning", spans: [plain("The headline says more.")] },
    { kind: "link", url: `https://courier.example/${"a".repeat(120)}`, label: "Courier" },
    { kind: "note", tone: "info", spans: [plain("by Ines · "), time(new Date("2026-03-03T12:00:00Z"))] },
    { kind: "actions", actions: [{ id: "evidence:1:2", label: "Show evidence" }] },
  ],
};

test("A brief is printed with bullets, evidence, caveats and its source, and no buttons", () => {
  const text = renderTerminal(REPLY, PLAIN);
  expect(text).toContain("  Bridge closed\n");
  expect(text).toContain("• Eleven were injured.");
  expect(text).toContain("“eleven people were injured”");
  expect(text).toContain("! The headline says more.");
  expect(text).toContain("by Ines · 3 Mar 2026");
  expect(text).not.toContain("Show evidence");
});

test.for([
  { columns: 40, longest: 40 },
  { columns: 80, longest: 80 },
  { columns: 300, longest: 100 },
])(
  "Text is wrapped to $longest columns in a terminal of $columns, and a link is never cut",
  ({ columns, longest }) => {
    const lines = renderTerminal(REPLY, { ...PLAIN, columns }).split("\n");
    const link = lines.filter((line) => line.includes("https://"));
    expect(link).toEqual([`  Courier: https://courier.example/${"a".repeat(120)}`]);
    const widths = lines.filter((line) => !line.includes("https://")).map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(longest);
    expect(Math.max(...widths)).toBeGreaterThan(longest - 25);
  },
);

test("A brief for standard output shows each fact with the article's own words and starts and ends with no blank line", async () => {
  const desk = await openNewsdesk();
  const text = stripVTControlCharacters(renderBriefTerminal(await desk.write(BRIDGE)));
  await desk.store.close();
  for (const [fact, quote] of BRIDGE.facts) {
    expect(text).toContain(`• ${fact}`);
    expect(text.replaceAll(/\s+/g, " ")).toContain(`“${quote}”`);
  }
  expect(text).toBe(text.replace(/^\n/, "").trimEnd());
});

test("An update is one line on the change and the headline", () => {
  expect(renderTerminalUpdate(REPLY, PLAIN)).toBe("\n  Updated: nine → eleven injured\n  Bridge closed\n\n");
  expect(renderTerminalUpdate({ title: "Bridge closed", blocks: [] }, PLAIN)).toContain(
    "Updated: the brief was revised",
  );
});

test("Colour is used only where it is wanted", () => {
  expect(renderTerminal(REPLY, COLOURED)).toContain("\u001b[1mBridge closed\u001b[22m");
  expect(renderTerminal(REPLY, PLAIN)).not.toContain("\u001b");
});

test.for([
  ["a colour", "\u001b[31mred\u001b[0m", "red"],
  ["a cleared screen", "a\u001b[2J\u001b[Hb", "ab"],
  ["a window title", "\u001b]0;pwned\u0007text", "text"],
  ["a hidden link", "\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\", "here"],
  ["an eight-bit sequence", "\u009b31mred", "red"],
  ["a lone escape", "a\u001bb", "a b"],
  ["an overwritten line", "safe\rEVIL", "safe EVIL"],
  ["backspaces and a bell", "ab\b\b\u0007c", "ab c"],
  ["a reordered line", "abc\u202efed\u202c \u2066x\u2069", "abcfed x"],
  ["line breaks", "one\n\ntwo\tthree", "one two three"],
] as const)("An article can not act on the terminal with %s", ([, text, shown]) => {
  expect(cleanText(text).replaceAll(/\s+/g, " ")).toBe(shown);
  const whole: Reply = {
    title: text,
    blocks: [
      ...sentence(text).blocks,
      { kind: "facts", evidence: true, facts: [{ text, quotes: [text], changed: false }] },
      { kind: "link", url: "https://courier.example", label: text },
      { kind: "list", items: [[plain(text)]] },
    ],
  };
  expect(renderTerminal(whole, PLAIN) + renderTerminalUpdate(whole, PLAIN)).not.toMatch(
    /[^\P{Cc}\n]|\p{Bidi_Control}/u,
  );
});
