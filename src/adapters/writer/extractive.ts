import { MAX_TEXT } from "#src/core/article-index.ts";
import { revisionText } from "#src/core/article.ts";
import { NO_USAGE } from "#src/core/brief.ts";
import { extractiveDraft } from "#src/core/draft.ts";
import type { Writer, WriteRequest, Written } from "#src/ports.ts";

/** Told of a text of which only a part was read. */
export const TOO_LONG = "This text is too long to be read in full: the brief rests on its beginning.";

/** The embedded writer: the article's own sentences, with no network, key or model. It writes in the article's language. */
export function createExtractiveWriter(): Writer {
  return { name: "extractive", id: "extractive:1", model: null, write };
}

async function write({ title, paragraphs, articleLanguage, length, signal }: WriteRequest): Promise<Written> {
  signal.throwIfAborted();
  return {
    draft: extractiveDraft({ title, paragraphs, language: articleLanguage, length }),
    writer: { name: "extractive", model: null, steppedDown: null },
    prompt: null,
    usage: NO_USAGE,
    notes: revisionText({ paragraphs }).length > MAX_TEXT ? [TOO_LONG] : [],
  };
}
