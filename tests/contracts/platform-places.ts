import { beforeEach, describe, expect, it, vi } from "vitest";
import { channelParts } from "#src/core/channel.ts";
import type { Inbound } from "#src/ports.ts";
import { type OpenPlatform, usePlatform } from "./platform-bench.ts";

const OVER_5_MB = 5_000_001;
const SOON_MS = 5_000;

/** What the platform knows of people, channels and files, and what becomes of Lede in them. */
export function describePlaces(open: OpenPlatform): void {
  let removed: Parameters<Inbound["removed"]>[0][] = [];
  beforeEach(() => {
    removed = [];
  });
  const used = usePlatform(open, {
    removed: (place) => {
      removed.push(place);
      return Promise.resolve();
    },
  });

  describe("what the platform knows", () => {
    it("is who it makes a moderator, whatever the event said", async () => {
      const { platform, channel, member, moderator } = used();
      const caller = { platform: platform.name, channel, moderator: false, stranger: false, roles: [] };
      const now = { fresh: true, signal: timeout() };
      expect(await platform.standing({ ...caller, user: moderator }, now)).toMatchObject({
        role: "workspace moderator",
      });
      expect(await platform.standing({ ...caller, user: member }, now)).toMatchObject({ role: "member" });
    });

    it("is the name of a channel as people see it, or nothing", async () => {
      const { platform, channel, missing } = used();
      expect(await platform.channelName(channel, timeout())).toBe("#news");
      expect(await platform.channelName(missing, timeout())).toBeNull();
    });

    it("is what a file holds that a person gave", async () => {
      const { platform, upload } = used();
      const text = '<opml version="2.0">é</opml>\n';
      expect(new TextDecoder().decode(await platform.readFile(upload(text), timeout()))).toBe(text);
    });

    it("is nothing of a file that is too large or lies elsewhere", async () => {
      const { platform, upload } = used();
      await expect(platform.readFile(upload("x".repeat(OVER_5_MB)), timeout())).rejects.toMatchObject({
        code: "fetch/too-large",
      });
      for (const elsewhere of [
        "https://evil.example/topics.opml",
        "http://127.0.0.1:9/topics.opml",
        "topics",
      ])
        await expect(platform.readFile(elsewhere, timeout())).rejects.toMatchObject({
          code: expect.stringMatching(/^(fetch|platform)\//),
        });
    });
  });

  describe("the end of a place", () => {
    it("is told for a channel", async () => {
      const { platform, channel, endChannel } = used();
      endChannel();
      const { workspace } = channelParts(channel);
      await vi.waitFor(
        () => expect(removed).toEqual([{ platform: platform.name, workspace, channel }]),
        SOON_MS,
      );
    });

    it("is told for a whole workspace", async () => {
      const { platform, channel, expel } = used();
      expel();
      const { workspace } = channelParts(channel);
      await vi.waitFor(
        () => expect(removed).toContainEqual({ platform: platform.name, workspace, channel: null }),
        SOON_MS,
      );
    });
  });
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
