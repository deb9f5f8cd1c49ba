import { z } from "zod";
import { type CommandCall, defineCommand } from "#src/core/command.ts";
import type { Form } from "#src/core/form.ts";
import { parseTyped } from "#src/core/options.ts";
import { sentence } from "#src/core/reply.ts";

/** A command with all that a command can have: actions, an option that is completed, pickers, a form. */
export const watch = defineCommand({
  name: "watch",
  description: "Watch for something",
  deeds: ["lede help"],
  deedOf: () => "lede help",
  lane: "quick",
  visibility: "private",
  surfaces: ["typed", "button"],
  messageLabel: null,
  options: z.discriminatedUnion("action", [
    z
      .strictObject({
        action: z.literal("add"),
        query: z.string().describe("What to look for").meta({ suggest: true }),
        into: z.string().optional().describe("Where to post it").meta({ pick: "channel" }),
      })
      .describe("Watch for something new"),
    z
      .strictObject({
        action: z.literal("edit"),
        watch: z.string().describe("Which one"),
        query: z.string().optional().describe("What to look for"),
        cadence: z.string().optional().describe("How often"),
        into: z.string().optional().describe("Where to post it").meta({ pick: "channel" }),
        owner: z.string().optional().describe("Who looks after it").meta({ pick: "user" }),
      })
      .describe("Change one"),
  ]),
  fromText: (text) => {
    const [action = "", which = ""] = text.split(":");
    return { action, watch: which };
  },
  run: () => Promise.resolve(sentence("Saved.")),
  // What it returns is not asked for here: the inbound side of the tests answers for it.
  form: () => Promise.resolve(null),
  suggest: () => Promise.resolve([]),
});

/** The options of a call of it, however the platform hands them over. */
export function optionsOf({ input }: CommandCall): Record<string, unknown> {
  switch (input.kind) {
    case "options":
      return input.options;
    case "line":
      return parseTyped(input.text, watch.options);
    case "text":
      return watch.fromText(input.text);
    case "form":
      return { ...watch.fromText(input.text), ...input.values };
    default:
      return input satisfies never;
  }
}

export const WATCH_FORM: Form = {
  id: "watch:edit:7",
  title: "Change a watch",
  submit: "Save",
  fields: [
    {
      kind: "text",
      name: "query",
      label: "Words",
      hint: "As in an article",
      required: true,
      value: "ferry",
      max: 200,
      lines: false,
    },
    {
      kind: "text",
      name: "note",
      label: "Note",
      hint: null,
      required: false,
      value: null,
      max: 3_000,
      lines: true,
    },
    {
      kind: "select",
      name: "cadence",
      label: "How often",
      hint: null,
      required: true,
      value: "daily",
      choices: [
        { value: "instant", label: "At once" },
        { value: "daily", label: "Every day" },
      ],
    },
    { kind: "channel", name: "into", label: "Where", hint: null, required: false, value: null },
    { kind: "user", name: "owner", label: "Who looks after it", hint: null, required: false, value: null },
  ],
};
