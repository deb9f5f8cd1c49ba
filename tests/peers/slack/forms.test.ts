import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSlackPeer, type SlackPeer } from "./peer.ts";
import { plain } from "./sample-blocks.ts";

let peer: SlackPeer;
const running: App[] = [];

beforeEach(async () => {
  peer = await startSlackPeer({ escapesCommands: true });
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  await peer.close();
});

const { news } = { news: "C0NEWS0001" };
const { member } = { member: "U0MEMBER01" };

const OPTIONS = [
  { text: plain("Daily"), value: "daily" },
  { text: plain("At once"), value: "instant" },
];

/** One of each input that Lede's forms have. */
const FIELDS = [
  { block_id: "words", element: { type: "plain_text_input", action_id: "f:words", max_length: 5 } },
  {
    block_id: "pace",
    element: { type: "static_select", action_id: "f:pace", options: OPTIONS, initial_option: OPTIONS[0] },
  },
  { block_id: "place", optional: true, element: { type: "conversations_select", action_id: "f:place" } },
  { block_id: "owner", optional: true, element: { type: "users_select", action_id: "f:owner" } },
].map((field) => ({ type: "input", label: plain(field.block_id), ...field }));

/** A Bolt app that opens the form and keeps what is sent. */
async function startApp(): Promise<object[]> {
  const clientOptions = { slackApiUrl: peer.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: peer.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: peer.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  const sent: object[] = [];
  app.command("/form", async ({ ack, body, client }) => {
    await ack();
    const view = {
      type: "modal",
      callback_id: "f",
      title: plain("Form"),
      submit: plain("Send"),
      blocks: FIELDS,
    };
    await client.apiCall("views.open", { trigger_id: body.trigger_id, view });
  });
  app.view("f", async ({ ack, view }) => {
    await ack();
    sent.push(view.state.values);
  });
  await app.start();
  running.push(app);
  return sent;
}

async function openForm() {
  peer.slash({ channel: news, user: member, command: "/form", text: "" });
  return peer.waitForView(() => true);
}

describe("a form that a person fills in", () => {
  test("arrives with every field, empty ones as null", async () => {
    const sent = await startApp();
    const view = await openForm();
    const { acked } = peer.fillForm({ view, user: member, values: { words: "ferry", place: news } });
    expect(await acked).toMatchObject({ ok: true });
    expect(sent).toEqual([
      {
        words: { "f:words": { type: "plain_text_input", value: "ferry" } },
        pace: { "f:pace": { type: "static_select", selected_option: OPTIONS[0] } },
        place: { "f:place": { type: "conversations_select", selected_conversation: news } },
        owner: { "f:owner": { type: "users_select", selected_user: null } },
      },
    ]);
    expect(view.isOpen).toBe(false);
    expect(peer.violations).toEqual([]);
  });

  test.for<[string, Record<string, string>]>([
    ["words has to be filled in", {}],
    ["words is longer than 5", { words: "ferries" }],
    ["there is no option weekly", { words: "x", pace: "weekly" }],
    ["the form has no field colour", { words: "x", colour: "red" }],
  ])("is held back by Slack's own app: %s", async ([problem, values]) => {
    await startApp();
    const view = await openForm();
    expect(() => peer.fillForm({ view, user: member, values })).toThrow(problem);
  });
});

test("a typed line is handed on with ids, links and entities", async () => {
  const slash = (text: string) =>
    peer.slash({ channel: news, user: member, command: "/form", text }).payload["text"];
  peer.addChannel({ name: "secret", isPrivate: true });
  expect(slash("#news #nowhere @max @desk @here a@max.example")).toBe(
    "<#C0NEWS0001|news> #nowhere <@U0MEMBER01|max> <!subteam^S0DESK0001|@desk> <!here> a@max.example",
  );
  expect(slash("#secret")).toMatch(/^<#C\d+\|>$/);
  expect(slash('1 < 2 & https://a.example/?b=1&c=2 "x"')).toBe(
    '1 &lt; 2 &amp; <https://a.example/?b=1&amp;c=2> "x"',
  );
});

describe("files", () => {
  const file = { filename: "a.opml", file: Buffer.from("<é/>\n") };

  test("of the real client stand in the channel, whole", async () => {
    const slack = new WebClient(peer.botToken, { slackApiUrl: peer.apiUrl, logLevel: LogLevel.ERROR });
    await slack.filesUploadV2({ channel_id: news, initial_comment: "Here", ...file });
    const [message] = peer.messages(news);
    expect(message).toMatchObject({ text: "Here", files: [{ name: "a.opml", title: "a.opml" }] });
    expect(message?.files[0]?.bytes?.toString()).toBe("<é/>\n");
    expect(peer.violations).toEqual([]);
  });

  test("are refused when they are not what was announced, or never came", async () => {
    const slack = new WebClient(peer.botToken, { slackApiUrl: peer.apiUrl, logLevel: LogLevel.ERROR });
    const ticket = await slack.files.getUploadURLExternal({ filename: "a", length: 3 });
    const answer = await fetch(ticket.upload_url ?? "", { method: "POST", body: "four" });
    expect(answer.status).toBe(400);
    const files: [{ id: string }] = [{ id: ticket.file_id ?? "" }];
    await expect(slack.files.completeUploadExternal({ files, channel_id: news })).rejects.toMatchObject({
      data: { error: "file_not_found" },
    });
    expect(peer.violations.map(({ problem }) => problem)).toEqual(["4 bytes uploaded, 3 announced"]);
  });

  test("of people are read with the bot's token alone", async () => {
    const { url } = peer.addFile({ name: "a.opml", text: "<é/>" });
    const read = (token: string) =>
      fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: "manual" });
    const [right, wrong] = [await read(peer.botToken), await read("xoxb-wrong")];
    expect([right.status, await right.text()]).toEqual([200, "<é/>"]);
    expect(wrong.status).toBe(302);
    await wrong.body?.cancel();
  });
});

test("the end of a place is told as Slack does", () => {
  const types = (events: readonly { readonly payload: object }[]) =>
    events.map(({ payload }) => ("event" in payload ? payload.event : null));
  expect(types(peer.endChannel(news, "remove"))).toMatchObject([
    { type: "channel_left", channel: news },
    { type: "member_left_channel", user: peer.app.userId, channel: news },
  ]);
  expect(types(peer.endChannel(news, "archive"))).toMatchObject([{ type: "channel_archive" }]);
  expect(types(peer.uninstall())).toMatchObject([
    { type: "tokens_revoked", tokens: { bot: [peer.app.userId] } },
    { type: "app_uninstalled" },
  ]);
});
