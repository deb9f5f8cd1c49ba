import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createReader } from "#src/adapters/web/reader.ts";
import { SECRETS, useWebhooks } from "./webhook-setup.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const URL = "https://harbour.example/bridge-closed/";
const ID = "6682b8a8e10cc04306284330";
const HTML =
  "<p>The harbour bridge was closed on Tuesday after inspectors found cracks in two of its steel beams.</p>" +
  "<!--members-only--><p>The city expects repairs to take nine weeks.</p>";

/** The fields of a post that Ghost sends with every event, Lede's and others. */
const POST = {
  id: ID,
  uuid: "f2a1c7b0-8d5b-4f0e-9f4a-2d1a7c3b6e11",
  title: "Harbour bridge closed",
  slug: "bridge-closed",
  html: HTML,
  plaintext: "The harbour bridge was closed on Tuesday. The city expects repairs to take nine weeks.",
  lexical: '{"root":{"children":[]}}',
  comment_id: ID,
  feature_image: null,
  featured: false,
  status: "published",
  visibility: "public",
  created_at: "2026-03-03T07:00:00.000Z",
  updated_at: "2026-03-03T08:15:00.000Z",
  published_at: "2026-03-03T08:15:00.000Z",
  custom_excerpt: null,
  codeinjection_head: null,
  canonical_url: null,
  tags: [],
  tiers: [{ id: "1", name: "Free", slug: "free", type: "free", visibility: "public" }],
  authors: [
    { id: "1", name: "Ines Calloway", slug: "ines", email: "ines@harbour.example" },
    { name: "Bo Lund" },
  ],
  primary_author: { id: "1", name: "Ines Calloway" },
  primary_tag: null,
  url: URL,
  excerpt: "The harbour bridge was closed on Tuesday.",
  reading_time: 0,
  email_only: false,
};

type Fields = Record<string, unknown>;

const staged = useWebhooks();

interface Signing {
  at?: number;
  secret?: string;
  /** What is signed instead of body and time. */
  data?: string;
  header?: string;
}

function post(body: string, { at = Date.now(), secret = SECRETS.ghost, data, header }: Signing = {}) {
  const proof = createHmac("sha256", secret)
    .update(data ?? `${body}${at}`)
    .digest("hex");
  return fetch(`${staged().url}/v1/ghost`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-ghost-signature": header ?? `sha256=${proof}, t=${at}`,
    },
    body,
  });
}

async function send(current: Fields, previous: Fields = {}): Promise<Fields> {
  const answer = await post(JSON.stringify({ post: { current, previous } }));
  expect(answer.status).toBe(202);
  return (await answer.json()) as Fields;
}

test("A published post is stored with all it says", async () => {
  expect(await send(POST, { status: "draft", published_at: null })).toEqual({
    id: expect.any(String),
    status: "accepted",
  });
  expect(staged().accepted()).toBe(1);
  expect(await staged().work()).toEqual([
    {
      guid: `ghost:${ID}`,
      url: URL,
      title: POST.title,
      content: { type: "html", body: expect.stringContaining(HTML) },
      byline: "Ines Calloway, Bo Lund",
      publishedAt: new Date(POST.published_at),
      updatedAt: new Date(POST.updated_at),
      visibility: "public",
      event: "publish",
      releaseAt: null,
      via: "webhook",
    },
  ]);
});

test("A short post is read as the article it is, under its own title", async () => {
  await send(POST);
  const [entry] = await staged().work();
  const { reader, close } = createReader({ places: [] });
  const page = { body: new TextEncoder().encode(entry?.content?.body), contentType: "text/html", url: URL };
  expect(reader.readArticle(page)).toMatchObject({
    title: "Harbour bridge closed",
    paragraphs: [
      expect.stringContaining("cracks in two of its steel beams."),
      "The city expects repairs to take nine weeks.",
    ],
  });
  await close();
});

test.for<[string, Fields, Fields, Fields]>([
  [
    "published post that was edited",
    { ...POST, title: "Bridge open", updated_at: "2026-03-03T09:00:00.000Z" },
    { title: POST.title, updated_at: POST.updated_at },
    { event: "publish", title: "Bridge open", updatedAt: new Date("2026-03-03T09:00:00Z") },
  ],
  [
    "post made a draft again, whose address is a preview's",
    { ...POST, status: "draft", url: "https://harbour.example/p/f2a1c7b0/" },
    { status: "published" },
    { event: "unpublish", url: null, updatedAt: new Date(POST.updated_at) },
  ],
  [
    "post that was deleted",
    {},
    { ...POST, url: undefined },
    { event: "unpublish", url: null, updatedAt: new Date(POST.updated_at) },
  ],
  ["post for members", { ...POST, visibility: "members" }, {}, { visibility: "members" }],
  ["post for payers", { ...POST, visibility: "paid" }, {}, { visibility: "members" }],
  ["post for tiers", { ...POST, visibility: "tiers" }, {}, { visibility: "members" }],
  ["post for a filter", { ...POST, visibility: "label:vip" }, {}, { visibility: "members" }],
  [
    "post that does not say for whom it is",
    { ...POST, visibility: undefined },
    {},
    { visibility: "members" },
  ],
  [
    "post made one for members",
    { ...POST, visibility: "members" },
    { visibility: "public" },
    { event: "publish", visibility: "members" },
  ],
  ["post without HTML", { ...POST, html: null }, {}, { content: { type: "text", body: POST.plaintext } }],
  ["post without a text", { ...POST, html: null, plaintext: null }, {}, { content: null }],
  ["post with one author", { ...POST, authors: undefined }, {}, { byline: "Ines Calloway" }],
  ["post without authors", { ...POST, authors: [], primary_author: null }, {}, { byline: null }],
])("A %s is understood", async ([, current, previous, entry]) => {
  expect(await send(current, previous)).toMatchObject({ status: "accepted" });
  expect(await staged().work()).toMatchObject([{ guid: `ghost:${ID}`, ...entry }]);
});

test("A deleted post is taken back by the address under which it was published", async () => {
  await send(POST);
  await staged().work();
  await send({}, { ...POST, url: undefined });
  expect(await staged().work()).toMatchObject([{ event: "unpublish", url: URL }]);
});

test("A public post keeps the cards that strangers see and loses those for members", async () => {
  const card = (mark: string, text: string): string =>
    `<!--kg-gated-block:begin ${mark} --><p>${text}</p><!--kg-gated-block:end-->`;
  const html = [
    card('nonMember:true memberSegment:""', "for strangers"),
    card('nonMember:false memberSegment:"status:free,status:-free"', "for members"),
    "<p>for all</p>",
    "<!--kg-gated-block:begin nonMember:false --><p>without an end</p>",
  ].join("\n");
  await send({ ...POST, html });
  await send({ ...POST, id: "other", visibility: "paid", html });
  const [open, paid] = await staged().work();
  expect(open?.content?.body).toMatch(/for strangers[^]*for all/);
  expect(open?.content?.body).not.toMatch(/for members|without an end/);
  expect(paid?.content?.body).toMatch(/for members[^]*without an end/);
});

test.for<[string, unknown, RegExp]>([
  ["draft", { post: { current: { ...POST, status: "draft" }, previous: {} } }, /draft/],
  [
    "scheduled post",
    { post: { current: { ...POST, status: "scheduled" }, previous: { status: "draft" } } },
    /scheduled/,
  ],
  ["post sent by e-mail only", { post: { current: { ...POST, status: "sent" }, previous: {} } }, /e-mail/],
  ["page", { page: { current: { ...POST }, previous: {} } }, /post events only/],
  ["member", { member: { current: { id: "1", email: "a@b.example" }, previous: {} } }, /post events only/],
  ["change of the site", {}, /post events only/],
])("A %s is ignored, and the answer says why", async ([, body, reason]) => {
  const answer = await post(JSON.stringify(body));
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ status: "ignored", reason: expect.stringMatching(reason) });
  expect([await staged().entries(), staged().accepted()]).toEqual([0, 0]);
});

test("A message that is sent again is a replay, also when Ghost signed it anew", async () => {
  const first = await send(POST);
  expect(await send(POST)).toEqual({ id: first["id"], status: "replay" });
  expect(staged().accepted()).toBe(1);
});

test("Events count in the order of the edits, not of their arrival", async () => {
  const newer = { ...POST, title: "New", updated_at: "2026-03-03T09:00:00.000Z" };
  await send(newer);
  expect(await send(POST)).toMatchObject({ status: "stale" });
  expect(await staged().work()).toMatchObject([{ title: "New" }]);
  await send({}, { ...newer, url: undefined });
  expect(await send({ ...newer, featured: true })).toMatchObject({ status: "stale" });
  expect(await staged().work()).toMatchObject([{ event: "unpublish" }]);
});

test("A post whose publication is ahead waits for it", async () => {
  const publishedAt = new Date(Date.now() + DAY_MS);
  const answer = await send({ ...POST, published_at: publishedAt.toISOString() });
  expect(answer).toMatchObject({ status: "accepted", releaseAt: publishedAt.toISOString() });
  expect(await staged().work()).toEqual([]);
  expect(await staged().work(publishedAt)).toHaveLength(1);
});

const BODY = JSON.stringify({ post: { current: POST, previous: {} } });

test.for<[string, Signing]>([
  ["another secret", { secret: SECRETS.articles }],
  ["a time six minutes ago", { at: Date.now() - 6 * MINUTE_MS }],
  ["a time six minutes ahead", { at: Date.now() + 6 * MINUTE_MS }],
  ["a time that is not signed, as before Ghost 5.87.1", { data: BODY }],
  ["another body signed", { data: `${BODY} ${Date.now()}` }],
  ["no signature", { header: "" }],
  ["half a signature", { header: `sha256=abc, t=${Date.now()}` }],
  ["no time", { header: `sha256=${"a".repeat(64)}` }],
])("A message with %s is refused, and the answer says what to set", async ([, signing]) => {
  const answer = await post(BODY, signing);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: { code: "webhook/unsigned", message: expect.stringContaining("LEDE_GHOST_SECRET") },
  });
  expect(await staged().entries()).toBe(0);
});

test("A time within five minutes is good", async () => {
  expect((await post(BODY, { at: Date.now() - 4 * MINUTE_MS })).status).toBe(202);
});

test.for<[string, string, number, RegExp]>([
  ["no JSON", "{", 400, /not valid JSON/],
  ["a list", "[]", 400, /one JSON object/],
  ["a post without an id", JSON.stringify({ post: { current: {}, previous: {} } }), 400, /post\.current\.id/],
  ["a title that is a number", JSON.stringify({ post: { current: { ...POST, title: 7 } } }), 400, /title/],
  ["no address", JSON.stringify({ post: { current: { ...POST, url: null } } }), 400, /post\.current\.url/],
  [
    "no http address",
    JSON.stringify({ post: { current: { ...POST, url: "ftp://a" } } }),
    400,
    /post\.current\.url/,
  ],
  [
    "the address of a page that is not found",
    JSON.stringify({ post: { current: { ...POST, url: "https://harbour.example/404/" } } }),
    400,
    /post\.current\.url/,
  ],
  ["2 MB", JSON.stringify({ post: { current: { ...POST, html: "x".repeat(2_000_000) } } }), 413, /1 MB/],
])("A body of %s is refused in words and stores nothing", async ([, body, status, words]) => {
  const answer = await post(body);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(words);
  expect(await staged().entries()).toBe(0);
});

test("Without its secret Ghost is refused by the name of the variable, and the others still work", async () => {
  await staged().restart({ ghost: [] });
  const answer = await post(BODY);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("LEDE_GHOST_SECRET");
  const other = await fetch(`${staged().url}/v1/articles`, { method: "POST", body: "{}" });
  expect(other.status).toBe(401);
});
