import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "#commands";
import { Env } from "#src/config.ts";
import { isForModerators } from "#src/core/authority.ts";
import { describeActions, parseTyped } from "#src/core/options.ts";
import { SUBSCRIPTION_OPTIONS } from "#src/core/subscription-options.ts";
import { matchTopic } from "#src/core/topic-match.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject, type TopicSubject } from "#src/core/topic-subject.ts";

interface Example {
  query: string;
  headline: string;
  from: string;
  matches: string;
}

describe("docs/topics.md", () => {
  const examples = readExamples("docs/topics.md");

  test("has examples", () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  test.for(examples)("$query over “$headline” ($from): $matches", ({ query, headline, from, matches }) => {
    const match = matchTopic(parseTopicQuery(query), articleOf(headline, from));
    expect(match === null ? "no" : "yes").toBe(matches);
  });
});

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync("docs").map((name) => `docs/${name}`),
].filter((page) => page.endsWith(".md"));

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(page, "utf8");

  test("shows commands as they can be typed", () => {
    expect(typedLines(text).filter((line) => !canBeTyped(line))).toEqual([]);
  });

  test("names variables that there are", () => {
    const named = text.match(/\b(?:LEDE|OPENAI|DISCORD|SLACK)_[A-Z_]+[A-Z]\b/g) ?? [];
    const known = [...Object.keys(Env.shape), ...CONSTANTS_OF_WORDPRESS];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("links to files that are there", () => {
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = ""]) => target);
    const missing = linked.filter((target) => !existsSync(path.join(path.dirname(page), target)));
    expect(missing).toEqual([]);
  });
});

test("the moderators' guide shows every action of every command", () => {
  const lines = typedLines(readFileSync("docs/moderators.md", "utf8"));
  const wanted = COMMANDS.filter(isForModerators).flatMap(({ name, options }) =>
    (describeActions(options) ?? []).map((action) => `/${name} ${action.name}`),
  );
  expect(wanted.filter((start) => !lines.some((line) => line.startsWith(start)))).toEqual([]);
});

test("the moderators' guide has every option of a subscription", () => {
  const text = readFileSync("docs/moderators.md", "utf8");
  const rows = [...text.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
  expect(new Set(rows)).toEqual(new Set(Object.keys(SUBSCRIPTION_OPTIONS)));
});

/** What WordPress's own configuration calls them. */
const CONSTANTS_OF_WORDPRESS = ["LEDE_URL", "LEDE_SECRET"];

/** The lines of code blocks that are commands in a chat. */
function typedLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split("\n")).filter((line) => /^\/[a-z]/.test(line));
}

/** Whether the line is a command all of whose words are understood. */
function canBeTyped(line: string): boolean {
  const [, name, rest = ""] = /^\/(\S+)\s*(.*)$/.exec(line) ?? [];
  const command = COMMANDS.find((one) => one.name === name && one.surfaces.includes("typed"));
  if (command === undefined) return false;
  const actions = describeActions(command.options)?.map((action) => action.name);
  if (actions !== undefined && !actions.includes(rest.split(" ")[0] ?? "")) return false;
  const options = parseTyped(rest, command.options);
  const quoted = Object.entries(options).filter(
    ([name, value]) => name !== "query" && String(value).includes('"'),
  );
  return (
    quoted.length === 0 &&
    command.options.safeParse(options).success &&
    countWords(rest) === countWords(wordsOf(options))
  );
}

/** The options' values and names as one line: a word that was lost in reading makes it shorter. */
function wordsOf(options: Readonly<Record<string, unknown>>): string {
  return Object.values(options).map(String).join(" ");
}

function countWords(line: string): number {
  return line.split(/\s+/).filter((word) => word !== "").length;
}

/** The rows of the table whose columns are query, headline, from and matches. */
function readExamples(path: string): Example[] {
  const rows = readFileSync(path, "utf8").matchAll(/^\| `(.+?)` \| (.+?) \| (\S*) ?\| (yes|no) \|$/gm);
  return [...rows].map(([, query = "", headline = "", from = "", matches = ""]) => ({
    query,
    headline,
    from,
    matches,
  }));
}

/** An article that says no more than its headline; `from` is a host or a language. */
function articleOf(headline: string, from: string): TopicSubject {
  const isHost = from.includes(".");
  return prepareSubject({
    title: headline,
    paragraphs: [],
    site: null,
    url: isHost ? `https://${from}/story` : null,
    language: isHost || from === "" ? "en" : from,
  });
}
