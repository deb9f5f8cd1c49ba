import type { ReplyBlock } from "#src/core/reply.ts";
import { linkLine } from "./link.ts";
import { renderSpans } from "./spans.ts";
import { cleanText, fitText } from "#src/core/visible-text.ts";
import { escapeLine } from "./text.ts";

/** One line, or one fact with its quotes, of a message. */
export interface Part {
  kind: "text" | "item" | "evidence" | "link";
  /** Longest the part's texts may become, in characters; lowered when the whole does not fit. */
  max: number;
  render: (max: number) => string;
  /** What stands between the part and the one before. */
  gap: "\n" | "\n\n";
}

/** A message that is all text can not be read in a glance; these keep each part to what a reader takes in. */
const MAX_TEXT = 1_200;
const MAX_ITEM = 500;
const MAX_NOTE = 500;
const MAX_QUOTE = 700;
const MAX_QUOTES = 4;

const NOTE_MARKS = { info: "", warning: "⚠️ ", change: "🔄 " } as const;

/** What of a reply is words; the rest is buttons, menus and files. */
export type TextBlock = Exclude<ReplyBlock, { kind: "actions" | "select" | "file" }>;

/** Where the text stands: a message's own text, where links unfurl, or the card below it, which has small print. */
export type Place = "text" | "card";

export function blockParts(block: TextBlock, place: Place): Part[] {
  switch (block.kind) {
    case "text":
      return [textPart(MAX_TEXT, (max) => renderSpans(block.spans, { max, time: "f" }))];
    case "note":
      return [notePart(block, place)];
    case "list":
      return grouped(
        block.items.map((item) => itemPart((max) => prefixed("- ", renderSpans(item, { max, time: "f" })))),
      );
    case "facts":
      return grouped(
        block.facts.map((fact) =>
          block.evidence ? evidencePart(fact) : itemPart((max) => factLine(fact, max)),
        ),
      );
    case "link":
      return [{ kind: "link", max: MAX_TEXT, render: () => linkLine(block, place === "text"), gap: "\n\n" }];
    default:
      return block satisfies never;
  }
}

type Note = Extract<ReplyBlock, { kind: "note" }>;
type Fact = Extract<ReplyBlock, { kind: "facts" }>["facts"][number];

function textPart(max: number, render: Part["render"]): Part {
  return { kind: "text", max, render, gap: "\n\n" };
}

function itemPart(render: Part["render"]): Part {
  return { kind: "item", max: MAX_ITEM, render, gap: "\n" };
}

/** A list stands apart from what is before it. */
function grouped(parts: Part[]): Part[] {
  return parts.map((part, index) => (index === 0 ? { ...part, gap: "\n\n" } : part));
}

function notePart({ tone, spans }: Note, place: Place): Part {
  const isSmall = tone === "info" && place === "card";
  const mark = isSmall ? "-# " : NOTE_MARKS[tone];
  const time = tone === "change" ? "t" : "f";
  return {
    kind: "text",
    max: MAX_NOTE,
    // A line that only its mark fills would show the mark.
    render: (max) => prefixed(mark, renderSpans(spans, { max, time })),
    gap: isSmall ? "\n" : "\n\n",
  };
}

function prefixed(mark: string, text: string): string {
  return text === "" ? "" : mark + text;
}

function factLine({ text, changed }: Fact, max: number): string {
  return prefixed(changed ? "- **Changed:** " : "- ", fitPlain(text, Math.min(max, MAX_ITEM)));
}

function evidencePart(fact: Fact): Part {
  return {
    kind: "evidence",
    max: MAX_QUOTE,
    gap: "\n",
    render: (max) =>
      [
        factLine(fact, max),
        ...fact.quotes.slice(0, MAX_QUOTES).flatMap((quote) => quoteLines(quote, max)),
      ].join("\n"),
  };
}

/** A quotation may run over paragraphs; each is a line of the block quote. */
function quoteLines(quote: string, max: number): string[] {
  const lines: string[] = [];
  let room = max;
  for (const paragraph of quote.split(/\n+/)) {
    const line = fitPlain(paragraph, room);
    room -= line.length;
    if (line !== "") lines.push(`> ${line}`);
    if (room < 2) return lines;
  }
  return lines;
}

function fitPlain(text: string, max: number): string {
  return fitText(cleanText(text).trim(), { max, escape: escapeLine });
}
