import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { languageOf } from "#src/adapters/web/language.ts";
import { indexArticle, type IndexInput } from "#src/core/article-index.ts";
import { foreignIn } from "#src/core/foreign-text.ts";
import type { Table } from "./report.ts";

export interface HonestSet {
  name: string;
  articles: readonly IndexInput[];
}

const Line = z.union([
  z.object({ doc: z.string(), title: z.string().default("") }),
  z
    .object({ truth: z.object({ text: z.string(), title: z.string().nullish() }) })
    .transform(({ truth }) => ({ doc: truth.text, title: truth.title ?? "" })),
]);

/** The articles of labelled files, each once, in the language that they are found to be in. */
export function honestArticles(paths: readonly string[]): HonestSet[] {
  return paths.map((path) => {
    const lines = readFileSync(path, "utf8").trim().split("\n");
    const read = lines.map((line) => Line.parse(JSON.parse(line)));
    const articles = [...new Map(read.map((each) => [each.doc, each])).values()].map(({ doc, title }) => ({
      title,
      paragraphs: doc.split(/\n\s*\n/),
      language: languageOf(doc, null) ?? "en",
    }));
    return { name: `${basename(path)} (${articles.length} articles)`, articles };
  });
}

/** Of the sentences of honest articles, each within its article, how many are taken for foreign to it. */
export function foreignTable(sets: readonly HonestSet[]): Table {
  return {
    title: "Sentences of honest articles that are taken for foreign to their article",
    head: ["", "sentences", "foreign", "beside the subject", "untied"],
    rows: sets.map(({ name, articles }) => {
      const counts = articles.map((input) => {
        const article = indexArticle(input);
        const { foreign, beside, untied } = foreignIn(article);
        return [article.sentences.length, foreign.size, beside.size, untied.size];
      });
      return [
        name,
        ...[0, 1, 2, 3].map((i) => String(counts.reduce((sum, each) => sum + (each[i] ?? 0), 0))),
      ];
    }),
    note: "A foreign sentence is neither shown nor cited; no claim rests on what is beside the subject; an untied one makes no headline and is chosen last.",
  };
}
