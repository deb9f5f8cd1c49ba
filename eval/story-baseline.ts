import type { StorySketch } from "#src/core/story-sketch.ts";

type Vector = Map<string, number>;

/** tf-idf vectors of length 1, the idf over the very articles that are clustered. */
export function tfIdf(sketches: readonly StorySketch[]): Vector[] {
  const holders = new Map<string, number>();
  for (const { terms } of sketches) for (const [key] of terms) holders.set(key, (holders.get(key) ?? 0) + 1);
  return sketches.map(({ terms }) => {
    const vector: Vector = new Map(
      terms.map(([key, weight]) => [
        key,
        weight * Math.log((sketches.length + 1) / ((holders.get(key) ?? 0) + 0.5)),
      ]),
    );
    const length = Math.hypot(...vector.values()) || 1;
    for (const [key, value] of vector) vector.set(key, value / length);
    return vector;
  });
}

export function meanLikeness(vectors: readonly Vector[], one: number, members: readonly number[]): number {
  let total = 0;
  for (const member of members) total += cosine(vectors[one], vectors[member]);
  return total / members.length;
}

/** Joins the two clusters with the greatest mean likeness as long as it is above the threshold; the cluster of each vector. */
export function hacAverage(vectors: readonly Vector[], threshold: number): number[] {
  const sums = vectors.map((left) => vectors.map((right) => cosine(left, right)));
  const clusters = new Map<number, number[]>([...vectors.keys()].map((i) => [i, [i]]));
  for (;;) {
    let best = { left: -1, right: -1, mean: threshold };
    for (const [left, mine] of clusters) {
      for (const [right, theirs] of clusters) {
        if (right <= left) continue;
        const mean = (sums[left]?.[right] ?? 0) / (mine.length * theirs.length);
        if (mean > best.mean) best = { left, right, mean };
      }
    }
    const [into, from] = [clusters.get(best.left), clusters.get(best.right)];
    if (into === undefined || from === undefined) break;
    into.push(...from);
    clusters.delete(best.right);
    for (const row of sums) row[best.left] = (row[best.left] ?? 0) + (row[best.right] ?? 0);
    const kept = sums[best.left];
    for (const [i, row] of sums.entries()) if (kept !== undefined) kept[i] = row[best.left] ?? 0;
  }
  const chosen: number[] = [];
  for (const [cluster, members] of clusters) for (const member of members) chosen[member] = cluster;
  return chosen;
}

function cosine(left: Vector | undefined, right: Vector | undefined): number {
  if (left === undefined || right === undefined) return 0;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let dot = 0;
  for (const [key, value] of small) dot += value * (large.get(key) ?? 0);
  return dot;
}
