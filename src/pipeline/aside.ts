/** How long work may hold a place among the quick, and how much of the slow goes on beside them. */
export interface AsideBounds {
  slowMs: number;
  most: number;
}

/** Places for work that waits for other machines: what is slow gives its place back and goes on aside. */
export interface Aside {
  /** Resolves once the work has ended, or has gone aside. The work itself answers for its failures. */
  run: (work: () => Promise<void>) => Promise<void>;
  /** Resolves once nothing is aside. */
  ended: () => Promise<void>;
}

export function createAside({ slowMs, most }: AsideBounds): Aside {
  const slow = new Set<Promise<void>>();
  return {
    run: async (work) => {
      const going = work();
      if (await endsWithin(going, slowMs)) return;
      // Where aside is full as well, it keeps its place: sockets and memory have an end.
      if (slow.size >= most) return going;
      slow.add(going);
      void going.finally(() => slow.delete(going));
    },
    ended: async () => {
      await Promise.all(slow);
    },
  };
}

async function endsWithin(going: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([going.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
