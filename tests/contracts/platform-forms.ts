import { beforeEach, describe, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import { channelParts } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import type { Inbound } from "#src/ports.ts";
import { type OpenPlatform, type PlatformInUse, type TypedLine, usePlatform } from "./platform-bench.ts";
import { KEY } from "./platform-replies.ts";
import { optionsOf, watch, WATCH_FORM } from "./platform-watch.ts";

const ADD: TypedLine = { command: "watch", action: "add", options: { query: "ferry strike" } };
const EDIT: TypedLine = { command: "watch", action: "edit", options: { watch: "7" } };

/** Actions, forms, menus and completions: how they are shown, and what of them arrives. */
export function describeForms(open: OpenPlatform): void {
  let asked: { calls: CommandCall[]; form: Inbound["form"]; suggest: Inbound["suggest"] };
  beforeEach(() => {
    asked = { calls: [], form: () => Promise.resolve(null), suggest: () => Promise.resolve([]) };
  });
  const used = usePlatform(open, {
    commands: [...COMMANDS, watch],
    form: (call) => {
      asked.calls.push(call);
      return asked.form(call);
    },
    suggest: (call, option) => asked.suggest(call, option),
  });

  describe("actions", () => {
    it("arrive with their options, pickers with the bare id", async () => {
      const { typeLine, nextCall, closed } = used();
      const into = channelParts(closed).id;
      typeLine({ ...ADD, options: { ...ADD.options, into } });
      const call = await nextCall();
      expect(call.command).toBe("watch");
      expect(optionsOf(call)).toEqual({ action: "add", query: "ferry strike", into });
      await answer(used(), call, sentence("Done."));
    });
  });

  describe("forms", () => {
    it("open in place of the command, which is not stored, and show what they hold", async () => {
      asked.form = () => Promise.resolve(WATCH_FORM);
      const { typeLine, form, callIds } = used();
      typeLine(EDIT);
      expect(await form()).toEqual({
        title: "Change a watch",
        fields: [
          { name: "query", label: "Words", required: true, value: "ferry" },
          { name: "note", label: "Note", required: false, value: null },
          { name: "cadence", label: "How often", required: true, value: "daily" },
          { name: "into", label: "Where", required: false, value: null },
          { name: "owner", label: "Who looks after it", required: false, value: null },
        ],
      });
      expect(callIds()).toEqual([]);
      expect(asked.calls).toMatchObject([{ command: "watch" }]);
      expect(asked.calls.map((call) => optionsOf(call))).toEqual([{ action: "edit", watch: "7" }]);
    });

    it("arrive with what was put in, without the empty fields, and are answered", async () => {
      asked.form = () => Promise.resolve(WATCH_FORM);
      const { typeLine, form, fill, nextCall, messages, closed, channel, member } = used();
      typeLine(EDIT);
      await form();
      const into = channelParts(closed).id;
      fill({ query: "ferry fire", into });
      const call = await nextCall();
      expect(call).toMatchObject({
        command: "watch",
        input: {
          kind: "form",
          text: "edit:7",
          values: { query: "ferry fire", cadence: "daily", into },
        },
        caller: { user: member, channel },
      });
      expect(optionsOf(call)).not.toHaveProperty("note");
      expect(optionsOf(call)).not.toHaveProperty("owner");
      await answer(used(), call, sentence("Saved as you wished."));
      expect(messages()).toMatchObject([{ text: expect.stringContaining("Saved as you wished.") }]);
      expect(messages()[0]?.audience).toBe("asker");
    });

    it("hold a person, several lines and what an article might say", async () => {
      asked.form = () => Promise.resolve(WATCH_FORM);
      const { typeLine, form, fill, nextCall, moderator } = used();
      typeLine(EDIT);
      await form();
      const note = 'First "line"\nsecond <@1> *line*';
      fill({ note, cadence: "instant", owner: moderator });
      const { input } = await nextCall();
      expect(input).toMatchObject({
        values: { query: "ferry", note, cadence: "instant", owner: moderator },
      });
    });

    it("open from a button as well", async () => {
      asked.form = () => Promise.resolve(WATCH_FORM);
      const { press, form, fill, nextCall, callIds } = used();
      press(await posted(used(), "watch:edit:7"), "watch:edit:7");
      expect((await form()).title).toBe("Change a watch");
      expect(asked.calls).toMatchObject([{ input: { kind: "text", text: "edit:7" } }]);
      expect(callIds()).toEqual([]);
      fill({});
      const call = await nextCall();
      expect(call.input).toEqual({
        kind: "form",
        text: "edit:7",
        values: { query: "ferry", cadence: "daily" },
      });
      await answer(used(), call, sentence("Done."));
    });

    it("are not asked for by a command that has none", async () => {
      const { typeBrief, nextCall } = used();
      typeBrief("https://courier.example/ferry");
      await answer(used(), await nextCall(), sentence("Done."));
      expect(asked.calls).toEqual([]);
    });

    test.for<[string, Inbound["form"]]>([
      ["there is none to open", () => Promise.resolve(null)],
      ["asking for it fails", () => Promise.reject(new Error("no"))],
      ["asking for it never ends", () => new Promise(() => undefined)],
    ])("leave the command to run when %s", async ([, form]) => {
      asked.form = form;
      const { typeLine, nextCall, messages } = used();
      typeLine(EDIT);
      const call = await nextCall();
      expect(optionsOf(call)).toEqual({ action: "edit", watch: "7" });
      await answer(used(), call, sentence("Which one?"));
      expect(messages()).toMatchObject([{ text: expect.stringContaining("Which one?") }]);
    });
  });

  describe("menus", () => {
    it("show their choices, and what is chosen arrives", async () => {
      const { typeLine, choose, nextCall, messages } = used();
      typeLine(ADD);
      await answer(used(), await nextCall(), WHICH);
      expect(messages()).toMatchObject([{ menus: [{ id: "watch:edit", choices: CHOICES }] }]);
      choose(messages()[0]?.id ?? "", "watch:edit", "8");
      const call = await nextCall();
      expect(call).toMatchObject({
        command: "watch",
        input: { kind: "form", text: "edit", values: { choice: "8" } },
      });
      await answer(used(), call, sentence("Done."));
    });
  });

  describe("completions", () => {
    it("are offered as they are given, best first", async () => {
      const { offered, closed } = used();
      if (offered === null) return;
      const given: { call: CommandCall; option: { name: string; typed: string } }[] = [];
      asked.suggest = (call, option) => {
        given.push({ call, option });
        return Promise.resolve(CHOICES);
      };
      const into = channelParts(closed).id;
      expect(await offered({ ...ADD, options: { query: "fer", into } }, "query")).toEqual(CHOICES);
      expect(given).toMatchObject([{ call: { command: "watch" }, option: { name: "query", typed: "fer" } }]);
      expect(given.map(({ call }) => optionsOf(call))).toEqual([{ action: "add", query: "fer", into }]);
    });

    test.for<[string, Inbound["suggest"]]>([
      ["nothing fits", () => Promise.resolve([])],
      ["looking fails", () => Promise.reject(new Error("no"))],
      ["looking never ends", () => new Promise(() => undefined)],
    ])("are none when %s", async ([, suggest]) => {
      asked.suggest = suggest;
      const { offered } = used();
      if (offered === null) return;
      expect(await offered(ADD, "query")).toEqual([]);
    });
  });
}

const CHOICES = [
  { value: "7", label: "Ferry" },
  { value: "8", label: "Harbour & docks" },
];
const WHICH: Reply = {
  title: null,
  blocks: [
    ...sentence("Which one?").blocks,
    { kind: "select", id: "watch:edit", label: "Choose a watch", choices: CHOICES },
  ],
};

/** The id of a message of Lede's with one button. */
async function posted({ platform, channel, messages }: PlatformInUse, id: string): Promise<string> {
  const reply: Reply = {
    title: "A watch",
    blocks: [{ kind: "actions", actions: [{ id, label: "Change" }] }],
  };
  await platform.post({ channel, key: KEY, reply, signal: timeout() });
  return messages()[0]?.id ?? "";
}

async function answer({ platform }: PlatformInUse, call: CommandCall, reply: Reply): Promise<void> {
  await platform.respond({ call, reply, stage: "final", signal: timeout() });
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
