import type { JsonObject } from "./json.ts";

/** Text with Slack's markup. */
export function mrkdwn(text: string): JsonObject {
  return { type: "mrkdwn", text };
}

/** Text without markup. */
export function plain(text: string): JsonObject {
  return { type: "plain_text", text };
}

/** A section of one text. */
export function section(text: string): JsonObject {
  return { type: "section", text: mrkdwn(text) };
}

/** A button, with more or other members. */
export function button(more: JsonObject): JsonObject {
  return { type: "button", text: plain("Go"), action_id: "go", ...more };
}

/** A block of interactive elements. */
export function actions(...elements: JsonObject[]): JsonObject {
  return { type: "actions", elements };
}

/** A list of `count` made things. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
