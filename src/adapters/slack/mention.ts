import type { RichTextBlock, RichTextElement } from "@slack/types";

/** Slack's own words for everyone of a channel; all other names are ids of user groups. */
const RANGES = ["here", "channel", "everyone"] as const;
const GROUP_ID = /^S[A-Z0-9]+$/;

export interface Mention {
  /** As it stands in a message's text, a space after it. */
  text: string;
  blocks: RichTextBlock[];
}

/** Whether a value names whom a post can call: a user group's id, or Slack's `here`, `channel`, `everyone`. */
export function isCallable(value: string): boolean {
  return toElement(value) !== null;
}

/** The call at the top of a message; nothing for null, and nothing that is no id can act. */
export function mentionParts(mention: string | null): Mention {
  const element = mention === null ? null : toElement(mention);
  if (element === null) return { text: "", blocks: [] };
  return {
    text: element.type === "usergroup" ? `<!subteam^${element.usergroup_id}> ` : `<!${element.range}> `,
    blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] }],
  };
}

type Callable = Extract<RichTextElement, { type: "usergroup" | "broadcast" }>;

function toElement(value: string): Callable | null {
  const range = RANGES.find((name) => name === value);
  if (range !== undefined) return { type: "broadcast", range };
  return GROUP_ID.test(value) ? { type: "usergroup", usergroup_id: value } : null;
}
