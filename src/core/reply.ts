import { z } from "zod";
import { Choice } from "./form.ts";

/**
 * A piece of a text: characters in one style, or a moment that each reader sees in their own time zone (`text` is
 * what a platform without native times shows). Untrusted text is only ever characters here, never markup.
 */
export const Span = z.discriminatedUnion("style", [
  z.strictObject({ style: z.enum(["plain", "bold", "italic", "strike", "code"]), text: z.string() }),
  z.strictObject({ style: z.literal("time"), at: z.date(), text: z.string() }),
]);
export type Span = z.infer<typeof Span>;

/** A button. `id` is `<verb>:<subject>`, at most 100 characters (Discord's custom_id). */
export const Action = z.strictObject({ id: z.string().max(100), label: z.string().max(75) });
export type Action = z.infer<typeof Action>;

/**
 * The one platform-neutral form of what Lede says. Each platform's renderer makes it native, escapes it and fits it to
 * the platform's limits; a link block is never cut.
 */
export const ReplyBlock = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), spans: z.array(Span) }),
  z.strictObject({ kind: z.literal("list"), items: z.array(z.array(Span)) }),
  z.strictObject({
    kind: z.literal("facts"),
    facts: z.array(z.strictObject({ text: z.string(), quotes: z.array(z.string()), changed: z.boolean() })),
    /** Whether each fact is shown with the article's own words beside it. */
    evidence: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("link"), url: z.url(), label: z.string() }),
  /** Small print: writer, time, caveats, what changed. */
  z.strictObject({
    kind: z.literal("note"),
    tone: z.enum(["info", "warning", "change"]),
    spans: z.array(Span),
  }),
  z.strictObject({ kind: z.literal("actions"), actions: z.array(Action).max(5) }),
  /** A menu of one choice. What is chosen comes back as the value `choice` of a form with this id (`<verb>:<subject>`). */
  z.strictObject({
    kind: z.literal("select"),
    id: z.string().max(100),
    label: z.string().max(75),
    choices: z.array(Choice).min(1).max(25),
  }),
  /** A text file to take away, such as an OPML export. */
  z.strictObject({ kind: z.literal("file"), name: z.string(), mediaType: z.string(), text: z.string() }),
]);
export type ReplyBlock = z.infer<typeof ReplyBlock>;

export const Reply = z.strictObject({ title: z.string().nullable(), blocks: z.array(ReplyBlock) });
export type Reply = z.infer<typeof Reply>;

/** A reply that is one sentence, such as an error's. */
export function sentence(text: string, tone: "info" | "warning" | "change" = "info"): Reply {
  return { title: null, blocks: [{ kind: "note", tone, spans: [plain(text)] }] };
}

export function plain(text: string): Span {
  return { text, style: "plain" };
}

export function bold(text: string): Span {
  return { text, style: "bold" };
}

/** A moment; its fallback text is UTC, since core knows no reader's zone. */
export function time(at: Date): Span {
  return { style: "time", at, text: `${at.toISOString().slice(0, 16).replace("T", " ")} UTC` };
}

/** The reply as a terminal or a log would show it: no markup, one line a block or item. */
export function toPlainText(reply: Reply): string {
  const lines: string[] = reply.title === null ? [] : [reply.title];
  for (const block of reply.blocks) lines.push(...plainLines(block));
  return lines.join("\n");
}

function plainLines(block: ReplyBlock): string[] {
  switch (block.kind) {
    case "text":
    case "note":
      return [spansText(block.spans)];
    case "list":
      return block.items.map((item) => `- ${spansText(item)}`);
    case "facts":
      return block.facts.flatMap((fact) => [
        `- ${fact.text}`,
        ...(block.evidence ? fact.quotes.map((quote) => `    “${quote}”`) : []),
      ]);
    case "link":
      return [`${block.label}: ${block.url}`];
    case "actions":
    case "select":
      return [];
    case "file":
      return [`${block.name}:`, block.text];
    default:
      return block satisfies never;
  }
}

export function spansText(spans: Span[]): string {
  return spans.map((span) => span.text).join("");
}
