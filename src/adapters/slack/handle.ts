import { z } from "zod";
import { AppError } from "#src/core/errors.ts";

/** Where the reply's files went: into the channel, to the asker alone, or (`shown`) into the reply as text. */
export const FilesAt = z.enum(["channel", "direct", "shown"]);
export type FilesAt = z.infer<typeof FilesAt>;

/** Where the one reply to a call is shown; what `CommandCall.handle` holds as JSON. */
export const Handle = z.strictObject({
  channel: z.string(),
  user: z.string(),
  /** Whether only the asker sees the reply. */
  private: z.boolean(),
  /** Good for 5 answers within 30 minutes; null for a mention. */
  responseUrl: z.string().nullable(),
  /** The thread the reply belongs to. */
  threadTs: z.string().nullable(),
  /** Lede's reply, once it stands. */
  ts: z.string().nullable(),
  /** Null as long as no file was due. A handle of an older version says nothing of files. */
  files: FilesAt.nullable().default(null),
  /** When the call came, by Slack's own clock: no answer to it is older. Null in a handle of an older version. */
  askedAt: z.number().nullable().default(null),
});
export type Handle = z.infer<typeof Handle>;

/** Throws AppError `bug`: a handle is only ever written by this adapter. */
export function parseHandle(text: string): Handle {
  try {
    return Handle.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError("bug", { details: { reason: "unreadable handle" }, cause });
  }
}

export function formatHandle(handle: Handle): string {
  return JSON.stringify(handle);
}
