import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { type StorySketch, sketchOf } from "#src/core/story-sketch.ts";
import { createStoryWindow } from "#src/core/story-window.ts";
import { hacAverage, meanLikeness, tfIdf } from "./story-baseline.ts";

/** Orders in which the articles come in besides the file's own. */
const SHUFFLES = 5;
/** The threshold of the offline peer, chosen like that of the product on the training and development parts. */
const HAC_THRESHOLD = 0.18;
/** ECB+ tells no time of publication: all is taken to come in within one day, a minute apart. */
const START = Date.UTC(2024, 0, 1);

interface Document {
  id: string;
  story: string;
  sketch: StorySketch;
}

interface Score {
  precision: number;
  recall: number;
  f1: number;
}

/** Prints B-cubed figures of the stories that offline clustering and the product's online choice make of ECB+ files. */
function main(paths: readonly string[]): void {
  for (const path of paths) {
    const documents = readDocuments(readFileSync(path, "utf8"));
    const stories = new Set(documents.map(({ story }) => story)).size;
    console.log(`\n${basename(path)}: ${documents.length} articles, ${stories} stories`);
    print("offline, HAC average, tf-idf", [bCubed(documents, offline(documents))]);
    print("online, average link alone, file's order", [bCubed(documents, singlePass(documents))]);
    const started = performance.now();
    const inOrder = bCubed(documents, online(documents));
    const each = (performance.now() - started) / documents.length;
    print(`online (Lede), file's order`, [inOrder]);
    const shuffled = Array.from({ length: SHUFFLES }, (_, seed) => {
      const order = shuffle(documents, seed + 1);
      return bCubed(order, online(order));
    });
    print(`online (Lede), mean of ${SHUFFLES} shuffled orders`, shuffled);
    console.log(`ms per article ${each.toFixed(2)}`);
  }
}

function print(name: string, scores: readonly Score[]): void {
  const mean = (pick: (score: Score) => number) =>
    (scores.reduce((total, score) => total + pick(score), 0) / scores.length).toFixed(1);
  const least = Math.min(...scores.map(({ f1 }) => f1)).toFixed(1);
  const range = scores.length > 1 ? `  (least F1 ${least})` : "";
  console.log(
    `${name.padEnd(44)} P ${mean(({ precision }) => precision)}  R ${mean(({ recall }) => recall)}  F1 ${mean(({ f1 }) => f1)}${range}`,
  );
}

/** The file's token lines as articles; the first sentence is the title where it ends like one. */
function readDocuments(text: string): Document[] {
  const sentences = new Map<string, Map<string, string[]>>();
  for (const line of text.split("\n")) {
    const [id, sentence, , token] = line.split("\t");
    if (id === undefined || sentence === undefined || token === undefined) continue;
    const known = sentences.get(id) ?? new Map<string, string[]>();
    sentences.set(id, known);
    known.set(sentence, [...(known.get(sentence) ?? []), token]);
  }
  return [...sentences].map(([id, parts]) => {
    const [first = "", ...rest] = [...parts.values()].map(asText);
    const titled = parts.has("0") && rest.length > 0 && !/[.!?]["']?$/.test(first);
    const sketch = sketchOf({
      title: titled ? first : "",
      paragraphs: [titled ? rest.join(" ") : [first, ...rest].join(" ")],
      language: "en",
    });
    return { id, story: id.replace(/_\d+/, ""), sketch };
  });
}

/** Tokens as a text is written. */
function asText(tokens: readonly string[]): string {
  return tokens
    .join(" ")
    .replace(/ ([.,;:!?%)\]])/g, "$1")
    .replace(/([([$]) /g, "$1")
    .replace(/ ('s|'t|n't|'re|'ve|'ll|'d|'m)\b/g, "$1")
    .replace(/`` | ''/g, '"')
    .replace(/(\d)([.,]) (\d)/g, "$1$2$3")
    .replace(/ - /g, "-");
}

function online(documents: readonly Document[]): string[] {
  const window = createStoryWindow();
  return documents.map(({ id, sketch }, i) => {
    const at = new Date(START + i * 60_000);
    const storyId = window.choose(sketch, at)?.storyId ?? id;
    window.add({ articleId: id, storyId, sketch, at });
    return storyId;
  });
}

function offline(documents: readonly Document[]): string[] {
  return hacAverage(tfIdf(documents.map(({ sketch }) => sketch)), HAC_THRESHOLD).map(String);
}

/** What research calls single pass: each article joins the story with the greatest mean likeness above the threshold. */
function singlePass(documents: readonly Document[]): string[] {
  const vectors = tfIdf(documents.map(({ sketch }) => sketch));
  const stories: number[][] = [];
  const chosen: string[] = [];
  for (const i of vectors.keys()) {
    const likeness = stories.map((members) => meanLikeness(vectors, i, members));
    const best = likeness.indexOf(Math.max(...likeness));
    const at = (likeness[best] ?? 0) > HAC_THRESHOLD ? best : stories.length;
    (stories[at] ??= []).push(i);
    chosen.push(String(at));
  }
  return chosen;
}

function bCubed(documents: readonly Document[], chosen: readonly string[]): Score {
  let [precision, recall] = [0, 0];
  for (const [i, { story }] of documents.entries()) {
    const together = chosen.filter((other) => other === chosen[i]).length;
    const gold = documents.filter((other) => other.story === story).length;
    const right = documents.filter((other, j) => other.story === story && chosen[j] === chosen[i]).length;
    precision += (100 * right) / together / documents.length;
    recall += (100 * right) / gold / documents.length;
  }
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** The same order for the same seed on every machine. */
function shuffle(documents: readonly Document[], seed: number): Document[] {
  const order = [...documents];
  let state = seed * 2_654_435_761;
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    const [left, right] = [order[i], order[j]];
    if (left === undefined || right === undefined) continue;
    order[i] = right;
    order[j] = left;
  }
  return order;
}

main(process.argv.slice(2));
