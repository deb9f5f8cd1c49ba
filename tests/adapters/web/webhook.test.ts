import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createWebhook } from "#src/adapters/web/webhook.ts";
import { SECRETS, useWebhooks } from "./webhook-setup.ts";

const MINUTE_MS = 60_000;
const SECRET = SECRETS.articles;
const ARTICLE = {
  url: "https://courier.example/bridge",
  headline: "Harbour bridge closed",
  articleBody: "The harbour bridge was closed on Tuesday.\n\nFerries run instead.",
  author: "Ines Calloway",
  datePublished: "2026-03-03T08:15:00+01:00",
  dateModified: "2026-03-04",
  isAccessibleForFree: false,
  inLanguage: "en",
};

const staged = useWebhooks();

interface Message {
  id?: string;
  at?: Date;
  key?: Webhook;
  headers?: Record<string, string>;
  /** What follows the digits of the time; the signature covers the digits alone, as the library reads them. */
  suffix?: string;
}

function post(
  body: string,
  { id = "msg_1", at = new Date(), key = new Webhook(SECRET), headers = {}, suffix = "" }: Message = {},
) {
  const signed = {
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(at.getTime() / 1000)}${suffix}`,
    "webhook-signature": key.sign(id, at, body),
  };
  return fetch(`${staged().url}/v1/articles`, { method: "POST", headers: { ...signed, ...headers }, body });
}

test("A signed article is answered once its entry is stored, with all it says", async () => {
  const answer = await post(JSON.stringify(ARTICLE));
  expect(answer.status).toBe(202);
  const claimed = await staged().store.claimEntry(new Date());
  expect(await answer.json()).toEqual({ id: claimed?.id, status: "accepted" });
  expect(claimed?.entry).toEqual({
    guid: ARTICLE.url,
    url: ARTICLE.url,
    title: ARTICLE.headline,
    content: { type: "text", body: ARTICLE.articleBody },
    byline: ARTICLE.author,
    publishedAt: new Date("2026-03-03T07:15:00Z"),
    updatedAt: new Date("2026-03-04T00:00:00Z"),
    visibility: "members",
    event: "publish",
    releaseAt: null,
    via: "webhook",
  });
  expect(staged().accepted()).toBe(1);
});

test.for([
  ["a link alone", { url: ARTICLE.url }, { guid: ARTICLE.url, content: null, visibility: "public" }],
  [
    "headline and HTML without a link",
    { headline: "A", html: "<p>Text</p>" },
    {
      guid: "msg_1",
      url: null,
      title: "A",
      content: { type: "html", body: expect.stringMatching(/<h1>A<\/h1>.*<p>Text<\/p>/) },
    },
  ],
  [
    "a link and a text",
    { url: ARTICLE.url, articleBody: "Text" },
    { url: ARTICLE.url, title: null, content: { type: "text", body: "Text" } },
  ],
  [
    "a link and a whole page, which stays as it is",
    { url: ARTICLE.url, headline: "A", html: "<html><body><p>Text</p></body></html>" },
    { content: { type: "html", body: "<html><body><p>Text</p></body></html>" } },
  ],
] as const)("%s is enough", async ([, body, entry]) => {
  expect((await post(JSON.stringify(body))).status).toBe(202);
  expect((await staged().work())[0]).toMatchObject(entry);
});

test("A replay is answered as one with the same id and stores nothing; the same id with another body is a conflict", async () => {
  const body = JSON.stringify(ARTICLE);
  const first = (await (await post(body)).json()) as { id: string };
  const replay = await post(body, { at: new Date(Date.now() - 60_000) });
  expect(replay.status).toBe(202);
  expect(await replay.json()).toEqual({ id: first.id, status: "replay" });
  const other = await post(JSON.stringify({ ...ARTICLE, headline: "Another" }));
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ error: { code: "webhook/conflict" } });
  expect(await staged().entries()).toBe(1);
  expect(staged().accepted()).toBe(1);
});

test.for([
  ["another key", { key: new Webhook("whsec_c29tZXRoaW5nIGVsc2U=") }],
  ["a time six minutes ago", { at: new Date(Date.now() - 6 * MINUTE_MS) }],
  ["a time six minutes ahead", { at: new Date(Date.now() + 6 * MINUTE_MS) }],
  ["a changed id", { headers: { "webhook-id": "msg_2" } }],
  ["a changed time", { headers: { "webhook-timestamp": String(Math.floor(Date.now() / 1000) - 1) } }],
  ["a time with letters after it", { suffix: "abc" }],
  ["no signature", { headers: { "webhook-signature": "" } }],
  ["a signature of no known version", { headers: { "webhook-signature": "v2,AAAA v1" } }],
  ["an id of 300 characters", { id: "m".repeat(300) }],
] satisfies [string, Message][])("A message with %s is refused and stores nothing", async ([, message]) => {
  const answer = await post(JSON.stringify(ARTICLE), message);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: "webhook/unsigned" } });
  expect(await staged().entries()).toBe(0);
});

test("An unsigned message is refused before its body is read as JSON", async () => {
  const answer = await fetch(`${staged().url}/v1/articles`, { method: "POST", body: "{no json" });
  expect(answer.status).toBe(401);
});

test("One good signature among several is enough, as when a sender changes its key", async () => {
  const body = JSON.stringify(ARTICLE);
  const at = new Date();
  const signatures = [
    new Webhook("whsec_c29tZXRoaW5nIGVsc2U=").sign("msg_1", at, body),
    new Webhook(SECRET).sign("msg_1", at, body),
  ];
  const answer = await post(body, { at, headers: { "webhook-signature": signatures.join(" ") } });
  expect(answer.status).toBe(202);
});

test.for([
  ["an unknown field", { ...ARTICLE, headlin: "x" }, "headlin"],
  ["a number for the headline", { ...ARTICLE, headline: 7 }, "headline"],
  ["an empty headline", { ...ARTICLE, headline: " " }, "headline"],
  ["words for a date", { ...ARTICLE, datePublished: "yesterday" }, "datePublished"],
  ["words for a yes or no", { ...ARTICLE, isAccessibleForFree: "false" }, "isAccessibleForFree"],
  ["an address that is not http(s)", { url: "file:///etc/passwd" }, "url"],
  ["both text and HTML", { ...ARTICLE, html: "<p>x</p>" }, "html"],
  ["an event of another name", { ...ARTICLE, event: "delete" }, "event"],
  ["a take-back of nothing", { event: "unpublish", headline: "A" }, "url"],
  ["an embargo of no time", { ...ARTICLE, embargoedUntil: "tomorrow" }, "embargoedUntil"],
  ["an empty id", { ...ARTICLE, identifier: " " }, "identifier"],
  ["neither link nor text", { headline: "A" }, "articleBody"],
  ["neither link nor headline", { articleBody: "Text" }, "headline"],
] as const)("%s is refused by name and stores nothing", async ([, body, field]) => {
  const answer = await post(JSON.stringify(body));
  const { error } = (await answer.json()) as { error: { message: string } };
  expect(answer.status).toBe(400);
  expect(error).toMatchObject({ code: "webhook/invalid", field });
  expect(error.message).toContain(`"${field}"`);
  expect(await staged().entries()).toBe(0);
});

test.for([
  ["broken JSON", "{", "not valid JSON"],
  ["nothing", "", "not valid JSON"],
  ["a list", "[]", "one JSON object"],
] as const)("A body of %s is refused in words", async ([, body, words]) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(words);
});

test("A body over 1 MB is refused, whether it says its length or not", async () => {
  const body = JSON.stringify({ ...ARTICLE, articleBody: "x".repeat(1_100_000) });
  const told = await post(body);
  expect(told.status).toBe(413);
  expect(await told.json()).toMatchObject({ error: { code: "webhook/too-large" } });
  const init = { method: "POST", body: new Blob([body]).stream(), duplex: "half" } as const;
  const streamed = await fetch(`${staged().url}/v1/articles`, init);
  expect(streamed.status).toBe(413);
  expect(await staged().entries()).toBe(0);
  const after = await post(JSON.stringify(ARTICLE));
  expect(after.status).toBe(202);
});

test("Without a secret every message is refused by the name of the variable", async () => {
  await staged().restart({ articles: [] });
  const answer = await post(JSON.stringify(ARTICLE));
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("LEDE_WEBHOOK_SECRET");
});

test.for([
  ["plain base64", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", new Webhook("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
  ["words", "correct horse battery", new Webhook("correct horse battery", { format: "raw" })],
  ["a word that is base64 by chance, used as words", "password", new Webhook("password", { format: "raw" })],
  ["a word that is base64 by chance, used as base64", "password", new Webhook("password")],
] as const)("A secret may be %s", async ([, secret, key]) => {
  await staged().restart({ articles: [{ source: "webhook", secrets: [secret] }] });
  expect((await post(JSON.stringify(ARTICLE), { key })).status).toBe(202);
  expect((await post(JSON.stringify(ARTICLE), { key: new Webhook(SECRET), id: "msg_2" })).status).toBe(
    secret === SECRET.slice(6) ? 202 : 401,
  );
});

test("A secret that only looks like one of Standard Webhooks is refused at the start", () => {
  const make = (): unknown =>
    createWebhook({
      senders: {
        articles: [{ source: "webhook", secrets: ["whsec_not base64"] }],
        ghost: [],
        wordpress: [],
      },
      publishers: new Map(),
      store: staged().store,
      clock: () => new Date(),
      onAccepted: () => undefined,
    });
  expect(make).toThrow("LEDE_WEBHOOK_SECRET");
});
