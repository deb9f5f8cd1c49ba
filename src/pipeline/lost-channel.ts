import { type Channel, channelParts, type PlatformName } from "#src/core/channel.ts";
import { type Decisions, type Edit, LEDE } from "#src/core/moderation.ts";
import { lostChannelNotice } from "#src/core/notices.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { channelName } from "./moderation.ts";

export interface LostChannelDeps {
  store: Store;
  directory: Directory;
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
  log: Log;
}

const NAME_WITHIN_MS = 2_000;

/**
 * Pauses what a channel (null: every channel of the workspace) was given, since Lede can post there no longer, and
 * tells the moderators. Nothing is lost: resuming is one command.
 */
export async function pauseLost(
  deps: LostChannelDeps,
  { workspace, channel, why }: { workspace: Workspace; channel: Channel | null; why: string },
): Promise<void> {
  const { directory, store } = deps;
  const decisions = await directory.decisions(workspace);
  const lost = decisions.subscriptions.filter(
    (one) => one.paused === null && (channel === null || one.channel === channel),
  );
  if (lost.length === 0) return;
  const name = channel === null ? "every channel" : await nameOf(deps, channel);
  const edits = lost.map((one): Edit => ({
    kind: "subscription",
    id: one.id,
    value: { ...one, paused: why },
  }));
  const at = deps.clock();
  await store.change({ workspace, by: LEDE, at, summary: `Paused ${name}: ${why}`, edits, seen: null });
  await directory.changed(workspace);
  deps.log.warn({ workspace, channel, why, paused: lost.length }, "subscriptions paused");
  await tellModerators(deps, { decisions, channel, name, why });
}

async function nameOf({ platforms }: LostChannelDeps, channel: Channel): Promise<string> {
  try {
    return await channelName(platforms, channel, AbortSignal.timeout(NAME_WITHIN_MS));
  } catch {
    // A channel that is gone may have lost its name with it.
    return channelParts(channel).id;
  }
}

async function tellModerators(
  { clock, store }: LostChannelDeps,
  told: { decisions: Decisions; channel: Channel | null; name: string; why: string },
): Promise<void> {
  const { moderatorsChannel } = told.decisions.settings;
  if (moderatorsChannel === null || told.channel === null || moderatorsChannel === told.channel) return;
  const now = clock();
  await store.notify({
    channel: moderatorsChannel,
    slot: `lost:${told.channel}:${now.getTime()}`,
    view: lostChannelNotice(told.name, told.why),
    now,
  });
}
