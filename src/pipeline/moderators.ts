import type { PlatformName } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Platform } from "#src/ports.ts";
import type { Directory } from "./directory.ts";

export interface ModeratorsDeps {
  directory: Pick<Directory, "decisions">;
  platforms: ReadonlyMap<PlatformName, Platform>;
}

/**
 * Whether a caller may moderate: by what the platform let them do, by role, by name, or because the platform says so
 * when asked. In that order, since the last costs a request.
 */
export async function isModerator(
  { directory, platforms }: ModeratorsDeps,
  caller: Caller,
  signal: AbortSignal,
): Promise<boolean> {
  if (caller.moderator) return true;
  if (caller.channel === null) return false;
  const { settings } = await directory.decisions(workspaceOf(caller.channel));
  if (settings.moderators.includes(caller.user)) return true;
  const platform = platforms.get(caller.platform);
  if (platform === undefined) return false;
  const { moderatorRole: role } = settings;
  return (
    (role !== null && (await platform.hasRole(caller, role, signal))) ||
    (await platform.isModerator(caller, signal))
  );
}
