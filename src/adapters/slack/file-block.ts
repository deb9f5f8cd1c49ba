import type { KnownBlock } from "@slack/types";
import type { ReplyBlock } from "#src/core/reply.ts";
import { cleanText, fitPlain } from "#src/core/visible-text.ts";
import type { FilesAt } from "./handle.ts";
import { plainText } from "./parts.ts";
import { richText } from "./spans.ts";

const MAX_SHOWN = 3_000;
const MAX_NAME = 100;

type FileBlock = Extract<ReplyBlock, { kind: "file" }>;

/** A word on where the file went; the file itself as text, as far as it fits, where it went nowhere. */
export function fileBlock({ name, text }: FileBlock, at: FilesAt): KnownBlock[] {
  const shown = fitPlain(name, MAX_NAME);
  if (at === "channel") return [note(`📎 ${shown}`)];
  if (at === "direct") return [note(`📎 ${shown} is in your direct messages with Lede.`)];
  const { lines, isCut } = fitLines(text);
  const block: KnownBlock = {
    type: "rich_text",
    elements: [
      { type: "rich_text_section", elements: [{ type: "text", text: shown, style: { bold: true } }] },
      { type: "rich_text_preformatted", elements: [richText(lines)] },
    ],
  };
  const missing = "The file is cut here. With the scope files:write Lede sends it whole.";
  return isCut ? [block, note(`⚠️ ${missing}`)] : [block];
}

function note(text: string): KnownBlock {
  return { type: "context", elements: [plainText(text)] };
}

/** Whole lines, each of them cleaned, within what fits. */
function fitLines(text: string): { lines: string; isCut: boolean } {
  const lines: string[] = [];
  let room = MAX_SHOWN;
  for (const line of text.trimEnd().split("\n")) {
    const clean = cleanText(line);
    if (clean.length > room) return { lines: lines.join("\n") || fitPlain(line, MAX_SHOWN), isCut: true };
    lines.push(clean);
    room -= clean.length + 1;
  }
  return { lines: lines.join("\n") || "…", isCut: false };
}
