import { createHash } from "node:crypto";
import { z } from "zod";

export const Visibility = z.enum(["public", "members"]);
export type Visibility = z.infer<typeof Visibility>;

/** One published thing as it arrives, before anything about it is believed. */
export const Entry = z.strictObject({
  guid: z.string(),
  /** Null for pasted text, which has no address. */
  url: z.url().nullable(),
  title: z.string().nullable(),
  /** The article's text or HTML where the source sent it; null means: fetch `url`. */
  content: z.strictObject({ type: z.enum(["text", "html"]), body: z.string() }).nullable(),
  byline: z.string().nullable(),
  publishedAt: z.date().nullable(),
  /** As the source says; a new value makes a known entry be read again. */
  updatedAt: z.date().nullable(),
  visibility: Visibility,
  /** "unpublish" takes the article back; all but its address is of no matter then. */
  event: z.enum(["publish", "unpublish"]),
  /** An embargo: nothing of it is read, written or posted before. Null for none. */
  releaseAt: z.date().nullable(),
  via: z.enum(["feed", "websub", "webhook", "command"]),
});
export type Entry = z.infer<typeof Entry>;

/** Who brings entries: publishers, by themselves, or feeds and their hubs. */
export const ORIGINS = ["publishers", "feeds"] as const;
export type Origin = (typeof ORIGINS)[number];

/** An entry waiting to be ingested. */
export interface QueuedEntry {
  id: string;
  /** `feed:<id>`, or the way it came in. */
  source: string;
  entry: Entry;
  /** The article it became when it was settled before, whatever its address was then; null when never. */
  articleId: string | null;
  attempts: number;
  token: string;
}

/** One canonical URL (or one pasted text) and what is known about it. */
export const Article = z.strictObject({
  id: z.string(),
  url: z.string().nullable(),
  site: z.string().nullable(),
  byline: z.string().nullable(),
  language: z.string().nullable(),
  publishedAt: z.date().nullable(),
  visibility: Visibility,
  storyId: z.string(),
  firstSeenAt: z.date(),
  /** When its publisher took it back; null while it stands. */
  unpublishedAt: z.date().nullable(),
  /** Number of the newest revision, from 1. */
  latest: z.int().min(1),
});
export type Article = z.infer<typeof Article>;

/** One version of an article's text. Never changed once stored. */
export const Revision = z.strictObject({
  articleId: z.string(),
  number: z.int().min(1),
  hash: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  fetchedAt: z.date(),
  /** What a reader has to be told about the step from the revision before; null for the first and for trivial ones. */
  change: z
    .strictObject({
      /** One line, such as "nine → eleven injured". */
      note: z.string(),
      /** The changed runs of this revision's text, as offsets into `revisionText`. */
      ranges: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(0) })),
    })
    .nullable(),
});
export type Revision = z.infer<typeof Revision>;

/** Several articles about one event. */
export const Story = z.strictObject({
  id: z.string(),
  headline: z.string(),
  firstSeenAt: z.date(),
});
export type Story = z.infer<typeof Story>;

/** What reading a page or a pasted text yields. */
export interface ExtractedArticle {
  title: string;
  site: string | null;
  byline: string | null;
  language: string | null;
  publishedAt: Date | null;
  modifiedAt: Date | null;
  canonicalUrl: string | null;
  paragraphs: string[];
  accessible: boolean | null;
}

/** How an article stands after it was read: new, with a new revision, or as it was. */
export type SavedArticle = { kind: "new" | "revised" | "same"; article: Article; revision: Revision };

/** Between two paragraphs of `revisionText`; evidence offsets count it. */
export const PARAGRAPH_BREAK = "\n\n";

/** The one text that evidence offsets point into, in UTF-16 code units: paragraphs joined by a blank line. */
export function revisionText(revision: { paragraphs: readonly string[] }): string {
  return revision.paragraphs.join(PARAGRAPH_BREAK);
}

/** The identity of an article: its canonical URL, or for a pasted text the text itself. */
export function articleId(source: { url: string } | { text: string }): string {
  return digest("url" in source ? `url\n${source.url}` : `text\n${source.text}`);
}

/** Equal for two readings of an article exactly when title and paragraphs are equal. */
export function revisionHash(extracted: Pick<ExtractedArticle, "title" | "paragraphs">): string {
  return digest([extracted.title, ...extracted.paragraphs].join(PARAGRAPH_BREAK));
}

/** 24 hexadecimal characters of SHA-256: short enough for a button's id, long enough never to meet twice. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}
