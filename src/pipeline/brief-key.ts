import { styleId } from "#src/core/house-style.ts";
import type { Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { BriefDeps, WriteBrief } from "./write-brief.ts";

/** Where the brief is looked for that this writer would write. */
export function cacheKey(
  { judge, style }: Pick<BriefDeps, "judge" | "style">,
  writer: Pick<Writer, "id"> | undefined,
  { article, revision, length, language }: WriteBrief,
): string {
  return [
    article.id,
    revision.number,
    writer?.id ?? "",
    language ?? article.language ?? "en",
    length,
    ...(judge === null || judge === undefined ? [] : [judge.id]),
    ...(style === null || style === undefined ? [] : [styleId(style)]),
  ].join("|");
}

/** A judge that could not be asked must not pin what it has not seen to the key of what it has. */
export function unjudgedKey(key: string): string {
  return `${key}|unjudged`;
}

/** Whether a brief is there, judged or not. */
export async function wasWritten(store: Pick<Store, "findBrief">, key: string): Promise<boolean> {
  return (await store.findBrief(key)) !== null || (await store.findBrief(unjudgedKey(key))) !== null;
}
