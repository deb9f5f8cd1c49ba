import { describe, expect, it } from "vitest";
import { toAppError } from "#src/core/errors.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { PlatformInUse } from "./platform-bench.ts";
import { briefOf, evidenceOf, KEY, SOURCE } from "./platform-replies.ts";

/** Commands: how they arrive, and the one reply to each. */
export function describeAnswers(used: () => PlatformInUse): void {
  describe("commands", () => {
    it("arrive from a typed line with who asked and where", async () => {
      const { typeBrief, nextCall, channel, platform } = used();
      typeBrief(SOURCE);
      const call = await nextCall();
      expect(call).toMatchObject({
        command: "brief",
        caller: { platform: platform.name, channel, moderator: false, stranger: false, roles: [] },
      });
      expect(JSON.stringify(call.input)).toContain(SOURCE);
      await answer(used(), call, [sentence("Done.")]);
    });

    it("arrive from a mention without the mention", async () => {
      const { mention, nextCall, channel } = used();
      mention(`please brief ${SOURCE}`);
      const call = await nextCall();
      expect(call).toMatchObject({ command: "brief", input: { kind: "text" }, caller: { channel } });
      expect(call.input).toEqual({ kind: "text", text: expect.stringMatching(/^please brief https:/) });
    });

    it("arrive from a button with the rest of its id", async () => {
      const { platform, channel, messages, press, nextCall } = used();
      await platform.post({ channel, key: KEY, reply: briefOf(), signal: timeout() });
      press(messages()[0]?.id ?? "", `evidence:brief-1:${KEY}`);
      const call = await nextCall();
      expect(call).toMatchObject({ command: "evidence", input: { kind: "text", text: `brief-1:${KEY}` } });
      await answer(used(), call, [sentence("Done.")]);
    });

    it("do not arrive from talk", async () => {
      const { chat, mention, nextCall } = used();
      chat(`look at ${SOURCE}`);
      mention(SOURCE);
      expect((await nextCall()).input).toEqual({ kind: "text", text: expect.stringContaining(SOURCE) });
    });
  });

  describe("answers", () => {
    it("go from progress to the brief in one reply to a typed line", async () => {
      const { typeBrief, nextCall, messages } = used();
      typeBrief(SOURCE);
      await answer(used(), await nextCall(), [sentence("Reading the page…"), briefOf()]);
      expect(messages()).toEqual(ONE_BRIEF);
    });

    it("go from progress to the brief in one reply to a mention", async () => {
      const { mention, nextCall, messages } = used();
      mention(SOURCE);
      await answer(used(), await nextCall(), [sentence("Reading the page…"), briefOf()]);
      expect(messages()).toEqual(ONE_BRIEF);
      expect(messages()[0]).toMatchObject({ pinged: [], audience: "everyone" });
    });

    it("stay one reply when the last one is shown again", async () => {
      const { mention, nextCall, messages } = used();
      mention(SOURCE);
      const call = await nextCall();
      const handle = await answer(used(), call, [briefOf()]);
      await answer(used(), { ...call, handle }, [briefOf()]);
      expect(messages()).toEqual(ONE_BRIEF);
    });

    it("stay one reply to a mention when the handle was lost in a crash", async () => {
      const { mention, nextCall, messages } = used();
      mention(SOURCE);
      const call = await nextCall();
      await answer(used(), call, [sentence("Reading the page…")]);
      await answer(used(), call, [briefOf()]);
      expect(messages()).toEqual(ONE_BRIEF);
    });

    it("show evidence to the asker alone, with the article's own words", async () => {
      const { platform, channel, messages, press, nextCall } = used();
      await platform.post({ channel, key: KEY, reply: briefOf(), signal: timeout() });
      press(messages()[0]?.id ?? "", `evidence:brief-1:${KEY}`);
      const quote = "nine passengers were treated for minor injuries";
      await answer(used(), await nextCall(), [evidenceOf("Nine people were treated.", quote)]);
      const shown = messages().filter((message) => message.text.includes("Evidence:"));
      expect(shown).toHaveLength(1);
      expect(shown[0]).toMatchObject({ audience: "asker", pinged: [] });
      expect(shown[0]?.text).toContain(quote);
      expect(shown[0]?.links).toContain(SOURCE);
      expect(messages()[0]?.text).toContain("Ferry runs aground");
    });

    it("can be tried again after a failure of the platform", async () => {
      const { mention, nextCall, messages, fault } = used();
      mention(SOURCE);
      const call = await nextCall();
      fault("cut-after");
      const error = await answer(used(), call, [briefOf()]).catch(toAppError);
      expect(error).toMatchObject({ code: expect.stringMatching(/^platform\/(uncertain|unavailable)$/) });
      await answer(used(), call, [briefOf()]);
      expect(messages()).toEqual(ONE_BRIEF);
    });
  });
}

/** What the channel shows after an answer: the brief, once, and nothing of the progress before it. */
const ONE_BRIEF = [
  expect.objectContaining({
    text: expect.stringMatching(/^(?!.*Reading the page).*Ferry runs aground off Port Sable; nine injured/s),
    links: [SOURCE],
  }),
];

/** Shows the replies in order, the last one as final. Returns the call's handle. */
async function answer(
  { platform }: PlatformInUse,
  call: CommandCall,
  replies: readonly Reply[],
): Promise<string> {
  let { handle } = call;
  for (const reply of replies) {
    const stage = reply === replies.at(-1) ? "final" : "progress";
    handle = await platform.respond({ call: { ...call, handle }, reply, stage, signal: timeout() });
  }
  return handle;
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
