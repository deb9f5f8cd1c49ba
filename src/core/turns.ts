/** Whom something that waits belongs to: first its workspace takes turns with others, then its person within it. */
export interface Turn {
  group: string;
  person: string;
}

/** Things that wait for a runner, taken in turns rather than in the order they came. */
export interface Turns<Item extends Turn> {
  add: (item: Item) => void;
  /** The next one that may run now, which counts as running until it is `done`; null when none may. */
  take: () => Item | null;
  done: (item: Item) => void;
}

/**
 * Whoever comes has at most half of what the others leave, rounded up: a workspace of all runners, a person of its
 * workspace's share. So however much one gives, runners stay free for the next.
 */
export function createTurns<Item extends Turn>(runners: number): Turns<Item> {
  const waiting = new Map<string, Map<string, Item[]>>();
  const running: Turn[] = [];

  function shareOf(group: string): number {
    return half(runners - running.filter((one) => one.group !== group).length);
  }

  function takeOf(group: string, people: Map<string, Item[]>): Item | null {
    const own = running.filter((one) => one.group === group);
    const share = shareOf(group);
    for (const [person, items] of people) {
      const held = own.filter((one) => one.person === person).length;
      if (held >= half(share - (own.length - held))) continue;
      const item = items.shift();
      if (item === undefined) continue;
      toEnd(people, person, items.length > 0);
      return item;
    }
    return null;
  }

  return {
    add: (item) => {
      const people = waiting.get(item.group) ?? new Map<string, Item[]>();
      const items = people.get(item.person) ?? [];
      items.push(item);
      people.set(item.person, items);
      waiting.set(item.group, people);
    },
    take: () => {
      if (running.length >= runners) return null;
      for (const [group, people] of waiting) {
        const item = takeOf(group, people);
        if (item === null) continue;
        toEnd(waiting, group, people.size > 0);
        running.push(item);
        return item;
      }
      return null;
    },
    done: (item) => {
      const at = running.indexOf(item);
      if (at >= 0) running.splice(at, 1);
    },
  };
}

function half(count: number): number {
  return Math.ceil(count / 2);
}

/** Whoever had a turn stands behind the others, and goes when nothing of theirs waits. */
function toEnd<Value>(queue: Map<string, Value>, key: string, stays: boolean): void {
  const value = queue.get(key);
  queue.delete(key);
  if (stays && value !== undefined) queue.set(key, value);
}
