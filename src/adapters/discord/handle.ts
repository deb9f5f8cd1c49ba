import { z } from "zod";
import { AppError } from "#src/core/errors.ts";

/** Where the one reply to a call is shown; what `CommandCall.handle` holds as JSON. */
export const Handle = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("interaction"), application: z.string(), token: z.string() }),
  z.strictObject({
    kind: z.literal("mention"),
    channel: z.string(),
    /** The message that mentioned Lede. */
    source: z.string(),
    /** Lede's reply, once it stands. */
    reply: z.string().nullable(),
  }),
]);
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
