import { digest } from "#src/core/article.ts";
import { type Delivery, POST_SLOT } from "#src/core/delivery.ts";
import { clearedNotice, heldNotice } from "#src/core/notices.ts";
import { heldChannels, mayUse, NOT_ALLOWED, NOT_CLEARED, visible } from "#src/core/operator.ts";
import type { Owed } from "#src/core/owed.ts";
import { standingMembers } from "#src/core/story.ts";
import { type Workspace, workspaceOf } from "#src/core/workspace.ts";
import { publishStory, type PublishStoryDeps } from "./publish-story.ts";
import { articlesIn } from "./shown-articles.ts";
import type { Job } from "./worker.ts";

/**
 * Brings what waits in line with what the operator grants by now; the grants stay the same while a process runs. Call it
 * before anything is delivered. Asks no model: stories that have more to show now are told by the job that it returns.
 */
export async function applyGrants(deps: PublishStoryDeps): Promise<Job> {
  const again = new Set<string>();
  for (const delivery of await deps.store.undelivered())
    if (await isChanged(deps, delivery)) again.add(delivery.storyId ?? "");
  await pollAllowed(deps);
  await tellModerators(deps);
  const stories = [...again];
  return {
    name: "grants",
    runners: 1,
    idleMs: 3_600_000,
    next: async (signal) => {
      const storyId = stories.shift();
      if (storyId === undefined) return false;
      await publishStory(deps, storyId, signal);
      return true;
    },
  };
}

/** Whether the story has to be told anew; what may not be shown any more is held from here on. */
async function isChanged(
  { clock, directory, store }: PublishStoryDeps,
  delivery: Delivery,
): Promise<boolean> {
  const state = delivery.storyId === null ? null : await store.storyState(delivery.storyId);
  if (state === null) return false;
  const seen = visible(standingMembers(state.members), await directory.audience(delivery.channel));
  if (delivery.state === "skipped") return seen.length > 0;
  const shown = await articlesIn(store, await store.view(delivery.wanted));
  // What was taken back meanwhile is the story's own business.
  const hidden = standingMembers(state.members).filter((member) => !seen.includes(member));
  if (!hidden.some(({ article }) => shown.includes(article.id))) return false;
  const { id: storyId } = state.story;
  const isAllowed = mayUse(directory.grants, workspaceOf(delivery.channel));
  const owed = [withheld(delivery, isAllowed ? NOT_CLEARED : NOT_ALLOWED)];
  await store.publish({ storyId, version: state.version, seen: [delivery], owed, now: clock() });
  return isAllowed;
}

function withheld({ channel, manner, reasons, slot }: Delivery, skip: string): Owed {
  return {
    channel,
    slot,
    thread: slot === POST_SLOT ? null : POST_SLOT,
    view: { kind: "withheld", reason: skip },
    manner,
    reasons,
    skip,
    holdUntil: null,
    maxAnHour: null,
  };
}

/** Feeds that only others than the allowed read are not polled; what they bring meanwhile is baseline when they are again. */
async function pollAllowed({ clock, directory, store }: PublishStoryDeps): Promise<void> {
  const { grants } = directory;
  if (grants.workspaces === null) return;
  const feeds = await store.feeds();
  const isRead = new Map<string, boolean>();
  for (const workspace of await store.workspaces()) {
    const { sources } = await store.decisions(workspace);
    for (const { url } of sources) isRead.set(url, (isRead.get(url) ?? false) || mayUse(grants, workspace));
  }
  for (const [url, read] of isRead) {
    const isPolled = feeds.some((feed) => feed.url === url || feed.id === digest(url));
    if (isPolled && !read) await store.removeFeed(url);
    if (!isPolled && read) await store.addFeed({ url, now: clock(), baseline: true });
  }
}

/** One message a workspace, edited when it is over. */
async function tellModerators({ clock, directory, log, store }: PublishStoryDeps): Promise<void> {
  for (const workspace of await directory.workspaces()) {
    const decisions = await directory.decisions(workspace);
    const held = heldChannels(directory.grants, decisions);
    const name = toldSetting(workspace);
    const wasHeld = (await store.setting(name)) === "held";
    if (held.length === 0 && !wasHeld) continue;
    if (held.length > 0)
      log.warn(
        { workspace, channels: held },
        "members-only posts are held: the workspace is not in LEDE_MEMBERS_WORKSPACES (lede doctor says more)",
      );
    const view = held.length > 0 ? heldNotice(workspace, held.length) : clearedNotice();
    const channel = decisions.settings.moderatorsChannel;
    if (channel !== null) await store.notify({ channel, slot: "clearance", view, now: clock() });
    await store.saveSetting(name, held.length > 0 ? "held" : "cleared");
  }
}

function toldSetting(workspace: Workspace): string {
  return `clearance.told:${workspace}`;
}
