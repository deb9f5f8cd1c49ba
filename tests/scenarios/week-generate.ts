import { type Coverage, DAY, HOUR, isUp, type NewsEvent, type Outage, type Plan } from "./week-plan.ts";
import { develop } from "./week-develop.ts";
import { createRandom, type Random } from "./week-random.ts";
import { createCast, createNames, type Names, type Topic, TOPICS, weekdayOf } from "./week-words.ts";

/** How much happens. */
export interface Size {
  outlets: number;
  publishing: number;
  steps: number;
  outages: Outage[];
  added: number;
  paused: number;
  resumed: number;
  restarts: number;
  /** Events by what is special about them. */
  singles: number;
  doubles: number;
  triples: number;
  members: number;
  membersAndPublic: number;
  embargoes: number;
  late: number;
}

/** Nothing is published before the feeds were read for the first time. */
const FIRST_STEP = 3;
/** A plan that is being made. */
export interface Making {
  size: Size;
  random: Random;
  names: Names;
  plan: Plan;
}

/** A newsroom's days: the same for the same seed. */
export function generate(seed: number, size: Size): Plan {
  const random = createRandom(seed);
  const { added, outages, paused, publishing, resumed, steps } = size;
  const restarts = new Set(Array.from({ length: size.restarts }, () => random.int(FIRST_STEP, publishing)));
  const plan: Plan = { seed, publishing, steps, events: [], outages, added, paused, resumed, restarts };
  const making: Making = { size, random, names: createNames(random), plan };
  const times = (count: number, make: () => void): void => {
    for (let made = 0; made < count; made += 1) make();
  };
  times(size.singles, () => addEvent(making, { outlets: 1 }));
  times(size.doubles, () => addEvent(making, { outlets: 2 }));
  times(size.triples, () => addEvent(making, { outlets: 3 }));
  times(size.late, () => addEvent(making, { outlets: 1, isLate: true }));
  times(size.embargoes, () => addEvent(making, { outlets: 0, sent: "embargoed" }));
  times(size.members, () => addEvent(making, { outlets: 0, sent: "members" }));
  times(size.membersAndPublic, () => addEvent(making, { outlets: 1, sent: "members" }));
  if (size.membersAndPublic > 0) addAroundPause(making);
  addMarket(making);
  shareGuids(making);
  return plan;
}

interface Wish {
  /** Outlets that publish it in their feeds. */
  outlets: number;
  sent?: "members" | "embargoed";
  isLate?: boolean;
}

function addEvent(making: Making, wish: Wish): void {
  const { plan, random, size } = making;
  const last = wish.isLate === true ? Math.min(plan.added, plan.paused) - 4 : size.publishing;
  const topics = topicsOf(random);
  const event = newEvent(making, topics);
  do {
    event.coverage = coverageOf(making, event, { ...wish, step: random.int(FIRST_STEP, last) });
  } while (!event.coverage.every(({ seen, step }) => isClear(plan, seen) && step <= size.publishing));
  develop(making, event);
  plan.events.push(event);
}

function newEvent({ names, plan, random }: Making, topics: readonly Topic[]): NewsEvent {
  const cast = createCast(random, names, topics);
  const claims = [{ figure: random.int(130, 989), official: names.official() }];
  return { id: plan.events.length, tag: cast.place, topics, cast, claims, coverage: [], market: null };
}

function topicsOf(random: Random): Topic[] {
  const first = random.pick(TOPICS);
  const second = random.pick(TOPICS);
  return first !== second && random.chance(0.25) ? [first, second] : [first];
}

/** Whether it matters not in which order what happens in the step happens. */
function isClear({ added, paused, resumed }: Plan, step: number): boolean {
  return [added, paused, resumed].every((change) => Math.abs(step - change) > 1);
}

function coverageOf(making: Making, event: NewsEvent, wish: Wish & { step: number }): Coverage[] {
  const { plan, random, size } = making;
  const first = random.int(0, size.outlets - 1);
  const style = random.int(0, 2);
  const coverage: Coverage[] = [];
  let step = wish.step;
  if (wish.sent !== undefined) {
    coverage.push(sentCoverage(making, event, { step, sent: wish.sent, style }));
    step += random.int(1, 4);
  }
  for (let index = 0; index < wish.outlets; index += 1) {
    const outlet = (first + index) % size.outlets;
    const dated = wish.isLate === true ? Math.max(0, step - random.int(HOUR, DAY)) : step;
    coverage.push({
      ...PLAIN,
      outlet,
      slug: `e${event.id}-${outlet}`,
      style: style + coverage.length,
      step,
      dated,
      seen: firstUp(plan, outlet, step) + 1,
    });
    step += random.int(0, 5);
  }
  return coverage;
}

const PLAIN = {
  visibility: "public",
  isEmbargoed: false,
  marker: null,
  corrections: [],
  withdrawn: null,
  extra: "none",
} as const;

function sentCoverage(
  { random }: Making,
  { id }: NewsEvent,
  { sent, step, style }: { sent: "members" | "embargoed"; step: number; style: number },
): Coverage {
  const isEmbargoed = sent === "embargoed";
  return {
    ...PLAIN,
    corrections: [],
    outlet: null,
    slug: `e${id}-press`,
    style,
    step,
    dated: step,
    seen: isEmbargoed ? step + random.int(3, 20) : step,
    visibility: isEmbargoed ? "public" : "members",
    isEmbargoed,
    marker: isEmbargoed ? null : `Inkwell${letters(id)}`,
  };
}

function letters(id: number): string {
  return String(id).replaceAll(/\d/g, (digit) => "qwxzkvjyph".charAt(Number(digit)));
}

function firstUp(plan: Plan, outlet: number, step: number): number {
  let up = step;
  while (!isUp(plan, outlet, up)) up += 1;
  return up;
}

/** Members' text from before a pause, and the same event for everybody while it lasts. */
function addAroundPause(making: Making): void {
  const { plan } = making;
  const event = newEvent(making, ["hospital"]);
  const sent = sentCoverage(making, event, { step: plan.paused - 5, sent: "members", style: 0 });
  const step = plan.paused + 3;
  const slug = `e${event.id}-0`;
  const open = { ...PLAIN, outlet: 0, slug, style: 1, step, dated: step, seen: firstUp(plan, 0, step) + 1 };
  event.coverage = [sent, open];
  plan.events.push(event);
}

/** One report a day by the same outlet, each an event of its own. */
function addMarket({ plan, random, size }: Making): void {
  for (let day = 0; day * DAY + 17 * HOUR < size.publishing; day += 1) {
    const step = day * DAY + 16 * HOUR;
    if (!isClear(plan, firstUp(plan, 1, step) + 1)) continue;
    const points = `${random.int(2, 8)},${random.int(100, 999)}`;
    const slug = `market-${day}`;
    plan.events.push({
      id: plan.events.length,
      tag: `${points} points`,
      topics: ["glacier"],
      cast: null,
      claims: [],
      coverage: [
        { ...PLAIN, outlet: 1, slug, style: 0, step, dated: step, seen: firstUp(plan, 1, step) + 1 },
      ],
      market: { points, moved: random.int(11, 99), weekday: weekdayOf(day) },
    });
  }
}

/** Some articles come under the guid of another one of their outlet. */
function shareGuids({ plan }: Making): void {
  const plain = plan.events.filter(
    ({ coverage: [first, ...more], claims, market }) =>
      more.length === 0 &&
      claims.length === 1 &&
      market === null &&
      first?.outlet === 2 &&
      first.extra === "none",
  );
  for (const { coverage } of plain.slice(0, 4)) for (const covered of coverage) covered.extra = "shared-guid";
}
