/** First millisecond of Discord's own epoch, 2015-01-01T00:00:00Z (Discord reference, "Snowflakes"). */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
const TIME_SHIFT = 22n;
const IDS_PER_MS = 4096;

/** Ids that grow with time, also within one millisecond and when the clock steps back. */
export function createSnowflakes(now: () => number): () => string {
  let lastMs = 0;
  let sequence = 0;
  return function nextSnowflake() {
    const nowMs = now();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      sequence = 0;
    } else {
      sequence += 1;
    }
    if (sequence >= IDS_PER_MS) {
      lastMs += 1;
      sequence = 0;
    }
    return (BigInt(snowflakeAt(lastMs)) + BigInt(sequence)).toString();
  };
}

/** Smallest id of the given moment (milliseconds since 1970), as used in `after=` and `before=`. */
export function snowflakeAt(timeMs: number): string {
  return (BigInt(Math.max(0, Math.trunc(timeMs) - DISCORD_EPOCH_MS)) << TIME_SHIFT).toString();
}

/** Negative when `a` is older than `b`; ids are compared as numbers, not as text. */
export function compareSnowflakes(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
