import {
  AUTHORITY,
  type Deed,
  type Grant,
  grantOf,
  isChange,
  needsWorkspace,
  refusal,
  ROLES_ON,
} from "#src/core/authority.ts";
import { isDirect, type PlatformName } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Platform, Standing } from "#src/ports.ts";
import type { Directory } from "./directory.ts";

export interface AuthorityDeps {
  directory: Pick<Directory, "decisions">;
  platforms: ReadonlyMap<PlatformName, Platform>;
  log: Log;
}

/**
 * The one place that decides whether a caller may do something: by what they are and the table. What changes something
 * is decided on what the platform says now. Throws AppError `command/not-allowed`, `command/needs-workspace`,
 * `platform/*`.
 */
export async function grantFor(
  deps: AuthorityDeps,
  { caller, deed }: { caller: Caller; deed: Deed },
  signal: AbortSignal,
): Promise<Grant> {
  const isOutside = caller.channel === null || isDirect(caller.channel);
  if (isOutside && needsWorkspace(deed)) throw new AppError("command/needs-workspace");
  const { role, why } = await standingFor(deps, { caller, deed }, signal);
  const grant = grantOf(deed, role);
  if (grant !== null) return grant;
  deps.log.info({ platform: caller.platform, deed, role, why }, "not allowed");
  throw new AppError("command/not-allowed", { say: refusal(deed, role) });
}

/** Where everybody may, a platform that does not say who somebody is stops nobody; they are the least they can be. */
async function standingFor(
  deps: AuthorityDeps,
  { caller, deed }: { caller: Caller; deed: Deed },
  signal: AbortSignal,
): Promise<Standing> {
  try {
    return await standingOf(deps, { caller, fresh: isChange(deed) }, signal);
  } catch (error) {
    if (ROLES_ON[caller.platform].some((role) => AUTHORITY[deed][role] === "none")) throw error;
    return { role: "stranger", why: "the platform does not say" };
  }
}

/** What somebody is: by the platform, and by what moderators decided of those who belong to the workspace. */
async function standingOf(
  { directory, platforms }: AuthorityDeps,
  { caller, fresh }: { caller: Caller; fresh: boolean },
  signal: AbortSignal,
): Promise<Standing> {
  if (caller.stranger) return { role: "stranger", why: "the event came from another workspace" };
  const platform = platforms.get(caller.platform);
  if (platform === undefined) throw new AppError("platform/unavailable");
  const told = await platform.standing(caller, { fresh, signal });
  const isSettled = told.role !== "channel moderator" && told.role !== "member" && told.role !== "guest";
  if (isSettled || caller.channel === null || isDirect(caller.channel)) return told;
  const { settings } = await directory.decisions(workspaceOf(caller.channel));
  if (settings.moderators.includes(caller.user))
    return { role: "workspace moderator", why: "allowed by name" };
  const { moderatorRole: role } = settings;
  if (role !== null && (await platform.hasRole(caller, role, { fresh, signal })))
    return { role: "workspace moderator", why: "has the moderators' role" };
  return told;
}
