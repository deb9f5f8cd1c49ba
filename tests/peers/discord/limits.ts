import type { Settings } from "./state.ts";

type Window = { startedAt: number; used: number };

/** Counts requests per bucket, as Discord's headers report it. */
export function createLimits(settings: Settings) {
  const windows = new Map<string, Window>();
  const blockedUntil = new Map<string, number>();
  return {
    /** Takes one request out of the bucket; `waitMs` above 0 means it is over the limit. */
    take(bucket: string): { waitMs: number; headers: Record<string, string> } {
      const now = Date.now();
      const { limit, windowMs } = settings.rateLimit;
      const open = windows.get(bucket);
      const window = open && now - open.startedAt < windowMs ? open : { startedAt: now, used: 0 };
      windows.set(bucket, window);
      const isOver = window.used >= limit;
      if (!isOver) window.used += 1;
      const resetMs = window.startedAt + windowMs - now;
      const headers = {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(limit - window.used),
        "x-ratelimit-reset": String((now + resetMs) / 1000),
        "x-ratelimit-reset-after": String(resetMs / 1000),
        "x-ratelimit-bucket": Buffer.from(bucket.split(" ").slice(0, 2).join(" "))
          .toString("hex")
          .slice(0, 32),
      };
      return { waitMs: isOver ? resetMs : 0, headers };
    },
    /** After a 429 everything that comes too early is refused again; `*` is the global limit. */
    block(bucket: string, forMs: number) {
      blockedUntil.set(bucket, Date.now() + forMs);
    },
    blockedFor(bucket: string): number {
      return Math.max(0, (blockedUntil.get(bucket) ?? 0) - Date.now());
    },
  };
}
