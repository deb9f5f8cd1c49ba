import { request } from "node:http";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { createStage, openLink } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** By hand, since fetch lets nobody set Host. */
function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "", body }),
      );
    });
    sent.on("error", reject).end();
  });
}

test.for([
  ["127.0.0.1", "localhost"],
  ["127.0.0.1", "127.0.0.1"],
  ["0.0.0.0", "localhost"],
  ["0.0.0.0", "news.example"],
  ["0.0.0.0", "127.0.0.1"],
] as const)(
  "bound to %s and asked as %s, a stranger gets the sample and health, and nothing else",
  async (asked) => {
    const [bind, host] = asked;
    const lede = stage.start({ LEDE_DATA: await stage.dataDir(), LEDE_HOST: bind });
    const page = await lede.page();
    const { port } = new URL(page);
    const headers = { host: `${host}:${port}`, "x-forwarded-for": "127.0.0.1" };
    const base = `http://127.0.0.1:${port}`;
    const closed = ["/", "/page.js", "/page.css", "/api/posts", "/api/events", "/api/sessions", "/nothing"];
    for (const name of [...closed, "/metrics", "/?token=x", "/sign-in", "/sign-in?ticket=x"]) {
      const answer = await ask(`${base}${name}`, headers);
      expect([name, answer.status]).toEqual([name, 401]);
      expect(answer.body).not.toContain("Brief a link");
    }
    expect(await ask(`${base}/healthz`, headers)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(await ask(`${base}/newsroom/feed.xml`, headers)).toMatchObject({ status: 200 });
  },
);

test("a person is shown how to sign in, a program is told, and no wrong ticket is told from another", async () => {
  const env = { LEDE_DATA: await stage.dataDir() };
  const page = await stage.start(env).page();
  const person = { accept: "text/html" };
  const shown = await ask(page, person);
  expect(shown).toMatchObject({ status: 401, type: expect.stringContaining("text/html") });
  expect(shown.body).toContain("npx lede page-link");
  expect(JSON.parse((await ask(`${page}/api/posts`, person)).body)).toMatchObject({
    error: { code: "page/signed-out", message: expect.stringContaining("npx lede page-link") },
  });
  const [link = ""] = await stage.pageLinks(env);
  const almost = link.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const refusals = await Promise.all(
    [almost, link.slice(0, -1), `${page}/sign-in?ticket=`, `${page}/sign-in?ticket=x`].map((url) =>
      ask(url, person),
    ),
  );
  expect(new Set(refusals.map(({ body }) => body)).size).toBe(1);
  expect(refusals[0]?.body).toContain("does not sign in");
});

test("an address signs in as often as it is opened; the browser stays signed in over a restart, the address does not", async () => {
  const env = { LEDE_DATA: await stage.dataDir() };
  const first = stage.start(env);
  await first.page();
  const [link = ""] = await stage.pageLinks(env);
  const cookies = [await openLink(link), await openLink(link)];
  expect(new Set(cookies).size).toBe(2);
  const [cookie = ""] = cookies.map((one) => one ?? "");
  await first.kill();

  await expect(stage.pageLinks(env)).rejects.toThrow("No Lede runs on this data folder");
  const page = await stage.start(env).page();
  expect((await ask(page, { cookie })).body).toContain("Brief a link");
  expect(await openLink(`${page}${new URL(link).pathname}${new URL(link).search}`)).toBeNull();
});

test("a cookie no script reads is kept for 30 days; nothing of it or of an address is in the store's folder or the log", async () => {
  const env = { LEDE_DATA: await stage.dataDir(), LEDE_PUBLIC_URL: "https://lede.example/" };
  const lede = stage.start(env);
  const page = await lede.page();
  const [link = "", outside = ""] = await stage.pageLinks(env);
  expect(outside).toBe(link.replace(page, "https://lede.example"));
  const answer = await fetch(link, { redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^lede_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  const behind = await fetch(link, { redirect: "manual", headers: { "x-forwarded-proto": "https" } });
  expect(behind.headers.get("set-cookie")).toContain("; Secure");

  const secret = /=([\w-]+)/.exec(cookie)?.[1] ?? "";
  const ticket = new URL(link).searchParams.get("ticket") ?? "";
  const files = await Promise.all(
    ["lede.sqlite", "lede.sqlite-wal", "running.json"].map((name) =>
      readFile(path.join(env.LEDE_DATA, name), "latin1"),
    ),
  );
  for (const kept of [...files, lede.out(), lede.err()]) {
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(ticket);
  }
  expect((await stat(path.join(env.LEDE_DATA, "running.json"))).mode & 0o777).toBe(0o600);
  lede.child.kill("SIGTERM");
  await lede.ended;
  await expect(stat(path.join(env.LEDE_DATA, "running.json"))).rejects.toThrow("ENOENT");
});

test("signing a browser out ends its requests and its event stream, and leaves the others", async () => {
  const lede = stage.start({ LEDE_DATA: await stage.dataDir() });
  const page = await lede.page();
  const [mine, other] = [await lede.signIn(), await lede.signIn()];
  const stream = await fetch(`${page}/api/events`, { headers: { cookie: other } });
  const listed = await ask(`${page}/api/sessions`, { cookie: mine });
  const { sessions } = JSON.parse(listed.body) as { sessions: { id: string; own: boolean }[] };
  expect(sessions.filter(({ own }) => own)).toHaveLength(1);
  const target = sessions.find(({ own }) => !own)?.id ?? "";
  const ended = await fetch(`${page}/api/sessions/${target}`, {
    method: "DELETE",
    headers: { cookie: mine },
  });
  expect(ended.status).toBe(204);
  await expect(stream.text()).rejects.toThrow("terminated");
  expect((await ask(`${page}/api/posts`, { cookie: other })).status).toBe(401);
  expect((await ask(`${page}/api/posts`, { cookie: mine })).status).toBe(200);

  await fetch(`${page}/api/sessions`, { method: "DELETE", headers: { cookie: mine } });
  expect((await ask(`${page}/api/posts`, { cookie: mine })).status).toBe(401);
});

test("monitoring reads the figures with its token; without one they are for who is signed in", async () => {
  const token = "for prometheus alone";
  const lede = stage.start({ LEDE_DATA: await stage.dataDir(), LEDE_METRICS_TOKEN: token });
  const metrics = `${await lede.page()}/metrics`;
  expect((await ask(metrics, { authorization: `Bearer ${token}`.replaceAll(" alone", "") })).status).toBe(
    401,
  );
  expect((await ask(metrics, { authorization: `Bearer ${token}` })).status).toBe(200);
  const refused = await ask(metrics);
  expect([refused.status, refused.body]).toEqual([401, expect.stringContaining("LEDE_METRICS_TOKEN")]);
  expect((await ask(metrics, { cookie: await lede.signIn() })).status).toBe(200);
});

test("readiness tells which platform is down and since when, and health stays good", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  const env = { DISCORD_TOKEN: "wrong.token.value", DISCORD_API_URL: peer.apiUrl };
  const lede = stage.start({ LEDE_DATA: await stage.dataDir(), ...env });
  const page = await lede.page();
  await lede.shows(/^discord: .*/m);
  const cookie = await lede.signIn();
  const ready = await ask(`${page}/readyz`, { cookie });
  expect([ready.status, JSON.parse(ready.body)]).toMatchObject([
    503,
    {
      status: "disconnected",
      store: null,
      platforms: [
        {
          name: "discord",
          state: "disconnected",
          why: expect.stringContaining("DISCORD_TOKEN"),
          lane: { state: "closed" },
        },
      ],
      models: [],
      feeds: { ok: 0, failing: 0 },
      queue: { entries: { count: 0, oldestAt: null }, deliveries: [] },
    },
  ]);
  expect((await ask(`${page}/readyz`)).status).toBe(401);
  expect((await ask(`${page}/healthz`)).status).toBe(200);
});
