import { indexArticle } from "#src/core/article-index.ts";
import { contradictionsIn } from "#src/core/contradictions.ts";
import { checkSentence } from "#src/core/verify-claim.ts";

/** What an article says in one paragraph, a sentence about it, and the rule that drops the sentence; null where it stands. */
export type Row = [language: string, text: string, claim: string, rule: string | null];

/** The rule that a sentence fails against an article of one text, or null. */
export function failed(language: string, text: string, claim: string): string | null {
  const article = indexArticle({ title: "", paragraphs: [text], language });
  const checker = { article, contradictions: contradictionsIn(article), language, translated: false };
  const failure = checkSentence(claim, checker);
  return failure === null ? null : (failure.rule ?? failure.reason);
}
