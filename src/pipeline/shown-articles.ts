import type { PostView } from "#src/core/post-view.ts";
import type { Store } from "#src/ports-store.ts";

/** The ids of the articles whose words or names a view shows. */
export async function articlesIn(store: Pick<Store, "brief">, view: PostView | null): Promise<string[]> {
  switch (view?.kind) {
    case "story":
    case "addition": {
      const brief = await store.brief(view.briefId);
      const also = view.kind === "story" ? view.also.map(({ articleId }) => articleId) : [];
      return [...(brief === null ? [] : [brief.articleId]), ...also];
    }
    case "tombstone":
    case "withheld":
    case "notice":
    // A digest's stories have deliveries of their own.
    case "digest":
    case undefined:
      return [];
    default:
      return view satisfies never;
  }
}
