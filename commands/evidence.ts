import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";

export const evidence = defineCommand({
  name: "evidence",
  description: "Show each fact of a brief beside the article's own words",
  deeds: deedsOf("evidence"),
  deedOf: () => "evidence",
  lane: "quick",
  visibility: "private",
  surfaces: ["button"],
  messageLabel: null,
  options: z.object({ brief: z.string().describe("The brief's id") }),
  // A button's id is `evidence:<brief>:<delivery key>`.
  fromText: (text) => ({ brief: text.split(":")[0] ?? "" }),
  run: ({ options, app }) => app.evidence(options.brief),
});
