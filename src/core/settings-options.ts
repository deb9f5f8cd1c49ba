import { z } from "zod";
import { Visibility } from "./article.ts";

/** What `/settings` takes. */
export const SettingsOptions = z.discriminatedUnion("action", [
  z.object({ action: z.literal("show") }).describe("What is decided for everything here"),
  z
    .object({
      action: z.literal("edit"),
      role: z
        .string()
        .max(40)
        .optional()
        .describe("Role that may moderate, beside the administrators")
        .meta({ pick: "role" }),
      reports: z
        .string()
        .max(40)
        .optional()
        .describe("Channel for what moderators should know")
        .meta({ pick: "channel" }),
      zone: z.string().max(60).optional().describe("Time zone, such as Europe/Vienna"),
      language: z
        .string()
        .max(35)
        .optional()
        .describe("Language of new subscriptions, such as de; none for the article's own"),
      clearance: Visibility.optional().describe("members lets members-only text into new subscriptions"),
    })
    .describe("Change it; with nothing given a form opens"),
  z
    .object({
      action: z.literal("allow"),
      user: z.string().max(40).describe("Who may moderate").meta({ pick: "user" }),
    })
    .describe("Let one person moderate"),
  z
    .object({
      action: z.literal("disallow"),
      user: z.string().max(40).describe("Who may not").meta({ pick: "user" }),
    })
    .describe("No longer let a person moderate by name"),
  z.object({ action: z.literal("log") }).describe("Who changed what, and when"),
  z.object({ action: z.literal("undo") }).describe("Take back the last change"),
  z
    .object({
      action: z.literal("budget"),
      scope: z.enum(["workspace", "channel"]).default("workspace").describe("Whose budget to change"),
      day: z.int().min(0).max(1_000_000_000).optional().describe("Model tokens a day; 0 for no limit"),
      month: z.int().min(0).max(1_000_000_000).optional().describe("Model tokens a month; 0 for no limit"),
      day_money: z.number().min(0).max(1_000_000).optional().describe("Money a day; 0 for no limit"),
      month_money: z.number().min(0).max(1_000_000).optional().describe("Money a month; 0 for no limit"),
    })
    .describe("What the model has cost and may cost here"),
]);
export type SettingsOptions = z.output<typeof SettingsOptions>;
