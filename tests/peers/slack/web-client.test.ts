// oxlint-disable unicorn/require-post-message-target-origin -- chat.postMessage is Slack's, not the window's
import { ErrorCode, LogLevel, WebClient, type WebClientOptions } from "@slack/web-api";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createJudge } from "./judge.ts";
import { startSlackPeer, type SlackPeer } from "./peer.ts";

const WARM_UP_MS = 60_000;
/** Long enough for a slow machine, short enough to wait for its end. */
const TRIGGER_VALID_MS = 1_500;
const { news, outside, archived } = { news: "C0NEWS0001", outside: "C0OUTSIDE1", archived: "C0ARCHIVE1" };
const metadata = { event_type: "brief_posted", event_payload: { key: "k1" } };

let peer: SlackPeer;

beforeAll(async () => {
  await createJudge();
}, WARM_UP_MS);

beforeEach(async () => {
  peer = await startSlackPeer({ maxPageSize: 3, triggerValidMs: TRIGGER_VALID_MS });
});

afterEach(() => peer.close());

function client(options: WebClientOptions = {}, token = peer.botToken): WebClient {
  return new WebClient(token, { slackApiUrl: peer.apiUrl, logLevel: LogLevel.ERROR, ...options });
}

describe("messages", () => {
  test("show in the history only after the lag", async () => {
    await peer.close();
    peer = await startSlackPeer({ historyLagMs: 1_500 });
    const slack = client();
    await slack.chat.postMessage({ channel: news, text: "fresh" });
    const count = async () => (await slack.conversations.history({ channel: news })).messages?.length;
    expect(await count()).toBe(0);
    await expect.poll(count, { timeout: 5_000 }).toBe(1);
  });

  test("are kept with their edits, metadata, links and pings", async () => {
    const slack = client();
    const { ts = "" } = await slack.chat.postMessage({
      channel: news,
      text: "Nine injured <https://a.example/1|source>",
      metadata,
    });
    await slack.chat.update({ channel: news, ts, text: "Eleven injured <!channel>" });
    const [message] = peer.messages(news);
    expect(message).toMatchObject({
      ts,
      text: "Eleven injured <!channel>",
      bot_id: peer.app.botId,
      metadata,
      edits: [{ text: "Nine injured <https://a.example/1|source>", metadata }],
      // An edit shows whom it calls and notifies nobody.
      pinged: [],
      mentions: ["<!channel>"],
      links: [],
      deleted: false,
    });
    await slack.chat.update({ channel: news, ts, text: "Bare", metadata: {} as typeof metadata });
    expect(message?.metadata).toBeNull();
    await slack.chat.delete({ channel: news, ts });
    expect(message?.deleted).toBe(true);
    expect(peer.violations).toEqual([]);
  });

  test("are read back with metadata only on request, page by page", async () => {
    const slack = client();
    const texts = ["1", "2", "3", "4", "5"];
    for (const text of texts) await slack.chat.postMessage({ channel: news, text, metadata });
    const plain = await slack.conversations.history({ channel: news });
    expect(plain.messages?.map((message) => message.text)).toEqual(["5", "4", "3"]);
    expect(plain.messages?.[0]).not.toHaveProperty("metadata");
    const oldest = String(Number(peer.messages(news)[0]?.ts) - 60);
    const found: (string | undefined)[] = [];
    for await (const page of slack.paginate("conversations.history", {
      channel: news,
      oldest,
      include_all_metadata: true,
    })) {
      expect(page).toMatchObject({
        messages: expect.arrayContaining([expect.objectContaining({ metadata })]),
      });
      const { messages = [] } = page as { messages?: { text?: string }[] };
      found.push(...messages.map((message) => message.text));
    }
    // From `oldest` alone the pages go forward, and each is newest first.
    expect(found).toEqual(["3", "2", "1", "5", "4"]);
    expect(peer.violations).toEqual([]);
  });

  test("in threads are found by conversations.replies and not in the history", async () => {
    const slack = client();
    const { ts = "" } = await slack.chat.postMessage({ channel: news, text: "parent" });
    await slack.chat.postMessage({ channel: news, text: "reply", thread_ts: ts });
    const history = await slack.conversations.history({ channel: news });
    expect(history.messages?.map((message) => [message.text, message.reply_count])).toEqual([["parent", 1]]);
    const replies = await slack.conversations.replies({ channel: news, ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(["parent", "reply"]);
  });

  test("to one person reach that person alone", async () => {
    const slack = client();
    await slack.chat.postEphemeral({ channel: news, user: "U0MEMBER01", text: "psst" });
    expect(peer.messages(news)).toEqual([]);
    expect(peer.ephemerals(news)).toMatchObject([{ text: "psst", ephemeralTo: "U0MEMBER01" }]);
    const { channel } = await slack.conversations.open({ users: "U0MEMBER01" });
    await slack.chat.postMessage({ channel: channel?.id ?? "", text: "direct" });
    await slack.chat.postMessage({ channel: "U0MEMBER01", text: "direct too" });
    expect(peer.directMessages("U0MEMBER01").map((message) => message.text)).toEqual([
      "direct",
      "direct too",
    ]);
  });
});

const REFUSALS: readonly (readonly [string, (slack: WebClient) => Promise<unknown>])[] = [
  ["channel_not_found", (slack) => slack.chat.postMessage({ channel: "C404", text: "x" })],
  ["not_in_channel", (slack) => slack.chat.postMessage({ channel: outside, text: "x" })],
  ["not_in_channel", (slack) => slack.conversations.history({ channel: outside })],
  ["is_archived", (slack) => slack.chat.postMessage({ channel: archived, text: "x" })],
  ["no_text", (slack) => slack.chat.postMessage({ channel: news, text: "" })],
  ["msg_too_long", (slack) => slack.chat.postMessage({ channel: news, text: "x".repeat(40_001) })],
  [
    "invalid_blocks",
    (slack) => slack.chat.postMessage({ channel: news, text: "x", blocks: [{ type: "foo" }] }),
  ],
  ["message_not_found", (slack) => slack.chat.update({ channel: news, ts: "1.000001", text: "x" })],
  ["thread_not_found", (slack) => slack.conversations.replies({ channel: news, ts: "1.000001" })],
  ["unknown_method", (slack) => slack.apiCall("chat.shout", { channel: news })],
  ["user_not_found", (slack) => slack.users.info({ user: "U404" })],
  ["not_allowed_token_type", (slack) => slack.apps.connections.open()],
];

test.for(REFUSALS)("Slack refuses with %s", async ([error, call]) => {
  await expect(call(client())).rejects.toMatchObject({
    code: ErrorCode.PlatformError,
    data: { ok: false, error },
  });
});

test("a person's message cannot be edited by the app", async () => {
  const { message } = peer.say({ channel: news, user: "U0ADMIN001", text: "mine" });
  const update = client().chat.update({ channel: news, ts: message?.ts ?? "", text: "x" });
  await expect(update).rejects.toMatchObject({ data: { error: "cant_update_message" } });
});

test("tokens and scopes are checked and told", async () => {
  const bad = client({}, "xoxb-wrong").auth.test();
  await expect(bad).rejects.toMatchObject({ data: { error: "invalid_auth" } });
  const who = await client().auth.test();
  expect(who).toMatchObject({ user_id: peer.app.userId, bot_id: peer.app.botId, team_id: peer.team.id });
  expect(who.response_metadata?.scopes).toContain("chat:write");
  peer.scopes.delete("channels:history");
  const history = client().conversations.history({ channel: news });
  await expect(history).rejects.toMatchObject({
    data: { error: "missing_scope", needed: "channels:history" },
  });
});

test("channels, people and the workspace can be looked up", async () => {
  const slack = client();
  const names: (string | undefined)[] = [];
  for await (const page of slack.paginate("conversations.list", { limit: 2 })) {
    const { channels = [] } = page as { channels?: { name?: string }[] };
    names.push(...channels.map((channel) => channel.name));
  }
  expect(names).toEqual(["news", "tech", "outside", "archived"]);
  expect(await slack.users.info({ user: "U0ADMIN001" })).toMatchObject({ user: { is_admin: true } });
  expect(await slack.bots.info({ bot: peer.app.botId })).toMatchObject({ bot: { user_id: peer.app.userId } });
  expect(await slack.team.info()).toMatchObject({ team: { name: "Newsroom" } });
  await slack.conversations.join({ channel: outside });
  expect(await slack.conversations.info({ channel: outside })).toMatchObject({
    channel: { is_member: true },
  });
  const { ts = "" } = await slack.chat.postMessage({ channel: outside, text: "hello" });
  const link = await slack.chat.getPermalink({ channel: outside, message_ts: ts });
  expect(link.permalink).toBe(`https://newsroom.slack.com/archives/${outside}/p${ts.replace(".", "")}`);
  await slack.reactions.add({ channel: outside, timestamp: ts, name: "eyes" });
  expect(peer.messages(outside)[0]?.reactions).toEqual(["eyes"]);
  expect(peer.violations).toEqual([]);
});

test("triggers are good once and for a short time, and homes are kept", async () => {
  const slack = client();
  const view = { type: "modal" as const, title: { type: "plain_text" as const, text: "T" }, blocks: [] };
  const open = (trigger_id: string) => slack.views.open({ trigger_id, view });
  const used = peer.slash({ channel: news, user: "U0MEMBER01", command: "/x", text: "" }).triggerId;
  await open(used);
  await expect(open(used)).rejects.toMatchObject({ data: { error: "exchanged_trigger_id" } });
  await expect(open("T.1")).rejects.toMatchObject({ data: { error: "invalid_trigger_id" } });
  const stale = peer.slash({ channel: news, user: "U0MEMBER01", command: "/x", text: "" }).triggerId;
  await new Promise((resolve) => {
    setTimeout(resolve, TRIGGER_VALID_MS + 50);
  });
  await expect(open(stale)).rejects.toMatchObject({ data: { error: "expired_trigger_id" } });
  await slack.views.publish({ user_id: "U0MEMBER01", view: { type: "home", blocks: [{ type: "divider" }] } });
  expect(peer.home("U0MEMBER01")?.view).toMatchObject({ type: "home", blocks: [{ type: "divider" }] });
});

test("a request that breaks a rule is kept as a violation", async () => {
  await client().apiCall("chat.postMessage", { channel: news, text: "x", client_msg_id: "1" });
  expect(peer.violations).toMatchObject([
    { problem: "unknown argument client_msg_id", request: { method: "chat.postMessage", committed: true } },
  ]);
  expect(peer.messages(news)).toHaveLength(1);
});
