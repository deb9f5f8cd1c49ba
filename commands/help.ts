import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";

export const help = defineCommand({
  name: "lede",
  description: "What Lede can do here, and how",
  deeds: deedsOf("lede"),
  deedOf: () => "lede",
  lane: "quick",
  visibility: "private",
  surfaces: ["typed"],
  messageLabel: null,
  options: z.object({}),
  fromText: () => ({}),
  run: ({ app }) => Promise.resolve(app.help()),
});
