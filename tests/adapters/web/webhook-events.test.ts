import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { SECRETS, useWebhooks } from "./webhook-setup.ts";

const DAY_MS = 86_400_000;
const URL = "https://courier.example/bridge";
const ARTICLE = {
  url: URL,
  headline: "Harbour bridge closed",
  articleBody: "The harbour bridge was closed.",
};

const staged = useWebhooks();
let sent = 0;

async function send(
  body: Record<string, unknown>,
): Promise<{ id: string; status: string; releaseAt?: string }> {
  sent += 1;
  const id = `event_${sent}`;
  const at = new Date();
  const text = JSON.stringify(body);
  const answer = await fetch(`${staged().url}/v1/articles`, {
    method: "POST",
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(SECRETS.articles).sign(id, at, text),
    },
    body: text,
  });
  expect(answer.status).toBe(202);
  return (await answer.json()) as { id: string; status: string };
}

function fromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

test("An update is a publication with a newer revision, known before or not", async () => {
  await send({ ...ARTICLE, event: "update", dateModified: "2026-03-04T10:00:00Z" });
  const [entry] = await staged().work();
  expect(entry).toMatchObject({ event: "publish", updatedAt: new Date("2026-03-04T10:00:00Z") });
});

test("What a newer revision overtook is stale, wakes nobody and changes nothing", async () => {
  const first = await send({ ...ARTICLE, headline: "New", dateModified: "2026-03-04T10:00:00Z" });
  const late = await send({ ...ARTICLE, headline: "Old", dateModified: "2026-03-04T09:00:00Z" });
  expect(late).toEqual({ id: first.id, status: "stale" });
  expect(staged().accepted()).toBe(1);
  expect(await staged().work()).toMatchObject([{ title: "New" }]);
});

test("An article is taken back by its link or by its publisher's id, with nothing else", async () => {
  await send({ ...ARTICLE, identifier: "bridge-1" });
  await staged().work();
  await send({ event: "unpublish", identifier: "bridge-1" });
  expect(await staged().work()).toMatchObject([
    { event: "unpublish", guid: "bridge-1", url: URL, title: null, content: null, releaseAt: null },
  ]);
  await send({ event: "unpublish", url: URL });
  expect(await staged().work()).toMatchObject([{ event: "unpublish", guid: URL, url: URL }]);
});

test("A publication that comes after its take-back is stale", async () => {
  await send({ event: "unpublish", url: URL, dateModified: "2026-03-04T10:00:00Z" });
  await staged().work();
  expect(await send({ ...ARTICLE, dateModified: "2026-03-04T09:00:00Z" })).toMatchObject({ status: "stale" });
  expect(await staged().work()).toEqual([]);
});

test("The publisher's id tells an article whose link changes, and an article without a link", async () => {
  const first = await send({ ...ARTICLE, identifier: "bridge-1" });
  const moved = await send({ ...ARTICLE, identifier: "bridge-1", url: `${URL}-2` });
  expect(moved.id).toBe(first.id);
  const bare = { identifier: "note-1", headline: "Note", articleBody: "One." };
  const note = await send(bare);
  expect((await send({ ...bare, articleBody: "Two." })).id).toBe(note.id);
  expect(await staged().work()).toMatchObject([
    { url: `${URL}-2` },
    { url: null, content: { type: "text", body: "Two." } },
  ]);
});

const SOON = fromNow(2);
const LATER = fromNow(3);

test.for<[string, Record<string, string>, Date]>([
  ["the moment it names", { embargoedUntil: SOON.toISOString() }, SOON],
  ["its publication, when that is ahead", { datePublished: LATER.toISOString() }, LATER],
  [
    "the later of the two, if it is the embargo",
    { embargoedUntil: LATER.toISOString(), datePublished: SOON.toISOString() },
    LATER,
  ],
  ["the later of the two", { embargoedUntil: SOON.toISOString(), datePublished: LATER.toISOString() }, LATER],
])("An embargoed article waits for %s, and the answer says so", async ([, dates, releaseAt]) => {
  expect((await send({ ...ARTICLE, ...dates })).releaseAt).toBe(releaseAt.toISOString());
  expect(await staged().work(new Date(releaseAt.getTime() - 1))).toEqual([]);
  expect(await staged().work(releaseAt)).toMatchObject([{ url: URL, releaseAt }]);
});

test("An embargo of the past is none", async () => {
  const answer = await send({ ...ARTICLE, embargoedUntil: "2026-01-01T00:00:00Z" });
  expect(answer).toEqual({ id: answer.id, status: "accepted" });
  expect(await staged().work()).toMatchObject([{ releaseAt: null }]);
});

test("An update without its embargo releases an article at once", async () => {
  await send({ ...ARTICLE, embargoedUntil: fromNow(2).toISOString() });
  expect(await staged().work()).toEqual([]);
  await send({ ...ARTICLE, event: "update", headline: "Released" });
  expect(await staged().work()).toMatchObject([{ title: "Released", releaseAt: null }]);
});

test("A take-back removes an article that still waits", async () => {
  await send({ ...ARTICLE, embargoedUntil: fromNow(2).toISOString() });
  await send({ event: "unpublish", url: URL });
  expect(await staged().work(fromNow(9))).toMatchObject([{ event: "unpublish" }]);
  expect(await staged().work(fromNow(9))).toEqual([]);
});

test("Nothing of an embargoed article can be read from the server before its time", async () => {
  const secret = {
    headline: "Merger of Aldous and Brandt",
    articleBody: "Aldous buys Brandt for nine billion.",
  };
  const answer = await send({ ...ARTICLE, ...secret, embargoedUntil: fromNow(2).toISOString() });
  const pages = await Promise.all(
    ["/healthz", "/metrics", "/", "/v1/articles"].map(async (path) => {
      const page = await fetch(`${staged().url}${path}`);
      return page.text();
    }),
  );
  expect([JSON.stringify(answer), ...pages].join("\n")).not.toMatch(/Aldous|courier/);
});
