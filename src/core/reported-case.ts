import { z } from "zod";
import { revisionText, Visibility } from "./article.ts";
import { type BriefView, quotesOf } from "./brief-reply.ts";
import type { Fact } from "./brief.ts";

/** A fact that a moderator took back, as the evaluation reads it: a claim, its article and a person's verdict. */
export const ReportedCase = z.strictObject({
  id: z.string(),
  doc: z.string(),
  title: z.string(),
  /** BCP-47. */
  language: z.string(),
  sum: z.string(),
  /** 0: `sum` does not follow from `doc`. */
  label: z.literal(0),
  /** The article's words that the fact was shown with. */
  evidence: z.array(z.string()),
  visibility: Visibility,
});
export type ReportedCase = z.infer<typeof ReportedCase>;

/** The case of a fact that was taken back. */
export function reportedCase(
  id: string,
  { article, fact, revision }: Pick<BriefView, "article" | "revision"> & { fact: Fact },
): ReportedCase {
  const doc = revisionText(revision);
  return {
    id,
    doc,
    title: revision.title,
    language: article.language ?? "en",
    sum: fact.text,
    label: 0,
    evidence: quotesOf(fact, doc),
    visibility: article.visibility,
  };
}
