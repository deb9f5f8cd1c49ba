import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";

export const why = defineCommand({
  name: "why",
  description: "Why a post stands here: its subscription, the words that matched, its story",
  deeds: deedsOf("why"),
  deedOf: () => "why",
  lane: "quick",
  visibility: "private",
  surfaces: ["button"],
  messageLabel: null,
  options: z.object({ delivery: z.string().describe("The delivery's key") }),
  fromText: (text) => ({ delivery: text }),
  run: ({ options, app }) => app.why(options.delivery),
});
