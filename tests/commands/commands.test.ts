import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { COMMANDS } from "#commands";
import { brief } from "#commands/brief.ts";
import type { BriefRequest, Caller, CommandApp } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { describeActions, describeOptions, parseLine, parseTyped, usageHint } from "#src/core/options.ts";
import { TopicsOptions } from "#src/core/topic-options.ts";
import { type Reply, sentence } from "#src/core/reply.ts";

const CALLER: Caller = {
  platform: "console",
  user: "u",
  channel: null,
  moderator: false,
  stranger: false,
  roles: [],
};

const nothing = (): Promise<Reply> => Promise.resolve(sentence("none"));

/** Runs `/brief` as far as what it asks of Lede. */
async function asked(options: Record<string, unknown>): Promise<BriefRequest> {
  const requests: BriefRequest[] = [];
  const app: CommandApp = {
    brief: (request) => {
      requests.push(request);
      return Promise.resolve(sentence("done"));
    },
    evidence: nothing,
    help: () => sentence("none"),
    status: nothing,
    retry: nothing,
    known: nothing,
    knownNames: () => Promise.resolve([]),
    why: nothing,
    wrong: nothing,
    withdraw: nothing,
    moderation: () => {
      throw new AppError("command/needs-workspace");
    },
  };
  await brief.run({ options, caller: CALLER, app, signal: AbortSignal.timeout(1_000) });
  const [request] = requests;
  if (request === undefined) throw new Error("nothing was asked");
  return request;
}

const LONG = "The council voted on Tuesday to rebuild the harbour wall before winter. ".repeat(6);

test.for([
  { given: { link: "https://example.com/a" }, source: { kind: "link", url: "https://example.com/a" } },
  {
    given: { link: "<https://example.com/a|example>" },
    source: { kind: "link", url: "https://example.com/a" },
  },
  { given: { text: "look: https://example.com/a!" }, source: { kind: "link", url: "https://example.com/a" } },
  { given: { text: LONG }, source: { kind: "text", text: LONG } },
  {
    given: { text: `${LONG} https://example.com/a` },
    source: { kind: "text", text: `${LONG} https://example.com/a` },
  },
  { given: { link: LONG }, source: { kind: "text", text: LONG.trim() } },
  // What is no link at all is left to the reader of pages, which says what it reads.
  { given: { link: "file:///etc/passwd" }, source: { kind: "link", url: "file:///etc/passwd" } },
])("/brief takes $given as $source.kind", async ({ given, source }) => {
  expect((await asked(given)).source).toEqual(source);
});

test.for([{}, { link: "" }, { text: "too short to brief" }, { link: "not a link" }])(
  "/brief with %o says what it needs",
  async (given) => {
    await expect(asked(given)).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === "command/no-link",
    );
  },
);

test("a typed line gives options by name and the rest to the first", () => {
  const specs = describeOptions(brief.options);
  expect(parseLine('https://example.com/a length:long language:"de"', specs)).toEqual({
    link: "https://example.com/a",
    length: "long",
    language: "de",
  });
  expect(parseLine("https://example.com/a?x=1:2", specs)).toEqual({ link: "https://example.com/a?x=1:2" });
  expect(parseLine("", specs)).toEqual({});
});

test.for([
  ["test query:tram OR rail days:3", { action: "test", query: "tram OR rail", days: 3 }],
  ['test query:"tram OR rail" days:3', { action: "test", query: "tram OR rail", days: 3 }],
  [
    'add query:"fire brigade" OR title:port name:Harbour',
    { action: "add", query: '"fire brigade" OR title:port', name: "Harbour" },
  ],
  ['add name:"Harbour news" harbour', { action: "add", name: "Harbour news", query: "harbour" }],
  ['add query:"days: the film"', { action: "add", query: "days: the film" }],
  ["list", { action: "list" }],
  ["", { action: "list" }],
] as const)("/topics %s", ([line, options]) => {
  expect(parseTyped(line, TopicsOptions)).toEqual(options);
});

test("every command can be registered with Discord and typed in Slack", () => {
  for (const command of COMMANDS) {
    expect(command.name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
    expect(command.description.length).toBeLessThanOrEqual(100);
    expect(command.surfaces.includes("message")).toBe(command.messageLabel !== null);
    const actions = describeActions(command.options);
    for (const { description, name } of actions ?? []) {
      expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      expect(description.length).toBeLessThanOrEqual(100);
    }
    const groups = actions?.map(({ options }) => options) ?? [describeOptions(command.options)];
    for (const specs of groups) {
      expect(specs.length).toBeLessThanOrEqual(25);
      for (const spec of specs) {
        expect(spec.name).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
        expect(spec.description.length).toBeLessThanOrEqual(100);
        expect(spec.choices?.length ?? 0).toBeLessThanOrEqual(25);
      }
    }
  }
});

const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string() }),
    ),
    shortcuts: z.array(z.object({ name: z.string(), callback_id: z.string() })),
  }),
});

test("the Slack manifest names the commands as they are", () => {
  const { features } = Manifest.parse(JSON.parse(readFileSync("docs/slack-manifest.json", "utf8")));
  const typed = COMMANDS.filter((command) => command.surfaces.includes("typed"));
  expect(features.slash_commands).toEqual(
    typed.map(({ name, description, options }) => ({
      command: `/${name}`,
      description,
      usage_hint: usageHint(name, options),
    })),
  );
  const labelled = COMMANDS.filter((command) => command.messageLabel !== null);
  expect(features.shortcuts).toEqual(
    labelled.map(({ name, messageLabel }) => ({ name: messageLabel, callback_id: name })),
  );
});
