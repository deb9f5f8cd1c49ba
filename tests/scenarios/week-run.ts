import { openNewsroom } from "./newsroom.ts";
import { actsOf } from "./week-actions.ts";
import { decideAt, openDesks, shownAt } from "./week-desks.ts";
import { planFaults } from "./week-faults.ts";
import { judgeDesk } from "./week-judge.ts";
import { isUp, type Plan, STEP_MS } from "./week-plan.ts";
import { createRandom } from "./week-random.ts";
import { createWatch } from "./week-watch.ts";

export const OUTLETS = ["Lantern Daily", "Morning Anchor", "Quill Observer", "Evening Beacon"];

const DAY_MS = 86_400_000;

/** Lives through the plan and says, in words, all that was not as it must be. */
export async function live(plan: Plan): Promise<string[]> {
  const newsroom = await openNewsroom({ outlets: OUTLETS });
  try {
    return await liveIn(newsroom, plan);
  } finally {
    await newsroom.close();
  }
}

async function liveIn(newsroom: Awaited<ReturnType<typeof openNewsroom>>, plan: Plan): Promise<string[]> {
  const { discord, slack } = newsroom;
  // Days pass in seconds here: what Discord forgets after minutes must not hide a second post.
  discord.settings.nonceWindowMs = 0;
  discord.settings.rateLimit = { limit: 10_000, windowMs: 1_000 };
  const sinceMidnight = newsroom.clock().getTime() % DAY_MS;
  await newsroom.pass(DAY_MS - sinceMidnight, DAY_MS);
  const stage = { newsroom, start: newsroom.clock().getTime() };
  const desks = openDesks(newsroom, plan);
  const watch = createWatch(newsroom, desks, plan);
  const acts = actsOf(plan);
  const random = createRandom(plan.seed + 1);
  for (let step = 0; step < plan.steps; step += 1) {
    await decideAt(newsroom, desks, step);
    for (const [index, outlet] of newsroom.outlets.entries()) outlet.down(!isUp(plan, index, step));
    for (const act of acts.get(step) ?? []) await act(stage);
    const endFaults = step < plan.publishing ? planFaults(newsroom, random, step) : () => undefined;
    if (plan.restarts.has(step)) await newsroom.restart();
    // Two of each worker, as there are more than one in a running Lede.
    await Promise.all([newsroom.pass(STEP_MS, STEP_MS), newsroom.settle()]);
    endFaults();
    watch.look(step + 1);
  }
  const ended = { steps: plan.steps, outlets: OUTLETS };
  return [
    ...watch.wrong,
    ...desks.flatMap((desk) =>
      judgeDesk({ desk, messages: shownAt(newsroom, desk), events: plan.events, ended }),
    ),
    ...discord.violations.map(({ problem, request }) => `Discord: ${request}: ${problem}`),
    ...slack.violations.map(({ problem, request }) => `Slack: ${request.method}: ${problem}`),
  ];
}
