import type { BriefView } from "#src/core/brief-reply.ts";
import {
  additionReply,
  type DigestItem,
  digestReply,
  noticeReply,
  storyReply,
  tombstoneReply,
} from "#src/core/post-reply.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Reply } from "#src/core/reply.ts";
import type { Store } from "#src/ports-store.ts";

type ShowStore = Pick<Store, "view" | "brief" | "article" | "revision">;

/** What a delivery's message says for a view; null where a part of it is not there. */
export async function showView(
  store: ShowStore,
  { viewId, key }: { viewId: string; key: string },
): Promise<Reply | null> {
  const view = await store.view(viewId);
  if (view === null) return null;
  switch (view.kind) {
    case "story": {
      const shown = await briefView(store, view.briefId);
      return shown === null ? null : storyReply(shown, view, key);
    }
    case "addition": {
      const shown = await briefView(store, view.briefId);
      return shown === null ? null : additionReply(shown, view, key);
    }
    case "tombstone":
      return tombstoneReply(view, key);
    case "digest":
      return digestReply(await digestItems(store, view.items), key);
    case "notice":
      return noticeReply(view, key);
    case "withheld":
      return null;
    default:
      return view satisfies never;
  }
}

/** A brief with what it was made from; null where a part of it is not there. */
export async function briefView(
  store: Pick<Store, "brief" | "article" | "revision">,
  briefId: string,
): Promise<BriefView | null> {
  const brief = await store.brief(briefId);
  if (brief === null) return null;
  const [article, revision] = await Promise.all([
    store.article(brief.articleId),
    store.revision(brief.articleId, brief.revision),
  ]);
  return article === null || revision === null ? null : { brief, article, revision };
}

async function digestItems(
  store: ShowStore,
  items: Extract<PostView, { kind: "digest" }>["items"],
): Promise<DigestItem[]> {
  const shown: DigestItem[] = [];
  for (const { viewId } of items) {
    const view = await store.view(viewId);
    if (view === null) continue;
    shown.push({ view, shown: view.kind === "story" ? await briefView(store, view.briefId) : null });
  }
  return shown;
}
