import type { Making } from "./week-generate.ts";
import { type Coverage, HOUR, isUp, type NewsEvent, type Plan } from "./week-plan.ts";
import type { Random } from "./week-random.ts";

/** Before the end everything has to be known and shown: pages are looked at, digests are due. */
const LAST_STEPS = 10 * HOUR;
/** Until when after an article's first sight its page is surely looked at once more. */
const LOOKED_AT_WITHIN = 7 * HOUR;

/** What comes of an event after it was published: corrections, take-backs, repetitions. */
export function develop(making: Making, event: NewsEvent): void {
  const { names, random, size } = making;
  const last = size.steps - LAST_STEPS;
  const { claims, coverage } = event;
  const allSeen = Math.max(...coverage.map(({ seen }) => seen));
  let from = allSeen + 4;
  const corrections = random.chance(0.3) ? random.int(1, 2) : 0;
  for (let index = 0; index < corrections && from + 5 <= last; index += 1) {
    const before = claims[index] ?? { figure: 0, official: "" };
    const isName = random.chance(0.25);
    claims.push({
      figure: isName ? before.figure : freshFigure(random, claims),
      official: isName ? names.official() : before.official,
    });
    const step = random.int(from, from + 5);
    for (const covered of coverage) correct(making, covered, step);
    from = step + 6;
  }
  const step = Math.max(from, allSeen + 8);
  if (step <= last && random.chance(0.16)) takeBack(making, event, step);
  else if (coverage.length === 1 && corrections === 0 && random.chance(0.25)) repeat(making, event);
}

function freshFigure(random: Random, claims: NewsEvent["claims"]): number {
  const figure = random.int(130, 989);
  return claims.some((claim) => claim.figure === figure) ? freshFigure(random, claims) : figure;
}

function correct({ plan, random }: Making, covered: Coverage, step: number): void {
  const how = covered.outlet === null ? "webhook" : random.pick(["feed", "page"] as const);
  const isQuiet = how === "page" && isLookedAt(plan, covered, step);
  covered.corrections = [...covered.corrections, { step, how: how === "page" && !isQuiet ? "feed" : how }];
}

function isLookedAt(plan: Plan, { outlet, seen }: Coverage, step: number): boolean {
  if (step > seen + LOOKED_AT_WITHIN) return false;
  for (let at = seen; at < seen + 10 * HOUR; at += 1) if (!isUp(plan, outlet, at)) return false;
  return true;
}

function takeBack({ plan, random }: Making, { coverage }: NewsEvent, step: number): void {
  const isWhole = coverage.length === 1 || random.chance(0.5);
  const gone = isWhole ? coverage : [random.pick(coverage)];
  for (const covered of gone) {
    const isPage = covered.outlet !== null && isLookedAt(plan, covered, step) && random.chance(0.6);
    covered.withdrawn = { step, how: isPage ? "page" : "webhook" };
  }
}

function repeat({ random }: Making, { coverage: [covered] }: NewsEvent): void {
  if (covered !== undefined && covered.outlet !== null)
    covered.extra = random.pick(["resent", "sent-first", "trivial"] as const);
  if (covered?.extra === "sent-first") covered.seen = covered.step;
}
