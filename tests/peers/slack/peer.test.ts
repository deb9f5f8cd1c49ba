// oxlint-disable unicorn/require-post-message-target-origin -- chat.postMessage is Slack's, not the window's
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createJudge } from "./judge.ts";
import { startSlackPeer, type SlackPeer } from "./peer.ts";

const WARM_UP_MS = 60_000;

let peer: SlackPeer;
const running: App[] = [];

// The first run on a machine generates the schemas, which takes seconds.
beforeAll(async () => {
  await createJudge();
}, WARM_UP_MS);

beforeEach(async () => {
  peer = await startSlackPeer();
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  await peer.close();
});

/** A Bolt app on Socket Mode; listeners go in before it starts. */
async function startApp(listen: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: peer.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: peer.apiUrl } },
  });
  const app = new App({
    token: peer.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: peer.apiUrl },
  });
  listen(app);
  await app.start();
  running.push(app);
  return app;
}

const { news, tech } = { news: "C0NEWS0001", tech: "C0TECH0001" };
const { admin, member } = { admin: "U0ADMIN001", member: "U0MEMBER01" };

describe("the real Bolt app on Socket Mode", () => {
  test("acknowledges a command and answers it through the response_url", async () => {
    await startApp((app) => {
      app.command("/brief", async ({ command, ack, respond }) => {
        await ack({ text: "Working on it" });
        await respond({ text: `Brief of ${command.text}`, replace_original: true });
        await respond({ text: "For all", response_type: "in_channel" });
      });
    });
    const call = peer.slash({ channel: news, user: member, command: "/brief", text: "https://a.example/1" });
    expect(await call.acked).toMatchObject({
      ok: true,
      attempts: 1,
      body: { text: "Working on it" },
      failure: null,
    });
    await call.waitFor((reply) => reply.text === "For all");
    expect(
      call.replies.map(({ via, action, isEphemeral, text }) => [via, action, isEphemeral, text]),
    ).toEqual([
      ["ack", "post", true, "Working on it"],
      ["response_url", "replace", true, "Brief of https://a.example/1"],
      ["response_url", "post", false, "For all"],
    ]);
    expect(peer.messages(news).map((message) => message.text)).toEqual(["For all"]);
    expect(peer.ephemerals(news).map((message) => [message.text, message.ephemeralTo])).toEqual([
      ["Brief of https://a.example/1", member],
    ]);
    expect(peer.violations).toEqual([]);
  });

  test("gets shortcuts on messages, with the message in them", async () => {
    await startApp((app) => {
      app.shortcut(
        { callback_id: "brief_message", type: "message_action" },
        async ({ shortcut, ack, respond }) => {
          await ack();
          await respond(`You meant ${shortcut.message.text ?? ""}`);
        },
      );
    });
    const { message } = peer.say({ channel: news, user: admin, text: "https://a.example/2" });
    expect(message).not.toBeNull();
    if (message === null) return;
    const call = peer.messageShortcut({ callbackId: "brief_message", channel: news, user: member, message });
    const reply = await call.waitFor(() => true);
    expect(reply).toMatchObject({ text: "You meant https://a.example/2", isEphemeral: true });
  });

  test("gets clicks on buttons and changes the message that carries them", async () => {
    const app = await startApp((bolt) => {
      bolt.action("evidence", async ({ ack, body, respond }) => {
        await ack();
        await respond({ text: `Shown to ${body.user.id}`, replace_original: true });
      });
    });
    const block = {
      type: "actions" as const,
      elements: [
        {
          type: "button" as const,
          action_id: "evidence",
          text: { type: "plain_text" as const, text: "Evidence" },
        },
      ],
    };
    await app.client.chat.postMessage({ channel: news, text: "Brief", blocks: [block] });
    const message = await peer.waitForMessage(news, ({ text }) => text === "Brief");
    const call = peer.pressButton({ channel: news, message, actionId: "evidence", user: member });
    await call.waitFor((reply) => reply.action === "replace");
    expect(message).toMatchObject({ text: `Shown to ${member}`, blocks: [], edits: [{ text: "Brief" }] });
    expect(() => peer.pressButton({ channel: news, message, actionId: "evidence", user: member })).toThrow(
      "has no element evidence",
    );
    expect(peer.violations).toEqual([]);
  });

  test("gets mentions and answers in the thread", async () => {
    await startApp((app) => {
      app.event("app_mention", async ({ event, say }) => {
        await say({ text: "On it", thread_ts: event.ts });
      });
    });
    const mention = peer.mention({ channel: tech, user: member, text: "brief this" });
    expect((await mention.acked).ok).toBe(true);
    const answer = await peer.waitForMessage(tech, ({ text }) => text === "On it");
    expect(answer).toMatchObject({ thread_ts: mention.message?.ts, bot_id: peer.app.botId, pinged: [] });
  });

  test("opens a modal in time and takes its submission", async () => {
    await startApp((app) => {
      app.command("/topics", async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: "modal",
            callback_id: "topics",
            title: { type: "plain_text", text: "Topics" },
            submit: { type: "plain_text", text: "Save" },
            blocks: [
              {
                type: "input",
                block_id: "query",
                label: { type: "plain_text", text: "Query" },
                element: { type: "plain_text_input", action_id: "text" },
              },
            ],
          },
        });
      });
      app.view("topics", async ({ ack, view }) => {
        const query = view.state.values["query"]?.["text"]?.value ?? "";
        if (query === "") await ack({ response_action: "errors", errors: { query: "Say something" } });
        else await ack();
      });
    });
    const call = peer.slash({ channel: news, user: admin, command: "/topics", text: "" });
    await peer.waitForRequest((request) => request.method === "views.open" && request.committed);
    const [view] = peer.views;
    expect(view).toMatchObject({ user: admin, isOpen: true, view: { callback_id: "topics" } });
    if (view === undefined) return;
    const refused = peer.submitView({ view, user: admin, values: { query: { text: "" } } });
    expect((await refused.acked).body).toMatchObject({ response_action: "errors" });
    expect(view.isOpen).toBe(true);
    await peer.submitView({ view, user: admin, values: { query: { text: "floods" } } }).acked;
    expect(view.isOpen).toBe(false);
    expect((await call.acked).ok).toBe(true);
    expect(peer.violations).toEqual([]);
  });

  test("is told nothing when it is not connected, and people see that", async () => {
    const call = peer.slash({ channel: news, user: member, command: "/brief", text: "" });
    expect(await call.acked).toMatchObject({ ok: false, failure: "no_connection" });
  });

  test("runs into the end of a response_url after five answers", async () => {
    await startApp((app) => {
      app.command("/brief", async ({ ack, respond }) => {
        await ack();
        for (const text of ["1", "2", "3", "4", "5"]) await respond(text);
        await respond("6").catch((error: unknown) => respond(String(error)).catch(() => {}));
      });
    });
    const call = peer.slash({ channel: news, user: member, command: "/brief", text: "" });
    await peer.waitForRequest(
      ({ method, answer }) => method === "response_url" && answer !== "ok" && answer !== null,
    );
    expect(call.replies.map((reply) => reply.text)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("has its bad answers reported and refused", async () => {
    await startApp((app) => {
      app.command("/brief", async ({ ack, respond }) => {
        await ack({ text: "x", response_type: "ephemeral", blocks: [{ type: "section" }] });
        await respond({ text: "" }).catch(() => {});
      });
    });
    const call = peer.slash({ channel: news, user: member, command: "/brief", text: "" });
    await peer.waitForRequest(({ method, committed }) => method === "response_url" && committed);
    expect(call.replies).toEqual([]);
    expect(peer.violations.map(({ request, problem }) => [request.method, problem])).toEqual([
      ["ack", "blocks[0]: a section needs text or fields"],
      ["response_url", "no text, no blocks and no attachments"],
    ]);
  });
});
