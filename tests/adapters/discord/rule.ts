import { z } from "zod";
import { defineCommand } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";

/** For moderators, with every picker and a form. */
export const rule = defineCommand({
  name: "rule",
  description: "A rule",
  deeds: ["settings edit"],
  deedOf: () => "settings edit",
  lane: "quick",
  visibility: "private",
  surfaces: ["typed"],
  messageLabel: null,
  options: z.object({
    file: z.string().describe("A file").meta({ pick: "file" }),
    role: z.string().optional().describe("A role").meta({ pick: "role" }),
    user: z.string().optional().describe("A person").meta({ pick: "user" }),
    count: z.int().min(1).max(9).optional().describe("How many").meta({ suggest: true }),
  }),
  fromText: () => ({}),
  run: () => Promise.resolve(sentence("Done.")),
  form: () => Promise.resolve(null),
});
