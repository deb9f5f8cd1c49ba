import { afterEach, expect, test } from "vitest";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { articleBody, articlePage, HEADLINE } from "./article.ts";
import { createStage, type Environment, until } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

test("/brief answers a text with its brief, and the link of a private site with one sentence, allowed or not", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  // What is dialled here is loopback alone, so no link that /brief reads in a chat can be tried on the process.
  const site = await stage.site({ "/news/ferry": articlePage() });
  const lede = stage.start({
    LEDE_DATA: await stage.dataDir(),
    LEDE_FETCH_ALLOW: `${site.host}/news/`,
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
  });
  await lede.page();
  await peer.waitForCommand("brief", 15_000);
  await peer.gateway.waitForSession();
  const ask = (options: { link: string } | { text: string }) =>
    peer.slash({
      channel: peer.channels.general,
      user: peer.users.member,
      command: "brief",
      options,
    });
  ask({ text: `${HEADLINE}\n\n${articleBody()}` });
  await until(
    () => answers().find((answer) => answer.includes(HEADLINE)),
    () => `${answers().join("\n")}\n${lede.err()}`,
  );
  ask({ link: site.url("/news/ferry") });
  const refusal = await until(
    () => answers().find((answer) => answer.includes("only reads public http(s) pages")),
    () => `${answers().join("\n")}\n${lede.err()}`,
  );
  expect(refusal).not.toContain(HEADLINE);
  expect(peer.violations).toEqual([]);

  function answers(): string[] {
    return peer.messages(peer.channels.general).map(({ content }) => content);
  }
});

test.for([
  { page: "/news/ferry", out: HEADLINE, err: "" },
  { page: "/admin/ferry", out: "", err: "only reads public http(s) pages" },
])(
  "lede brief in a shell reads of a private site what the operator allowed: $page",
  async ({ page, ...says }) => {
    const site = await stage.site({ [page]: articlePage() });
    const { out, err } = await stage.run(["brief", site.url(page)], {
      LEDE_DATA: await stage.dataDir(),
      LEDE_FETCH_ALLOW: `${site.host}/news/`,
    }).ended;
    expect(out).toContain(says.out);
    expect(err).toContain(says.err);
    expect(out === "").toBe(says.out === "");
  },
);

test.for<{ env: Environment; named: string }>([
  { env: { SLACK_BOT_TOKEN: "xoxb-only-this" }, named: "SLACK_APP_TOKEN" },
  { env: { LEDE_CHANNELS: "discord:1:2" }, named: "DISCORD_TOKEN" },
])("half a configuration ends with exit code 2 and names $named", async ({ env, named }) => {
  const lede = stage.start({ LEDE_DATA: await stage.dataDir(), ...env });
  const { code, err, out } = await lede.ended;
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(named);
  expect(err).not.toContain("only-this");
});

test("doctor ends with exit code 2 at a price list that can not be read, and says how one looks", async () => {
  const { code, out } = await stage.run(["doctor"], {
    LEDE_DATA: await stage.dataDir(),
    LEDE_PRICES: '{"currency":"USD"}',
  }).ended;
  expect(code).toBe(2);
  expect(out).toContain("LEDE_PRICES is wrong");
  expect(out).not.toContain("every variable reads well");
});

test("a wrong Discord token is told and the page goes on", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  const lede = stage.start({
    LEDE_DATA: await stage.dataDir(),
    DISCORD_TOKEN: "wrong.token.value",
    DISCORD_API_URL: peer.apiUrl,
  });
  const page = await lede.page();
  const [line] = await lede.shows(/^discord: .*/m);
  expect(line).toMatch(/token/i);
  expect(line).not.toContain("wrong.token.value");
  const health = await fetch(`${page}/healthz`);
  expect(health.status).toBe(200);
});
