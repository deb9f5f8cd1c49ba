import type { Reply, ReplyBlock } from "#src/core/reply.ts";
import { renderRows, type Row } from "./components.ts";
import { type AttachmentNote, attachmentNotes } from "./files.ts";
import { fitParts } from "./fit.ts";
import { blockParts, type Part, type Place, type TextBlock } from "./parts.ts";
import { cleanText, fitText } from "#src/core/visible-text.ts";
import { escapeText } from "./text.ts";

/** Discord's limits (API reference, "Create Message", "Embed Limits"). */
const MAX_CONTENT = 2_000;
const MAX_DESCRIPTION = 4_096;
const MAX_HEADLINE = 300;

/** Discord refuses an empty message. */
const NOTHING = "…";
const SNOWFLAKE = /^\d{1,20}$/;

/** The stripe at the side of a card: quiet for news, amber where a correction is told. */
const COLOUR = { news: 0x3b_6e_a5, change: 0xd9_8e_04 } as const;

/** A message as Discord takes it, for a new one and for an edit alike: every field is sent, so that an edit clears what is gone. */
export interface MessagePayload {
  content: string;
  embeds: { description: string; color: number }[];
  components: Row[];
  attachments: AttachmentNote[];
  /** Whatever the text says, nobody is pinged but the one role the post is to call. */
  allowed_mentions: { parse: []; roles?: [string]; replied_user: false };
}

/** The role a message names before its words, and whether it is called by it: an edit only shows it. */
export interface Mention {
  role: string;
  calls: boolean;
}

/**
 * A reply as a Discord message. The headline is the message's own text, because notifications, reply previews and search
 * show nothing else; the rest is a card below it. A reply without a headline is text alone while it is short enough.
 */
export function renderDiscord(reply: Reply, mention: Mention | null = null): MessagePayload {
  const role = mention !== null && SNOWFLAKE.test(mention.role) ? mention.role : null;
  const { content, description } = renderWords(reply, role === null ? "" : `<@&${role}>`);
  return {
    content: content === "" && description === "" ? NOTHING : content,
    embeds:
      description === "" ? [] : [{ description, color: COLOUR[isCorrection(reply) ? "change" : "news"] }],
    components: renderRows(reply.blocks),
    attachments: attachmentNotes(reply),
    allowed_mentions: {
      parse: [],
      ...(role !== null && mention?.calls === true ? { roles: [role] } : {}),
      replied_user: false,
    },
  };
}

/** The mention stands before the headline, or on a line of its own, so that the line after it stays what it is. */
function renderWords(reply: Reply, mention: string): { content: string; description: string } {
  const headline = renderHeadline(reply.title);
  const card = (): string => fitParts(textParts(reply, "card"), MAX_DESCRIPTION);
  if (headline !== "") return { content: `${mention} ${headline}`.trimStart(), description: card() };
  const text = `${mention}\n${fitParts(textParts(reply, "text"), Number.POSITIVE_INFINITY)}`.trim();
  return text.length <= MAX_CONTENT
    ? { content: text, description: "" }
    : { content: mention, description: card() };
}

function renderHeadline(title: string | null): string {
  const text = fitText(cleanText(title ?? "").trim(), { max: MAX_HEADLINE, escape: escapeText });
  return text === "" ? "" : `**${text}**`;
}

function textParts(reply: Reply, place: Place): Part[] {
  return reply.blocks.filter(isWords).flatMap((block) => blockParts(block, place));
}

function isWords(block: ReplyBlock): block is TextBlock {
  return block.kind !== "actions" && block.kind !== "select" && block.kind !== "file";
}

function isCorrection(reply: Reply): boolean {
  return reply.blocks.some((block) => block.kind === "note" && block.tone === "change");
}
