import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { BriefLength } from "#src/core/brief.ts";
import { type BriefRequest, defineCommand, type KnownRequest } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { canonicalLanguage, NO_LANGUAGE } from "#src/core/language.ts";
import { findLinks } from "#src/core/url.ts";

/** A text shorter than this holds no article worth a brief. */
const SHORTEST_TEXT = 280;

const Options = z.object({
  link: z.string().optional().describe("Link to the article"),
  text: z.string().optional().describe("The article's text, pasted, instead of a link"),
  latest: z.boolean().optional().describe("The newest briefs that are there already"),
  topic: z.string().max(100).optional().describe("The newest briefs on a topic").meta({ suggest: true }),
  story: z
    .string()
    .max(200)
    .optional()
    .describe("The brief of a story that is there")
    .meta({ suggest: true }),
  length: BriefLength.default("standard").describe("How much to say"),
  language: z
    .string()
    .refine((text) => canonicalLanguage(text) !== null, NO_LANGUAGE)
    .optional()
    .describe("Language to write in, such as en or de; the channel's if left out"),
});

export const brief = defineCommand({
  name: "brief",
  description: "Brief an article: headline, summary and key facts, each with evidence",
  deeds: deedsOf("brief"),
  deedOf: (options) =>
    toKnown(options) === null ? (`brief ${toSource(options).kind}` as const) : "brief known",
  lane: "slow",
  visibility: "public",
  surfaces: ["typed", "message", "mention"],
  messageLabel: "Brief this",
  options: Options,
  fromText: (text) => ({ text }),
  run: ({ options, app }) => {
    const known = toKnown(options);
    if (known !== null) return app.known(known);
    return app.brief({
      source: toSource(options),
      length: options.length,
      language: options.language === undefined ? null : canonicalLanguage(options.language),
    });
  },
  suggest: ({ app }, { name, typed }) =>
    name === "topic" || name === "story" ? app.knownNames({ kind: name, typed }) : Promise.resolve([]),
});

/** What is asked of the briefs that are there; `latest` may also be typed where the link would stand. */
function toKnown({ latest, link, story, topic }: z.output<typeof Options>): KnownRequest | null {
  if (topic !== undefined) return { kind: "topic", topic };
  if (story !== undefined) return { kind: "story", story };
  return latest === true || link?.trim().toLowerCase() === "latest" ? { kind: "latest" } : null;
}

/** A link wins; a long text without one is an article itself. */
function toSource({ link, text }: z.output<typeof Options>): BriefRequest["source"] {
  const given = (link ?? text ?? "").trim();
  const words = text ?? "";
  const [first] = findLinks(given);
  if (words.length >= SHORTEST_TEXT && !isMostlyLink(words)) return { kind: "text", text: words };
  if (first !== undefined) return { kind: "link", url: first };
  if (given.length >= SHORTEST_TEXT) return { kind: "text", text: given };
  if (link !== undefined && /^\S+$/.test(given)) return { kind: "link", url: given };
  throw new AppError("command/no-link");
}

function isMostlyLink(text: string): boolean {
  const links = findLinks(text);
  const rest = links.reduce((left, link) => left.replace(link, ""), text);
  return links.length > 0 && rest.length < SHORTEST_TEXT;
}
