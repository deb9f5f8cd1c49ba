import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import pico from "picocolors";
import { renderRehearsal } from "#src/adapters/console/rehearsal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { makeBackupNow } from "#src/compose-backup.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import { clock, grantsOf, openDesk } from "#src/compose-tools.ts";
import type { Config } from "#src/config.ts";
import { isPriced, NO_PRICES, type Prices } from "#src/core/pricing.ts";
import type { Rehearsal } from "#src/core/rehearsal.ts";
import { createLog } from "#src/log.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import type { RehearseDeps } from "#src/pipeline/rehearse-story.ts";
import { restModels } from "#src/pipeline/resting-models.ts";
import type { Store } from "#src/ports-store.ts";

export interface RehearsalTools {
  deps: RehearseDeps;
  prices: Prices;
  /** Names of the models that are asked, the best first. */
  models: string[];
  /** Whether each of them has a price. */
  isPriced: boolean;
  /** For a person at a terminal. */
  print: (rehearsal: Rehearsal) => string;
  close: () => Promise<void>;
}

/** All that a rehearsal works with, over a copy of the store. Throws AppError `config/invalid`, `store/*`. */
export async function openRehearsal(config: Config): Promise<RehearsalTools> {
  const log = createLog({ level: config.logLevel ?? "silent", format: "text" });
  const desk = openDesk(config, log);
  const { close, store } = await openCopy();
  const prices = desk.purse?.prices ?? NO_PRICES;
  const models = desk.writers.flatMap(({ model }) => model ?? []);
  return {
    deps: {
      store,
      directory: createDirectory(store, grantsOf(config)),
      channels: config.channels,
      clock,
      log,
      writing: {
        ...desk,
        writers: restModels(desk.writers, clock).writers,
        explain: steppedDownText,
        clock,
        log,
      },
    },
    prices,
    models,
    isPriced: models.every((model) => isPriced(model, prices)),
    print: (rehearsal) =>
      renderRehearsal(rehearsal, {
        colors: pico.createColors(process.stdout.isTTY && pico.isColorSupported),
        currency: prices.currency,
      }),
    close,
  };
}

/** A copy as `lede backup` makes one, which is gone when it is closed. */
async function openCopy(): Promise<{ store: Store; close: () => Promise<void> }> {
  const copy = await makeBackupNow("rehearsal");
  const remove = async (): Promise<void> => {
    for (const ending of ["", "-wal", "-shm", ".last"]) await rm(`${copy}${ending}`, { force: true });
  };
  try {
    // With a key of its own: nothing that is sealed is asked for.
    const backups = { folder: path.dirname(copy), keep: 0 };
    const store = await openSqliteStore({ path: copy, key: randomUUID(), backups });
    const close = async (): Promise<void> => {
      await store.close();
      await remove();
    };
    return { store, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
