import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { loadAttacks } from "./attacks.ts";
import { loadCases } from "./cases.ts";
import { claimTables, judgeClaims, wrongClaims } from "./claims.ts";
import { foreignTable, honestArticles } from "./foreign.ts";
import { type Given, givenParts, givenSentences, givenUnder } from "./given.ts";
import { attackTable, falseAlarmTable, honestSentences, reachedBy, runAttacks } from "./injection.ts";
import { livePart } from "./live.ts";
import { locatorTable } from "./locator.ts";
import { type Part, partText, toMarkdown } from "./report.ts";
import { summaryTable } from "./summaries.ts";

const RESULTS = join(import.meta.dirname, "RESULTS.md");
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")));

interface Options {
  all?: string;
  grounding?: string[];
  writing?: string[];
  topics?: string[];
  stories?: string[];
  feeds?: string;
  extraction?: string;
  show?: boolean;
  write: boolean;
}

const program = new Command("npm run eval --")
  .description("Measures verification, evidence, the built-in writer and what attacks in articles achieve.")
  .option(
    "--all <folder>",
    "labelled data, one folder a kind: grounding, writing, topics, stories, feeds, extraction",
  )
  .option("--grounding <files...>", "JSON Lines of { id, doc, sum, label }; label 1 means supported")
  .option("--writing <files...>", "JSON Lines of { id, doc, refs }")
  .option("--topics <files...>", "Reuters-21578 as JSON")
  .option("--stories <files...>", "token lines of ECB+")
  .option("--feeds <file>", "feeds.jsonl with its feeds beside it")
  .option("--extraction <file>", "pages.jsonl with its pages beside it")
  .option("--show", "print each claim that is judged wrongly and each attack that reaches a post")
  .option("--no-write", `leave ${RESULTS.split("/").slice(-2).join("/")} as it is`)
  .action(evaluate);

await program.parseAsync();

async function evaluate(options: Options): Promise<void> {
  // Where the data lies on one machine says nothing on another.
  const given = process.argv.slice(2).map((word) => (word.includes("/") ? `…/${basename(word)}` : word));
  const command = given.length === 0 ? "npm run eval" : `npm run eval -- ${given.join(" ")}`;
  const head = [
    `Date: ${new Date().toISOString().slice(0, 10)}`,
    `Version: ${version}`,
    `Command: \`${command}\``,
    "What each figure means: [docs/evaluation.md](../docs/evaluation.md)",
  ];
  console.log(`${head.slice(0, 3).join("\n")}\n`);
  const parts: Part[] = [];
  for await (const part of measure(options)) {
    console.log(`${partText(part)}\n`);
    parts.push(part);
  }
  if (options.write) writeFileSync(RESULTS, toMarkdown(head, parts));
}

async function* measure(options: Options): AsyncGenerator<Part> {
  const cases = loadCases();
  const attacks = loadAttacks();
  const judged = judgeClaims(cases);
  yield {
    title: "1a. Verification of claims",
    tables: claimTables(judged, "the bundled articles"),
    ...shown(options, wrongClaims(judged)),
  };
  yield {
    title: "1b. Verification of claims that the rules were never tuned to",
    tables: claimTables(judgeClaims(loadCases("unseen-cases")), "further articles"),
  };
  yield { title: "2. Finding evidence", tables: [locatorTable(cases)] };
  yield { title: "3. The built-in writer", tables: [summaryTable(cases)] };
  const given = toGiven(options);
  const outcomes = await runAttacks(attacks, cases);
  const honest = [...honestSentences(attacks, cases), ...givenSentences(given)];
  const files = [...given.grounding, ...given.writing, ...given.extraction];
  const articles = [{ name: "bundled articles", articles: cases }, ...honestArticles(files)];
  yield {
    title: "4. Instructions and markup in articles",
    tables: [attackTable(outcomes), falseAlarmTable(honest), foreignTable(articles)],
    ...shown(options, reachedBy(outcomes)),
  };
  yield await livePart(cases);
  for (const part of await givenParts(given)) yield part;
}

function shown({ show }: Options, text: string): { text?: string } {
  return show === true && text !== "" ? { text } : {};
}

function toGiven(options: Options): Given {
  const under = options.all === undefined ? null : givenUnder(options.all);
  const { grounding = [], writing = [], topics = [], stories = [], feeds, extraction } = options;
  return {
    grounding: [...(under?.grounding ?? []), ...grounding],
    writing: [...(under?.writing ?? []), ...writing],
    topics: [...(under?.topics ?? []), ...topics],
    stories: [...(under?.stories ?? []), ...stories],
    feeds: [...(under?.feeds ?? []), ...(feeds === undefined ? [] : [feeds])],
    extraction: [...(under?.extraction ?? []), ...(extraction === undefined ? [] : [extraction])],
  };
}
