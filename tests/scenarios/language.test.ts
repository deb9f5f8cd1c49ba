import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { FIRE, subscribe } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs } from "./people.ts";

let newsroom: Newsroom;
let model: OpenAiPeer;

beforeEach(async () => {
  model = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: [], modelUrl: model.url });
});
afterEach(async () => {
  await newsroom.close();
  await model.stop();
});

test.for([
  ["that of the channel's topics", { topics: "fr", workspace: "de", option: null }, "fr"],
  ["the workspace's where the topics have none", { topics: null, workspace: "de", option: null }, "de"],
  ["the one that is asked for", { topics: "fr", workspace: "de", option: "es" }, "es"],
  ["the article's own where nobody set one", { topics: null, workspace: null, option: null }, "en"],
] as const)("/brief writes in %s", async ([, { topics, workspace, option }, expected]) => {
  const channel = newsroom.discordChannel(newsroom.discord.channels.news.id);
  await subscribe(newsroom, channel, {
    query: "harbour",
    settings: { language: workspace },
    subscription: { language: topics },
  });
  const text = FIRE("7").join("\n\n");
  await onDiscordAs(newsroom, "member").type("brief", {
    text,
    ...(option === null ? {} : { language: option }),
  });
  const asked = model.requests.at(-1)?.asked?.messages.at(-1)?.content ?? "";
  const order = asked.slice(asked.lastIndexOf("</article-"));
  expect(/\blanguage of [^\n]*?\(([a-z]+)\)/.exec(order)?.[1]).toBe(expected);
});
