import { readFileSync } from "node:fs";

export interface SampleArticle {
  title: string;
  paragraphs: string[];
  language: string;
}

export const SAMPLE_NAMES = [
  "en-bridge",
  "en-drug",
  "de-werk",
  "es-puerto",
  "fr-greve",
  "ja-jishin",
] as const;

/** An article of tests/fixtures/articles; the first line is its title, the name's first part its language. */
export function sampleArticle(name: (typeof SAMPLE_NAMES)[number]): SampleArticle {
  const file = new URL(`../fixtures/articles/${name}.txt`, import.meta.url);
  const [title = "", ...paragraphs] = readFileSync(file, "utf8").trim().split(/\n\n+/);
  return { title, paragraphs, language: name.slice(0, 2) };
}
