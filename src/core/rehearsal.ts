import type { BriefView } from "./brief-reply.ts";
import type { WriterMark } from "./brief.ts";
import type { Channel } from "./channel.ts";
import { storyReply } from "./post-reply.ts";
import type { PostView } from "./post-view.ts";
import type { Span } from "./reply.ts";

/** What a reader has of a post, whoever wrote it. */
export interface PostWords {
  headline: string;
  text: string;
  facts: string[];
  notes: string[];
}

/** A post as it stands, or as it would be made now. */
export interface RehearsedPost {
  words: PostWords;
  writer: string;
  language: string;
}

/** What the settings of now would make of a post that stands. */
export type Rehearsed =
  | { kind: "same" }
  | { kind: "changed"; before: RehearsedPost; after: RehearsedPost }
  | { kind: "gone"; before: RehearsedPost; why: string }
  /** It does not stand; `why` says why not, where that is known. */
  | { kind: "added"; after: RehearsedPost; why: string | null };

/** A story's posts of which the same would become. */
export interface RehearsalRow {
  storyId: string;
  headline: string;
  url: string | null;
  channels: Channel[];
  rehearsed: Exclude<Rehearsed, { kind: "same" }>;
}

/** What was spent, with the money in millionths of the price list's currency; null where a price is not known. */
export interface Spent {
  calls: number;
  tokens: number;
  money: number | null;
}

export interface Rehearsal {
  articles: number;
  stories: number;
  /** Stories that were gone through: fewer where it was stopped. */
  done: number;
  stopped: "budget" | "by hand" | null;
  posts: Record<Rehearsed["kind"], number>;
  rows: RehearsalRow[];
  /** Claims that the checks left out, by reason and rule, of the briefs that stand and of those of now. */
  dropped: { before: Record<string, number>; after: Record<string, number> };
  /** Posts by who wrote them. */
  writers: { before: Record<string, number>; after: Record<string, number> };
  /** Briefs that had to be written for it. */
  written: number;
  spent: Spent;
  /** What one of them took, in milliseconds; null where none was written. */
  took: { p50: number; p95: number } | null;
}

/** What is shown where it reads the same whoever wrote it. */
const ANYBODY: WriterMark = { name: "extractive", model: null, steppedDown: null };

type StoryView = Extract<PostView, { kind: "story" }>;

/** What a view shows to a reader, in one style or another. */
export function rehearsedPost(shown: BriefView, view: StoryView, style = view.style): RehearsedPost {
  const { brief } = shown;
  const { blocks, title } = storyReply(
    { ...shown, brief: { ...brief, writer: ANYBODY } },
    { ...view, style },
    "",
  );
  const words: PostWords = {
    headline: title ?? "",
    text: blocks.flatMap((block) => (block.kind === "text" ? [textOf(block.spans)] : [])).join("\n"),
    facts: blocks.flatMap((block) => (block.kind === "facts" ? block.facts.map(({ text }) => text) : [])),
    notes: [
      ...blocks.flatMap((block) =>
        block.kind === "note" && block.tone !== "info" ? [textOf(block.spans)] : [],
      ),
      ...view.also.map(({ name }) => `Also: ${name}`),
    ],
  };
  return { words, writer: writerName(brief.writer), language: brief.language };
}

/** Whether two posts say the same, be it in another order. */
export function readsTheSame(before: RehearsedPost, after: RehearsedPost): boolean {
  const [old, now] = [before, after].map(({ words }) => ({ ...words, facts: [...words.facts].sort() }));
  return JSON.stringify(old) === JSON.stringify(now);
}

/** Who wrote a brief, and why not somebody better. */
export function writerName({ model, steppedDown }: WriterMark): string {
  const name = model ?? "built-in writer";
  return steppedDown === null ? name : `${name} (${steppedDown})`;
}

function textOf(spans: readonly Span[]): string {
  return spans.map((span) => (span.style === "time" ? span.at.toISOString() : span.text)).join("");
}

/** Counts of names, the most frequent first. */
export function counted(names: readonly string[]): Record<string, number> {
  const groups = [...Map.groupBy(names, (name) => name)].map(([name, same]): [string, number] => [
    name,
    same.length,
  ]);
  return Object.fromEntries(groups.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** The value below which so much of all lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
