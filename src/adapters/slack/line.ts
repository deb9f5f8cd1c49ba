import type { Command } from "#src/core/command.ts";
import { describeActions, describeOptions, type Pick } from "#src/core/options.ts";
import { readMarkup } from "./text.ts";

/** A channel, a person, a user group or Slack's `@here`, as Slack writes them into a command's line. */
const ENTITY = /<(#|@|!subteam\^|!)([A-Za-z0-9]+)(?:\|([^>]*))?>/g;
/** Slack's apps turn quotation marks into typographic ones while a person types. */
const CURLY_VALUE = /(?<=(?:^|\s)[a-z_]+:)[“”„]([^“”„"]*)[“”]/g;

const KINDS: Record<string, { pick: Pick; sign: string }> = {
  "#": { pick: "channel", sign: "#" },
  "@": { pick: "user", sign: "@" },
  "!subteam^": { pick: "role", sign: "@" },
  "!": { pick: "role", sign: "@" },
};

/** What was typed after a command: where it takes a channel, a person or a group by id, each as its bare id, else by its name. */
export function readLine(text: string, command: Command): string {
  const picks = picksOf(command);
  const line = text.replaceAll(ENTITY, (whole, mark: string, id: string, name?: string) => {
    const kind = KINDS[mark];
    if (kind === undefined) return whole;
    if (picks.has(kind.pick)) return id;
    return `${kind.sign}${(name ?? "").replace(/^[@#]/, "") || id}`;
  });
  return readMarkup(line).replaceAll(CURLY_VALUE, '"$1"');
}

function picksOf({ options }: Command): Set<Pick> {
  const specs = describeActions(options)?.flatMap((action) => action.options) ?? describeOptions(options);
  return new Set(specs.flatMap(({ pick }) => (pick === null ? [] : [pick])));
}
