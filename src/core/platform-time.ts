/** A platform's own time, as its answers tell it: the clock of this machine may say anything. */
export interface PlatformTime {
  /** Takes in an answer of the platform by its `Date` header. */
  heard: (answer: { headers: { get: (name: string) => string | null } }) => void;
  /** Null before the first answer. A machine that slept makes it earlier, never later. */
  now: () => Date | null;
}

/** `monotonic` gives milliseconds that only ever go forward, whatever the clock is set to. */
export function createPlatformTime(monotonic: () => number): PlatformTime {
  let last: { saidAt: number; heardAt: number } | null = null;
  return {
    heard: ({ headers }) => {
      const saidAt = Date.parse(headers.get("date") ?? "");
      if (!Number.isNaN(saidAt)) last = { saidAt, heardAt: monotonic() };
    },
    now: () => (last === null ? null : new Date(last.saidAt + monotonic() - last.heardAt)),
  };
}
