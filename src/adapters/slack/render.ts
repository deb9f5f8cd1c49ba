import type { ActionsBlock, Button, KnownBlock, SectionBlock } from "@slack/types";
import { type Action, type Reply, type ReplyBlock, toPlainText } from "#src/core/reply.ts";
import { fileBlock } from "./file-block.ts";
import { toOption } from "./form-view.ts";
import type { FilesAt } from "./handle.ts";
import { mentionParts } from "./mention.ts";
import { blockParts, plainText } from "./parts.ts";
import { fitPlain } from "#src/core/visible-text.ts";
import { escapeMarkup } from "./text.ts";

/** Slack's limits (Block Kit reference: header, button, message). */
const MAX_HEADER = 150;
const MAX_LABEL = 75;
const MAX_ACTION_ID = 255;
const MAX_BLOCKS = 50;
/** What notifications and screen readers are given instead of the blocks. */
const MAX_FALLBACK = 1_000;

/** Slack refuses an empty message and an empty label. */
const NOTHING = "…";

/** A message as Slack takes it, for a new one and for an edit alike: blocks are always sent, so that an edit clears what is gone. */
export interface MessagePayload {
  text: string;
  blocks: KnownBlock[];
}

/** What a message is besides its reply's words. */
export interface Shape {
  /** Whom it calls. */
  mention?: string | null;
  /** Where its files are; in the message itself, as text, unless they went elsewhere. */
  files?: FilesAt | null;
}

/** A reply as a Slack message. Untrusted words stand only where Slack reads no markup, or escaped. */
export function renderSlack(reply: Reply, { mention = null, files = null }: Shape = {}): MessagePayload {
  const seen = new Set<string>();
  const body = reply.blocks.flatMap((block): KnownBlock[] => {
    if (block.kind === "actions") return actionsBlock(block, seen);
    if (block.kind === "select") return selectBlock(block, seen);
    if (block.kind === "file") return fileBlock(block, files ?? "shown");
    return blockParts(block);
  });
  const called = mentionParts(mention);
  const blocks = [...called.blocks, ...headerBlock(reply.title), ...body];
  const text = escapeMarkup(fitPlain(toPlainText(reply), MAX_FALLBACK));
  return { text: called.text + (text === "" ? NOTHING : text), blocks: fitBlocks(blocks) };
}

function headerBlock(title: string | null): KnownBlock[] {
  const text = fitPlain(title ?? "", MAX_HEADER);
  return text === "" ? [] : [{ type: "header", text: plainText(text) }];
}

/** Slack refuses a block with two buttons of one id, or with an empty one. */
function actionsBlock(
  { actions }: Extract<ReplyBlock, { kind: "actions" }>,
  seen: Set<string>,
): ActionsBlock[] {
  const elements = actions.flatMap((action) => toButton(action, seen));
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

/** A menu beside its label. */
function selectBlock(
  { id, label, choices }: Extract<ReplyBlock, { kind: "select" }>,
  seen: Set<string>,
): SectionBlock[] {
  if (!isFree(id, seen)) return [];
  const text = plainText(fitPlain(label, MAX_LABEL) || NOTHING);
  const options = choices.map(toOption);
  return [
    {
      type: "section",
      text,
      accessory: { type: "static_select", action_id: id, placeholder: text, options },
    },
  ];
}

function isFree(id: string, seen: Set<string>): boolean {
  if (id === "" || id.length > MAX_ACTION_ID || seen.has(id)) return false;
  seen.add(id);
  return true;
}

function toButton({ id, label }: Action, seen: Set<string>): Button[] {
  if (!isFree(id, seen)) return [];
  return [{ type: "button", action_id: id, text: plainText(fitPlain(label, MAX_LABEL) || NOTHING) }];
}

/** The last blocks hold link, small print and buttons: what is too much goes from the middle. */
function fitBlocks(blocks: KnownBlock[]): KnownBlock[] {
  if (blocks.length <= MAX_BLOCKS) return blocks;
  const half = MAX_BLOCKS / 2;
  return [...blocks.slice(0, half), ...blocks.slice(-half)];
}
