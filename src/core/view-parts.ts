import type { Article, Revision } from "./article.ts";
import type { BriefView } from "./brief-reply.ts";
import type { Brief } from "./brief.ts";
import type { DigestItem } from "./post-reply.ts";
import type { PostView } from "./post-view.ts";

/** Finds what a view names by its id; null where it is not there. Whoever shows a view hands it in. */
export interface ViewParts {
  view: (id: string) => Promise<PostView | null>;
  brief: (id: string) => Promise<Brief | null>;
  article: (id: string) => Promise<Article | null>;
  revision: (articleId: string, number: number) => Promise<Revision | null>;
}

/** A brief with what it was made from; null where a part of it is not there. */
export async function briefView(parts: Omit<ViewParts, "view">, briefId: string): Promise<BriefView | null> {
  const brief = await parts.brief(briefId);
  if (brief === null) return null;
  const [article, revision] = await Promise.all([
    parts.article(brief.articleId),
    parts.revision(brief.articleId, brief.revision),
  ]);
  return article === null || revision === null ? null : { brief, article, revision };
}

/** The stories of a digest, with their briefs. What is not there any more is left out. */
export async function digestItems(
  parts: ViewParts,
  items: Extract<PostView, { kind: "digest" }>["items"],
): Promise<DigestItem[]> {
  const shown: DigestItem[] = [];
  for (const { viewId } of items) {
    const view = await parts.view(viewId);
    if (view === null) continue;
    shown.push({ view, shown: view.kind === "story" ? await briefView(parts, view.briefId) : null });
  }
  return shown;
}
