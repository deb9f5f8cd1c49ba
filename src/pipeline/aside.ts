/** How long work may hold a place among the quick, and how much of the slow goes on beside them. */
export interface AsideBounds {
  slowMs: number;
  most: number;
}

/** Places for work that waits for other machines: what is slow gives its place back and goes on aside. */
export interface Aside {
  /**
   * Resolves once the work has ended, or has gone aside because the other machine has not answered in time; where
   * `answered` is left out, it answers with its end. What fails aside is thrown to whoever comes next.
   */
  run: (ended: Promise<void>, answered?: Promise<unknown>) => Promise<void>;
  /** Resolves once nothing is aside. */
  ended: () => Promise<void>;
}

export function createAside({ slowMs, most }: AsideBounds): Aside {
  const slow = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    run: async (ended, answered = ended) => {
      // Where aside is full as well, it keeps its place: sockets and memory have an end.
      if ((await endsWithin(answered, slowMs)) || slow.size >= most) return ended;
      const going = ended
        .catch((error: unknown) => void failures.push(error))
        .finally(() => void slow.delete(going));
      slow.add(going);
      if (failures.length > 0) throw failures.shift();
    },
    ended: async () => {
      await Promise.all(slow);
    },
  };
}

/** Whether it ends in time, well or not. */
async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const inTime = (): boolean => true;
  try {
    return await Promise.race([work.then(inTime, inTime), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
