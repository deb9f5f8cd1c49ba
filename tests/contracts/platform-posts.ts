import { describe, expect, it, test } from "vitest";
import type { Outcome } from "#src/core/delivery.ts";
import type { FindRequest, PostRequest } from "#src/ports.ts";
import type { PlatformFault, PlatformInUse } from "./platform-bench.ts";
import { briefOf, KEY, OTHER_KEY, SOURCE } from "./platform-replies.ts";

const LONG_AGO_MS = 60_000;

/** Posting, editing, reading back, and how each failure is told. */
export function describePosts(used: () => PlatformInUse): void {
  describe("posting", () => {
    it("shows a brief with its words, its source and its button", async () => {
      const { platform, channel, messages } = used();
      const outcome = await platform.post(postOf(channel));
      expect(outcome).toEqual({ kind: "sent", message: { channel, id: messages()[0]?.id } });
      expect(messages()).toHaveLength(1);
      expect(messages()[0]).toMatchObject({
        audience: "everyone",
        actions: [`evidence:brief-1:${KEY}`],
        pinged: [],
      });
      expect(messages()[0]?.text).toContain("Ferry runs aground off Port Sable; nine injured");
      expect(messages()[0]?.text).toContain("The ferry carried 142 people.");
      expect(messages()[0]?.links).toEqual([SOURCE]);
    });

    it("updates the message in place, as often as asked", async () => {
      const { platform, channel, messages } = used();
      const message = sentMessage(await platform.post(postOf(channel)));
      const corrected = briefOf({ title: "Ferry runs aground off Port Sable; eleven injured" });
      for (let time = 0; time < 2; time += 1) {
        const outcome = await platform.update({ message, reply: corrected, signal: timeout() });
        expect(outcome).toEqual({ kind: "sent", message });
      }
      expect(messages()).toHaveLength(1);
      expect(messages()[0]?.text).toContain("eleven injured");
      expect(messages()[0]?.text).not.toContain("nine injured");
    });

    it("takes away on an update what the new reply does not have", async () => {
      const { platform, channel, messages } = used();
      const message = sentMessage(await platform.post(postOf(channel)));
      const tombstone = { title: "No longer published", blocks: [] };
      expect(await platform.update({ message, reply: tombstone, signal: timeout() })).toMatchObject({
        kind: "sent",
      });
      expect(messages()[0]).toMatchObject({ actions: [], links: [] });
      expect(messages()[0]?.text.trim()).toBe("No longer published");
    });

    it("finds its own post by the key, and no other", async () => {
      const { platform, channel, chat } = used();
      chat(`before ${KEY}`);
      const message = sentMessage(await platform.post(postOf(channel)));
      await platform.post(postOf(channel, OTHER_KEY));
      chat(`after evidence:brief-1:${KEY}`);
      expect(await platform.find(findOf(channel, KEY))).toEqual(message);
      expect(await platform.find(findOf(channel, "a".repeat(24)))).toBeNull();
    });

    it("looks no further back than asked", async () => {
      const { platform, channel } = used();
      await platform.post(postOf(channel));
      const since = new Date(Date.now() + LONG_AGO_MS);
      expect(await platform.find({ ...findOf(channel, KEY), since })).toBeNull();
    });
  });

  describe("failures of posting", () => {
    test.for<[PlatformFault, Partial<Outcome>, number]>([
      ["rate-limited", { kind: "retry", code: "platform/rate-limited" }, 0],
      ["failed-before", { kind: "uncertain" }, 0],
      ["failed-after", { kind: "uncertain" }, 1],
      ["cut-before", { kind: "uncertain" }, 0],
      ["cut-after", { kind: "uncertain" }, 1],
    ])("%s is told as it is, and reading back leaves exactly one copy", async ([fault, expected, copies]) => {
      const bench = used();
      bench.fault(fault);
      expect(await bench.platform.post(postOf(bench.channel))).toMatchObject(expected);
      expect(bench.messages()).toHaveLength(copies);
      const found = await bench.platform.find(findOf(bench.channel, KEY));
      expect(found === null ? 0 : 1).toBe(copies);
      if (found === null && fault !== "rate-limited")
        sentMessage(await bench.platform.post(postOf(bench.channel)));
      expect(bench.messages().length).toBe(fault === "rate-limited" ? 0 : 1);
    });

    it("says how long to wait when it is rate limited", async () => {
      const bench = used();
      bench.fault("rate-limited");
      const outcome = await bench.platform.post(postOf(bench.channel));
      expect(outcome.kind === "retry" ? (outcome.afterMs ?? 0) : 0).toBeGreaterThan(0);
    });

    it("fails for good in a channel it may not post in", async () => {
      const { platform, closed } = used();
      expect(await platform.post(postOf(closed))).toEqual({ kind: "failed", code: "platform/forbidden" });
    });

    it("fails for good in a channel that does not exist", async () => {
      const { platform, missing } = used();
      expect(await platform.post(postOf(missing))).toEqual({ kind: "failed", code: "platform/gone" });
    });
  });

  describe("failures of updating", () => {
    test.for<PlatformFault>(["failed-before", "failed-after", "cut-before", "cut-after", "rate-limited"])(
      "%s means to try again, and trying again succeeds",
      async (fault) => {
        const { platform, channel, messages, ...bench } = used();
        const message = sentMessage(await platform.post(postOf(channel)));
        const reply = briefOf({ title: "Corrected" });
        bench.fault(fault);
        expect(await platform.update({ message, reply, signal: timeout() })).toMatchObject({ kind: "retry" });
        if (fault === "rate-limited") return;
        expect(await platform.update({ message, reply, signal: timeout() })).toMatchObject({ kind: "sent" });
        expect(messages()).toHaveLength(1);
        expect(messages()[0]?.text).toContain("Corrected");
      },
    );

    it("tells that the message was deleted", async () => {
      const { platform, channel, remove } = used();
      const message = sentMessage(await platform.post(postOf(channel)));
      remove(message.id);
      const outcome = await platform.update({ message, reply: briefOf(), signal: timeout() });
      expect(outcome).toEqual({ kind: "failed", code: "platform/message-gone" });
    });
  });
}

function postOf(channel: PostRequest["channel"], key = KEY): PostRequest {
  return { channel, key, reply: briefOf({ key }), signal: timeout() };
}

function findOf(channel: FindRequest["channel"], key: string): FindRequest {
  return { channel, key, since: new Date(Date.now() - LONG_AGO_MS), signal: timeout() };
}

function sentMessage(outcome: Outcome) {
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
