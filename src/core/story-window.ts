import { type DatedSketch, type StoryChoice, type Member, chooseStory } from "./story-match.ts";
import { bandsOf, unpackHashes } from "./story-minhash.ts";
import { type Background, tellingOf } from "./story-prior.ts";
import type { StorySketch } from "./story-sketch.ts";

/** Articles further apart than this are never one story. */
export const STORY_WINDOW_MS = 72 * 3_600_000;

/** An article of the window. */
export interface WindowArticle extends Member {
  articleId: string;
}

export interface StoryWindow {
  /** Takes an article in; one with the same id is replaced. */
  add: (article: WindowArticle) => void;
  /** Forgets what was published before a moment. */
  remove: (before: Date) => void;
  /** The story that an article published at a moment belongs to; null where it starts one. Changes nothing. */
  choose: (sketch: StorySketch, at: Date) => StoryChoice | null;
  /** Number of articles held. */
  size: () => number;
}

/** Terms of an arriving article by which candidates are found: those that tell most. */
const QUERY_TERMS = 16;
/** A term that more articles than this hold finds nothing in particular. */
const MAX_HOLDERS = 600;
/** Stories that are compared in full, and members of each. */
const MAX_STORIES = 8;
const MAX_PER_STORY = 40;
/** Articles that share a band with the arriving one and are compared. */
const MAX_COPIES = 40;

interface State {
  articles: Map<string, WindowArticle>;
  /** Articles by language and term, by band, and by story. */
  terms: Map<string, Set<WindowArticle>>;
  bands: Map<string, Set<WindowArticle>>;
  stories: Map<string, Set<WindowArticle>>;
  background: Background;
}

/**
 * The articles of the last 72 hours with an index over their telling terms and their MinHash bands. It holds nothing
 * that cannot be rebuilt: adding the stored sketches again, in any order, gives the same answers.
 */
export function createStoryWindow(): StoryWindow {
  const articles = new Map<string, WindowArticle>();
  const terms: State["terms"] = new Map();
  const background: Background = {
    get articles() {
      return articles.size;
    },
    holders: (key, language) => terms.get(termKey(key, language))?.size ?? 0,
  };
  const state: State = { articles, terms, bands: new Map(), stories: new Map(), background };
  return {
    add: (article) => {
      const known = articles.get(article.articleId);
      if (known !== undefined) forget(state, known);
      articles.set(article.articleId, article);
      for (const [index, key] of placesOf(state, article)) put(index, key, article);
    },
    remove: (before) => {
      for (const article of articles.values()) if (article.at < before) forget(state, article);
    },
    choose: (sketch, at) => chooseStory({ sketch, at }, candidatesOf(state, { sketch, at }), background),
    size: () => articles.size,
  };
}

function forget(state: State, article: WindowArticle): void {
  state.articles.delete(article.articleId);
  for (const [index, key] of placesOf(state, article)) {
    const holders = index.get(key);
    holders?.delete(article);
    if (holders?.size === 0) index.delete(key);
  }
}

function* placesOf(
  state: State,
  { sketch, storyId }: WindowArticle,
): Generator<[Map<string, Set<WindowArticle>>, string]> {
  for (const [key] of sketch.terms) yield [state.terms, termKey(key, sketch.language)];
  for (const band of bandsFor(sketch)) yield [state.bands, band];
  yield [state.stories, storyId];
}

function bandsFor(sketch: StorySketch): string[] {
  return sketch.hashes === "" ? [] : bandsOf(unpackHashes(sketch.hashes));
}

function termKey(key: string, language: string): string {
  return `${language} ${key}`;
}

function put(index: Map<string, Set<WindowArticle>>, key: string, article: WindowArticle): void {
  const holders = index.get(key);
  if (holders === undefined) index.set(key, new Set([article]));
  else holders.add(article);
}

/** The likeliest copies, and the stories that hold the articles likest by their telling terms, with all their members. */
function candidatesOf(state: State, arriving: DatedSketch): WindowArticle[] {
  const found = new Set(copiesOf(state, arriving));
  for (const storyId of likelyStories(state, arriving)) {
    const members = inWindow(state.stories.get(storyId) ?? [], arriving.at);
    for (const member of newest(members, MAX_PER_STORY)) found.add(member);
  }
  return [...found];
}

function copiesOf(state: State, { sketch, at }: DatedSketch): WindowArticle[] {
  const counts = new Map<WindowArticle, number>();
  for (const band of bandsFor(sketch))
    for (const article of state.bands.get(band) ?? []) counts.set(article, (counts.get(article) ?? 0) + 1);
  const ranked = [...counts].toSorted(([a, x], [b, y]) => y - x || order(a, b)).map(([article]) => article);
  return inWindow(ranked, at).slice(0, MAX_COPIES);
}

function likelyStories(state: State, { sketch, at }: DatedSketch): string[] {
  const telling = sketch.terms
    .map(([key, weight]) => ({ key, weight: weight * tellingOf(key, sketch.language, state.background) }))
    .toSorted((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
    .slice(0, QUERY_TERMS);
  const scores = new Map<string, { sum: number; best: number }>();
  const each = new Map<WindowArticle, number>();
  for (const { key, weight } of telling) {
    const holders = state.terms.get(termKey(key, sketch.language));
    if (holders === undefined || holders.size > MAX_HOLDERS) continue;
    for (const article of holders) each.set(article, (each.get(article) ?? 0) + weight * weight);
  }
  for (const [article, score] of each) {
    if (!isNear(article, at)) continue;
    const known = scores.get(article.storyId) ?? { sum: 0, best: 0 };
    scores.set(article.storyId, { sum: known.sum + score, best: Math.max(known.best, score) });
  }
  return [...scores]
    .toSorted(([a, x], [b, y]) => y.best - x.best || y.sum - x.sum || (a < b ? -1 : 1))
    .slice(0, MAX_STORIES)
    .map(([storyId]) => storyId);
}

function inWindow(articles: Iterable<WindowArticle>, at: Date): WindowArticle[] {
  return [...articles].filter((article) => isNear(article, at));
}

function isNear(article: WindowArticle, at: Date): boolean {
  return Math.abs(article.at.getTime() - at.getTime()) <= STORY_WINDOW_MS;
}

function newest(articles: readonly WindowArticle[], count: number): WindowArticle[] {
  if (articles.length <= count) return [...articles];
  return articles.toSorted(order).slice(0, count);
}

/** The newest first; by id where two are equally old, so that the order of adding makes no difference. */
function order(left: WindowArticle, right: WindowArticle): number {
  return right.at.getTime() - left.at.getTime() || (left.articleId < right.articleId ? -1 : 1);
}
