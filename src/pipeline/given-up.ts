import type { Channel } from "#src/core/channel.ts";
import { givenUpNotice } from "#src/core/notices.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";

interface GivenUpDeps {
  store: Store;
  directory: Pick<Directory, "decisions">;
  clock: Clock;
  log: Log;
}

/** Tells the operator and the moderators of a channel that a post for it waits until its platform is back; once a day. */
export async function tellGivenUp(
  { clock, directory, log, store }: GivenUpDeps,
  channel: Channel,
): Promise<void> {
  log.error(
    { channel },
    "a post was given up: its platform took nothing for a day; it is tried again once it is back",
  );
  const { settings } = await directory.decisions(workspaceOf(channel));
  if (settings.moderatorsChannel === null) return;
  const now = clock();
  const slot = `given-up:${now.toISOString().slice(0, 10)}`;
  await store.notify({ channel: settings.moderatorsChannel, slot, view: givenUpNotice(), now });
}
