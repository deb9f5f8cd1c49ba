import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parseConfig } from "#src/config.ts";
import { AppError } from "#src/core/errors.ts";

function problem(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof AppError && error.code === "config/invalid") return error.say;
    throw error;
  }
  return "no problem";
}

test("nothing set runs with the sample newsroom on the console", () => {
  expect(parseConfig({})).toEqual({
    discord: null,
    slack: null,
    openai: null,
    people: { commands: 20, briefs: 5, budgetPercent: 20 },
    writing: {
      fallbackModel: null,
      effort: "none",
      tier: null,
      batchBackfills: false,
      dayIsLimited: false,
      sectionChars: null,
      secondReading: false,
      houseStyle: null,
      modelWaitMs: null,
      prices: null,
      limits: { dayTokens: null, monthTokens: null, dayMoney: null, monthMoney: null },
    },
    channels: ["console:local:main"],
    webhookSecrets: { articles: [], ghost: [], wordpress: [] },
    publishers: [],
    operator: { workspaces: null, membersWorkspaces: [] },
    fetchAllow: [],
    dataDir: "./data",
    backups: { folder: "data/backups", keep: 7 },
    key: null,
    host: "127.0.0.1",
    port: null,
    publicUrl: null,
    metricsToken: null,
    logLevel: null,
    sample: true,
  });
});

test("a budget in money needs no price list for the default model", () => {
  expect(problem({ OPENAI_API_KEY: "sk-x", LEDE_BUDGET_DAY_MONEY: "2" })).toBe("no problem");
});

test("a key alone asks the default model", () => {
  expect(parseConfig({ OPENAI_API_KEY: "sk-x" }).openai).toMatchObject({
    model: "gpt-6-luna",
    baseUrl: null,
  });
});

test("an empty variable counts as not set, as compose files leave them", () => {
  expect(parseConfig({ DISCORD_TOKEN: "", SLACK_BOT_TOKEN: "  " })).toMatchObject({
    discord: null,
    slack: null,
  });
});

test.for([
  [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP)"],
  [{ SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN is missing"],
  [{ SLACK_SIGNING_SECRET: "abc" }, "SLACK_BOT_TOKEN is missing"],
  [{ SLACK_BOT_TOKEN: "xapp-1", SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN must start with xoxb-"],
  [{ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" }, "OPENAI_MODEL is missing"],
  [{ OPENAI_MODEL: "some-model" }, "OPENAI_API_KEY is missing"],
  [{ OPENAI_BASE_URL: "ftp://x" }, "OPENAI_BASE_URL must be an http(s) address"],
  [{ OPENAI_FALLBACK_MODEL: "small" }, "OPENAI_FALLBACK_MODEL needs a model"],
  [{ LEDE_VERIFY: "model" }, "LEDE_VERIFY=model needs a model"],
  [
    { OPENAI_API_KEY: "sk-x", OPENAI_MODEL: "other", LEDE_BUDGET_DAY_MONEY: "2" },
    "LEDE_PRICES is missing: without a price of other",
  ],
  [
    { OPENAI_API_KEY: "sk-x", OPENAI_FALLBACK_MODEL: "other", LEDE_BUDGET_MONTH_MONEY: "2" },
    "LEDE_PRICES is missing: without a price of other",
  ],
  [{ LEDE_BUDGET_DAY_TOKENS: "lots" }, "LEDE_BUDGET_DAY_TOKENS must be a number of tokens"],
  [{ OPENAI_BATCH: "backfill" }, "OPENAI_BATCH=backfill needs a model"],
  [{ OPENAI_BATCH: "always" }, "OPENAI_BATCH"],
  [{ LEDE_PORT: "http" }, "LEDE_PORT must be a number"],
  [{ LEDE_PUBLIC_URL: "lede.example" }, "LEDE_PUBLIC_URL must be an http(s) address"],
  [{ LEDE_CHANNELS: "discord:11:22" }, "LEDE_CHANNELS names discord:11:22, but DISCORD_TOKEN is missing"],
  [{ LEDE_CHANNELS: "#news" }, '"#news" is no channel'],
  [{ LEDE_WEBHOOK_SECRET: "short" }, "LEDE_WEBHOOK_SECRET must have at least 16 characters"],
  [{ LEDE_GHOST_SECRET: "short" }, "LEDE_GHOST_SECRET must have at least 16 characters"],
  [{ LEDE_WORDPRESS_SECRET: "short" }, "LEDE_WORDPRESS_SECRET must have at least 16 characters"],
  [{ LEDE_KEY: "thirty-one characters are none!" }, "LEDE_KEY must have at least 32 characters"],
  [{ LEDE_METRICS_TOKEN: "short" }, "LEDE_METRICS_TOKEN must have at least 16 characters"],
] satisfies [Record<string, string>, string][])("%o is refused with: %s", ([environment, text]) => {
  expect(problem(environment)).toContain(text);
});

test.for(["LEDE_WEBHOOK_SECRET", "LEDE_GHOST_SECRET", "LEDE_WORDPRESS_SECRET"])(
  "with %s set the sample newsroom does not run",
  (name) => {
    expect(parseConfig({ [name]: "sixteen characters" }).sample).toBe(false);
  },
);

const POST = { secrets: ["sixteen characters"], sites: ["CityPost.example"], workspaces: ["slack:T1"] };

test("publishers are read from JSON or from a file with it, and switch the sample newsroom off", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-"));
  const file = path.join(folder, "publishers.json");
  await writeFile(file, JSON.stringify({ "city-post": POST }));
  for (const value of [JSON.stringify({ "city-post": POST }), file]) {
    const { publishers, sample } = parseConfig({ LEDE_PUBLISHERS: value });
    expect(sample).toBe(false);
    expect(publishers).toEqual([
      {
        name: "city-post",
        source: "webhook:city-post",
        sends: "articles",
        secrets: ["sixteen characters"],
        sites: ["citypost.example"],
        workspaces: new Set(["slack:T1"]),
      },
    ]);
  }
  await rm(folder, { recursive: true });
});

test.for([
  ["no JSON", "LEDE_PUBLISHERS is wrong"],
  ['{"x"', "LEDE_PUBLISHERS is wrong"],
  [{ "City Post": POST }, "City Post"],
  [{ post: { ...POST, secrets: ["short"] } }, "post.secrets.0 must have at least 16 characters"],
  [{ post: { ...POST, secrets: [] } }, "post.secrets"],
  [{ post: { ...POST, secrets: Array(3).fill("sixteen characters") } }, "two while you change it"],
  [{ post: { ...POST, sends: "mail" } }, "post.sends must be articles, ghost, wordpress"],
  [{ post: { ...POST, workspaces: [] } }, "leave it out for all"],
  [{ post: { ...POST, workspaces: ["#news"] } }, "post.workspaces"],
  [{ post: { ...POST, typo: 1 } }, "typo"],
  ...[
    "https://a.example",
    "a.example/b",
    "a.example:80",
    "a b",
    "user@a.example",
    "",
    ".",
    "ex..",
    "a\\b",
  ].map((site) => [{ post: { ...POST, sites: [site] } }, "post.sites.0 must be a host"] as const),
  [{ post: POST, other: { ...POST, sites: [] } }, "other has a secret that is in use elsewhere"],
  [
    { post: POST, other: { ...POST, secrets: ["another secret 16"], sites: ["blog.citypost.example"] } },
    "other and post have the same site",
  ],
  [{ post: { ...POST, workspaces: ["slack:T2"] } }, "post names slack:T2, which LEDE_WORKSPACES does not"],
  [{ post: { ...POST, secrets: ["whsec_c2l4dGVlbiBjaGFyYWN0ZXJz"] } }, "post has a secret that is in use"],
] as const)("publishers %o are refused with: %s", ([value, text]) => {
  const said = problem({
    LEDE_WORKSPACES: "slack:T1",
    LEDE_WEBHOOK_SECRET: "c2l4dGVlbiBjaGFyYWN0ZXJz",
    LEDE_PUBLISHERS: typeof value === "string" ? value : JSON.stringify(value),
  });
  expect(said).toContain(text);
  expect(said).not.toMatch(/sixteen characters|another secret|c2l4d/);
});

test("each of the simple variables takes two secrets while one takes the place of the other", () => {
  const two = ["the new secret 16", "the old [secret],16"];
  for (const [name, way] of [
    ["LEDE_WEBHOOK_SECRET", "articles"],
    ["LEDE_GHOST_SECRET", "ghost"],
    ["LEDE_WORDPRESS_SECRET", "wordpress"],
  ] as const) {
    expect(parseConfig({ [name]: JSON.stringify(two) }).webhookSecrets[way]).toEqual(two);
    expect(parseConfig({ [name]: "words, of a [secret]" }).webhookSecrets[way]).toEqual([
      "words, of a [secret]",
    ]);
    expect(problem({ [name]: '["the new secret 16", "short"]' })).toContain("at least 16 characters");
    expect(problem({ [name]: "[never closed, that is" })).toContain("must be one secret, or two as JSON");
  }
});

test("an error about a secret never shows its value", () => {
  expect(problem({ SLACK_BOT_TOKEN: "wrong-secret-value", LEDE_WEBHOOK_SECRET: "s3cr3t" })).not.toMatch(
    /wrong-secret-value|s3cr3t/,
  );
});

test("channels are named by the address a browser shows, by their full name, once each", () => {
  const { channels } = parseConfig({
    DISCORD_TOKEN: "t",
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    LEDE_CHANNELS:
      "https://discord.com/channels/11/22, https://app.slack.com/client/T1/C2\n slack:T1:C2 discord:11:33",
  });
  expect(channels).toEqual(["console:local:main", "discord:11:22", "slack:T1:C2", "discord:11:33"]);
});

test("both Slack connections set means Socket Mode", () => {
  const { slack } = parseConfig({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    SLACK_SIGNING_SECRET: "s",
  });
  expect(slack?.connection).toEqual({ kind: "socket", appToken: "xapp-1" });
});

test("a budget of money is kept in millionths, next to what writes within it", () => {
  const { writing } = parseConfig({
    OPENAI_API_KEY: "k",
    OPENAI_FALLBACK_MODEL: "small",
    LEDE_VERIFY: "model",
    LEDE_PRICES: "prices.json",
    LEDE_BUDGET_DAY_MONEY: "2.50",
    LEDE_BUDGET_MONTH_TOKENS: "1000000",
  });
  expect(writing).toMatchObject({
    fallbackModel: "small",
    secondReading: true,
    limits: { dayMoney: 2_500_000, monthTokens: 1_000_000, dayTokens: null, monthMoney: null },
  });
});

test("workspaces are named, or given by the address of one of their channels", () => {
  const { operator } = parseConfig({
    LEDE_WORKSPACES:
      "discord:11, https://discord.com/channels/22/33 https://app.slack.com/client/T1AB/C2CD,discord:dm discord:11",
    LEDE_MEMBERS_WORKSPACES: "slack:T1AB",
  });
  expect(operator).toEqual({
    workspaces: ["discord:11", "discord:22", "slack:T1AB", "discord:dm"],
    membersWorkspaces: ["slack:T1AB"],
  });
});

test.for([
  [{ LEDE_WORKSPACES: "11" }, 'LEDE_WORKSPACES: "11" is no server or workspace'],
  [{ LEDE_MEMBERS_WORKSPACES: "teams:11" }, 'LEDE_MEMBERS_WORKSPACES: "teams:11" is no server'],
  [
    { LEDE_WORKSPACES: "discord:11", LEDE_MEMBERS_WORKSPACES: "discord:22" },
    "LEDE_MEMBERS_WORKSPACES names discord:22, which LEDE_WORKSPACES does not",
  ],
  [
    { DISCORD_TOKEN: "a.b.c", LEDE_WORKSPACES: "discord:11", LEDE_CHANNELS: "discord:22:33" },
    "LEDE_CHANNELS names discord:22:33, whose workspace is not in LEDE_WORKSPACES",
  ],
] as const)("%j is refused by name", ([environment, said]) => {
  expect(() => parseConfig(environment)).toThrow(said);
});

test("private servers are allowed by their path, and without one as a whole", () => {
  const { fetchAllow } = parseConfig({
    LEDE_FETCH_ALLOW: "intranet.example:8080/news, [::1]:9000\n10.0.0.5:80/",
  });
  expect(fetchAllow).toEqual([
    { hostname: "intranet.example", port: "8080", path: "/news/" },
    { hostname: "[::1]", port: "9000", path: "/" },
    { hostname: "10.0.0.5", port: "80", path: "/" },
  ]);
});

test("a private server that can not be read is named by its place, and never shown", () => {
  const said = problem({
    LEDE_FETCH_ALLOW: "intranet.example:8080, http://u:pass-word@intranet.example:8080/",
  });
  expect(said).toContain("LEDE_FETCH_ALLOW: entry 2 is none. Write host:port/path/");
  expect(said).not.toContain("pass-word");
});
