import { z } from "zod";
import { Visibility } from "./article.ts";

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
