import { GONE_MODELS, readModels } from "#src/core/gone-models.ts";
import { goneModelNotice } from "#src/core/notices.ts";
import type { Store } from "#src/ports-store.ts";

/** What whoever runs Lede has to know, as it stands above the posts. */
export async function pageNotes(store: Pick<Store, "setting" | "trouble">): Promise<string[]> {
  const trouble = store.trouble();
  // Of a damaged store nothing else may be readable.
  if (trouble !== null) return [`Lede stands still. ${trouble.say}`];
  const gone = readModels(await store.setting(GONE_MODELS));
  return gone.map((model) => {
    const { title, lines } = goneModelNotice(model);
    return `${title}. ${lines.join(" ")}`;
  });
}
