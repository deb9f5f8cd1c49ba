import type { Sentence } from "./article-index.ts";
import { leansOnPrevious } from "./lexicon.ts";

/** Sentences beyond this are not ranked: news says what matters first. */
const MAX_RANKED = 80;
/** Weights found on public summaries of news; see `eval/writing.ts`. */
const WEIGHTS = {
  near: 1.9,
  decay: 3,
  depth: 0.48,
  centre: 0.66,
  lead: 0.88,
  quote: 0.78,
  leaning: 0.48,
  long: 2.1,
};
const LONG_WORDS = 35;
const LONG_STEP = 20;
const DAMPING = 0.85;
const ROUNDS = 20;
/** Share of relevance against novelty when sentences are picked one by one. */
const RELEVANCE = 0.9;

type Vector = Map<string, number>;

export interface Ranked {
  /** Index of the sentence. */
  at: number;
  score: number;
}

/** Scores each sentence by place, centrality and closeness to the opening; best first. */
export function rankSentences(sentences: readonly Sentence[], language: string): Ranked[] {
  const considered = sentences.slice(0, MAX_RANKED);
  const vectors = weigh(considered);
  const centre = centrality(vectors);
  const lead = sum(vectors.slice(0, 3));
  const ranked = considered.map((sentence, at) => ({
    at,
    score:
      placeScore(at) +
      WEIGHTS.centre * (centre[at] ?? 0) +
      WEIGHTS.lead * cosine(vectors[at], lead) -
      penalty(sentence, language),
  }));
  return ranked.sort((a, b) => b.score - a.score || a.at - b.at);
}

/** Picks up to `count` of the ranked sentences, each as good as possible and unlike those taken or shown before. */
export function pickVaried(input: {
  sentences: readonly Sentence[];
  ranked: readonly Ranked[];
  shown: readonly number[];
  count: number;
}): number[] {
  const vectors = weigh(input.sentences.slice(0, MAX_RANKED));
  const picked: number[] = [];
  const best = input.ranked[0]?.score ?? 1;
  const scale = Math.max(Math.abs(best), 1);
  while (picked.length < input.count) {
    const taken = [...input.shown, ...picked];
    let choice: Ranked | null = null;
    for (const each of input.ranked) {
      if (taken.includes(each.at)) continue;
      const likeness = Math.max(0, ...taken.map((at) => cosine(vectors[each.at], vectors[at])));
      if (likeness > 0.7) continue;
      const score = (RELEVANCE * each.score) / scale - (1 - RELEVANCE) * likeness;
      if (choice === null || score > choice.score) choice = { at: each.at, score };
    }
    if (choice === null) break;
    picked.push(choice.at);
  }
  return picked;
}

/** Likeness of two sets of stems, from 0 to 1. */
export function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const each of left) if (right.has(each)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}

function placeScore(at: number): number {
  return WEIGHTS.near * Math.exp(-at / WEIGHTS.decay) - WEIGHTS.depth * Math.log1p(at) * 0.5;
}

function penalty(sentence: Sentence, language: string): number {
  const words = sentence.tokens.length;
  const quote = /^["“„«‘'「]/.test(sentence.text) ? WEIGHTS.quote : 0;
  const leaning = leansOnPrevious(sentence.text, language) ? WEIGHTS.leaning : 0;
  const long = words > LONG_WORDS ? (WEIGHTS.long * (words - LONG_WORDS)) / LONG_STEP : 0;
  return quote + leaning + long;
}

/** Stems of each sentence weighted by how few sentences hold them. */
function weigh(sentences: readonly Sentence[]): Vector[] {
  const holders = new Map<string, number>();
  for (const { stems } of sentences)
    for (const each of stems) holders.set(each, (holders.get(each) ?? 0) + 1);
  return sentences.map(({ stems }) => {
    const vector: Vector = new Map();
    for (const each of stems) vector.set(each, Math.log(1 + sentences.length / (holders.get(each) ?? 1)));
    return vector;
  });
}

/** PageRank over likeness (LexRank), scaled so that the most central sentence has 1. */
function centrality(vectors: readonly Vector[]): number[] {
  const links = vectors.map((left, i) => vectors.map((right, j) => (i === j ? 0 : cosine(left, right))));
  const totals = links.map((row) => row.reduce((total, value) => total + value, 0));
  let ranks = vectors.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    ranks = ranks.map((_, i) => {
      let inflow = 0;
      for (const [j, row] of links.entries()) {
        const total = totals[j] ?? 0;
        if (total > 0) inflow += ((row[i] ?? 0) / total) * (ranks[j] ?? 0);
      }
      return 1 - DAMPING + DAMPING * inflow;
    });
  }
  const most = Math.max(...ranks, 1e-9);
  return ranks.map((rank) => rank / most);
}

function cosine(left: Vector | undefined, right: Vector | undefined): number {
  if (left === undefined || right === undefined || left.size === 0 || right.size === 0) return 0;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let dot = 0;
  for (const [key, weight] of small) dot += weight * (large.get(key) ?? 0);
  return dot === 0 ? 0 : dot / (length(left) * length(right));
}

const LENGTHS_OF = new WeakMap<Vector, number>();

function length(vector: Vector): number {
  const known = LENGTHS_OF.get(vector);
  if (known !== undefined) return known;
  let total = 0;
  for (const weight of vector.values()) total += weight * weight;
  const root = Math.sqrt(total);
  LENGTHS_OF.set(vector, root);
  return root;
}

function sum(vectors: readonly Vector[]): Vector {
  const total: Vector = new Map();
  for (const vector of vectors)
    for (const [key, weight] of vector) total.set(key, (total.get(key) ?? 0) + weight);
  return total;
}
