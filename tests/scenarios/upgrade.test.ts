import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { everywhere, fireAt, HOUR_MS, MINUTE_MS, SECOND_FIRE, subscribeBoth } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import type { Outlet, Published } from "./outlets.ts";

const POSTS = 200;
/** A few are taken for one story, so there are more of them than half as many as posts. */
const STORIES = 125;
const UPGRADED = { model: "gpt-6-luna", prompt: "+1", judged: true };

let newsroom: Newsroom;
let openai: OpenAiPeer;

beforeEach(async () => {
  openai = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: ["Harbour Times", "City Post"], modelUrl: openai.url });
});
afterEach(async () => {
  await newsroom.close();
  await openai.stop();
});

function outlet(at: 0 | 1): Outlet {
  const found = newsroom.outlets[at];
  if (found === undefined) throw new Error("No outlet");
  return found;
}

/** A story like no other: its words are its number's. */
function storyOf(number: number, figure = 300 + number): Published {
  const name = (kind: string): string =>
    `${kind}${String(number).replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "")}`;
  const [place, person, thing] = [name("Lor"), name("Mar"), name("tam")];
  return {
    slug: `story-${number}`,
    title: `${place} opens its new ${thing} bridge`,
    at: newsroom.clock(),
    paragraphs: [
      `The town of ${place} opened its ${thing} bridge on Tuesday before ${figure} guests, its council said.`,
      `Engineer ${person} said that the ${thing} bridge of ${place} had cost ${number + 7} million crowns.`,
      `Ferries between ${place} and ${person} Island will run until the end of March, the council of ${place} added.`,
      `Residents of ${place} had asked for the ${thing} bridge since the old one was closed to lorries.`,
    ],
  };
}

const edits = (): number => everywhere(newsroom).reduce((sum, post) => sum + post.edits, 0);

const LONG = { timeout: 240_000 };

test(
  `${POSTS} posts keep their briefs over another model, prompt and judge; a correction is written anew`,
  LONG,
  async () => {
    await subscribeBoth(newsroom, { query: "bridge" });
    await newsroom.pass(10 * MINUTE_MS);
    for (let from = 0; from < STORIES; from += 25) {
      for (let number = from; number < from + 25; number += 1) outlet(0).publish(storyOf(number));
      await newsroom.pass(10 * MINUTE_MS);
    }
    expect(everywhere(newsroom).length).toBeGreaterThanOrEqual(POSTS);
    const before = everywhere(newsroom);
    const written = openai.requests.length;
    expect(written).toBe(STORIES);

    await newsroom.restart({}, UPGRADED);
    // Long enough for several looks at each page.
    await newsroom.pass(4 * HOUR_MS, 15 * MINUTE_MS);
    expect(openai.requests).toHaveLength(written);
    expect(everywhere(newsroom)).toEqual(before);
    const edited = edits();

    outlet(0).correctQuietly({ ...storyOf(7, 911), at: new Date(newsroom.clock().getTime() - HOUR_MS) });
    await newsroom.pass(6 * HOUR_MS, 15 * MINUTE_MS);
    const asked = openai.requests.slice(written).map(({ body }) => JSON.stringify(body));
    expect(asked).toHaveLength(2);
    expect(asked.every((body) => body.includes('"model":"gpt-6-luna"'))).toBe(true);
    expect(edits()).toBe(edited + 2);
    expect(everywhere(newsroom).filter(({ text }) => text.includes("911 guests"))).toHaveLength(2);
  },
);

test("a second outlet that joins after an upgrade is written by the new model, and what stands is not", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  outlet(0).publish(fireAt(newsroom.clock()));
  await newsroom.pass(10 * MINUTE_MS);
  const written = openai.requests.length;
  await newsroom.restart({}, { ...UPGRADED, judged: false });
  outlet(1).publish({
    slug: "blaze",
    title: "Harbour fire injures dock workers in Halvern",
    at: newsroom.clock(),
    paragraphs: SECOND_FIRE,
  });
  await newsroom.pass(HOUR_MS);
  const asked = openai.requests.slice(written).map(({ body }) => JSON.stringify(body));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain("14 million crowns");
  expect(everywhere(newsroom)).toHaveLength(2);
});

test("a topic's new language or length is written by the new model", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  outlet(0).publish(fireAt(newsroom.clock()));
  await newsroom.pass(10 * MINUTE_MS);
  const written = openai.requests.length;
  await newsroom.restart({}, { ...UPGRADED, judged: false });
  await subscribeBoth(newsroom, { query: "harbour", subscription: { length: "short" } });
  await newsroom.pass(2 * HOUR_MS);
  expect(openai.requests).toHaveLength(written + 1);
});

test("what the built-in writer wrote in an outage is asked for again by the same model, and kept over another", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  openai.fail({ status: 401, times: 2 });
  outlet(0).publish(fireAt(newsroom.clock()));
  await newsroom.pass(5 * MINUTE_MS);
  const written = openai.requests.length;
  await newsroom.restart({}, UPGRADED);
  await newsroom.pass(HOUR_MS);
  expect(openai.requests).toHaveLength(written);
  await newsroom.restart({}, { model: "gpt-5-mini", prompt: "", judged: false });
  await newsroom.pass(2 * HOUR_MS);
  expect(openai.requests.length).toBeGreaterThan(written);
});
