import { describe, expect, it, test } from "vitest";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import type { FindRequest, PostRequest } from "#src/ports.ts";
import type { PlatformFault, PlatformInUse } from "./platform-bench.ts";
import { briefOf, HOSTILE, KEY, OTHER_KEY, SOURCE } from "./platform-replies.ts";

const LONG_AGO_MS = 60_000;
const FILE = { name: "topics.opml", text: '<opml version="2.0">é</opml>\n' };

/** What a post is besides its words: in a thread, calling a group, with a file. */
export function describeManners(used: () => PlatformInUse): void {
  describe("a post in a thread", () => {
    it("stands in the thread of its message, and not in the channel", async () => {
      const { messages, inThread, platform } = used();
      const first = await sent(used(), {});
      await sent(used(), { key: OTHER_KEY, thread: first, reply: briefOf({ key: OTHER_KEY }) });
      const third = await sent(used(), { key: "3".repeat(24), thread: first });
      expect(messages()).toHaveLength(1);
      expect(inThread(first.id)).toHaveLength(2);
      const reply = briefOf({ title: "Corrected" });
      expect(await platform.update({ message: third, reply, signal: timeout() })).toMatchObject({
        kind: "sent",
      });
      expect(inThread(first.id).map(({ text }) => text.includes("Corrected"))).toEqual([false, true]);
    });

    test.for<[PlatformFault, number]>([
      ["failed-before", 0],
      ["failed-after", 1],
      ["cut-before", 0],
      ["cut-after", 1],
    ])("is found again by its key after %s, and left as one copy", async ([fault, copies]) => {
      const { platform, inThread, channel, fault: fail } = used();
      const thread = await sent(used(), {});
      const reply = briefOf({ key: OTHER_KEY });
      fail(fault);
      const outcome = await platform.post({ channel, key: OTHER_KEY, reply, thread, signal: timeout() });
      expect(outcome).toMatchObject({ kind: "uncertain" });
      const found = await platform.find(findOf(channel, thread));
      expect(found === null ? 0 : 1).toBe(copies);
      if (found === null) await sent(used(), { key: OTHER_KEY, thread, reply });
      expect(inThread(thread.id)).toHaveLength(1);
      expect(await platform.find(findOf(channel, thread))).not.toBeNull();
      expect(await platform.find(findOf(channel, null))).toBeNull();
    });

    it("fails for good when its message is gone", async () => {
      const { platform, channel, remove } = used();
      const thread = await sent(used(), {});
      remove(thread.id);
      const outcome = await platform.post({
        channel,
        key: OTHER_KEY,
        reply: briefOf(),
        thread,
        signal: timeout(),
      });
      expect(outcome).toMatchObject({ kind: "failed" });
    });
  });

  describe("a post that calls a group", () => {
    it("calls it, and nobody else, whatever its words say", async () => {
      const { group, messages } = used();
      const text = HOSTILE.map(([, words]) => words).join(" ");
      await sent(used(), { mention: group, reply: briefOf({ title: text, summary: text, facts: [text] }) });
      expect(messages()[0]?.pinged).toEqual([expect.stringContaining(group)]);
      expect(messages()[0]?.links).toEqual([SOURCE]);
    });

    it("calls nobody by an edit", async () => {
      const { group, messages, platform } = used();
      const message = await sent(used(), {});
      const outcome = await platform.update({ message, mention: group, reply: briefOf(), signal: timeout() });
      expect(outcome).toMatchObject({ kind: "sent" });
      expect(messages()[0]?.pinged).toEqual([]);
    });
  });

  describe("a file", () => {
    it("comes with the answer, as it was written", async () => {
      const { typeBrief, nextCall, messages, platform } = used();
      typeBrief(SOURCE);
      const call = await nextCall();
      const reply: Reply = {
        title: null,
        blocks: [
          ...sentence("Here it is.").blocks,
          { kind: "file", mediaType: "text/x-opml; charset=utf-8", ...FILE },
        ],
      };
      await platform.respond({ call, reply, stage: "final", signal: timeout() });
      expect(messages().flatMap(({ files }) => files)).toEqual([FILE]);
      expect(
        messages()
          .map(({ text }) => text)
          .join("\n"),
      ).toContain("Here it is.");
    });
  });
}

async function sent(
  { platform, channel }: PlatformInUse,
  changes: Partial<PostRequest>,
): Promise<MessageRef> {
  const outcome: Outcome = await platform.post({
    channel,
    key: KEY,
    reply: briefOf(),
    signal: timeout(),
    ...changes,
  });
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function findOf(channel: FindRequest["channel"], thread: MessageRef | null): FindRequest {
  const since = new Date(Date.now() - LONG_AGO_MS);
  return { channel, key: OTHER_KEY, since, thread, signal: timeout() };
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
