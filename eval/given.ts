import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { splitSentences } from "#src/core/sentences.ts";
import type { Part } from "./report.ts";

/** A measuring program of this folder and what it is to read. */
interface Program {
  title: string;
  script: string;
  paths: readonly string[];
}

/** Data sets given on the command line, by kind. */
export interface Given {
  grounding: readonly string[];
  writing: readonly string[];
  topics: readonly string[];
  stories: readonly string[];
  feeds: readonly string[];
  extraction: readonly string[];
}

/** What lies under a folder with one folder a kind; a kind that is not there is left out. */
export function givenUnder(folder: string): Given {
  const files = (kind: string, ending: string): string[] => {
    const path = join(folder, kind);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(path, name));
  };
  return {
    grounding: files("grounding", ".jsonl"),
    writing: files("writing", ".jsonl"),
    topics: files("topics", ".json"),
    stories: files("stories", ".txt"),
    feeds: files("feeds", "feeds.jsonl"),
    extraction: files("extraction", "pages.jsonl"),
  };
}

const Line = z.union([
  z.object({ doc: z.string() }).transform(({ doc }) => doc),
  z.object({ truth: z.object({ text: z.string() }) }).transform(({ truth }) => truth.text),
]);

/** The sentences of the articles in the given sets, each article once. */
export function givenSentences({
  grounding,
  writing,
  extraction,
}: Given): { name: string; sentences: string[] }[] {
  return [...grounding, ...writing, ...extraction].map((path) => {
    const lines = readFileSync(path, "utf8").trim().split("\n");
    const texts = new Set(lines.map((line) => Line.parse(JSON.parse(line))));
    const sentences = [...texts].flatMap((text) =>
      splitSentences(text, "en").map(({ start, end }) => text.slice(start, end)),
    );
    return { name: `${basename(path)} (${texts.size} articles)`, sentences };
  });
}

/** Each data set through the program that measures it, one after the other. */
export async function givenParts(given: Given): Promise<Part[]> {
  const programs: Program[] = [
    {
      title: "6a. Verification and locator on labelled summaries",
      script: "grounding.ts",
      paths: given.grounding,
    },
    { title: "6b. Built-in writer against people's summaries", script: "writing.ts", paths: given.writing },
    { title: "6c. Topics against editors' codes", script: "topics.ts", paths: given.topics },
    { title: "6d. Stories", script: "stories.ts", paths: given.stories },
    { title: "6e. Feeds", script: "feeds.ts", paths: given.feeds },
    { title: "6f. Extraction", script: "extraction.ts", paths: given.extraction },
  ];
  const parts: Part[] = [];
  for (const program of programs.filter(({ paths }) => paths.length > 0)) parts.push(await run(program));
  return parts;
}

/** A process of its own, because each of these programs may also be run alone and times what it does. */
async function run({ title, script, paths }: Program): Promise<Part> {
  const command = `node eval/${script} ${paths.map((path) => path.split("/").slice(-2).join("/")).join(" ")}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...paths], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const text = said.join("");
  return { title, command, text: code === 0 ? text : `${text}\nended with code ${code}` };
}
