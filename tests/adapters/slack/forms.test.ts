import { Hono } from "hono";
import { describe, expect, it, test } from "vitest";
import { createWebServer } from "#src/adapters/web/server.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import type { Platform } from "#src/ports.ts";
import { createCalls } from "#tests/contracts/platform-bench.ts";
import { watch, WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import { connectTo, SILENT } from "./newsroom.ts";
import { openWatching, startWatching } from "./watching.ts";

function show(platform: Platform, call: CommandCall): Promise<string> {
  const signal = AbortSignal.timeout(20_000);
  return platform.respond({ call, reply: sentence("Saved as wished."), stage: "final", signal });
}

describe("opening a form", () => {
  it("acknowledges the command first, however slow Slack opens it", async () => {
    const { peer, calls, type } = await startWatching({}, { ackTimeoutMs: 800 });
    peer.fail({ method: "views.open", how: { kind: "delay", ms: 1_000 } });
    expect(await type().acked).toMatchObject({ ok: true, body: {} });
    await peer.waitForView(() => true);
    expect(calls.ids()).toEqual([]);
  });

  it("stores and runs the command when the moment for it has passed", async () => {
    const { peer, calls, type } = await startWatching({}, { triggerValidMs: -1 });
    const slash = type();
    expect(await slash.acked).toMatchObject({ ok: true });
    expect(await calls.next()).toMatchObject({ id: slash.triggerId, input: { kind: "line" } });
    expect(peer.views).toEqual([]);
  });

  test.for<[string, boolean]>([
    ["got lost, and the form stands", true],
    ["got lost, and the form does not stand yet", false],
  ])("opens it once when Slack's answer %s", async ([, committed]) => {
    const { peer, calls, type, send } = await startWatching();
    peer.fail({ method: "views.open", how: { kind: "cut", committed } });
    await type().acked;
    const { method } = await peer.waitForRequest(
      ({ method: name, fault }) => name === "views.open" && fault === null,
    );
    expect(method).toBe("views.open");
    const sent = await send();
    await sent.acked;
    expect(await calls.next()).toMatchObject({ input: { kind: "form" } });
    expect(peer.views).toHaveLength(1);
    expect(calls.ids()).toHaveLength(1);
  });

  it("excuses itself when the command can neither open it nor be stored", async () => {
    const full = new AppError("store/full");
    const { type } = await startWatching({ received: () => Promise.reject(full) }, { triggerValidMs: -1 });
    const reply = await type().waitFor(() => true);
    expect(reply).toMatchObject({ isEphemeral: true, text: expect.stringContaining("disk is full") });
  });
});

describe("a form that is sent", () => {
  it("is one call when it arrives again", async () => {
    const { calls, type, send } = await startWatching();
    type();
    const sent = await send();
    expect(await sent.acked).toMatchObject({ ok: true, body: {} });
    expect(await sent.deliverAgain()).toMatchObject({ ok: true });
    const call = await calls.next();
    expect(calls.ids()).toEqual([call.id]);
  });

  it("stays open with the reason when it can not be stored, and can be sent again", async () => {
    let failures = 1;
    const calls = createCalls();
    const { peer, type, send } = await startWatching({
      received: (call) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new AppError("store/full")) : calls.received(call);
      },
    });
    type();
    const { body } = await (await send()).acked;
    expect(body).toMatchObject({
      response_action: "errors",
      errors: { query: expect.stringContaining("disk is full") },
    });
    expect(peer.views).toMatchObject([{ isOpen: true }]);
    expect(await (await send()).acked).toMatchObject({ ok: true, body: {} });
    expect(await calls.next()).toMatchObject({ input: { kind: "form" } });
  });

  it("is answered through the response_url of the command that opened it", async () => {
    const { platform, calls, type, send } = await startWatching();
    const slash = type();
    await send();
    await show(platform, await calls.next());
    expect(slash.replies).toMatchObject([
      { via: "response_url", isEphemeral: true, text: "Saved as wished." },
    ]);
  });

  it("is answered to the asker alone when the response_url is spent", async () => {
    const { peer, platform, calls, type, send } = await startWatching();
    const slash = type();
    await send();
    await show(platform, spend(await calls.next()));
    expect(slash.replies).toEqual([]);
    expect(peer.ephemerals(peer.channels.news)).toMatchObject([
      { ephemeralTo: peer.people.member, text: "Saved as wished." },
    ]);
  });

  it("is answered in direct messages when Lede may not write in the channel either", async () => {
    const { peer, platform, calls, send } = await startWatching();
    const { outside } = peer.channels;
    peer.slash({ channel: outside, user: peer.people.member, command: "/watch", text: "edit watch:7" });
    await send();
    await show(platform, spend(await calls.next()));
    expect(peer.ephemerals(outside)).toEqual([]);
    expect(peer.directMessages(peer.people.member)).toMatchObject([{ text: "Saved as wished." }]);
  });

  it("is answered in the channel when the command is public", async () => {
    const { peer, platform, calls, type, send } = await startWatching({
      commands: [{ ...watch, visibility: "public" } satisfies Command],
    });
    type();
    await send();
    await show(platform, await calls.next());
    expect(peer.messages(peer.channels.news)).toMatchObject([
      { text: "Saved as wished.", ephemeralTo: null },
    ]);
  });

  /** The same call, whose response_url was used up or is too old. */
  function spend(call: CommandCall): CommandCall {
    const handle = JSON.parse(call.handle);
    return { ...call, handle: JSON.stringify({ ...handle, responseUrl: `${handle.responseUrl}-spent` }) };
  }
});

it("opens and arrives over signed HTTP as well", async () => {
  const { peer, calls, type, send } = await openWatching();
  const platform = connectTo(peer, { kind: "http", signingSecret: peer.signingSecret });
  const app = new Hono().route("/", platform.routes ?? new Hono());
  const form = () => Promise.resolve(WATCH_FORM);
  await platform.start(makeInbound({ commands: [watch], received: calls.received, form }));
  const server = await createWebServer({ host: "127.0.0.1", port: 0, portTries: 1, log: SILENT }, app);
  peer.deliverTo(`http://127.0.0.1:${server.port}/slack/events`);
  expect(await type().acked).toMatchObject({ ok: true });
  const sent = await send({ query: "ferry fire" });
  expect(await sent.acked).toMatchObject({ ok: true, body: {} });
  expect(await sent.deliverAgain()).toMatchObject({ ok: true });
  expect(await calls.next()).toMatchObject({ input: { values: { query: "ferry fire" } } });
  expect(calls.ids()).toHaveLength(1);
  await platform.stop();
  await server.close();
});
