import type { BrokenLine } from "./line.ts";

const TROUBLE = ["tests/adapters/store/trouble.test.ts"];

const BACKUP = ["tests/adapters/store/backup.test.ts"];

/** What holds while the store can not be written. */
export const STORE_LINES: readonly BrokenLine[] = [
  {
    file: "src/adapters/web/server-errors.ts",
    from: "if (isStoreCode(code)) return 503;",
    to: "",
    breaks: "Publishers drop what they publish while the disk is full.",
    tests: ["tests/adapters/web/server.test.ts"],
  },
  {
    file: "src/adapters/slack/http.ts",
    from: "response.headersSent || !isStoreCode(code)",
    to: "true",
    breaks: "Slack is not told when to send an event again.",
    tests: ["tests/adapters/slack/connection.test.ts"],
  },
  {
    file: "src/adapters/store/condition.ts",
    from: "if (error instanceof AppError && isStoreCode(error.code)) stop(error);",
    to: "",
    breaks: "Work goes on by half on a full disk or in a damaged file.",
    tests: TROUBLE,
  },
  {
    file: "src/adapters/store/condition.ts",
    from: "if (trouble !== null) await changed.promise;",
    to: "throw error;",
    breaks: "What was posted is forgotten until its lease ends.",
    tests: TROUBLE,
  },
  {
    file: "src/adapters/store/condition.ts",
    from: 'if (trouble === null || trouble.code === "store/damaged" || database.isTransaction) return;',
    to: "if (trouble === null || database.isTransaction) return;",
    breaks: "A damaged file is written on.",
    tests: TROUBLE,
  },
  {
    file: "src/adapters/store/sqlite.ts",
    from: 'if (found.length > 0) condition.stop(new AppError("store/damaged", { details: { found } }));',
    to: "",
    breaks: "Damage that was found is kept quiet.",
    tests: TROUBLE,
  },
  {
    file: "src/adapters/store/place.ts",
    from: "return now?.ino === open.ino && now.dev === open.dev;",
    to: "return true;",
    breaks: "A removed folder takes articles, and loses them.",
    tests: TROUBLE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: '...(result.kind === "returned" ? { attempts: eb("attempts", "-", 1) } : {}),',
    to: "",
    breaks: "A store that fails uses up an entry's attempts.",
    tests: TROUBLE,
  },
  {
    file: "src/pipeline/store-watch.ts",
    from: "if ((await platform.find({ channel, key, since, signal })) !== null) return true;",
    to: "",
    breaks: "A supervisor that starts Lede again and again fills the moderators' channels.",
    tests: ["tests/scenarios/broken-store.test.ts"],
  },
  {
    file: "src/pipeline/publish.ts",
    from: 'if (isStoreCode(error.code)) return store.settleEntry(queued, { kind: "returned", at: clock() });',
    to: "",
    breaks: "A store that fails kills the entries it holds.",
    tests: ["tests/pipeline/returned.test.ts"],
  },
  {
    file: "src/adapters/store/backups.ts",
    from: 'if (found.length > 0) throw new AppError("backup/damaged", { details: { found } });',
    to: "",
    breaks: "Copies of a damaged store push out those that are good.",
    tests: BACKUP,
  },
  {
    file: "src/adapters/store/sqlite.ts",
    from: "if (applied > 0 && applied < known.length) await before();",
    to: "",
    breaks: "A migration leaves no way back.",
    tests: BACKUP,
  },
  {
    file: "src/adapters/store/backups.ts",
    from: "await dropParts(folder);",
    to: "",
    breaks: "Half copies of killed processes fill the disk.",
    tests: BACKUP,
  },
  {
    file: "src/adapters/store/compose.ts",
    from: "if (!isKnown) await beginDoubt(trx, now);",
    to: "",
    breaks: "After a restore what stands in channels is posted again.",
    tests: ["tests/adapters/store/doubt.test.ts", "tests/e2e/restore.test.ts"],
  },
  {
    file: "src/adapters/store/deliveries.ts",
    from: "doubted !== null",
    to: "false",
    breaks: "What comes anew after a restore is posted without a look.",
    tests: ["tests/adapters/store/doubt.test.ts", "tests/e2e/restore.test.ts"],
  },
  {
    file: "src/adapters/store/journal.ts",
    from: "if (isOurs && frame.readUInt32BE(FRAME.sizeAfterCommit) > 0) return false;",
    to: "",
    breaks: "What a damaged journal lost is posted again.",
    tests: ["tests/adapters/store/doubt.test.ts"],
  },
  {
    file: "src/adapters/store/sqlite.ts",
    from: "if (!isKnown) forgetLast(path);",
    to: "",
    breaks: "A crash before the first look makes a file that was put back a known one.",
    tests: ["tests/adapters/store/doubt.test.ts"],
  },
];
