import type { Span } from "#src/core/reply.ts";
import { cleanText, fitText } from "#src/core/visible-text.ts";
import { escapeCode, escapeLine, escapeText } from "./text.ts";

/** Discord's ways to write a moment, shown in the reader's own zone: date and time, or time alone. */
export type TimeFormat = "f" | "t";

const MARKS = { plain: "", bold: "**", italic: "*", strike: "~~", code: "`" } as const;
const CUT = "…";

/** Spans as one line of Discord's markdown, at most `max` characters. Untrusted characters stay characters. */
export function renderSpans(
  spans: readonly Span[],
  { max, time }: { max: number; time: TimeFormat },
): string {
  let line = "";
  for (const span of joinEqual(spans)) {
    const whole = renderSpan(span, { max: Number.POSITIVE_INFINITY, time, first: line === "" });
    if (line.length + whole.length <= max) line += whole;
    else return (line + renderSpan(span, { max: max - line.length, time, first: line === "" })).trimEnd();
  }
  return line.trimEnd();
}

interface Place {
  max: number;
  time: TimeFormat;
  /** At the start of a line other characters act. */
  first: boolean;
}

function renderSpan(span: Span, { max, time, first }: Place): string {
  if (span.style !== "time") return renderWords(span, { max, first });
  const moment = `<t:${Math.floor(span.at.getTime() / 1000)}:${time}>`;
  return moment.length <= max ? moment : "";
}

/** Marks must touch the words they style, so that white space stays outside of them. */
function renderWords(span: Words, { max, first }: Omit<Place, "time">): string {
  const [, before = "", words = "", after = ""] = /^(\s*)(.*?)(\s*)$/su.exec(cleanText(span.text)) ?? [];
  const lead = first ? "" : before;
  if (words === "") return lead.slice(0, max);
  const mark = MARKS[span.style];
  const room = max - lead.length - after.length - 2 * mark.length;
  if (room < CUT.length) return CUT.slice(0, Math.max(0, max));
  return lead + mark + fitText(words, { max: room, escape: escapeFor(span.style, first) }) + mark + after;
}

type Words = Exclude<Span, { style: "time" }>;

function escapeFor(style: Words["style"], first: boolean): (text: string) => string {
  if (style === "code") return escapeCode;
  return first && style === "plain" ? escapeLine : escapeText;
}

/** Neighbours of one style become one: `**a****b**` is not two bold words. */
function joinEqual(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && last.style !== "time" && last.style === span.style) {
      joined[joined.length - 1] = { style: last.style, text: last.text + span.text };
    } else joined.push(span);
  }
  return joined;
}
