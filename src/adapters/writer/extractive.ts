import { NO_USAGE } from "#src/core/brief.ts";
import { extractiveDraft } from "#src/core/draft.ts";
import type { Writer, WriteRequest, Written } from "#src/ports.ts";

/** The embedded writer: the article's own sentences, with no network, key or model. It writes in the article's language. */
export function createExtractiveWriter(): Writer {
  return { name: "extractive", id: "extractive:1", write };
}

async function write({ title, paragraphs, articleLanguage, length, signal }: WriteRequest): Promise<Written> {
  signal.throwIfAborted();
  return {
    draft: extractiveDraft({ title, paragraphs, language: articleLanguage, length }),
    writer: { name: "extractive", model: null, steppedDown: null },
    prompt: null,
    usage: NO_USAGE,
  };
}
