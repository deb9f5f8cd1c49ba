import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import type { WebhookSenders } from "#src/adapters/web/webhook.ts";
import { type Publishers, publisherSource } from "#src/core/publisher.ts";
import { SECRETS, useWebhooks } from "./webhook-setup.ts";

const staged = useWebhooks();
type Way = keyof WebhookSenders;
const WAYS: readonly Way[] = ["articles", "ghost", "wordpress"];
const [OLD, NEW, THEIRS] = ["old city post secret", "new city post secret", "secret of the times"];
const POST = publisherSource("city-post");
const TIMES = publisherSource("times");
const SENDERS = [
  { source: "webhook", secrets: ["everybody's own secret"] },
  { source: POST, secrets: [NEW, OLD] },
  { source: TIMES, secrets: [THEIRS] },
];
const PUBLISHERS: Publishers = new Map([
  [POST, { workspaces: null, sites: ["citypost.example"] }],
  [TIMES, { workspaces: null, sites: ["times.example"] }],
]);

let sent = 0;

/** Sends one article in the words of each way, signed with the secret. */
async function post(way: Way, secret: string, url: string): Promise<number> {
  sent += 1;
  const { body, headers } = signed(way, secret, url);
  const answer = await fetch(`${staged().url}/v1/${way}`, { method: "POST", body, headers });
  await answer.arrayBuffer();
  return answer.status;
}

function signed(way: Way, secret: string, url: string): { body: string; headers: Record<string, string> } {
  const hmac = (data: string, encoding: "hex" | "base64"): string =>
    createHmac("sha256", secret).update(data).digest(encoding);
  const at = new Date();
  if (way === "articles") {
    const body = JSON.stringify({ url, identifier: "1", headline: `Title ${sent}`, articleBody: "Words." });
    const id = `msg_${sent}`;
    const signature = new Webhook(secret, { format: "raw" }).sign(id, at, body);
    const time = String(Math.floor(at.getTime() / 1000));
    return {
      body,
      headers: { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature },
    };
  }
  if (way === "ghost") {
    const current = { id: "1", title: `Title ${sent}`, status: "published", visibility: "public", url };
    const body = JSON.stringify({ post: { current, previous: {} } });
    const proof = hmac(`${body}${at.getTime()}`, "hex");
    return { body, headers: { "x-ghost-signature": `sha256=${proof}, t=${at.getTime()}` } };
  }
  const row = {
    ID: 1,
    post_title: `Title ${sent}`,
    post_status: "publish",
    guid: "https://any.example/?p=1",
  };
  const body = JSON.stringify({ post_id: 1, post: row, post_permalink: url });
  return { body, headers: { "x-wc-webhook-signature": hmac(body, "base64") } };
}

async function open(way: Way): Promise<void> {
  await staged().restart({ [way]: SENDERS }, PUBLISHERS);
}

/** The sources of what is queued now, in order. */
async function queued(): Promise<string[]> {
  const sources: string[] = [];
  for (;;) {
    const one = await staged().store.claimEntry(new Date());
    if (one === null) return sources;
    await staged().store.settleEntry(one, { kind: "done" });
    sources.push(one.source);
  }
}

test.for(WAYS)(
  "%s: a publisher is known by the secret that signed, of which two are valid at once",
  async (way) => {
    await open(way);
    expect(await post(way, OLD, "https://citypost.example/1")).toBe(202);
    expect(await queued()).toEqual([POST]);
    expect(await post(way, NEW, "https://www.citypost.example/1")).toBe(202);
    expect(await queued()).toEqual([POST]);
    expect(await post(way, THEIRS, "https://times.example/1")).toBe(202);
    expect(await queued()).toEqual([TIMES]);
    expect(await post(way, "everybody's own secret", "https://any.example/1")).toBe(202);
    expect(await queued()).toEqual(["webhook"]);
    expect(await post(way, "a secret that nobody has", "https://citypost.example/1")).toBe(401);
  },
);

test.for(WAYS)("%s: a secret that was taken out opens nothing", async (way) => {
  await open(way);
  await staged().restart({ [way]: [{ source: POST, secrets: [NEW] }] }, PUBLISHERS);
  expect(await post(way, OLD, "https://citypost.example/1")).toBe(401);
  expect(await post(way, NEW, "https://citypost.example/1")).toBe(202);
});

test.for(WAYS)("%s: a secret of one way opens no other", async (way) => {
  await open(way);
  for (const other of WAYS.filter((one) => one !== way))
    for (const secret of [OLD, NEW, THEIRS, SECRETS[way]])
      expect(await post(other, secret, "https://citypost.example/1")).toBe(401);
  expect(await queued()).toEqual([]);
});

test.for(WAYS)(
  "%s: nobody speaks for another's site, nor a publisher for one that is not its own",
  async (way) => {
    await open(way);
    for (const [secret, url] of [
      [THEIRS, "https://citypost.example/1"],
      [THEIRS, "https://news.citypost.example/1"],
      [THEIRS, "https://any.example/1"],
      [NEW, "https://times.example/1"],
      [NEW, "https://citypost.example.evil.example/1"],
      ["everybody's own secret", "https://times.example/1"],
      ["everybody's own secret", "https://times.example./1"],
    ] as const)
      expect(await post(way, secret, url), `${secret} ${url}`).toBe(403);
    expect(await staged().entries()).toBe(0);
  },
);

test("publishers' ids are their own: the same guid of two is two articles, the same message id no conflict", async () => {
  for (const way of WAYS) {
    sent = 0;
    await open(way);
    expect(await post(way, NEW, "https://citypost.example/same")).toBe(202);
    sent = 0;
    expect(await post(way, THEIRS, "https://times.example/same")).toBe(202);
    expect(await queued()).toEqual([POST, TIMES]);
  }
});
