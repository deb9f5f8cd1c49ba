import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { Reply, ReplyBlock } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Api } from "./api.ts";
import { toPlatformError } from "./errors.ts";
import type { FilesAt, Handle } from "./handle.ts";

const UPLOAD_TIMEOUT_MS = 10_000;

type FileBlock = Extract<ReplyBlock, { kind: "file" }>;
type Target = Pick<Handle, "channel" | "threadTs">;
type Place = Pick<Handle, "channel" | "user" | "private" | "threadTs">;

export interface FileDeps {
  api: Api;
  log: Log;
}

/**
 * Sends a reply's files, each as a message of its own: into the channel, or to the asker alone where the reply is
 * private. Null when there are none; `shown` when Slack took not all of them. Never throws.
 */
export async function sendFiles(
  { api, log }: FileDeps,
  { reply, place, signal }: { reply: Reply; place: Place; signal: AbortSignal },
): Promise<FilesAt | null> {
  const files = reply.blocks.filter((block) => block.kind === "file");
  if (files.length === 0) return null;
  const isDirect = place.private && !place.channel.startsWith("D");
  try {
    const target = isDirect ? await directPlace(api, place.user, signal) : place;
    for (const file of files) await sendFile(api, { file, target, signal });
    return isDirect ? "direct" : "channel";
  } catch (thrown) {
    // After a lost answer too: a file that may be there already is not sent again.
    log.warn({ err: toPlatformError(thrown) }, "slack file not sent");
    return "shown";
  }
}

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** The direct messages of a person with Lede. */
async function directPlace(api: Api, user: string, signal: AbortSignal): Promise<Target> {
  const answer = await api.call((slack) => slack.conversations.open({ users: user }), signal);
  return { channel: Opened.parse(answer).channel.id, threadTs: null };
}

const Ticket = z.object({ upload_url: z.url(), file_id: z.string() });

interface FileMessage {
  file: FileBlock;
  target: Target;
  signal: AbortSignal;
}

async function sendFile(api: Api, { file, target, signal }: FileMessage): Promise<void> {
  const bytes = new TextEncoder().encode(file.text);
  const announced = { filename: file.name, length: bytes.byteLength };
  const answer = await api.call((slack) => slack.files.getUploadURLExternal(announced), signal);
  const { upload_url: url, file_id: id } = Ticket.parse(answer);
  await upload(url, bytes, signal);
  const files: [{ id: string; title: string }] = [{ id, title: file.name }];
  const { channel: channel_id, threadTs } = target;
  const place = threadTs === null ? { channel_id } : { channel_id, thread_ts: threadTs };
  await api.call((slack) => slack.files.completeUploadExternal({ files, ...place }), signal);
}

async function upload(url: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    // As they are, which Slack takes beside a form; it tells a file's type by its name.
    headers: { "content-type": "application/octet-stream" },
    body: bytes,
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)]),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new AppError("platform/rejected", { details: { status: answer.status } });
}
