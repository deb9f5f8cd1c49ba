import { describe, expect, it, test } from "vitest";
import { plain, type Reply } from "#src/core/reply.ts";
import type { PlatformInUse, ShownMessage } from "./platform-bench.ts";
import { briefOf, HOSTILE, KEY, SOURCE } from "./platform-replies.ts";

/** What untrusted words may do in a channel: be read. And what becomes of too many of them. */
export function describeWords(used: () => PlatformInUse): void {
  describe("hostile words", () => {
    test.for(HOSTILE)("%s act nowhere in a brief, and its source stays intact", async ([, text]) => {
      const shown = await posted(
        used(),
        briefOf({ title: text, summary: text, facts: [text, `${text} again`] }),
      );
      expect(shown.pinged).toEqual([]);
      expect(shown.links).toEqual([SOURCE]);
      expect(shown.actions).toEqual([`evidence:brief-1:${KEY}`]);
      expect(shown.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    });

    it("act nowhere in a link's label or in small print", async () => {
      const text = HOSTILE.map(([, words]) => words).join(" ");
      const shown = await posted(used(), {
        title: "Title",
        blocks: [
          { kind: "note", tone: "change", spans: [plain(text)] },
          { kind: "note", tone: "warning", spans: [plain(text)] },
          { kind: "list", items: [[plain(text)], [{ style: "bold", text }], [{ style: "code", text }]] },
          { kind: "link", url: SOURCE, label: text.slice(0, 200) },
          { kind: "note", tone: "info", spans: [plain(text)] },
        ],
      });
      expect(shown.pinged).toEqual([]);
      expect(shown.links).toEqual([SOURCE]);
    });
  });

  describe("limits", () => {
    it("cut the words and never the source of a brief that is far too long", async () => {
      const facts = Array.from({ length: 40 }, (_, index) => `Fact ${index + 1}: ${"word ".repeat(60)}`);
      const shown = await posted(
        used(),
        briefOf({ title: "T".repeat(5_000), summary: "lorem ".repeat(7_000), facts }),
      );
      expect(shown.links).toEqual([SOURCE]);
      expect(shown.actions).toEqual([`evidence:brief-1:${KEY}`]);
      expect(shown.text).toContain("Fact 1:");
      expect(shown.text).not.toContain("Fact 40:");
    });

    it("hold for one word without an end and for characters of many parts", async () => {
      const family = "👩‍👩‍👧‍👦".repeat(500);
      const shown = await posted(
        used(),
        briefOf({ title: family, summary: "x".repeat(5_000), facts: [family] }),
      );
      expect(shown.links).toEqual([SOURCE]);
      // A family is shown whole or not at all.
      expect(shown.text.replaceAll("👩‍👩‍👧‍👦", "")).not.toMatch(/[👩👧👦\u200D]/u);
    });

    it("allow a reply of hardly anything", async () => {
      const shown = await posted(used(), { title: null, blocks: [{ kind: "text", spans: [plain(" ")] }] });
      expect(shown.links).toEqual([]);
    });
  });
}

async function posted({ platform, channel, messages }: PlatformInUse, reply: Reply): Promise<ShownMessage> {
  const outcome = await platform.post({ channel, key: KEY, reply, signal: AbortSignal.timeout(20_000) });
  expect(outcome).toMatchObject({ kind: "sent" });
  const [shown, ...others] = messages();
  if (shown === undefined || others.length > 0)
    throw new Error(`${messages().length} messages instead of one`);
  return shown;
}
