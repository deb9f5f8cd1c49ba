import { GONE_MODELS, readModels } from "#src/core/gone-models.ts";
import { goneModelNotice } from "#src/core/notices.ts";
import type { Store } from "#src/ports-store.ts";

/** What whoever runs Lede has to know, as it stands above the posts. */
export async function pageNotes(store: Pick<Store, "setting">): Promise<string[]> {
  const gone = readModels(await store.setting(GONE_MODELS));
  return gone.map((model) => {
    const { title, lines } = goneModelNotice(model);
    return `${title}. ${lines.join(" ")}`;
  });
}
