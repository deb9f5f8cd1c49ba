import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import type { NewsEvent } from "./week-plan.ts";

/** What a message says about one event. */
export interface Passage {
  text: string;
  /** Whether it stands in a message with others. */
  isMerged: boolean;
}

/** What a channel's messages say, by event; a message that is about none is under null. */
export function passagesIn(
  messages: readonly ShownMessage[],
  events: readonly NewsEvent[],
): Map<NewsEvent | null, Passage[]> {
  const found = new Map<NewsEvent | null, Passage[]>();
  for (const { text } of messages) {
    const parts = partsOf(text, events);
    for (const [event, lines] of parts) {
      const isMerged = /^Lede: \d+ stor/.test(text);
      // The first line of a merged message is about no story in particular.
      if (event === null && (parts.length > 1 || lines.length === 0)) continue;
      found.set(event, [...(found.get(event) ?? []), { text: lines.join("\n"), isMerged }]);
    }
  }
  return found;
}

/** A new part begins at each line that names another event than the lines before. */
function partsOf(text: string, events: readonly NewsEvent[]): [NewsEvent | null, string[]][] {
  const parts: [NewsEvent | null, string[]][] = [];
  for (const line of text.split("\n")) {
    const named = events.find(({ tag }) => line.includes(tag)) ?? null;
    const current = parts.at(-1);
    if (current === undefined || (named !== null && named !== current[0])) parts.push([named, [line]]);
    else current[1].push(line);
  }
  return parts;
}

/** The text without what a correction says of before, such as "9 → ". */
export function withoutPast(text: string): string {
  return text.replaceAll(/\S+(?: \S+)? → /g, "");
}
