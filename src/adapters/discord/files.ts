import type { RawFile } from "discord.js";
import type { Reply, ReplyBlock } from "#src/core/reply.ts";

/** Discord's limit of one message (API reference, "Create Message"). */
const MAX_FILES = 10;
const MAX_NAME = 100;
const NOT_IN_NAMES = /[^\w.-]+/g;

/** What a message's payload says of the files that are sent beside it. */
export interface AttachmentNote {
  /** The index of the file among those sent along. */
  id: string;
  filename: string;
}

/** The files of a reply, in the order of the payload's `attachments`. */
export function renderFiles(reply: Reply): RawFile[] {
  return fileBlocks(reply).map((block) => ({
    name: fileName(block),
    data: Buffer.from(block.text),
    contentType: block.mediaType,
  }));
}

/** An empty list takes away what an earlier version of the message had. */
export function attachmentNotes(reply: Reply): AttachmentNote[] {
  return fileBlocks(reply).map((block, index) => ({ id: String(index), filename: fileName(block) }));
}

type FileBlock = Extract<ReplyBlock, { kind: "file" }>;

function fileBlocks({ blocks }: Reply): FileBlock[] {
  return blocks.filter((block) => block.kind === "file").slice(0, MAX_FILES);
}

function fileName({ name }: FileBlock): string {
  return name.replace(NOT_IN_NAMES, "_").slice(-MAX_NAME) || "file.txt";
}
