import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { splitSentences } from "#src/core/sentences.ts";

/** What a claim does with its article. The first four kinds follow from it, the others do not. */
export const RIGHT_KINDS = ["verbatim", "paraphrase", "rounded", "reordered"] as const;
export const WRONG_KINDS = [
  "number",
  "swap",
  "role",
  "place",
  "negation",
  "speaker",
  "cause",
  "date",
  "unit",
  "comparative",
  "attribution",
  "inserted",
] as const;
const WRITTEN_KINDS = [...RIGHT_KINDS.slice(1), ...WRONG_KINDS] as const;
export type Kind = (typeof RIGHT_KINDS)[number] | (typeof WRONG_KINDS)[number];

const CaseFile = z.strictObject({
  id: z.string(),
  language: z.string(),
  title: z.string(),
  /** Each paragraph's sentences under the names by which claims cite them. */
  paragraphs: z.array(z.record(z.string().regex(/^s\d+$/), z.string().min(1))).min(3),
  reference: z.string().min(1),
  claims: z.record(z.enum(WRITTEN_KINDS), z.array(z.tuple([z.string(), z.string().min(1)])).min(2)),
});

export interface Claim {
  kind: Kind;
  follows: boolean;
  text: string;
  /** The sentence of the article that a writer would show for it. */
  quote: string;
}

/** An invented article with claims that follow from it and claims that nearly do. */
export interface Case {
  id: string;
  language: string;
  title: string;
  paragraphs: string[];
  reference: string;
  claims: Claim[];
}

/** Rules are made looking at the first; the second is for telling how they fare on what nobody looked at. */
export type Shelf = "cases" | "unseen-cases";
const UNSPACED: ReadonlySet<string> = new Set(["ja", "zh"]);

/** The bundled articles of a shelf, by file name; each sentence of an article is a verbatim claim of it. */
export function loadCases(shelf: Shelf = "cases"): Case[] {
  const folder = join(import.meta.dirname, shelf);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => toCase(CaseFile.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))), name));
}

function toCase(file: z.infer<typeof CaseFile>, name: string): Case {
  const sentences = new Map(file.paragraphs.flatMap((paragraph) => Object.entries(paragraph)));
  const paragraphs = file.paragraphs.map((paragraph) =>
    Object.values(paragraph).join(UNSPACED.has(file.language) ? "" : " "),
  );
  const verbatim = [...sentences.values()].map((text): Claim => ({
    kind: "verbatim",
    follows: true,
    text,
    quote: text,
  }));
  const written = WRITTEN_KINDS.flatMap((kind) =>
    file.claims[kind].map(([key, text]): Claim => {
      const quote = sentences.get(key);
      if (quote === undefined) throw new Error(`${name}: ${kind} cites ${key}, which is not there`);
      return { kind, follows: RIGHT_KINDS.some((right) => right === kind), text, quote };
    }),
  );
  const { id, language, title, reference } = file;
  return { id, language, title, paragraphs, reference, claims: [...verbatim, ...written] };
}

/** The sentences that the product itself finds in an article. */
export function sentencesOf({ paragraphs, language }: Pick<Case, "paragraphs" | "language">): string[] {
  return paragraphs.flatMap((text) =>
    splitSentences(text, language).map(({ start, end }) => text.slice(start, end)),
  );
}
