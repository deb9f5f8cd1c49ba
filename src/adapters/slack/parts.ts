import type { ContextBlock, KnownBlock, MrkdwnElement, PlainTextElement, RichTextBlock } from "@slack/types";
import type { ReplyBlock, Span } from "#src/core/reply.ts";
import { spansText } from "#src/core/reply.ts";
import { MOMENT_FORMAT, richSpans, richText, unixSeconds } from "./spans.ts";
import { fitPlain } from "#src/core/visible-text.ts";
import { escapeMarkup } from "./text.ts";

const MAX_TEXT = 1_200;
const MAX_ITEM = 400;
const MAX_ITEMS = 15;
const MAX_NOTE = 500;
const MAX_QUOTE = 500;
const MAX_QUOTES = 3;
const MAX_LABEL = 100;
/** Slack takes an address of 3000 characters in a button and names no limit for links. */
const MAX_URL = 3_000;
const MAX_CONTEXT_ELEMENTS = 10;
/** Slack refuses a message whose blocks are too large together; the limit is not published. */
const MAX_FACTS_TOTAL = 7_000;

const NOTE_MARKS = { info: "", warning: "⚠️ ", change: "🔄 " } as const;

type TextBlock = Exclude<ReplyBlock, { kind: "actions" | "select" | "file" }>;
type Fact = Extract<ReplyBlock, { kind: "facts" }>["facts"][number];
type RichElement = RichTextBlock["elements"][number];

export function blockParts(block: TextBlock): KnownBlock[] {
  switch (block.kind) {
    case "text": {
      const elements = richSpans(block.spans, MAX_TEXT);
      return elements.length === 0 ? [] : rich([{ type: "rich_text_section", elements }]);
    }
    case "note":
      return noteBlock(block);
    case "list":
      return bullets(block.items.map((item) => richSpans(item, MAX_ITEM)));
    case "facts":
      return block.evidence ? evidence(block.facts) : bullets(block.facts.map((fact) => factSpans(fact)));
    case "link":
      return linkBlock(block);
    default:
      return block satisfies never;
  }
}

function rich(elements: RichElement[]): RichTextBlock[] {
  return elements.length === 0 ? [] : [{ type: "rich_text", elements }];
}

function bullets(items: readonly ReturnType<typeof richSpans>[]): RichTextBlock[] {
  const written = items.filter((item) => item.length > 0);
  if (written.length === 0) return [];
  const shown = written
    .slice(0, MAX_ITEMS)
    .map((elements) => ({ type: "rich_text_section" as const, elements }));
  const list: RichElement = { type: "rich_text_list", style: "bullet", elements: shown };
  return rich([list, ...more(written.length - shown.length)]);
}

/** Facts that are left out are told. */
function more(count: number): RichElement[] {
  return count <= 0 ? [] : [{ type: "rich_text_section", elements: [richText(`… and ${count} more`)] }];
}

function factSpans({ text, changed }: Fact): ReturnType<typeof richSpans> {
  const words = richSpans([{ style: "plain", text: text.trim() }], MAX_ITEM);
  if (words.length === 0 || !changed) return words;
  return [...richSpans([{ style: "bold", text: "Changed: " }], MAX_ITEM), ...words];
}

/** Each fact with the article's own words below it. */
function evidence(facts: readonly Fact[]): RichTextBlock[] {
  const elements: RichElement[] = [];
  let shown = 0;
  let total = 0;
  for (const fact of facts) {
    const quotes = fact.quotes.slice(0, MAX_QUOTES).map((quote) => fitPlain(quote, MAX_QUOTE));
    total += Math.min(MAX_ITEM, fact.text.length) + quotes.join("").length;
    if (total > MAX_FACTS_TOTAL || shown === MAX_ITEMS) break;
    shown += 1;
    const line = factSpans(fact);
    if (line.length > 0) {
      elements.push({
        type: "rich_text_list",
        style: "bullet",
        elements: [{ type: "rich_text_section", elements: line }],
      });
    }
    for (const quote of quotes) {
      if (quote !== "") elements.push({ type: "rich_text_quote", elements: [richText(quote)] });
    }
  }
  return rich([...elements, ...more(facts.length - shown)]);
}

/** "Source: label · host", never cut. The host is shown where the label does not say it, since the label is the page's own claim. */
function linkBlock({ url, label }: Extract<ReplyBlock, { kind: "link" }>): RichTextBlock[] {
  const parsed = URL.parse(url);
  const shown = fitPlain(label, MAX_LABEL);
  const isLink =
    parsed !== null && ["http:", "https:"].includes(parsed.protocol) && parsed.href.length <= MAX_URL;
  if (!isLink) return rich([{ type: "rich_text_section", elements: [richText(`Source: ${shown}`)] }]);
  const host = shown === "" || shown.includes(parsed.host) ? [] : [richText(` · ${parsed.host}`)];
  const link = { type: "link" as const, url: parsed.href, text: shown === "" ? parsed.host : shown };
  return rich([{ type: "rich_text_section", elements: [richText("Source: "), link, ...host] }]);
}

type ContextElement = PlainTextElement | MrkdwnElement;

/** Small print. Words are plain text, in which nothing acts; only a moment needs Slack's markup. */
function noteBlock({ tone, spans }: Extract<ReplyBlock, { kind: "note" }>): ContextBlock[] {
  if (spansText(spans).trim() === "") return [];
  const runs = joinRuns([{ style: "plain", text: NOTE_MARKS[tone] }, ...spans]);
  const elements = runs.flatMap((run): ContextElement[] => {
    if (run.style === "time") return [moment(run)];
    const text = fitPlain(run.text, MAX_NOTE);
    return text === "" ? [] : [plainText(text)];
  });
  if (elements.length > MAX_CONTEXT_ELEMENTS)
    return [
      { type: "context", elements: [plainText(fitPlain(NOTE_MARKS[tone] + spansText(spans), MAX_NOTE))] },
    ];
  return elements.length === 0 ? [] : [{ type: "context", elements }];
}

export function plainText(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

function moment({ at, text }: Extract<Span, { style: "time" }>): MrkdwnElement {
  const fallback = escapeMarkup(fitPlain(text, MAX_LABEL)).replaceAll("|", "/");
  return { type: "mrkdwn", text: `<!date^${unixSeconds(at)}^${MOMENT_FORMAT}|${fallback}>`, verbatim: true };
}

function joinRuns(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    if (last !== undefined && last.style !== "time" && span.style !== "time") last.text += span.text;
    else runs.push(span.style === "time" ? span : { style: "plain", text: span.text });
  }
  return runs;
}
