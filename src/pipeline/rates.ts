import type { Caller, Command } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { waitText } from "#src/core/wait-text.ts";
import type { Rate } from "#src/ports.ts";

/** What one person may do in a time; null counts nothing. */
export interface Rates {
  commands: Rate | null;
  /** Pages that are read and written about because somebody asked. */
  briefs: Rate | null;
}

/** By whom something is asked: the same person in every server and in direct messages. Null for the operator's own page. */
export function personOf({ platform, user }: Caller): string | null {
  return platform === "console" ? null : `${platform}:${user}`;
}

/**
 * Counts a command. What is only ever pressed under a post reads the store and is not counted. Returns the refusal of
 * one too many.
 */
export async function countCommand(
  rate: Rate | null,
  caller: Caller,
  command: Command | undefined,
): Promise<AppError | null> {
  const isPressed = command?.surfaces.every((surface) => surface === "button") ?? false;
  return isPressed ? null : count(rate, caller, "commands");
}

/** Counts a brief before anything is read for it. Throws AppError `command/too-many`. */
export async function countBrief(rate: Rate | null, caller: Caller): Promise<void> {
  const refusal = await count(rate, caller, "new briefs");
  if (refusal !== null) throw refusal;
}

/** A brief that was there already is not counted. */
export async function uncountBrief(rate: Rate | null, caller: Caller): Promise<void> {
  const person = personOf(caller);
  if (person !== null) await rate?.giveBack(person);
}

async function count(rate: Rate | null, caller: Caller, what: string): Promise<AppError | null> {
  const person = personOf(caller);
  const waitMs = rate === null || person === null ? 0 : await rate.take(person);
  if (waitMs === 0) return null;
  return new AppError("command/too-many", {
    say: `That is more ${what} than one person may ask for at a time. Try again in ${waitText(waitMs)}.`,
  });
}
