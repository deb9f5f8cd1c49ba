import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { articleId, revisionHash, revisionText } from "#src/core/article.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import type { Brief, Evidence } from "#src/core/brief.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { POST_SLOT } from "#src/core/delivery.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import type { Owed } from "#src/core/owed.ts";
import type { PostView } from "#src/core/post-view.ts";
import { createLog } from "#src/log.ts";
import { deliverNext } from "#src/pipeline/deliver.ts";
import { createLane } from "#src/pipeline/platform-lane.ts";
import type { Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { makeOwed } from "#tests/contracts/store-fixtures.ts";
import type { Story } from "./stories.ts";

type StoryView = Extract<PostView, { kind: "story" }>;

export interface Newsdesk {
  store: Store;
  deliverTo: (platform: Platform) => void;
  /** Stores the article and its brief and delivers it through the platform, as a publication does. */
  publish: (story: Story, view?: Partial<StoryView>) => Promise<BriefView>;
  /** Another outlet's article on a story that was published: its facts hang on the story's post. */
  add: (to: BriefView, story: Story, outlet: string) => Promise<BriefView>;
  /** The publisher takes the article back. */
  takeBack: (shown: BriefView) => Promise<void>;
  /** Holds the stories and posts them in one message. */
  together: (stories: readonly Story[]) => Promise<void>;
  notify: (notice: Omit<Extract<PostView, { kind: "notice" }>, "kind">) => Promise<void>;
  /** Stores the article and its brief, and delivers nothing. */
  write: (story: Story) => Promise<BriefView>;
  /** Delivers what is due. */
  deliver: () => Promise<void>;
}

export const SILENT = createLog({ level: "silent", format: "json" });

const HOUR_MS = 3_600_000;

/** A store in memory and what publishing does with it. */
export async function openNewsdesk(clock: () => Date = () => new Date()): Promise<Newsdesk> {
  const store = await openSqliteStore({ path: ":memory:" });
  let platform: Platform | null = null;

  async function write(story: Story, storyId: string | null = null): Promise<BriefView> {
    const { article, revision } = await store.saveArticle({ ...toSaveArticle(story, clock()), storyId });
    const brief = toBrief(story, { articleId: article.id, revision: revision.number, createdAt: clock() });
    await store.saveBrief(brief.id, brief);
    return { article, revision, brief };
  }

  async function owe(storyId: string, ...owed: Owed[]): Promise<void> {
    const state = await store.storyState(storyId);
    await store.publish({
      seen: await store.storyDeliveries(storyId),
      storyId,
      version: state?.version ?? 1,
      owed,
      now: clock(),
    });
  }

  async function deliver(): Promise<void> {
    if (platform === null) throw new Error("No platform to deliver to.");
    const lane = createLane(platform, { clock, monotonic: () => performance.now(), gapMs: 0 });
    const deps = {
      store,
      lost: () => Promise.resolve(),
      gaveUp: () => Promise.resolve(),
      directory: { grants: NO_GRANTS },
      clock,
      log: SILENT,
    };
    while (await deliverNext(deps, lane, { signal: AbortSignal.timeout(5_000) }));
  }

  return {
    store,
    write,
    deliver,
    deliverTo: (to) => {
      platform = to;
    },
    publish: async (story, view = {}) => {
      const shown = await write(story);
      const { article, brief } = shown;
      await owe(article.storyId, makeOwed(CONSOLE_CHANNEL, { view: storyOf(brief, view) }));
      await deliver();
      return shown;
    },
    add: async (to, story, name) => {
      const { storyId } = to.article;
      const shown = await write(story, storyId);
      const outlet = { articleId: shown.article.id, name, url: shown.article.url };
      const facts = shown.brief.facts.map((_, index) => index);
      const addition: PostView = {
        kind: "addition",
        briefId: shown.brief.id,
        outlet,
        facts,
        withdrawn: [],
      };
      await owe(
        storyId,
        makeOwed(CONSOLE_CHANNEL, { view: storyOf(to.brief, { also: [outlet] }) }),
        makeOwed(CONSOLE_CHANNEL, { slot: `add:${outlet.articleId}`, thread: POST_SLOT, view: addition }),
      );
      await deliver();
      return shown;
    },
    takeBack: async ({ article, brief }) => {
      await store.unpublish({ articleId: article.id, now: clock(), by: "publisher" });
      const at = clock().toISOString();
      const view = { kind: "tombstone", headline: brief.headline, outlet: article.site, at } as const;
      const owed = (await store.storyDeliveries(article.storyId)).map(({ slot }) =>
        makeOwed(CONSOLE_CHANNEL, { slot, thread: slot === POST_SLOT ? null : POST_SLOT, view }),
      );
      await owe(article.storyId, ...owed);
      await deliver();
    },
    together: async (stories) => {
      const later = new Date(clock().getTime() + HOUR_MS);
      for (const story of stories) {
        const { article, brief } = await write(story);
        await owe(article.storyId, makeOwed(CONSOLE_CHANNEL, { view: storyOf(brief, {}), holdUntil: later }));
      }
      await store.releaseHeld(later);
      // It is due from then on.
      if (platform === null) return;
      const lane = createLane(platform, { clock, monotonic: () => performance.now(), gapMs: 0 });
      const deps = {
        store,
        lost: () => Promise.resolve(),
        gaveUp: () => Promise.resolve(),
        directory: { grants: NO_GRANTS },
        log: SILENT,
      };
      while (
        await deliverNext({ ...deps, clock: () => later }, lane, { signal: AbortSignal.timeout(5_000) })
      );
    },
    notify: async (notice) => {
      const view: PostView = { kind: "notice", ...notice };
      await store.notify({ channel: CONSOLE_CHANNEL, slot: notice.title, view, now: clock() });
      await deliver();
    },
  };
}

function storyOf({ id: briefId }: Brief, changes: Partial<StoryView>): StoryView {
  return { kind: "story", briefId, style: "full", also: [], conflicts: [], withdrawn: [], ...changes };
}

function toSaveArticle(story: Story, now: Date): Parameters<Store["saveArticle"]>[0] {
  const extracted = {
    title: story.title,
    site: "The Harbour Courier",
    byline: "Ines Calloway",
    language: "en",
    publishedAt: new Date("2026-03-03T08:15:00Z"),
    modifiedAt: null,
    canonicalUrl: story.url,
    paragraphs: story.paragraphs,
    accessible: null,
  };
  return {
    id: articleId({ url: story.url }),
    url: story.url,
    extracted,
    visibility: "public",
    hash: revisionHash(extracted),
    source: "feed:courier",
    storyId: null,
    sketch: null,
    recheckAt: null,
    now,
    compare: () =>
      story.change === undefined
        ? null
        : { note: story.change.note, ranges: [evidenceFor(story, story.change.words)] },
  };
}

function toBrief(story: Story, made: Pick<Brief, "articleId" | "revision" | "createdAt">): Brief {
  return {
    ...made,
    id: `${made.articleId}-${made.revision}`,
    headline: story.title,
    summary: story.summary,
    facts: story.facts.map(([text, quote]) => ({ text, evidence: [evidenceFor(story, quote)] })),
    dropped: story.dropped ?? [],
    caveats: story.caveats ?? [],
    topics: [],
    writer: { name: "openai", model: "gpt-5-mini", steppedDown: null },
    prompt: "brief.v1",
    language: "en",
    length: "standard",
    usage: { inputTokens: 2310, cachedTokens: 1024, outputTokens: 410, calls: 1 },
  };
}

function evidenceFor(story: Story, quote: string): Evidence {
  const start = revisionText(story).indexOf(quote);
  if (start === -1) throw new Error(`The article does not hold: ${quote}`);
  return { start, end: start + quote.length };
}
