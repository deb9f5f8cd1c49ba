import { type Background, tellingOf } from "./story-prior.ts";
import type { StorySketch } from "./story-sketch.ts";

/** Terms with their weights, of length 1. */
export type Vector = ReadonlyMap<string, number>;

/** The weight of each term times how much it tells, scaled to length 1; empty for a sketch without terms. */
export function vectorOf(sketch: StorySketch, background: Background): Vector {
  const vector = new Map<string, number>();
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

/** Likeness of two vectors, from 0 to 1. */
export function cosine(left: Vector, right: Vector): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let dot = 0;
  for (const [key, value] of small) dot += value * (large.get(key) ?? 0);
  return dot;
}

/** Likeness to a group: the mean likeness to its members over the root of their mean likeness to each other. */
export function likenessToGroup(mine: Vector, group: readonly Vector[]): number {
  const sum = new Map<string, number>();
  for (const vector of group) for (const [key, value] of vector) sum.set(key, (sum.get(key) ?? 0) + value);
  let total = 0;
  for (const value of sum.values()) total += value * value;
  return total === 0 ? 0 : Math.min(1, cosine(mine, sum) / Math.sqrt(total));
}

/** The likeness of each vector to each, as rows. */
export function likenessTable(vectors: readonly Vector[]): Float64Array[] {
  const rows = vectors.map(() => new Float64Array(vectors.length));
  for (const [i, left] of vectors.entries()) {
    const row = rows[i];
    for (let j = 0; j < i; j++) {
      const [other, right] = [rows[j], vectors[j]];
      if (row === undefined || other === undefined || right === undefined) continue;
      row[j] = other[i] = cosine(left, right);
    }
  }
  return rows;
}
