import { DatabaseSync } from "node:sqlite";

/** Loaded before Lede: at each SIGUSR2 its store may grow no more, or may again. */
let isFull = false;
const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, "exec");
DatabaseSync.prototype.exec = function noticed(sql: string): void {
  exec?.value.call(this, sql);
  if (sql !== "pragma journal_mode = wal") return;
  process.on("SIGUSR2", () => {
    isFull = !isFull;
    exec?.value.call(this, `pragma max_page_count = ${isFull ? 1 : 1_000_000}`);
  });
};
