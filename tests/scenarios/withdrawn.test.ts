import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { FIRE, HOUR_MS, MINUTE_MS, onDiscord, onSlack, sentEntry, subscribe } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

let newsroom: Newsroom;
let openai: OpenAiPeer;

beforeEach(async () => {
  openai = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: [], modelUrl: openai.url });
});
afterEach(async () => {
  await newsroom.close();
  await openai.stop();
  const [first] = openai.violations;
  if (first !== undefined) throw new Error(`OpenAI would complain: ${first}`);
});

interface Place {
  person: (who: "member" | "moderator") => Person;
  /** The channel where people press, and another one of the same workspace. */
  here: Parameters<typeof subscribe>[1];
  beside: Parameters<typeof subscribe>[1];
  shownHere: () => ShownMessage[];
  shownBeside: () => ShownMessage[];
}

function onDiscordHere(): Place {
  const { channels } = newsroom.discord;
  return {
    person: (who) => onDiscordAs(newsroom, who),
    here: newsroom.discordChannel(channels.news.id),
    beside: newsroom.discordChannel(channels.general.id),
    shownHere: () => onDiscord(newsroom, channels.news.id),
    shownBeside: () => onDiscord(newsroom, channels.general.id),
  };
}

function onSlackHere(): Place {
  const { channels } = newsroom.slack;
  return {
    person: (who) => onSlackAs(newsroom, who === "moderator" ? "admin" : "member"),
    here: newsroom.slackChannel(channels.news),
    beside: newsroom.slackChannel(channels.tech),
    shownHere: () => onSlack(newsroom, channels.news),
    shownBeside: () => onSlack(newsroom, channels.tech),
  };
}

const PLACES: [string, () => Place][] = [
  ["Discord", onDiscordHere],
  ["Slack", onSlackHere],
];
const CAUSE = "short circuit";
const [INJURED = "", BLAZE = "", CAUSED = "", CLOSED = ""] = FIRE("9");

describe.each(PLACES)("a fact that is taken back on %s", (_platform, placeOf) => {
  test("is gone from summary, evidence and the other language's channel, and stays so when it is put anew", async () => {
    const place = placeOf();
    await subscribe(newsroom, place.here, { query: "harbour" });
    const german = { language: "de", style: "compact" } as const;
    await subscribe(newsroom, place.beside, { query: "harbour", subscription: german });
    await newsroom.send("m1", sentEntry({}));
    expect(only(place.shownBeside()).text).toContain(CAUSE);
    await takeBack(place, CAUSE);
    expect(only(place.shownHere()).text).not.toContain(CAUSE);
    expect(only(place.shownHere()).text).toContain(BLAZE);
    expect(only(place.shownHere()).text).toContain("A moderator took back one fact.");
    expect(only(place.shownBeside()).text).not.toContain(CAUSE);
    expect(only(place.shownBeside()).text).toContain(INJURED);
    for (const who of ["member", "moderator"] as const) await expectNoEvidence(place, who);

    const anew = "A short circuit in a charging station was the likely cause, fire chief Ines Calloway said.";
    openai.answer(() => draft(`${BLAZE} ${anew}`, { [CAUSED]: anew }));
    await newsroom.pass(5 * MINUTE_MS);
    await newsroom.send("m2", corrected());
    const { text } = only(place.shownHere());
    expect(text).toContain("11 people");
    expect(text).toContain(BLAZE);
    expect(text).not.toContain(CAUSE);
    expect(text).toContain("A moderator took back one fact.");
    await expectNoEvidence(place, "member");
  });

  test("stands in the log, and is shown again once that is undone", async () => {
    const place = placeOf();
    await subscribe(newsroom, place.here, { query: "harbour" });
    await newsroom.send("m1", sentEntry({}));
    const { text } = only(place.shownHere());
    expect(text).toContain(CAUSE);
    await takeBack(place, CAUSE);
    expect(only(place.shownHere()).text).not.toContain(CAUSE);
    const log = await place.person("moderator").type("settings log");
    expect(log.text).toContain("Took back a fact: “Fire chief Ines Calloway said that a short circuit");
    await place.person("moderator").type("settings undo");
    await newsroom.settle();
    expect(only(place.shownHere()).text).toBe(text);
  });

  test("does not take with it what the publisher put right since", async () => {
    const place = placeOf();
    await subscribe(newsroom, place.here, { query: "harbour" });
    openai.answer(() => draft(`${INJURED} ${BLAZE}`));
    await newsroom.send("m1", sentEntry({}));
    await takeBack(place, "injured 9 people");
    expect(only(place.shownHere()).text).not.toContain("injured 9");
    openai.answer(() => draft(FIRE("11").slice(0, 2).join(" "), {}, "11"));
    await newsroom.pass(5 * MINUTE_MS);
    await newsroom.send("m2", corrected());
    const { text } = only(place.shownHere());
    expect(text.split("injured 11 people")).toHaveLength(3);
    expect(text).not.toContain("took back");
  });

  test("leaves the next fact where it was all the summary said", async () => {
    const place = placeOf();
    const cadence = { kind: "digest", cron: "0 8 * * *", zone: "UTC" } as const;
    await subscribe(newsroom, place.here, { query: "harbour", subscription: { style: "compact" } });
    await subscribe(newsroom, place.beside, { query: "harbour", subscription: { cadence } });
    openai.answer(() => draft(`${CLOSED} ${CAUSED}`));
    await newsroom.send("m1", sentEntry({}));
    await takeBack(place, "will stay closed");
    await takeBack(place, CAUSE);
    await newsroom.pass(24 * HOUR_MS, 15 * MINUTE_MS);
    for (const { text } of [only(place.shownHere()), only(place.shownBeside())]) {
      expect(text).toContain(INJURED);
      expect(text).not.toContain("will stay closed");
      expect(text).not.toContain(CAUSE);
    }
  });

  test("is chosen beside what verification left out, which a member is not shown", async () => {
    const place = placeOf();
    await subscribe(newsroom, place.here, { query: "harbour" });
    const wrong = "The port will stay closed until Thursday, and seven ferries to Norhaven were cancelled.";
    openai.answer(() => draft(BLAZE, { [CLOSED]: wrong }));
    await newsroom.send("m1", sentEntry({}));
    const post = only(place.shownHere());
    expect(post.text).not.toContain("seven ferries");
    const told = await place.person("moderator").press(post, actionOf(post, "wrong:"));
    expect(told.text).toContain("Left out by verification");
    expect(told.text).toMatch(/seven ferries[^\n]*\n?[^\n]*A number is not in the article/);
    expect(told.menus).toHaveLength(1);
    const member = await place.person("member").press(post, actionOf(post, "wrong:"));
    expect(member.text).toContain(CAUSED);
    expect(member.text).not.toContain("seven ferries");
  });
});

async function takeBack(place: Place, words: string): Promise<void> {
  const person = place.person("moderator");
  const post = only(place.shownHere());
  const wrong = await person.press(post, actionOf(post, "wrong:"));
  const [menu] = wrong.menus;
  const index = FIRE("9").findIndex((each) => each.includes(words));
  const choice = menu?.choices.find(({ value }) => value === String(index));
  const taken = await person.choose(wrong, menu?.id ?? "", choice?.value ?? "");
  expect(taken.text).toContain("is taken back from every post");
  await newsroom.settle();
}

async function expectNoEvidence(place: Place, who: "member" | "moderator"): Promise<void> {
  const post = only(place.shownHere());
  for (const start of ["evidence:", "wrong:"]) {
    const shown = await place.person(who).press(post, actionOf(post, start));
    expect(shown.text).toContain(BLAZE);
    expect(shown.text).toContain("A moderator took back one fact.");
    expect(shown.text + JSON.stringify(shown.menus)).not.toContain(CAUSE);
  }
}

/** The article's own sentences as facts, some of them in other words. */
function draft(summary: string, words: Readonly<Record<string, string>> = {}, injured = "9"): string {
  const facts = FIRE(injured).map((quote) => ({ quote, text: words[quote] ?? quote }));
  const headline = "Fire at the harbour injures dock workers";
  return JSON.stringify({ facts, summary, headline, caveats: [], topics: [] });
}

function corrected() {
  const content = { type: "text", body: FIRE("11").join("\n\n") } as const;
  return sentEntry({ updatedAt: newsroom.clock(), content });
}

function only(shown: readonly ShownMessage[]): ShownMessage {
  const [post] = shown;
  if (post === undefined || shown.length !== 1) throw new Error(`There are ${shown.length} posts`);
  return post;
}

function actionOf({ actions }: ShownMessage, start: string): string {
  return actions.find((id) => id.startsWith(start)) ?? "";
}
