const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** How long to wait, for a person; never less than it is: "20 seconds", "3 minutes". */
export function waitText(ms: number): string {
  if (ms > MINUTE_MS) return `${Math.ceil(ms / MINUTE_MS)} minutes`;
  const seconds = Math.max(1, Math.ceil(ms / SECOND_MS));
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
