import { digest } from "#src/core/article.ts";
import type { Brief } from "#src/core/brief.ts";
import { styleId } from "#src/core/house-style.ts";
import type { Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { BriefDeps, WriteBrief, WriteDeps } from "./write-brief.ts";

/** The language a brief is asked for in. */
export function languageAsked({ article, language }: Pick<WriteBrief, "article" | "language">): string {
  return language ?? article.language ?? "en";
}

/** Where the brief is looked for that this writer would write. */
export function cacheKey(deps: KeyDeps, writer: KeyWriter, request: WriteBrief): string {
  const { article, revision } = request;
  return [article.id, revision.number, ...mannerOf(deps, writer, request)].join("|");
}

/**
 * Where the brief of the same words is looked for, whatever address they came from: of all that a writer is told about an
 * article, and not of where it is.
 */
export function contentKey(deps: KeyDeps, writer: KeyWriter, request: WriteBrief): string {
  const { article, revision } = request;
  const told = [
    revision.title,
    revision.paragraphs,
    article.site,
    article.byline,
    article.language,
    article.publishedAt,
  ];
  return ["words", digest(JSON.stringify(told)), ...mannerOf(deps, writer, request)].join("|");
}

type KeyDeps = Pick<BriefDeps, "judge" | "style">;
type KeyWriter = Pick<Writer, "id"> | undefined;

/** Who writes it, and how. */
function mannerOf({ judge, style }: KeyDeps, writer: KeyWriter, request: WriteBrief): string[] {
  return [
    writer?.id ?? "",
    languageAsked(request),
    request.length,
    ...(judge === null || judge === undefined ? [] : [judge.id]),
    ...(style === null || style === undefined ? [] : [styleId(style)]),
  ];
}

/** A judge that could not be asked must not pin what it has not seen to the key of what it has. */
export function unjudgedKey(key: string): string {
  return `${key}|unjudged`;
}

/** Where the built-in writer's brief is kept that stands until the one of `key` is there. */
export function stopgapKey(key: string): string {
  return `${key}|stopgap`;
}

/** Where the built-in writer's brief is kept when the writer of `key` could not be asked. */
export function outageKey(key: string, steppedDown: string | null): string {
  return `${key}|extractive|${steppedDown ?? ""}`;
}

/**
 * Whether a brief that is shown is what is asked for, whoever wrote and judged it: a post keeps its brief over a change of
 * model, prompt, judge or style, and only another revision, language or length makes another one. What the writers of
 * today could not finish does not stand: it is asked for again.
 */
export function stands(
  deps: Pick<WriteDeps, "judge" | "style" | "writers">,
  brief: Brief,
  request: WriteBrief,
): boolean {
  const { article, revision, length } = request;
  const asked = brief.askedLanguage ?? brief.language;
  if (brief.writer.stopgap === true) return false;
  if (brief.articleId !== article.id || brief.revision !== revision.number) return false;
  if (brief.length !== length || asked !== languageAsked(request)) return false;
  const keys = deps.writers.map((writer) => cacheKey(deps, writer, request));
  const unfinished = [
    ...keys.map(unjudgedKey),
    ...(brief.writer.steppedDown === null
      ? []
      : keys.slice(0, 1).map((key) => outageKey(key, brief.writer.steppedDown))),
  ];
  return !unfinished.some((key) => digest(key) === brief.id);
}

/** Whether a brief is there, judged or not. */
export async function wasWritten(store: Pick<Store, "findBrief">, key: string): Promise<boolean> {
  return (await store.findBrief(key)) !== null || (await store.findBrief(unjudgedKey(key))) !== null;
}
