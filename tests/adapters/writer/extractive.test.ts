import { describe, expect, test } from "vitest";
import { createExtractiveWriter, TOO_LONG } from "#src/adapters/writer/extractive.ts";
import { BriefDraft, NO_USAGE } from "#src/core/brief.ts";
import { sampleArticle } from "#tests/core/articles.ts";

function request(signal: AbortSignal) {
  const { title, paragraphs, language } = sampleArticle("fr-greve");
  return {
    title,
    paragraphs,
    articleLanguage: language,
    language: "en",
    length: "standard" as const,
    byline: null,
    site: null,
    publishedAt: null,
    signal,
  };
}

describe("the extractive writer", () => {
  test("writes a draft at no cost and says that it wrote it", async () => {
    const writer = createExtractiveWriter();
    const { draft, writer: mark, prompt, usage } = await writer.write(request(new AbortController().signal));
    expect(BriefDraft.safeParse(draft).success).toBe(true);
    expect(draft.facts.length).toBeGreaterThanOrEqual(3);
    expect(mark).toEqual({ name: "extractive", model: null, steppedDown: null });
    expect({ id: writer.id, prompt, usage }).toEqual({ id: "extractive:1", prompt: null, usage: NO_USAGE });
  });

  test("writes the same draft twice, in the article's language", async () => {
    const { write } = createExtractiveWriter();
    const signal = new AbortController().signal;
    const first = await write(request(signal));
    expect(await write(request(signal))).toEqual(first);
    expect(first.draft.summary).toContain("Montclar");
  });

  test("says so when it could not read all of a text", async () => {
    const { write } = createExtractiveWriter();
    const asked = request(new AbortController().signal);
    const sentence = "The bridge over the river stays closed until the pier has been mended. ";
    const paragraphs = Array.from({ length: 60 }, () => sentence.repeat(100));
    expect((await write(asked)).notes).toEqual([]);
    expect((await write({ ...asked, paragraphs })).notes).toEqual([TOO_LONG]);
  });

  test("does nothing once it is called off", async () => {
    await expect(createExtractiveWriter().write(request(AbortSignal.abort()))).rejects.toThrow(/abort/i);
  });
});
