/** Exit codes that scripts can rely on; `lede --help` lists them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreadable: 3, unfinished: 4 } as const;

/** The exit code that an error's code stands for. */
export function exitCodeOf(code: string): number {
  if (/^(config|command)\//.test(code)) return EXIT.usage;
  return /^(fetch|article|brief)\//.test(code) ? EXIT.unreadable : EXIT.failed;
}
