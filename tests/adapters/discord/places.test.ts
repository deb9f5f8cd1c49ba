import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { createDiscord } from "#src/adapters/discord/platform.ts";
import type { Caller } from "#src/core/command.ts";
import type { Inbound, Platform } from "#src/ports.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Ref } from "#tests/peers/discord/model.ts";
import { channelOf, closeDiscord, openDiscord, type Opened, SILENT } from "./newsroom.ts";

let opened: Opened;
beforeEach(async () => {
  opened = await openDiscord();
});
afterEach(() => closeDiscord(opened));

describe("a moderator", () => {
  async function asked(user: Ref, channel: Caller["channel"] = opened.channel): Promise<string> {
    const id = typeof user === "string" ? user : user.id;
    const caller: Caller = {
      platform: "discord",
      user: id,
      channel,
      moderator: false,
      stranger: false,
      roles: [],
    };
    const standing = await opened.platform.standing(caller, { fresh: true, signal: timeout() });
    return standing.role;
  }

  test.for([true, false])(
    "is the owner, an administrator, or who may manage the server (connected: %s)",
    async (live) => {
      const { peer, platform } = opened;
      if (live) await platform.start(makeInbound({}));
      const { owner, moderator, member } = peer.users;
      const admin = peer.addUser("ada", { roles: [peer.roles.bot] });
      expect(await Promise.all([owner, moderator, member, admin].map((user) => asked(user)))).toEqual([
        "workspace moderator",
        "workspace moderator",
        "member",
        "member",
      ]);
    },
  );

  it("is an administrator, who has every permission", async () => {
    const { peer } = opened;
    peer.roles.bot.permissions |= 8n;
    expect(await asked(peer.addUser("ada", { roles: [peer.roles.bot] }))).toBe("workspace moderator");
  });

  it("is nobody in a direct conversation, and who left is a stranger", async () => {
    const { peer } = opened;
    const { moderator } = peer.users;
    expect(await asked(moderator, null)).toBe("member");
    expect(await asked(moderator, channelOf(peer, peer.directChannel(moderator)))).toBe("member");
    peer.guilds.main.members.delete(moderator.id);
    peer.roles.everyone.permissions |= 32n;
    expect(await asked(moderator)).toBe("stranger");
  });

  it("is unknown when Discord does not answer", async () => {
    const { peer } = opened;
    peer.fail({ match: { path: /\/members\/\d+$/ }, how: { kind: "status", status: 503 } });
    await expect(asked(peer.users.member)).rejects.toMatchObject({ code: "platform/uncertain" });
  });
});

describe("a channel's name", () => {
  test.for([true, false])(
    "is that of the channel or thread, and none of a conversation (connected: %s)",
    async (live) => {
      const { peer, platform } = opened;
      if (live) await platform.start(makeInbound({}));
      const names = [peer.channels.forum, peer.directChannel(peer.users.member)].map((channel) =>
        platform.channelName(channelOf(peer, channel), timeout()),
      );
      expect(await Promise.all(names)).toEqual(["#stories", null]);
    },
  );
});

describe("what is removed", () => {
  it("is a thread as well, and not a server that has an outage", async () => {
    const { peer, platform, channel } = opened;
    const removed: Parameters<Inbound["removed"]>[0][] = [];
    await platform.start(
      makeInbound({
        removed: (place) => {
          removed.push(place);
          return Promise.reject(new Error("not handled"));
        },
      }),
    );
    const outcome = await platform.post({
      channel: channelOf(peer, peer.channels.forum),
      key: "k".repeat(24),
      reply: { title: "Post", blocks: [] },
      signal: timeout(),
    });
    const thread = outcome.kind === "sent" ? outcome.message : null;
    peer.breakDown();
    peer.deleteChannel(thread?.id ?? "");
    peer.deleteChannel(peer.channels.news);
    const workspace = peer.guilds.main.id;
    await expect.poll(() => removed).toHaveLength(2);
    expect(removed).toEqual([
      { platform: "discord", workspace, channel: thread?.channel },
      { platform: "discord", workspace, channel },
    ]);
  });
});

describe("a file that a person gave", () => {
  let server: Server | null = null;
  afterEach(() => void server?.close());

  async function served(listener: RequestListener): Promise<{ platform: Platform; url: string }> {
    server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const platform = createDiscord({ token: "x", apiUrl: `${url}/api`, log: SILENT });
    return { platform, url };
  }

  test.for([
    ["http://cdn.discordapp.com/attachments/1/2/a.opml"],
    ["https://cdn.discordapp.com:8443/attachments/1/2/a.opml"],
    ["https://cdn.discordapp.com.evil.example/a.opml"],
    ["https://cdn.discordapp.com@evil.example/a.opml"],
    ["https://discord.com/a.opml"],
    ["file:///etc/hosts"],
    ["a.opml"],
  ])("is not read from %s", async ([file = ""]) => {
    const error = opened.platform.readFile(file, timeout());
    await expect(error).rejects.toMatchObject({ code: "fetch/not-public" });
  });

  test.for<[string, RequestListener, string]>([
    ["is gone", (_request, response) => response.writeHead(404).end(), "fetch/not-found"],
    ["may no longer be read", (_request, response) => response.writeHead(403).end(), "fetch/not-found"],
    ["fails", (_request, response) => response.writeHead(500).end(), "fetch/status"],
    [
      "is elsewhere",
      ({ url }, response) =>
        url === "/elsewhere"
          ? response.end("secret")
          : response.writeHead(302, { location: "/elsewhere" }).end(),
      "fetch/unreachable",
    ],
    [
      "never ends",
      (_request, response) => {
        const more = (): boolean => response.write("x".repeat(100_000));
        response.on("drain", more);
        while (more());
      },
      "fetch/too-large",
    ],
    [
      "breaks off",
      (_request, response) => response.writeHead(200).write("x") && response.destroy(),
      "fetch/unreachable",
    ],
  ])("ends in words when it %s", async ([, listener, code]) => {
    const { platform, url } = await served(listener);
    await expect(platform.readFile(`${url}/attachments/1/a.opml`, timeout())).rejects.toMatchObject({ code });
  });

  it("is waited for no longer than asked", async () => {
    const { platform, url } = await served(() => undefined);
    const reading = platform.readFile(`${url}/attachments/1/a.opml`, AbortSignal.timeout(200));
    await expect(reading).rejects.toMatchObject({ code: "fetch/timeout" });
    server?.closeAllConnections();
  });
});

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
