import type { StorySketch } from "./story-sketch.ts";

/** Two articles of a series lie at least this far apart; what comes sooner is the same morning's report. */
const APART_MS = 12 * 3_600_000;
/** Numbers that each article must have before their disagreement says anything, and the share that still disagrees. */
const MIN_NUMBERS = 3;
const DISAGREES = 0.1;
const DISAGREES_COPY = 0.34;
const MIN_NUMBERS_COPY = 2;
/** A company or an agency of one name may be in two events of one day; three names by chance are not. */
const SHARED_NAMES = 3;

/**
 * True where two articles are alike in their words and yet about different events: parts of a series, matches of the
 * same teams, notices on different people. `apartMs` lies between their times of publication.
 */
export function isVetoed(left: StorySketch, right: StorySketch, apartMs: number): boolean {
  if (namesDiffer(left, right)) return true;
  const apart = apartMs >= APART_MS;
  const datesDiffer = disjoint(new Set(left.dates), new Set(right.dates));
  const numbersDiffer = disagree(left, right, { least: MIN_NUMBERS, share: DISAGREES });
  const sameForm = left.form !== "" && left.form === right.form;
  if (sameForm && datesOf(left.slots) !== datesOf(right.slots)) return true;
  if (sameForm && apart) return true;
  if (scoresDiffer(left, right) && (apart || numbersDiffer)) return true;
  if (left.routine && right.routine && apart) return true;
  return apart && datesDiffer && numbersDiffer;
}

/** True where a text that shares most of its shingles is the next part of a series: a template filled in anew. */
export function isTemplate(left: StorySketch, right: StorySketch): boolean {
  const sameForm = left.form !== "" && left.form === right.form;
  if (sameForm && datesOf(left.slots) !== datesOf(right.slots)) return true;
  if (disjoint(new Set(left.dates), new Set(right.dates)) || scoresDiffer(left, right)) return true;
  if (namesDiffer(left, right)) return true;
  return disagree(left, right, { least: MIN_NUMBERS_COPY, share: DISAGREES_COPY });
}

/** True when neither text knows a name of the other's title, and they share little else that is told of one event only. */
function namesDiffer(left: StorySketch, right: StorySketch): boolean {
  if (!disjoint(titleNames(left), allKeys(right)) || !disjoint(titleNames(right), allKeys(left)))
    return false;
  if (disjoint(numbers(left), numbers(right))) return true;
  return names(left).intersection(names(right)).size < SHARED_NAMES;
}

function scoresDiffer(left: StorySketch, right: StorySketch): boolean {
  return disjoint(new Set(left.scores), new Set(right.scores));
}

/** True when both sets hold something and share nothing. */
function disjoint(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size > 0 && right.size > 0 && left.isDisjointFrom(right);
}

function disagree(left: StorySketch, right: StorySketch, limits: { least: number; share: number }): boolean {
  const [mine, theirs] = [numbers(left), numbers(right)];
  const fewer = Math.min(mine.size, theirs.size);
  return fewer >= limits.least && mine.intersection(theirs).size <= fewer * limits.share;
}

function numbers(sketch: StorySketch): Set<string> {
  return new Set(sketch.terms.flatMap(([key, , kind]) => (kind === "#" ? [key] : [])));
}

function names(sketch: StorySketch): Set<string> {
  return new Set(sketch.terms.flatMap(([key, , kind]) => (kind === "n" || kind === "t" ? [key] : [])));
}

function titleNames(sketch: StorySketch): Set<string> {
  return new Set(sketch.terms.flatMap(([key, , kind]) => (kind === "t" ? [key] : [])));
}

function allKeys(sketch: StorySketch): Set<string> {
  return new Set(sketch.terms.map(([key]) => key));
}

function datesOf(slots: string): string {
  return slots
    .split(" ")
    .filter((slot) => slot.startsWith("@"))
    .join(" ");
}
