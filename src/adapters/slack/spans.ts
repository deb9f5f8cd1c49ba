import type { RichTextDate, RichTextElement, RichTextText } from "@slack/types";
import type { Span } from "#src/core/reply.ts";
import { cleanText, fitText } from "#src/core/visible-text.ts";

/** Shown in the reader's own zone and way of writing. */
export const MOMENT_FORMAT = "{date_short_pretty} {time}";

const MS_PER_SECOND = 1_000;

/** Spans as rich text elements of at most `max` characters: untrusted characters can not act in them. */
export function richSpans(spans: readonly Span[], max: number): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let room = max;
  for (const span of spans) {
    if (room <= 0) break;
    if (span.style === "time") {
      elements.push(momentElement(span));
      continue;
    }
    const text = fitText(cleanText(span.text), { max: room });
    room -= text.length;
    if (text !== "") elements.push(styled(text, span.style));
  }
  return hasWords(elements) ? elements : [];
}

export function richText(text: string): RichTextText {
  return { type: "text", text };
}

export function unixSeconds(at: Date): number {
  return Math.floor(at.getTime() / MS_PER_SECOND);
}

function momentElement({ at, text }: Extract<Span, { style: "time" }>): RichTextDate {
  return { type: "date", timestamp: unixSeconds(at), format: MOMENT_FORMAT, fallback: text };
}

function styled(text: string, style: Exclude<Span["style"], "time">): RichTextText {
  return style === "plain" ? richText(text) : { type: "text", text, style: { [style]: true } };
}

function hasWords(elements: readonly RichTextElement[]): boolean {
  return elements.some((element) => element.type !== "text" || element.text.trim() !== "");
}
