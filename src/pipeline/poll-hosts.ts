/** How many requests one host gets at a time, and how far apart. */
export interface Politeness {
  perHost: number;
  gapMs: number;
}

export const POLITENESS: Politeness = { perHost: 2, gapMs: 1_000 };
/** A host that asked to be left alone is not asked by other feeds' polls either, for this long at most. */
const LONGEST_REST_MS = 3_600_000;
/** A host that hangs is not asked for anything else meanwhile. */
const HUNG_REST_SECONDS = 60;

/** Keeps the requests to one host few and apart, over all feeds it serves. */
export interface HostGate {
  /** Hosts that must not be asked now. */
  closed: (now: Date) => string[];
  /** Counts a request that will start soon. */
  enter: (host: string, now: Date) => void;
  leave: (host: string) => void;
  /** Leaves a host alone for the given time. */
  rest: (host: string, now: Date, seconds: number) => void;
  /** Leaves a host alone that did not answer in time. */
  hung: (host: string, now: Date) => void;
}

interface HostUse {
  active: number;
  /** Not before. */
  nextAt: number;
}

export function createHostGate({ perHost, gapMs }: Politeness): HostGate {
  const hosts = new Map<string, HostUse>();
  const rest = (host: string, now: Date, seconds: number): void => {
    const use = useOf(host);
    const until = now.getTime() + Math.min(LONGEST_REST_MS, seconds * 1_000);
    hosts.set(host, { ...use, nextAt: Math.max(use.nextAt, until) });
  };
  const useOf = (host: string): HostUse => hosts.get(host) ?? { active: 0, nextAt: 0 };
  return {
    closed: (now) => {
      const closed: string[] = [];
      for (const [host, { active, nextAt }] of hosts) {
        if (active >= perHost || nextAt > now.getTime()) closed.push(host);
        else if (active === 0) hosts.delete(host);
      }
      return closed;
    },
    enter: (host, now) => {
      const use = useOf(host);
      hosts.set(host, { active: use.active + 1, nextAt: Math.max(use.nextAt, now.getTime() + gapMs) });
    },
    leave: (host) => {
      const use = useOf(host);
      hosts.set(host, { ...use, active: Math.max(0, use.active - 1) });
    },
    rest,
    hung: (host, now) => rest(host, now, HUNG_REST_SECONDS),
  };
}
