import type { Newsroom } from "./newsroom.ts";
import { isQuiet } from "./week-truth.ts";
import type { Random } from "./week-random.ts";
import { HOUR } from "./week-plan.ts";

const MESSAGES = /^\/channels\/\d+\/messages(\/\d+)?$/;

const ON_DISCORD = [
  { kind: "status", status: 503, when: "before" },
  { kind: "status", status: 502, when: "after" },
  { kind: "reset", when: "after" },
  { kind: "reset", when: "before" },
  { kind: "cut", when: "after" },
  { kind: "cut", when: "before" },
  { kind: "rateLimit", retryAfterMs: 80 },
] as const;

const ON_SLACK = [
  { kind: "status", status: 503, committed: false },
  { kind: "status", status: 502, committed: true },
  { kind: "cut", committed: true },
  { kind: "cut", committed: false },
  { kind: "ratelimited", retryAfterSeconds: 20 },
] as const;

/**
 * Lets some of the requests of the next step go wrong, posts, edits and reading back alike. Returns how to end it. Not
 * before quiet hours, in which what failed would come late.
 */
export function planFaults({ discord, slack }: Newsroom, random: Random, step: number): () => void {
  if (isQuiet(step + 2 * HOUR) && !isQuiet(step)) return () => undefined;
  const ends: (() => void)[] = [];
  if (random.chance(0.35)) {
    const method = random.pick(["POST", "POST", "PATCH", "GET"]);
    const times = random.int(1, 3);
    const after = random.int(0, 2);
    const how = random.pick(ON_DISCORD);
    const fault = discord.fail({ match: { method, path: MESSAGES }, times, after, how });
    ends.push(() => fault.remove());
  }
  if (random.chance(0.35)) {
    const method = random.pick([
      "chat.postMessage",
      "chat.postMessage",
      "chat.update",
      "conversations.history",
    ]);
    const fault = slack.fail({ method, times: random.int(1, 3), how: random.pick(ON_SLACK) });
    ends.push(() => fault.cancel());
  }
  return () => {
    for (const end of ends) end();
  };
}
