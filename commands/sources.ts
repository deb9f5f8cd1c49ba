import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";
import { runSources, sourcesForm, suggestSources } from "#src/core/source-actions.ts";
import { SourcesOptions } from "#src/core/source-options.ts";

export const sources = defineCommand({
  name: "sources",
  description: "Which feeds are read here, and how they are doing",
  deeds: deedsOf("sources"),
  deedOf: ({ action }) => `sources ${action}` as const,
  lane: "slow",
  visibility: "private",
  surfaces: ["typed", "button"],
  messageLabel: null,
  options: SourcesOptions,
  // A button's id is `sources:<action>[:<source>]`.
  fromText: (text) => {
    const [action = "list", ...rest] = text.split(":");
    return { action, ...(rest.length === 0 ? {} : { source: rest.join(":") }) };
  },
  run: runSources,
  form: sourcesForm,
  suggest: suggestSources,
});
