import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Rate } from "#src/ports.ts";

/** A rate that is kept in memory: after a restart everybody begins anew. */
export function createRate({ most, seconds }: { most: number; seconds: number }): Rate {
  const limiter = new RateLimiterMemory({ points: most, duration: seconds });
  return {
    take: async (person) => {
      try {
        await limiter.consume(person);
        return 0;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        // What was refused has not been done, and must not use up what is given back.
        await limiter.reward(person);
        return refused.msBeforeNext;
      }
    },
    giveBack: async (person) => void (await limiter.reward(person)),
  };
}
