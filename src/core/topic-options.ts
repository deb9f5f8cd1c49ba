import { z } from "zod";
import { Visibility } from "./article.ts";
import { SUBSCRIPTION_OPTIONS } from "./subscription-options.ts";

const query = z.string().max(500);
const RUNS_ON = { runsOn: true };
const topic = z.string().max(100).describe("The topic").meta({ suggest: true });
const { channel } = SUBSCRIPTION_OPTIONS;

/** What `/topics` takes. */
export const TopicsOptions = z.discriminatedUnion("action", [
  z.object({ action: z.literal("list") }).describe("All topics, with the channels that receive them"),
  z
    .object({
      action: z.literal("add"),
      query: query
        .optional()
        .describe('What to look for: words, "phrases", OR, NOT, title:, site:, *')
        .meta(RUNS_ON),
      name: z.string().max(60).optional().describe("What to call it; the query when left out"),
      backfill: z.int().min(0).max(20).optional().describe("Newest known stories to post as well"),
      ...SUBSCRIPTION_OPTIONS,
    })
    .describe("Post what matches a query in a channel; without a query a form opens"),
  z
    .object({
      action: z.literal("edit"),
      topic,
      query: query.optional().describe("What to look for").meta(RUNS_ON),
      name: z.string().max(60).optional().describe("What to call it"),
      ...SUBSCRIPTION_OPTIONS,
    })
    .describe("Change a topic or how it is posted; with the topic alone a form opens"),
  z
    .object({ action: z.literal("remove"), topic, channel })
    .describe("Stop a topic in one channel, or everywhere when no channel is named"),
  z.object({ action: z.literal("pause"), topic, channel }).describe("Post nothing of a topic for now"),
  z.object({ action: z.literal("resume"), topic, channel }).describe("Post a paused topic again"),
  z
    .object({
      action: z.literal("test"),
      query: query.optional().describe("The query to try; or name a topic").meta(RUNS_ON),
      topic: topic.optional(),
      days: z.int().min(1).max(30).default(7).describe("How many days back"),
      outlets: SUBSCRIPTION_OPTIONS.outlets,
      clearance: Visibility.optional().describe("members counts members-only text in"),
      max: SUBSCRIPTION_OPTIONS.max,
    })
    .describe("What would have been posted, and why, before you save anything"),
  z
    .object({
      action: z.literal("start"),
      name: z.string().max(60).optional().describe("One of the ready-made topics; all of them when left out"),
      channel,
    })
    .describe("Ready-made topics to begin with"),
]);
export type TopicsOptions = z.output<typeof TopicsOptions>;
