import { GONE_MODELS, readModels } from "#src/core/gone-models.ts";
import { toAppError } from "#src/core/errors.ts";
import type { Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/**
 * The same writers; each keeps in the store whether its model was there when it was asked. A model that no writer asks
 * any more is forgotten with the next answer.
 */
export function noticeGone(
  writers: readonly Writer[],
  store: Pick<Store, "setting" | "saveSetting">,
): Writer[] {
  const asked = new Set(writers.map(({ model }) => model));
  let loaded: Promise<Set<string>> | null = null;
  const load = (): Promise<Set<string>> =>
    (loaded ??= store
      .setting(GONE_MODELS)
      .then((setting) => new Set(readModels(setting)))
      .catch((error: unknown) => {
        loaded = null;
        throw error;
      }));

  async function note(model: string | null, isGone: boolean): Promise<void> {
    const gone = await load();
    const before = JSON.stringify([...gone]);
    for (const name of gone) if (name === model ? !isGone : !asked.has(name)) gone.delete(name);
    if (isGone && model !== null) gone.add(model);
    const after = JSON.stringify([...gone]);
    if (after !== before) await store.saveSetting(GONE_MODELS, after);
  }

  return writers.map((writer) => ({
    ...writer,
    write: async (request) => {
      try {
        const written = await writer.write(request);
        await note(writer.model, false);
        return written;
      } catch (error) {
        if (toAppError(error).code === "writer/no-model") await note(writer.model, true);
        throw error;
      }
    },
  }));
}
