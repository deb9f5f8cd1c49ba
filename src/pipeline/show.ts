import { additionReply, digestReply, noticeReply, storyReply, tombstoneReply } from "#src/core/post-reply.ts";
import type { Reply } from "#src/core/reply.ts";
import { briefView, digestItems, type ViewParts } from "#src/core/view-parts.ts";

/** What a delivery's message says for a view; null where a part of it is not there. */
export async function showView(
  parts: ViewParts,
  { viewId, key }: { viewId: string; key: string },
): Promise<Reply | null> {
  const view = await parts.view(viewId);
  if (view === null) return null;
  switch (view.kind) {
    case "story": {
      const shown = await briefView(parts, view.briefId);
      return shown === null ? null : storyReply(shown, view, key);
    }
    case "addition": {
      const shown = await briefView(parts, view.briefId);
      return shown === null ? null : additionReply(shown, view, key);
    }
    case "tombstone":
      return tombstoneReply(view, key);
    case "digest":
      return digestReply(await digestItems(parts, view.items), key);
    case "notice":
      return noticeReply(view, key);
    case "withheld":
      return null;
    default:
      return view satisfies never;
  }
}
