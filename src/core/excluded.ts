import type { BriefDraft } from "./brief.ts";
import { foldText, isUnspaced } from "./normalise.ts";
import { splitSentences } from "./sentences.ts";

/** A draft of an article's own sentences without those that may not be shown. */
export function withoutSentences(
  draft: BriefDraft,
  excluded: readonly string[],
  language: string,
): BriefDraft {
  if (excluded.length === 0) return draft;
  const gone = new Set(excluded.map(foldText));
  const sentences = splitSentences(draft.summary, language).map(({ start, end }) =>
    draft.summary.slice(start, end),
  );
  return {
    ...draft,
    summary: sentences
      .filter((sentence) => !gone.has(foldText(sentence)))
      .join(isUnspaced(language) ? "" : " "),
    facts: draft.facts.filter(({ text, quote }) => !gone.has(foldText(text)) && !gone.has(foldText(quote))),
  };
}
