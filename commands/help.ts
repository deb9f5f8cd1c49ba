import { z } from "zod";
import { defineCommand } from "#src/core/command.ts";

export const help = defineCommand({
  name: "lede",
  description: "What Lede can do here, and how",
  access: "member",
  lane: "quick",
  visibility: "private",
  surfaces: ["typed"],
  messageLabel: null,
  options: z.object({}),
  fromText: () => ({}),
  run: ({ app }) => Promise.resolve(app.help()),
});
