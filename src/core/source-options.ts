import { z } from "zod";

const source = z.string().max(500).describe("The source: its name or address").meta({ suggest: true });

/** What `/sources` takes. */
export const SourcesOptions = z.discriminatedUnion("action", [
  z.object({ action: z.literal("list") }).describe("All feeds that are read here"),
  z
    .object({
      action: z.literal("add"),
      url: z.string().max(2_000).optional().describe("Address of a feed, or of a site that has one"),
      backfill: z
        .int()
        .min(0)
        .max(50)
        .default(0)
        .describe("Newest entries to post now; what was there before is not posted otherwise"),
    })
    .describe("Read a feed; without an address a form opens"),
  z.object({ action: z.literal("remove"), source }).describe("Read a feed no longer"),
  z.object({ action: z.literal("health") }).describe("Which feeds fail or have fallen silent"),
  z
    .object({
      action: z.literal("import"),
      file: z.string().optional().describe("An OPML file").meta({ pick: "file" }),
      text: z.string().optional().describe("The OPML itself, pasted"),
    })
    .describe("Add the feeds of an OPML file; without one a form opens"),
  z.object({ action: z.literal("export") }).describe("All feeds as an OPML file"),
]);
export type SourcesOptions = z.output<typeof SourcesOptions>;
