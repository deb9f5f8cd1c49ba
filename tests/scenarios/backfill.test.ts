import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { everywhere, FIRE, FIRE_TITLE, HOUR_MS, MINUTE_MS } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

let newsroom: Newsroom;
let openai: OpenAiPeer;

beforeEach(async () => {
  openai = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: ["Harbour Times"], modelUrl: openai.url });
});
afterEach(async () => {
  await newsroom.close();
  await openai.stop();
  const [first] = openai.violations;
  if (first !== undefined) throw new Error(`OpenAI would complain: ${first}`);
});

const PLATFORMS: [string, () => Person][] = [
  ["Discord", () => onDiscordAs(newsroom, "moderator")],
  ["Slack", () => onSlackAs(newsroom, "admin")],
];

const SCHOOL = [
  "The primary school in Ostrava Street will close for 14 days in March, the district council said on Monday.",
  "Mould was found in nine classrooms during an inspection that parents had asked for since autumn.",
  "About 430 pupils will be taught in the town hall and in two gymnasiums, director Petra Vlk said.",
  "The repair costs 1.2 million crowns, of which the ministry of education pays half.",
];

/** Two stories are known before anybody has a topic. */
async function knowTwo(person: Person): Promise<void> {
  const [times] = newsroom.outlets;
  await person.type("sources add", { url: times?.feed ?? "" });
  await newsroom.pass(10 * MINUTE_MS);
  times?.publish({ slug: "fire", title: FIRE_TITLE, at: newsroom.clock(), paragraphs: FIRE("9") });
  await newsroom.pass(10 * MINUTE_MS);
  const title = "Primary school closes because of mould";
  times?.publish({ slug: "school", title, at: newsroom.clock(), paragraphs: SCHOOL });
  await newsroom.pass(10 * MINUTE_MS);
}

describe.each(PLATFORMS)("a moderator on %s who asks for older stories", (_platform, somebody) => {
  test("is told that they come in a batch, and gets each once, whatever happens in between", async () => {
    const person = somebody();
    await knowTwo(person);
    openai.batch.fail("create", { status: 502, lost: true });
    const answer = await person.type("topics add", { query: "harbour OR school", backfill: 5 });
    expect(answer.text).toContain(
      "2 known stories are on the way, written in a batch, which can take a day.",
    );
    await newsroom.pass(10 * MINUTE_MS);
    await newsroom.restart();
    await newsroom.pass(3 * HOUR_MS);
    expect(everywhere(newsroom)).toEqual([]);
    expect(openai.batch.made).toHaveLength(1);
    openai.batch.end({ status: "completed" });
    await newsroom.pass(15 * MINUTE_MS);
    const posts = everywhere(newsroom);
    expect(posts).toHaveLength(2);
    expect(posts.map(({ text }) => text).join()).toMatch(/injured 9 people/);
    expect(posts.map(({ text }) => text).join()).toMatch(/14 days in March/);
    await newsroom.restart();
    await newsroom.pass(30 * HOUR_MS, HOUR_MS);
    expect(everywhere(newsroom)).toHaveLength(2);
    expect(openai.requests).toHaveLength(0);
  });

  test("gets them at once where the model's server has no batches", async () => {
    openai.profile("ollama-old");
    const person = somebody();
    await knowTwo(person);
    await person.type("topics add", { query: "harbour OR school", backfill: 5 });
    await newsroom.pass(5 * MINUTE_MS);
    expect(everywhere(newsroom)).toHaveLength(2);
    expect(openai.requests).toHaveLength(2);
  });
});
