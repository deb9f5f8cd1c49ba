import { chooseStory } from "#src/core/story-match.ts";
import type { Background } from "#src/core/story-prior.ts";
import { type StorySketch, sketchOf } from "#src/core/story-sketch.ts";
import { type StoryWindow, type WindowArticle, createStoryWindow } from "#src/core/story-window.ts";
import type { Table } from "./figures.ts";
import { percentile, toRatio } from "./figures.ts";

const WINDOWS = [1_000, 20_000];
/** Articles that come into each full window, by the index and by brute force. */
const ARRIVING = 200;
const ARRIVING_BRUTE = 10;
/** Outlets that report one event. */
const OUTLETS = 4;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2024, 0, 1);

/** Milliseconds of CPU time that it takes to sketch an article and to choose its story, beside comparing it with each article of the window. */
export function measureStories(): Table {
  const rows: string[][] = [];
  for (const size of WINDOWS) {
    const { window, articles } = filled(size);
    const arriving = Array.from({ length: ARRIVING }, (_, i) => generate(size + i));
    for (const text of arriving.slice(0, 20)) window.choose(sketchOf(text), new Date(START + HOUR_MS));
    const sketches: number[] = [];
    const choices: number[] = [];
    const brute: number[] = [];
    let agreed = 0;
    for (const [i, text] of arriving.entries()) {
      let sketch: StorySketch | null = null;
      sketches.push(timed(() => (sketch = sketchOf(text))));
      if (sketch === null) continue;
      const [at, made] = [new Date(START + HOUR_MS), sketch];
      let chosen: string | null = null;
      choices.push(timed(() => (chosen = window.choose(made, at)?.storyId ?? null)));
      if (i >= ARRIVING_BRUTE) continue;
      let compared: string | null = null;
      const background = backgroundOf(articles);
      brute.push(
        timed(() => (compared = chooseStory({ sketch: made, at }, articles, background)?.storyId ?? null)),
      );
      if (compared === chosen) agreed += 1;
    }
    const [fast, slow] = [percentile(choices, 0.5), percentile(brute, 0.5)];
    rows.push([
      `${size} articles`,
      percentile(sketches, 0.5).toFixed(2),
      fast.toFixed(2),
      percentile(choices, 0.99).toFixed(2),
      slow.toFixed(1),
      toRatio(slow, fast),
      `${agreed} of ${brute.length}`,
    ]);
  }
  return {
    title: "Stories: milliseconds of CPU per arriving article",
    head: ["window", "sketch", "choose", "p99", "brute force", "ratio", "same answer"],
    rows,
    note: "Medians. Brute force compares the article with every other of the window, by the same rules.",
  };
}

/** Milliseconds of CPU time, so that a busy machine does not count. */
function timed(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function filled(size: number): { window: StoryWindow; articles: WindowArticle[] } {
  const window = createStoryWindow();
  const articles = Array.from({ length: size }, (_, i) => ({
    articleId: String(i),
    storyId: `story-${Math.floor(i / OUTLETS)}`,
    sketch: sketchOf(generate(i)),
    at: new Date(START - (i % 70) * HOUR_MS),
  }));
  for (const article of articles) window.add(article);
  return { window, articles };
}

function backgroundOf(articles: readonly WindowArticle[]): Background {
  const holders = new Map<string, number>();
  for (const { sketch } of articles)
    for (const [key] of sketch.terms) holders.set(key, (holders.get(key) ?? 0) + 1);
  return { articles: articles.length, holders: (key) => holders.get(key) ?? 0 };
}

/** The report of one outlet on one event: 4 of them share its names and half of the words. Words are frequent as in language (Zipf). */
function generate(number: number): { title: string; paragraphs: string[]; language: string } {
  const event = randomFrom(Math.floor(number / OUTLETS) + 1);
  const outlet = randomFrom(number * 31 + 7);
  const names = Array.from({ length: 5 }, () => capital(spelling(Math.floor(event() * 60_000))));
  const own = Array.from({ length: 25 }, () => wordOf(event, 6_000));
  const sentence = () => {
    const words = Array.from({ length: 18 }, (_, i) => {
      if (i % 6 === 3) return names[Math.floor(outlet() * names.length)] ?? "";
      return outlet() < 0.5 ? (own[Math.floor(outlet() * own.length)] ?? "") : wordOf(outlet, 6_000);
    });
    return `${capital(words.join(" "))} ${10 + Math.floor(event() * 90)}.`;
  };
  return {
    title: `${names[0]} ${own[0]} ${names[1]} ${own[1]} ${own[2]}`,
    paragraphs: Array.from({ length: 8 }, () => `${sentence()} ${sentence()} ${sentence()}`),
    language: "en",
  };
}

/** A word; the first of `count` are the most frequent. */
function wordOf(random: () => number, count: number): string {
  return spelling(Math.floor(count ** random()));
}

function spelling(number: number): string {
  let rank = number;
  let word = "";
  do {
    word += SYLLABLES[rank % SYLLABLES.length] ?? "";
    rank = Math.floor(rank / SYLLABLES.length);
  } while (rank > 0);
  return word + "n";
}

const SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
