import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import type { MessageRef } from "#src/core/delivery.ts";
import type { Reply } from "#src/core/reply.ts";
import { briefOf, KEY } from "#tests/contracts/platform-replies.ts";
import type { Fault } from "#tests/peers/discord/faults.ts";
import { channelOf, closeDiscord, openDiscord, type Opened, ownMessages, shownMessage } from "./newsroom.ts";

const CROSSPOST = { method: "POST", path: /\/crosspost$/ };

let opened: Opened;
let logged: string;
let announcements: Channel;

beforeEach(async () => {
  logged = "";
  const lines = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk);
      done();
    },
  });
  opened = await openDiscord({ log: pino(lines) });
  announcements = channelOf(opened.peer, opened.peer.channels.announcements);
});
afterEach(() => closeDiscord(opened));

async function post(changes: object): Promise<MessageRef> {
  const { platform, channel } = opened;
  const outcome = await platform.post({ channel, key: KEY, reply: briefOf(), signal: timeout(), ...changes });
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function crossposts(): number {
  return opened.peer.requests.filter(({ path }) => CROSSPOST.path.test(path)).length;
}

describe("a mention", () => {
  it("stands before the headline, calls its role and no other, and stays in an edit", async () => {
    const { peer, platform } = opened;
    const { moderator: role, bot } = peer.roles;
    const reply = briefOf({ title: `<@&${bot.id}> @everyone` });
    const message = await post({ mention: role.id, reply });
    const mention = `<@&${role.id}>`;
    const shown = () => ownMessages(peer, peer.channels.news)[0];
    expect(shown()?.content.startsWith(`${mention} **`)).toBe(true);
    expect(shown()?.pinged).toEqual([mention]);
    await platform.update({ message, mention: role.id, reply: briefOf(), signal: timeout() });
    expect(shown()?.content).toBe(`${mention} **Ferry runs aground off Port Sable; nine injured**`);
    expect(peer.requests.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(peer.requests.at(-1)?.body).not.toHaveProperty("allowed_mentions.roles");
    await platform.update({ message, reply: briefOf(), signal: timeout() });
    expect(shown()?.content).toBe("**Ferry runs aground off Port Sable; nine injured**");
  });

  it("stands on a line of its own where there is no headline", async () => {
    const { peer } = opened;
    const { moderator: role } = peer.roles;
    const reply: Reply = {
      title: null,
      blocks: [{ kind: "list", items: [[{ style: "plain", text: "one" }]] }],
    };
    await post({ mention: role.id, reply });
    expect(ownMessages(peer, peer.channels.news)[0]?.content).toBe(`<@&${role.id}>\n- one`);
  });

  it("is left out when it is no role's id", async () => {
    await post({ mention: "1> @everyone <@&2" });
    expect(ownMessages(opened.peer, opened.peer.channels.news)[0]?.content).not.toContain("<@&");
  });
});

describe("a crosspost", () => {
  it("follows a post in an announcement channel, and an edit finds it done", async () => {
    const { peer, platform } = opened;
    const message = await post({ channel: announcements, crosspost: true });
    expect(ownMessages(peer, peer.channels.announcements)).toMatchObject([{ crossposted: true }]);
    const edit = { message, reply: briefOf({ title: "Corrected" }), crosspost: true, signal: timeout() };
    expect(await platform.update(edit)).toEqual({ kind: "sent", message });
    expect(crossposts()).toBe(2);
    expect(logged).toBe("");
  });

  it("follows an edit when the post's own failed", async () => {
    const { peer, platform } = opened;
    peer.fail({ match: CROSSPOST, how: { kind: "status", status: 503 } });
    const message = await post({ channel: announcements, crosspost: true });
    await platform.update({ message, reply: briefOf(), crosspost: true, signal: timeout() });
    expect(ownMessages(peer, peer.channels.announcements)).toMatchObject([{ crossposted: true }]);
  });

  test.for<[string, Fault]>([
    ["the hour's ten are used up", { kind: "rateLimit", retryAfterMs: 3_000_000 }],
    ["it is not allowed", { kind: "status", status: 403 }],
    ["the answer is lost", { kind: "cut", when: "after" }],
  ])("that fails because %s is logged, and the post stands", async ([, how]) => {
    const { peer } = opened;
    peer.fail({ match: CROSSPOST, how });
    await post({ channel: announcements, crosspost: true });
    expect(ownMessages(peer, peer.channels.announcements)).toHaveLength(1);
    expect(logged).toContain("not crossposted");
  });

  it("is not tried elsewhere, nor unasked", async () => {
    const { platform } = opened;
    const message = await post({ crosspost: true });
    await platform.update({ message, reply: briefOf(), crosspost: true, signal: timeout() });
    await post({ channel: announcements });
    expect(crossposts()).toBe(0);
  });
});

describe("a file", () => {
  const file = { kind: "file", name: "my topics.opml", mediaType: "text/x-opml", text: "<opml/>" } as const;

  it("is attached to a post, and goes with an edit that has none", async () => {
    const { peer, platform } = opened;
    const message = await post({ reply: { ...briefOf(), blocks: [...briefOf().blocks, file, file] } });
    const files = () => ownMessages(peer, peer.channels.news).flatMap((shown) => shownMessage(shown).files);
    expect(files()).toEqual(Array.from({ length: 2 }, () => ({ name: "my_topics.opml", text: "<opml/>" })));
    const fewer = { ...briefOf(), blocks: [{ ...file, text: "<opml>2</opml>" }] };
    await platform.update({ message, reply: fewer, signal: timeout() });
    expect(files()).toEqual([{ name: "my_topics.opml", text: "<opml>2</opml>" }]);
    await platform.update({ message, reply: briefOf(), signal: timeout() });
    expect(files()).toEqual([]);
  });
});

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
