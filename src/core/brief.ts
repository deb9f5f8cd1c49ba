import { z } from "zod";

export const BriefLength = z.enum(["short", "standard", "long"]);
export type BriefLength = z.infer<typeof BriefLength>;

/** How many facts and summary sentences a brief of each length has at most. The least number of facts is 3 where the article has them. */
export const LENGTHS = {
  short: { sentences: 1, facts: 3 },
  standard: { sentences: 3, facts: 5 },
  long: { sentences: 4, facts: 7 },
} as const satisfies Record<BriefLength, { sentences: number; facts: number }>;

/** Everything a writer may say. Nothing of it reaches a channel before `verifyDraft` has been over it. */
export const BriefDraft = z.strictObject({
  headline: z.string(),
  summary: z.string(),
  facts: z.array(z.strictObject({ text: z.string(), quote: z.string() })),
  caveats: z.array(z.string()),
  topics: z.array(z.string()),
});
export type BriefDraft = z.infer<typeof BriefDraft>;

/** A run of the revision's text: UTF-16 offsets into `revisionText`, end exclusive. */
export const Evidence = z.strictObject({ start: z.int().min(0), end: z.int().min(1) });
export type Evidence = z.infer<typeof Evidence>;

export const Fact = z.strictObject({ text: z.string(), evidence: z.array(Evidence).min(1) });
export type Fact = z.infer<typeof Fact>;

/** Why a claim was not shown. */
export const DropReason = z.enum([
  "no-evidence",
  "number",
  "name",
  "date",
  "quotation",
  "negation",
  "contradiction",
  "instruction",
  "address",
  "duplicate",
  "too-many",
  "empty",
  "style",
  "judged",
]);
export type DropReason = z.infer<typeof DropReason>;

export const Dropped = z.strictObject({
  part: z.enum(["headline", "summary", "fact"]),
  text: z.string(),
  reason: DropReason,
  /** The word, number or name that failed, if one did. */
  detail: z.string().nullable(),
  /** The rule that found it, where several share a reason. */
  rule: z.string().nullable().default(null),
});
export type Dropped = z.infer<typeof Dropped>;

export const Usage = z.strictObject({
  inputTokens: z.int().min(0),
  cachedTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  /** Model calls made, failed ones included. */
  calls: z.int().min(0),
});
export type Usage = z.infer<typeof Usage>;

export const NO_USAGE: Usage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, calls: 0 };

/** Which writer wrote a brief, and why a better one did not. */
export const WriterMark = z.strictObject({
  name: z.enum(["openai", "extractive"]),
  model: z.string().nullable(),
  /** Why the best writer did not write it; null when it did or there was no better one. */
  steppedDown: z.string().nullable(),
  /** Whether it only stands until the best writer's brief is there. */
  stopgap: z.literal(true).optional(),
});
export type WriterMark = z.infer<typeof WriterMark>;

/** A verified brief: each fact has evidence, each sentence passed the rules. */
export const Brief = z.strictObject({
  id: z.string(),
  articleId: z.string(),
  revision: z.int().min(1),
  headline: z.string(),
  summary: z.string(),
  facts: z.array(Fact).min(1),
  dropped: z.array(Dropped),
  caveats: z.array(z.string()),
  topics: z.array(z.string()),
  writer: WriterMark,
  /** `id.vN` of the prompt, or null for the extractive writer. */
  prompt: z.string().nullable(),
  language: z.string(),
  /** The language that was asked for, where the writer does not write it. */
  askedLanguage: z.string().optional(),
  length: BriefLength,
  usage: Usage,
  createdAt: z.date(),
});
export type Brief = z.infer<typeof Brief>;
