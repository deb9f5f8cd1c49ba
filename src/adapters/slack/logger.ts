import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "#src/log.ts";

/** Slack's libraries speak through our log, at a level lower than they think: what matters is logged by the adapter. */
export function quietLogger(log: Log): Logger {
  const debug = (...words: unknown[]): void => log.debug({ detail: words.map(toText) }, "slack library");
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: debug,
    error: debug,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** Never the error itself: it may hold a request with its token. */
function toText(word: unknown): string {
  if (word instanceof Error) return word.message;
  return typeof word === "string" ? word : typeof word;
}
