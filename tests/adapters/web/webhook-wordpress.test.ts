import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { SECRETS, useWebhooks } from "./webhook-setup.ts";

const DAY_MS = 86_400_000;
const URL = "https://gazette.example/2026/03/bridge-closed/";
const GUID = "wordpress:https://gazette.example/?p=412";
const STORED = "<!-- wp:paragraph --><p>The harbour bridge was closed.</p><!-- /wp:paragraph -->";

/** A row of wp_posts as `get_post()` gives it and PHP writes it as JSON. */
const POST = {
  ID: 412,
  post_author: "3",
  post_date: "2026-03-03 09:15:00",
  post_date_gmt: "2026-03-03 08:15:00",
  post_content: STORED,
  post_title: "Harbour bridge closed",
  post_excerpt: "",
  post_status: "publish",
  comment_status: "open",
  ping_status: "open",
  post_password: "",
  post_name: "bridge-closed",
  to_ping: "",
  pinged: "",
  post_modified: "2026-03-03 10:00:00",
  post_modified_gmt: "2026-03-03 09:00:00",
  post_content_filtered: "",
  post_parent: 0,
  guid: "https://gazette.example/?p=412",
  menu_order: 0,
  post_type: "post",
  post_mime_type: "",
  comment_count: "0",
  filter: "raw",
};

type Fields = Record<string, unknown>;

/** What the plugin sends around the post. */
function payload(changes: Fields = {}, around: Fields = {}): Fields {
  return {
    post_id: 412,
    post: { ...POST, ...changes },
    post_meta: { _edit_lock: ["1772530800:3"] },
    post_thumbnail: false,
    post_permalink: URL,
    taxonomies: { category: { news: { term_id: 4, name: "News", slug: "news" } } },
    ...around,
  };
}

const staged = useWebhooks();

function sign(body: string, secret = SECRETS.wordpress): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

function post(body: string, headers: Record<string, string> = { "x-wc-webhook-signature": sign(body) }) {
  return fetch(`${staged().url}/v1/wordpress`, { method: "POST", headers, body });
}

async function send(body: Fields, headers: Record<string, string> = {}): Promise<Fields> {
  const text = JSON.stringify(body);
  const answer = await post(text, { "x-wc-webhook-signature": sign(text), ...headers });
  expect(answer.status).toBe(202);
  return (await answer.json()) as Fields;
}

test("A published post is stored as its link: its page is read as a stranger sees it", async () => {
  expect(await send(payload())).toEqual({ id: expect.any(String), status: "accepted" });
  expect(staged().accepted()).toBe(1);
  expect(await staged().work()).toEqual([
    {
      guid: GUID,
      url: URL,
      title: POST.post_title,
      content: null,
      byline: null,
      publishedAt: new Date("2026-03-03T08:15:00Z"),
      updatedAt: new Date("2026-03-03T09:00:00Z"),
      visibility: "public",
      event: "publish",
      releaseAt: null,
      via: "webhook",
    },
  ]);
});

test.for<[string, Fields, Fields]>([
  [
    "private post",
    payload({ post_status: "private" }),
    { visibility: "members", content: { type: "html", body: expect.stringContaining(STORED) } },
  ],
  [
    "post behind a password",
    payload({ post_password: "sesame" }),
    { visibility: "members", content: { type: "html", body: expect.stringContaining(STORED) } },
  ],
  [
    "private post of the classic editor",
    payload({
      post_status: "private",
      post_content: '[caption id="5"]A bridge[/caption]\n\nOne [sic].\n\nTwo.',
    }),
    {
      content: { type: "html", body: expect.stringContaining("<p>A bridge</p><p>One [sic].</p><p>Two.</p>") },
    },
  ],
  ["private post without a text", payload({ post_status: "private", post_content: "" }), { content: null }],
  [
    "post in the trash",
    payload(
      { post_status: "trash", post_name: "bridge-closed__trashed" },
      { post_permalink: `${URL}__trashed/` },
    ),
    { event: "unpublish", url: null, updatedAt: new Date("2026-03-03T09:00:00Z") },
  ],
  [
    "published post made a draft",
    payload({ post_status: "draft" }, { post_before: { ...POST } }),
    { event: "unpublish", url: null },
  ],
  [
    "private post made one to be reviewed",
    payload({ post_status: "pending" }, { post_before: { ...POST, post_status: "private" } }),
    { event: "unpublish", url: null },
  ],
  [
    "scheduled post made a draft",
    payload({ post_status: "draft" }, { post_before: { ...POST, post_status: "future" } }),
    { event: "unpublish", url: null },
  ],
  ["post of a site's own type", payload({ post_type: "story" }), { event: "publish" }],
  ["post whose numbers are words", { ...payload({ ID: "412" }), post_id: "412" }, { event: "publish" }],
  ["post without a guid", payload({ guid: "" }), { guid: "wordpress:gazette.example#412", event: "publish" }],
  ["post without a title", payload({ post_title: "" }), { title: null }],
])("A %s is understood", async ([, body, entry]) => {
  expect(await send(body)).toMatchObject({ status: "accepted" });
  expect(await staged().work()).toMatchObject([{ guid: GUID, ...entry }]);
});

test("A deletion is told from a publication by the name of the plugin's trigger in the signed body", async () => {
  await send(payload(), { "x-wp-webhook-name": "post_create" });
  await staged().work();
  await send({ ...payload(), webhook_name: "post_delete" }, { "x-wp-webhook-name": "post_delete" });
  expect(await staged().work()).toMatchObject([{ event: "unpublish", url: URL }]);
});

test("A signed publication is no deletion because a header says so, and the answer says what is missing", async () => {
  const body = JSON.stringify(payload());
  const answer = await post(body, {
    "x-wc-webhook-signature": sign(body),
    "x-wp-webhook-name": "post_delete",
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('\\"webhook_name\\" must say post_delete');
  expect(await staged().entries()).toBe(0);
});

test("A post that the body says is in the trash needs no name to be taken back", async () => {
  await send(payload({ post_status: "trash" }), { "x-wp-webhook-name": "post_delete" });
  expect(await staged().work()).toMatchObject([{ event: "unpublish" }]);
});

test("A scheduled post waits for its date, and is published once more when WordPress says so", async () => {
  const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + DAY_MS);
  const gmt = date.toISOString().slice(0, 19).replace("T", " ");
  const future = payload({ post_status: "future", post_date_gmt: gmt });
  expect(await send(future)).toMatchObject({ status: "accepted", releaseAt: date.toISOString() });
  expect(await staged().work()).toEqual([]);
  expect(await staged().work(date)).toMatchObject([{ url: URL, releaseAt: date }]);
  expect(await send(payload({ post_date_gmt: "2026-03-03 08:15:00" }))).toMatchObject({ status: "accepted" });
});

test.for<[string, Fields, RegExp]>([
  ["draft", payload({ post_status: "draft", post_date_gmt: "0000-00-00 00:00:00" }), /draft/],
  [
    "draft that was one before",
    payload({ post_status: "draft" }, { post_before: { post_status: "draft" } }),
    /draft/,
  ],
  ["draft that has no before", payload({ post_status: "auto-draft" }, { post_before: false }), /draft/],
  ["page", payload({ post_type: "page" }), /page is no article/],
  ["revision", payload({ post_type: "revision", post_status: "inherit" }), /revision is no article/],
  ["block of a theme", payload({ post_type: "wp_template" }), /wp_template is no article/],
  ["demo of the plugin", { ...payload({ ID: 1 }), post_id: 1234 }, /demo/],
  ["thing that is no post", { user_id: 7, user: { data: { user_login: "ines" } } }, /no post/],
])("A %s is ignored, and the answer says why", async ([, body, reason]) => {
  expect(await send(body)).toEqual({ status: "ignored", reason: expect.stringMatching(reason) });
  expect([await staged().entries(), staged().accepted()]).toEqual([0, 0]);
});

test("A message that is sent again is a replay, whatever its headers say", async () => {
  const first = await send(payload());
  const again = { id: first["id"], status: "replay" };
  expect(await send(payload(), { "x-wp-webhook-name": "post_update" })).toEqual(again);
  expect(await staged().work()).toMatchObject([{ event: "publish" }]);
});

test("Events count in the order of the edits, not of their arrival", async () => {
  await send(payload({ post_status: "trash", post_modified_gmt: "2026-03-03 09:30:00" }));
  expect(await send(payload())).toMatchObject({ status: "stale" });
  expect(await staged().work()).toMatchObject([{ event: "unpublish" }]);
  await send(payload({ post_modified_gmt: "2026-03-03 09:45:00" }));
  expect(await staged().work()).toMatchObject([{ event: "publish", url: URL }]);
});

test("The plugin's own header counts where it signs the body, as it did before 3.0.1", async () => {
  const body = JSON.stringify(payload());
  expect((await post(body, { "x-wp-webhook-signature": sign(body) })).status).toBe(202);
});

const BODY = JSON.stringify(payload());

test.for<[string, Record<string, string>]>([
  ["another secret", { "x-wc-webhook-signature": sign(BODY, SECRETS.ghost) }],
  ["another body signed", { "x-wc-webhook-signature": sign(`${BODY} `) }],
  [
    "the webhook's name signed, as the plugin does since 3.0.1",
    {
      "x-wp-webhook-signature": sign(
        JSON.stringify({
          date_created: "2026-03-01 10:00:00",
          webhook_name: "post_update",
          webhook_url_name: "lede",
        }),
      ),
    },
  ],
  [
    "a signature in hexadecimal",
    { "x-wc-webhook-signature": Buffer.from(sign(BODY), "base64").toString("hex") },
  ],
  ["half a signature", { "x-wc-webhook-signature": sign(BODY).slice(0, 20) }],
  ["no signature", {}],
])("A message with %s is refused, and the answer says what to set", async ([, headers]) => {
  const answer = await post(BODY, headers);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: { code: "webhook/unsigned", message: expect.stringContaining("LEDE_WORDPRESS_SECRET") },
  });
  expect(await staged().entries()).toBe(0);
});

test.for<[string, string, number, RegExp]>([
  ["no JSON, as the plugin's form type sends", "post_id=412", 400, /not valid JSON/],
  ["a list", "[]", 400, /one JSON object/],
  ["a post that is no object", JSON.stringify({ post_id: 412, post: "412" }), 400, /"post"/],
  ["a post without a state", JSON.stringify(payload({ post_status: null })), 400, /post\.post_status/],
  ["no address", JSON.stringify(payload({}, { post_permalink: false })), 400, /post_permalink/],
  [
    "no http address",
    JSON.stringify(payload({}, { post_permalink: "file:///etc/passwd" })),
    400,
    /post_permalink/,
  ],
  ["2 MB", JSON.stringify(payload({ post_content: "x".repeat(2_000_000) })), 413, /1 MB/],
])("A body of %s is refused in words and stores nothing", async ([, body, status, words]) => {
  const answer = await post(body);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(words);
  expect(await staged().entries()).toBe(0);
});

test("Without its secret WordPress is refused by the name of the variable", async () => {
  await staged().restart({ wordpress: [] });
  const answer = await post(BODY);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("LEDE_WORDPRESS_SECRET");
});
