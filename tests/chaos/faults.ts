import type { Random } from "#tests/scenarios/week-random.ts";
import type { Town } from "./town.ts";

const PATHS = /^\/channels\/\d+\/(messages|threads)(\/\d+)?$/;
const KILLED = 0.35;
const FAULTY = 0.4;

const ON_DISCORD = [
  { kind: "status", status: 503, when: "before" },
  { kind: "status", status: 502, when: "after" },
  { kind: "cut", when: "after" },
  { kind: "cut", when: "before" },
  { kind: "reset", when: "after" },
  { kind: "hang", when: "after" },
  { kind: "hang", when: "before" },
] as const;

const ON_SLACK = [
  { kind: "status", status: 503, committed: false },
  { kind: "status", status: 502, committed: true },
  { kind: "cut", committed: true },
  { kind: "cut", committed: false },
  { kind: "hang", committed: true },
  { kind: "hang", committed: false },
] as const;

/** Lets some requests of a Lede's life go wrong, and some be its last. Returns how to end it. */
export function planFaults({ discord, slack }: Town, random: Random, kill: () => Promise<void>): () => void {
  const ends: (() => void)[] = [];
  if (random.chance(KILLED)) {
    const when = random.pick(["before", "after"] as const);
    const match = { method: random.pick(["POST", "PATCH"]), path: PATHS };
    const fault = discord.fail({ match, after: random.int(0, 4), how: { kind: "pause", when, until: kill } });
    ends.push(() => fault.remove());
  }
  if (random.chance(FAULTY)) {
    const match = { method: random.pick(["POST", "POST", "PATCH", "GET"]), path: PATHS };
    const fault = discord.fail({
      match,
      times: random.int(1, 2),
      after: random.int(0, 2),
      how: random.pick(ON_DISCORD),
    });
    ends.push(() => fault.remove());
  }
  if (random.chance(FAULTY)) {
    const method = random.pick([
      "chat.postMessage",
      "chat.postMessage",
      "chat.update",
      "conversations.history",
    ]);
    const fault = slack.fail({ method, times: random.int(1, 2), how: random.pick(ON_SLACK) });
    ends.push(() => fault.cancel());
  }
  return () => {
    for (const end of ends) end();
  };
}
