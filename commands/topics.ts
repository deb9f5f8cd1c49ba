import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";
import { runTopics, suggestTopics, topicsForm } from "#src/core/topic-actions.ts";
import { TopicsOptions } from "#src/core/topic-options.ts";

export const topics = defineCommand({
  name: "topics",
  description: "Which topics the channels here receive, when and how",
  deeds: deedsOf("topics"),
  deedOf: ({ action }) => `topics ${action}` as const,
  lane: "slow",
  visibility: "private",
  surfaces: ["typed", "button"],
  messageLabel: null,
  options: TopicsOptions,
  fromText: topicsFromText,
  run: runTopics,
  form: topicsForm,
  suggest: suggestTopics,
});

/** A button's id is `topics:<action>[:<topic>]`; `how` is a second page of `edit`. */
function topicsFromText(text: string): Record<string, unknown> {
  const [action = "list", ...rest] = text.split(":");
  const subject = rest.join(":");
  if (action === "how") return { action: "edit", topic: subject, page: "how" };
  if (action === "start") return { action, ...(subject === "" ? {} : { name: subject }) };
  return { action, ...(subject === "" ? {} : { topic: subject }) };
}
