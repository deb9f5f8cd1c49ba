import type { Action, Reply, ReplyBlock } from "#src/core/reply.ts";
import { fitParts } from "./fit.ts";
import { blockParts, type Part, type Place } from "./parts.ts";
import { cleanText, fitPlain, fitText } from "#src/core/visible-text.ts";
import { escapeText } from "./text.ts";

/** Discord's limits (API reference, "Create Message", "Embed Limits", "Buttons"). */
const MAX_CONTENT = 2_000;
const MAX_DESCRIPTION = 4_096;
const MAX_LABEL = 80;
const MAX_ROWS = 5;
const MAX_HEADLINE = 300;

/** Discord refuses an empty message and an empty label. */
const NOTHING = "…";

const ROW = 1;
const BUTTON = 2;
const SECONDARY = 2;

/** The stripe at the side of a card: quiet for news, amber where a correction is told. */
const COLOUR = { news: 0x3b_6e_a5, change: 0xd9_8e_04 } as const;

interface Button {
  type: typeof BUTTON;
  style: typeof SECONDARY;
  label: string;
  custom_id: string;
}

/** A message as Discord takes it, for a new one and for an edit alike: every field is sent, so that an edit clears what is gone. */
export interface MessagePayload {
  content: string;
  embeds: { description: string; color: number }[];
  components: { type: typeof ROW; components: Button[] }[];
  /** Nobody is ever pinged, whatever the text says. */
  allowed_mentions: { parse: []; replied_user: false };
}

/**
 * A reply as a Discord message. The headline is the message's own text, because notifications, reply previews and search
 * show nothing else; the rest is a card below it. A reply without a headline is text alone while it is short enough.
 */
export function renderDiscord(reply: Reply): MessagePayload {
  const { content, description } = renderWords(reply);
  return {
    content: content === "" && description === "" ? NOTHING : content,
    embeds:
      description === "" ? [] : [{ description, color: COLOUR[isCorrection(reply) ? "change" : "news"] }],
    components: renderActions(reply.blocks),
    allowed_mentions: { parse: [], replied_user: false },
  };
}

function renderWords(reply: Reply): { content: string; description: string } {
  const headline = renderHeadline(reply.title);
  const card = (): string => fitParts(textParts(reply, "card"), MAX_DESCRIPTION);
  if (headline !== "") return { content: headline, description: card() };
  const text = fitParts(textParts(reply, "text"), Number.POSITIVE_INFINITY);
  return text.length <= MAX_CONTENT
    ? { content: text, description: "" }
    : { content: "", description: card() };
}

function renderHeadline(title: string | null): string {
  const text = fitText(cleanText(title ?? "").trim(), { max: MAX_HEADLINE, escape: escapeText });
  return text === "" ? "" : `**${text}**`;
}

function textParts(reply: Reply, place: Place): Part[] {
  return reply.blocks.flatMap((block) => (block.kind === "actions" ? [] : blockParts(block, place)));
}

function renderActions(blocks: readonly ReplyBlock[]): MessagePayload["components"] {
  const seen = new Set<string>();
  const rows = blocks.flatMap((block) => {
    if (block.kind !== "actions") return [];
    const components = block.actions.flatMap((action) => toButton(action, seen));
    return components.length === 0 ? [] : [{ type: ROW, components } as const];
  });
  return rows.slice(0, MAX_ROWS);
}

/** Discord refuses a message with two buttons of one id, or with an empty one. */
function toButton({ id, label }: Action, seen: Set<string>): Button[] {
  if (id === "" || seen.has(id)) return [];
  seen.add(id);
  return [{ type: BUTTON, style: SECONDARY, label: fitPlain(label, MAX_LABEL) || NOTHING, custom_id: id }];
}

function isCorrection(reply: Reply): boolean {
  return reply.blocks.some((block) => block.kind === "note" && block.tone === "change");
}
