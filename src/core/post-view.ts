import { z } from "zod";
import { digest } from "./article.ts";
import { PostStyle } from "./subscription.ts";

/** Another outlet that carries the story. */
export const Outlet = z.strictObject({ articleId: z.string(), name: z.string(), url: z.string().nullable() });
export type Outlet = z.infer<typeof Outlet>;

/** An outlet that took back its article, which the message showed. */
export const Gone = z.strictObject({ articleId: z.string(), name: z.string(), at: z.iso.datetime() });
export type Gone = z.infer<typeof Gone>;

/** The same thing counted differently by two outlets. */
export const Conflict = z.strictObject({
  about: z.string(),
  mine: z.string(),
  /** Whose figure `mine` is; null for the article that the post is about. */
  against: z.string().nullable().default(null),
  theirs: z.string(),
  outlet: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;

/**
 * What a message shows, in full: two views that are equal look the same, and a message is edited exactly when the view
 * it should show is another one than it does show.
 */
export const PostView = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("story"),
    briefId: z.string(),
    style: PostStyle,
    also: z.array(Outlet),
    conflicts: z.array(Conflict),
    /** Facts of the brief that a moderator took back, as `factKey`. */
    withdrawn: z.array(z.string()),
    /** Sentences of the brief's summary that say the same; left out where there are none, so that views stay equal. */
    unsaid: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(1) })).optional(),
    /** Outlets whose article it showed and that took it back since; left out where there are none. */
    gone: z.array(Gone).min(1).optional(),
    /** Whether other words take its place soon, which then are no correction; left out where they do not. */
    stopgap: z.literal(true).optional(),
  }),
  /** What another outlet adds, for the story's thread. */
  z.strictObject({
    kind: z.literal("addition"),
    briefId: z.string(),
    outlet: Outlet,
    facts: z.array(z.int().min(0)).min(1),
    withdrawn: z.array(z.string()),
  }),
  /** What stands where an article was taken back. */
  z.strictObject({
    kind: z.literal("tombstone"),
    headline: z.string(),
    outlet: z.string().nullable(),
    /** Others whose article it showed, and who took it back before; left out where there are none. */
    others: z.array(z.string()).min(1).optional(),
    at: z.iso.datetime(),
  }),
  /** Stands for what a channel is not shown, and why is the delivery's reason: no brief is paid for that nobody reads. */
  z.strictObject({ kind: z.literal("withheld"), reason: z.string().optional() }),
  /** What moderators should know. */
  z.strictObject({
    kind: z.literal("notice"),
    tone: z.enum(["info", "warning"]),
    title: z.string(),
    lines: z.array(z.string()),
  }),
  /** Several stories in one message, each by its delivery's key and the view it should show. */
  z.strictObject({
    kind: z.literal("digest"),
    items: z.array(z.strictObject({ key: z.string(), viewId: z.string() })).min(1),
  }),
]);
export type PostView = z.infer<typeof PostView>;

/** The same for equal views in every process. */
export function viewId(view: PostView): string {
  return digest(JSON.stringify(PostView.parse(view)));
}

/** Names a fact of an article by its words; over revisions and languages its evidence does (`takenParts`). */
export function factKey(articleId: string, text: string): string {
  return digest(`fact|${articleId}|${text}`);
}
