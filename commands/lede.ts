import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";

const Options = z.discriminatedUnion("action", [
  z.object({ action: z.literal("help") }).describe("What Lede can do here, and how"),
  z.object({ action: z.literal("status") }).describe("How it goes: connections, what waits, feeds, cost"),
  z.object({ action: z.literal("retry") }).describe("Try again what was given up"),
]);

export const lede = defineCommand({
  name: "lede",
  description: "What Lede can do here, and how it goes",
  deeds: deedsOf("lede"),
  deedOf: ({ action }) => `lede ${action}` as const,
  lane: "quick",
  visibility: "private",
  surfaces: ["typed", "button"],
  messageLabel: null,
  options: Options,
  // A button's id is `lede:<action>`.
  fromText: (text) => ({ action: text.split(":")[0] ?? "help" }),
  run: ({ options: { action }, app }) => {
    switch (action) {
      case "help":
        return Promise.resolve(app.help());
      case "status":
        return app.status();
      case "retry":
        return app.retry();
      default:
        return action satisfies never;
    }
  },
});
