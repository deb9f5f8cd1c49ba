import { sharedShare, unpackHashes } from "./story-minhash.ts";
import { type Background, tellingOf } from "./story-prior.ts";
import type { StorySketch } from "./story-sketch.ts";
import { isTemplate, isVetoed } from "./story-veto.ts";

/** An article with its time of publication. */
export interface DatedSketch {
  sketch: StorySketch;
  at: Date;
}

/** An article that belongs to a story already. */
export interface StoryMember extends DatedSketch {
  storyId: string;
}

export interface StoryChoice {
  storyId: string;
  /** Shared share of shingles for a duplicate, likeness to the story for the rest; from 0 to 1. */
  similarity: number;
  kind: "duplicate" | "same-event";
}

/** Least likeness to a story. Chosen on the training and development parts of ECB+ (`eval/stories.ts`). */
export const SAME_EVENT = 0.2;
/** Share of shingles that makes two texts copies of each other. */
const DUPLICATE = 0.5;
/** A text with fewer shingles is a caption: its shingles agree by chance. */
const MIN_SHINGLES = 25;
/** Terms that article and story must share at least, one of them a name or a number, or this many words. */
const MIN_SHARED = 3;
const MIN_SHARED_WORDS = 5;
/** Members of one story that are looked at; the newest say best what it is about now. */
const MAX_MEMBERS = 40;

/** True when one text is a copy of the other, light edits included, and not the next part of a series on one template. */
export function nearDuplicate(left: StorySketch, right: StorySketch): boolean {
  return copiedShare(left, right) >= DUPLICATE && !isTemplate(left, right);
}

/**
 * The story among the candidates that an article belongs to, or null where it starts one. Duplicates go first, in
 * whatever language they are marked as; else the story with the greatest likeness: the mean likeness to its members over
 * their likeness among themselves. An article is never joined to a story in another language by its words.
 */
export function chooseStory(
  arriving: DatedSketch,
  candidates: readonly StoryMember[],
  background: Background,
): StoryChoice | null {
  const copy = copyAmong(arriving.sketch, candidates);
  if (copy !== null) return copy;
  const mine = vectorOf(arriving.sketch, background);
  let best: StoryChoice | null = null;
  for (const [storyId, members] of byStory(arriving.sketch, candidates)) {
    const similarity = likeness(mine, members, background);
    if (similarity < SAME_EVENT || similarity <= (best?.similarity ?? 0)) continue;
    if (isOtherEvent(arriving, members)) continue;
    best = { storyId, similarity, kind: "same-event" };
  }
  return best;
}

function copyAmong(sketch: StorySketch, candidates: readonly StoryMember[]): StoryChoice | null {
  let best: StoryChoice | null = null;
  for (const { sketch: other, storyId } of candidates) {
    const similarity = copiedShare(sketch, other);
    if (similarity < DUPLICATE || similarity <= (best?.similarity ?? 0) || isTemplate(sketch, other))
      continue;
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

function byStory(sketch: StorySketch, candidates: readonly StoryMember[]): Map<string, StoryMember[]> {
  const stories = new Map<string, StoryMember[]>();
  for (const member of candidates) {
    if (member.sketch.language !== sketch.language) continue;
    const members = stories.get(member.storyId);
    if (members === undefined) stories.set(member.storyId, [member]);
    else members.push(member);
  }
  for (const [storyId, members] of stories) {
    if (members.length > MAX_MEMBERS)
      stories.set(storyId, members.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MAX_MEMBERS));
  }
  return stories;
}

type Vector = Map<string, number>;

/** Weight times how much the term tells, scaled to length 1. */
function vectorOf(sketch: StorySketch, background: Background): Vector {
  const vector: Vector = new Map();
  let total = 0;
  for (const [key, weight] of sketch.terms) {
    const value = weight * tellingOf(key, sketch.language, background);
    vector.set(key, value);
    total += value * value;
  }
  if (total === 0) return new Map();
  for (const [key, value] of vector) vector.set(key, value / Math.sqrt(total));
  return vector;
}

/** Mean likeness to the members over the root of their mean likeness to each other: the cosine with their centre. */
function likeness(mine: Vector, members: readonly StoryMember[], background: Background): number {
  const centre: Vector = new Map();
  for (const { sketch } of members)
    for (const [key, value] of vectorOf(sketch, background)) centre.set(key, (centre.get(key) ?? 0) + value);
  let [total, dot] = [0, 0];
  for (const value of centre.values()) total += value * value;
  for (const [key, value] of mine) dot += value * (centre.get(key) ?? 0);
  return total === 0 ? 0 : Math.min(1, dot / Math.sqrt(total));
}

/** True when half of the members or more are about another event, or nothing but a few words is shared with any. */
function isOtherEvent({ sketch, at }: DatedSketch, members: readonly StoryMember[]): boolean {
  const vetoes = members.filter((member) =>
    isVetoed(sketch, member.sketch, Math.abs(at.getTime() - member.at.getTime())),
  );
  if (vetoes.length * 2 >= members.length) return true;
  return !sharesEnough(sketch, members);
}

function sharesEnough(sketch: StorySketch, members: readonly StoryMember[]): boolean {
  const theirs = new Set(members.flatMap((member) => member.sketch.terms.map(([key]) => key)));
  const shared = sketch.terms.filter(([key]) => theirs.has(key));
  return shared.length >= (shared.some(([, , kind]) => kind !== "w") ? MIN_SHARED : MIN_SHARED_WORDS);
}
