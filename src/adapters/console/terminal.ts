import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { briefReply, type BriefView, NO_KEY, usageText } from "#src/core/brief-reply.ts";
import type { Reply, ReplyBlock, Span } from "#src/core/reply.ts";

export interface TerminalOptions {
  colors: ReturnType<typeof pc.createColors>;
  /** Columns of the terminal; lines are wrapped to it, and to LONGEST_LINE at most. */
  columns: number;
}

/** Longer lines are hard to read however wide the window is. */
const LONGEST_LINE = 100;
/** Where the output is no terminal. */
export const USUAL_COLUMNS = 80;
const NARROWEST_LINE = 20;
const MARGIN = "  ";
const CLOCK = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A reply as the terminal shows it, with a blank line before and after. Untrusted text can not act on the terminal. */
export function renderTerminal(reply: Reply, options: TerminalOptions): string {
  const lines: string[] = [""];
  if (reply.title !== null) lines.push(...wrap(reply.title, options).map(options.colors.bold), "");
  for (const block of reply.blocks) lines.push(...blockLines(block, options));
  lines.push("");
  return lines.map((line) => `${line === "" ? "" : MARGIN}${line}\n`).join("");
}

/** A brief for standard output, each fact with the article's own words under it; in colour where that is a terminal. */
export function renderBriefTerminal(view: BriefView): string {
  const { isTTY } = process.stdout;
  const columns = isTTY ? process.stdout.columns : USUAL_COLUMNS;
  const { title, blocks } = briefReply(view, NO_KEY);
  const shown = blocks.map((block) => (block.kind === "facts" ? { ...block, evidence: true } : block));
  const colors = pc.createColors(isTTY && pc.isColorSupported);
  const brief = renderTerminal({ title, blocks: shown }, { colors, columns }).slice(1).trimEnd();
  return `${brief}\n${MARGIN}${colors.dim(usageText(view.brief.usage))}`;
}

/** An edit as one line on what changed and one with the headline; the page shows the rest. */
export function renderTerminalUpdate(reply: Reply, options: TerminalOptions): string {
  const change = reply.blocks.find((block) => block.kind === "note" && block.tone === "change");
  const said = change?.kind === "note" ? spansToText(change.spans) : "";
  const note = /^updated/i.test(said) ? said : `Updated: ${said === "" ? "the brief was revised" : said}`;
  const headline = reply.title === null ? [] : wrap(reply.title, options).map(options.colors.bold);
  const lines = ["", ...wrap(note, options).map(options.colors.cyan), ...headline, ""];
  return lines.map((line) => `${line === "" ? "" : MARGIN}${line}\n`).join("");
}

/**
 * Text of an article as characters only: escape sequences, control characters and the marks that reorder a line are
 * gone, since a terminal would act on them.
 */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\p{Bidi_Control}/gu, "")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

function blockLines(block: ReplyBlock, options: TerminalOptions): string[] {
  const { colors } = options;
  switch (block.kind) {
    case "text":
      return [...wrap(spansToText(block.spans), options), ""];
    case "list":
      return [...block.items.flatMap((item) => bullet(spansToText(item), options)), ""];
    case "facts":
      return [...block.facts.flatMap((fact) => factLines(fact, block.evidence, options)), ""];
    case "link":
      // Never wrapped: a cut link can not be clicked.
      return [`${colors.dim(`${cleanText(block.label)}:`)} ${colors.underline(cleanText(block.url))}`];
    case "note":
      return noteLines(block, options);
    case "actions":
    case "select":
      return [];
    case "file":
      return [...cleanText(block.text).split("\n"), ""];
    default:
      return block satisfies never;
  }
}

function factLines(
  fact: { text: string; quotes: string[]; changed: boolean },
  evidence: boolean,
  options: TerminalOptions,
): string[] {
  const { colors } = options;
  const lines = bullet(fact.text, options);
  const marked = fact.changed ? lines.map(colors.cyan) : lines;
  if (!evidence) return marked;
  const quotes = fact.quotes.flatMap((quote) => wrap(`“${quote}”`, { ...options, indent: 4 }));
  return [...marked, ...quotes.map((line) => `    ${colors.dim(line)}`)];
}

function noteLines(
  { tone, spans }: Extract<ReplyBlock, { kind: "note" }>,
  options: TerminalOptions,
): string[] {
  const { colors } = options;
  const text = spansToText(spans);
  if (tone === "warning") return wrap(`! ${text}`, options).map(colors.yellow);
  if (tone === "change") return [...wrap(text, options).map(colors.cyan), ""];
  return wrap(text, options).map(colors.dim);
}

function bullet(text: string, options: TerminalOptions): string[] {
  return wrap(text, { ...options, indent: 2 }).map((line, index) => `${index === 0 ? "•" : " "} ${line}`);
}

function spansToText(spans: readonly Span[]): string {
  return spans.map((span) => (span.style === "time" ? CLOCK.format(span.at) : span.text)).join("");
}

function wrap(text: string, { columns, indent = 0 }: TerminalOptions & { indent?: number }): string[] {
  const room = Math.max(NARROWEST_LINE, Math.min(LONGEST_LINE, columns) - MARGIN.length - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of cleanText(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
