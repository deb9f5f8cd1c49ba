import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { createStage, WEBHOOK_SECRET } from "#tests/e2e/lede.ts";
import { createRandom, type Random } from "#tests/scenarios/week-random.ts";
import { planFaults } from "./faults.ts";
import { judgeOrder, judgeTown, type Wrong } from "./judge.ts";
import { createNews, type Message, type News } from "./news.ts";
import { openTown, type Town } from "./town.ts";

const CLOCK = fileURLToPath(new URL("shifted-clock.ts", import.meta.url));
const MINUTE_MS = 60_000;
/** How far Lede's clock is off in a life; what jumps further is late or embargoed, which is another matter. */
const SHIFTS_MS = [0, 0, 20_000, -20_000, 5 * MINUTE_MS, -4 * MINUTE_MS];
/** At the end every digest is due, and nothing is late. */
const LAST_SHIFT_MS = 12 * MINUTE_MS;
const SETTLES_WITHIN_MS = 150_000;
const LOOKS_EVERY_MS = 500;
/** Time for a second copy to come. */
const QUIET_MS = 3_000;
const MOST_SENT_IN_A_LIFE = 3;
const EARLY = 0.25;

type Stage = ReturnType<typeof createStage>;
type Lede = ReturnType<Stage["start"]>;

export interface Round {
  kills: number;
  posts: number;
  wrong: Wrong[];
}

/** Kills Lede so often while news comes in, and says what the channels lack or have too much of in the end. */
export async function liveThrough(seed: number, kills: number): Promise<Round> {
  const stage = createStage();
  try {
    return await live(stage, seed, kills);
  } finally {
    await stage.close();
  }
}

async function live(stage: Stage, seed: number, kills: number): Promise<Round> {
  const random = createRandom(seed);
  const town = await openTown(stage);
  const news = createNews(random, Math.max(4, Math.round(kills * 0.6)));
  const isJumping = seed % 2 === 1;
  const waiting = [...news.messages];
  for (let life = 0; life < kills; life += 1) {
    const shiftMs = isJumping ? random.pick(SHIFTS_MS) : 0;
    const lede = startAt(stage, town, shiftMs);
    const endFaults = planFaults(town, random, () => lede.kill());
    await Promise.race([
      lede.ended,
      sleep(random.int(300, 2_000)).then(() => spend({ lede, random, waiting, shiftMs })),
    ]);
    await lede.kill();
    endFaults();
  }
  const sending = startAt(stage, town, 0);
  await sendAll(sending, waiting, 0);
  const instant = { ...town, places: town.places.filter(({ isDigest }) => !isDigest) };
  const wrong = await settled(instant, news);
  await sending.kill();
  const last = startAt(stage, town, LAST_SHIFT_MS);
  wrong.push(...(await settled(town, news)));
  if (wrong.length > 0) wrong.push({ kind: "text", what: last.err().split("\n").slice(-20).join("\n") });
  await last.kill();
  const planned = town.planned();
  const order = isJumping ? [] : judgeOrder(planned);
  return { kills: kills + 2, posts: planned.length, wrong: [...wrong, ...order] };
}

function startAt(stage: Stage, { env }: Town, shiftMs: number): Lede {
  const clock = { NODE_OPTIONS: `--import=${CLOCK}`, CHAOS_CLOCK_SHIFT_MS: String(shiftMs) };
  return stage.start({ ...env, ...clock });
}

interface Life {
  lede: Lede;
  random: Random;
  waiting: Message[];
  shiftMs: number;
}

/** Some lives end in the start; in the others news comes in, and the end comes while it is worked on. */
async function spend({ lede, random, shiftMs, waiting }: Life): Promise<void> {
  if (random.chance(EARLY)) return;
  const count = random.int(0, MOST_SENT_IN_A_LIFE);
  const rest = random.int(0, 1_500);
  await Promise.race([lede.ended, sendAll(lede, waiting, shiftMs, count).then(() => sleep(rest))]);
}

/** In order; what was not taken for sure is sent again, in this life or the next. */
async function sendAll(lede: Lede, waiting: Message[], shiftMs: number, most = Infinity): Promise<void> {
  const page = await lede.page().catch(() => null);
  if (page === null) return;
  for (let sent = 0; sent < most; sent += 1) {
    const [message] = waiting;
    if (message === undefined || (await send(page, message, shiftMs)) !== 202) return;
    waiting.shift();
  }
}

async function send(page: string, { body, id }: Message, shiftMs: number): Promise<number | null> {
  const at = new Date(Date.now() + shiftMs);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(WEBHOOK_SECRET).sign(id, at, body),
  };
  try {
    const answer = await fetch(`${page}/v1/articles`, { method: "POST", body, headers });
    await answer.text();
    return answer.status;
  } catch {
    return null;
  }
}

/** What is wrong once nothing changes any more. */
async function settled(town: Town, { stories }: News): Promise<Wrong[]> {
  const end = Date.now() + SETTLES_WITHIN_MS;
  while (Date.now() < end) {
    await sleep(LOOKS_EVERY_MS);
    if (judgeTown(town, stories).length > 0) continue;
    await sleep(QUIET_MS);
    if (judgeTown(town, stories).length === 0) return [];
  }
  return judgeTown(town, stories);
}
