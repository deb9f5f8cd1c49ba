import { z } from "zod";
import { channelParts, type PlatformName } from "#src/core/channel.ts";
import { connectedNotice, refusedNotice } from "#src/core/notices.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";

interface ConnectionsDeps {
  store: Store;
  directory: Directory;
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
}

/** Names the platforms whose refusal was told. */
const TOLD = "connections.told";
const Names = z.array(z.string());

const SHOWN: Record<PlatformName, string> = { console: "the console", discord: "Discord", slack: "Slack" };

/** Tells moderators on the other platforms which one refuses Lede, and when that is over. Returns how much was new. */
export async function tellOfConnections(deps: ConnectionsDeps): Promise<number> {
  const { platforms, store } = deps;
  const setting = await store.setting(TOLD);
  const told = new Set(setting === null ? [] : Names.parse(JSON.parse(setting)));
  let news = 0;
  for (const [name, platform] of platforms) {
    const connection = platform.connection();
    const why = connection.state === "disconnected" ? connection.why : null;
    if (why !== null && !told.has(name)) {
      await tell(deps, name, refusedNotice(SHOWN[name], why));
      told.add(name);
      news += 1;
    } else if (connection.state !== "disconnected" && told.delete(name)) {
      await tell(deps, name, connectedNotice(SHOWN[name]));
      news += 1;
    }
  }
  if (news > 0) await store.saveSetting(TOLD, JSON.stringify([...told]));
  return news;
}

async function tell(
  { clock, directory, store }: ConnectionsDeps,
  about: PlatformName,
  view: PostView,
): Promise<void> {
  for (const workspace of await directory.workspaces()) {
    const { moderatorsChannel: channel } = (await directory.decisions(workspace)).settings;
    if (channel === null || channelParts(channel).platform === about) continue;
    await store.notify({ channel, slot: `connection:${about}`, view, now: clock() });
  }
}
