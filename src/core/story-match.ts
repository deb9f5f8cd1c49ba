import { eventsAmong } from "./story-events.ts";
import { sharedShare, unpackHashes } from "./story-minhash.ts";
import type { Background } from "./story-prior.ts";
import type { StorySketch } from "./story-sketch.ts";
import { type Vector, cosine, likenessTable, likenessToGroup, vectorOf } from "./story-vector.ts";
import { isTemplate, isVetoed } from "./story-veto.ts";

/** An article with its time of publication. */
export interface DatedSketch {
  sketch: StorySketch;
  at: Date;
}

/** An article that belongs to a story already. */
export interface Member extends DatedSketch {
  storyId: string;
}

export interface StoryChoice {
  storyId: string;
  /** Shared share of shingles for a duplicate, likeness to the event for the rest; from 0 to 1. */
  similarity: number;
  kind: "duplicate" | "same-event";
}

/**
 * Least likeness to an event, for texts of two or three sentences and for whole articles, by their number of terms. The
 * first is chosen on ECB+ (`eval/stories.ts`); the second by reading what is joined among whole articles that mostly are
 * on different events: below it nearly every join was wrong.
 */
const LEAST = { short: 0.2, whole: 0.4 } as const;
const TERMS = { short: 30, whole: 60 } as const;
/** Share of shingles that makes two texts copies of each other. */
const DUPLICATE = 0.5;
/** A text with fewer shingles is a caption: its shingles agree by chance. */
const MIN_SHINGLES = 25;
/** Terms that article and event must share at least, one of them a name or a number; or this many words. */
const MIN_SHARED = 3;
const MIN_SHARED_WORDS = 5;
/** Figures and names that two reports must have in common to be one event whatever else is going on. */
const SAME_FIGURES = 2;
const SAME_NAMES = 2;
/** An article less like the arriving one than this does not bring its story into question. */
const FLOOR = 0.05;
/** Members of one story, and of all stories, that are compared with each other: the cost is its square. */
const MAX_PER_STORY = 40;
const MAX_COMPARED = 90;

/** True when one text is a copy of the other, light edits included, and not the next part of a series on one template. */
export function nearDuplicate(left: StorySketch, right: StorySketch): boolean {
  return copiedShare(left, right) >= DUPLICATE && !isTemplate(left, right);
}

/**
 * The story among the candidates that an article belongs to, or null where it starts one. A near-duplicate goes to its
 * original's story. Else the candidates are parted into events, whatever story they were put into when they came: a
 * wrong join of the past draws nothing further after itself. The article goes to the likest event, and so to the story
 * that has most members there, if the event is what that story is mainly about. By its words an article is never joined
 * to a story in another language: there is nothing to measure such joins on, and a wrong one hides a story.
 */
export function chooseStory(
  arriving: DatedSketch,
  candidates: readonly Member[],
  background: Background,
): StoryChoice | null {
  const copy = copyAmong(arriving.sketch, candidates);
  if (copy !== null) return copy;
  const mine = vectorOf(arriving.sketch, background);
  const weighed = vectorsOf(candidates, background);
  const report = reportAmong(arriving, mine, weighed);
  if (report !== null) return report;
  const compared = comparedWith(mine, arriving.sketch.language, weighed);
  const events = eventsAmong(
    likenessTable(compared.map(({ vector }) => vector)),
    leastLikeness(mine, compared),
  ).map((members) => members.flatMap((at) => compared[at] ?? []));
  let best: { event: Weighed[]; similarity: number } | null = null;
  for (const event of events) {
    const group = event.map(({ vector }) => vector);
    const similarity = likenessToGroup(mine, group);
    if (similarity < leastLikeness(mine, event) || similarity <= (best?.similarity ?? 0)) continue;
    if (!isOtherEvent(arriving, event)) best = { event, similarity };
  }
  if (best === null) return null;
  const storyId = storyOf(best.event, events);
  return storyId === null ? null : { storyId, similarity: best.similarity, kind: "same-event" };
}

/**
 * The story of the likest article that tells the same figures of the same names: two outlets choose their own words, and
 * neither chooses how many were hurt, where, and who said so.
 */
function reportAmong(
  { at, sketch }: DatedSketch,
  mine: Vector,
  candidates: readonly Weighed[],
): StoryChoice | null {
  let best: StoryChoice | null = null;
  for (const { member, vector } of candidates) {
    const similarity = cosine(mine, vector);
    if (similarity < LEAST.whole || similarity <= (best?.similarity ?? 0)) continue;
    if (!tellsTheSame(sketch, member.sketch)) continue;
    if (isVetoed(sketch, member.sketch, Math.abs(at.getTime() - member.at.getTime()))) continue;
    if (isStray(member.storyId, mine, candidates)) continue;
    best = { storyId: member.storyId, similarity, kind: "same-event" };
  }
  return best;
}

/** Whether the story is mainly about something else: a wrong join of the past must draw nothing after it. */
function isStray(storyId: string, mine: Vector, candidates: readonly Weighed[]): boolean {
  const members = candidates.filter(({ member }) => member.storyId === storyId);
  const like = members.filter(({ vector }) => cosine(mine, vector) >= LEAST.short);
  return like.length * 2 < members.length;
}

function tellsTheSame(left: StorySketch, right: StorySketch): boolean {
  if (left.language !== right.language) return false;
  const mine = new Map(left.terms.map(([key, , kind]) => [key, kind]));
  const shared = right.terms.filter(([key]) => mine.has(key));
  const figures = shared.filter(([, , kind]) => kind === "#").length;
  const names = shared.filter(([, , kind]) => kind === "n" || kind === "t");
  const inTitle = names.some(([key, , kind]) => kind === "t" || mine.get(key) === "t");
  return figures >= SAME_FIGURES && names.length >= SAME_NAMES && inTitle;
}

/** A short text tells only a part of an event, so that two of them share less. */
function leastLikeness(mine: Vector, others: readonly Weighed[]): number {
  const mean = others.reduce((total, { vector }) => total + vector.size, 0) / Math.max(1, others.length);
  const part = (Math.min(mine.size, mean) - TERMS.short) / (TERMS.whole - TERMS.short);
  return LEAST.short + (LEAST.whole - LEAST.short) * Math.min(1, Math.max(0, part));
}

interface Weighed {
  member: Member;
  vector: Vector;
}

function copyAmong(sketch: StorySketch, candidates: readonly Member[]): StoryChoice | null {
  let best: StoryChoice | null = null;
  for (const { sketch: other, storyId } of candidates) {
    const similarity = copiedShare(sketch, other);
    if (similarity < DUPLICATE || isTemplate(sketch, other)) continue;
    if (
      best === null ||
      similarity > best.similarity ||
      (similarity === best.similarity && storyId < best.storyId)
    )
      best = { storyId, similarity, kind: "duplicate" };
  }
  return best;
}

function copiedShare(left: StorySketch, right: StorySketch): number {
  if (Math.min(left.shingles, right.shingles) < MIN_SHINGLES) return 0;
  return sharedShare(hashesOf(left), hashesOf(right));
}

const HASHES_OF = new WeakMap<StorySketch, Uint16Array>();

function hashesOf(sketch: StorySketch): Uint16Array {
  const known = HASHES_OF.get(sketch);
  if (known !== undefined) return known;
  const hashes = unpackHashes(sketch.hashes);
  HASHES_OF.set(sketch, hashes);
  return hashes;
}

function vectorsOf(candidates: readonly Member[], background: Background): Weighed[] {
  return candidates.map((member) => ({ member, vector: vectorOf(member.sketch, background) }));
}

/** The members that count, the likest story first, in an order that does not depend on that of the candidates. */
function comparedWith(mine: Vector, language: string, candidates: readonly Weighed[]): Weighed[] {
  const stories = new Map<string, { best: number; members: Weighed[] }>();
  for (const each of candidates) {
    if (each.member.sketch.language !== language) continue;
    const { best, members } = stories.get(each.member.storyId) ?? { best: 0, members: [] };
    members.push(each);
    stories.set(each.member.storyId, { best: Math.max(best, cosine(mine, each.vector)), members });
  }
  return [...stories]
    .filter(([, { best }]) => best >= FLOOR)
    .toSorted(([left, a], [right, b]) => b.best - a.best || (left < right ? -1 : 1))
    .flatMap(([, { members }]) => newest(members))
    .slice(0, MAX_COMPARED);
}

/** The newest members: they say best what a long story is about now. */
function newest(members: readonly Weighed[]): Weighed[] {
  const byAge = members.toSorted(
    ({ member: a }, { member: b }) =>
      b.at.getTime() - a.at.getTime() ||
      (a.sketch.hashes + a.sketch.form < b.sketch.hashes + b.sketch.form ? -1 : 1),
  );
  return byAge.slice(0, MAX_PER_STORY);
}

/** The story that has most members in an event and of which no other event holds more; null where the event is but a stray part. */
function storyOf(event: readonly Weighed[], events: readonly (readonly Weighed[])[]): string | null {
  const counts = countByStory(event);
  const others = events.filter((other) => other !== event).map(countByStory);
  const fit = [...counts].filter(([storyId, count]) =>
    others.every((other) => (other.get(storyId) ?? 0) <= count),
  );
  const [best] = fit.toSorted(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  return best?.[0] ?? null;
}

function countByStory(event: readonly Weighed[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { member } of event) counts.set(member.storyId, (counts.get(member.storyId) ?? 0) + 1);
  return counts;
}

/** True when half of the members or more are about another event, or nothing but a few words is shared with any. */
function isOtherEvent({ sketch, at }: DatedSketch, event: readonly Weighed[]): boolean {
  const vetoes = event.filter(({ member }) =>
    isVetoed(sketch, member.sketch, Math.abs(at.getTime() - member.at.getTime())),
  );
  return vetoes.length * 2 >= event.length || !sharesEnough(sketch, event);
}

function sharesEnough(sketch: StorySketch, event: readonly Weighed[]): boolean {
  const shared = sketch.terms.filter(([key]) => event.some(({ vector }) => vector.has(key)));
  return shared.length >= (shared.some(([, , kind]) => kind !== "w") ? MIN_SHARED : MIN_SHARED_WORDS);
}
