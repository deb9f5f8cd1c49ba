import { expect, onTestFinished, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import type { Edit } from "#src/core/moderation.ts";
import { type Grants, NO_GRANTS } from "#src/core/operator.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import { defaultSettings } from "#src/core/workspace.ts";
import { createLog } from "#src/log.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { publishStory } from "#src/pipeline/publish-story.ts";
import { pastStories, rehearse } from "#src/pipeline/rehearse.ts";
import { createLedger } from "#src/pipeline/rehearse-stage.ts";
import { createBriefWriter } from "#src/pipeline/write-brief.ts";
import { at, decide, makeArticle } from "#tests/contracts/store-fixtures.ts";

const NEWS = "discord:1:10";
const WORKSPACE = "discord:1";
const SIGNAL = new AbortController().signal;
const TOPIC = { id: "topic-1", workspace: WORKSPACE, name: "Fires", query: "fire" };
const SUBSCRIPTION = newSubscription(
  { channel: NEWS, topicId: TOPIC.id, now: at(-90) },
  defaultSettings(WORKSPACE),
);

/** A story that a channel was given for its topic, and what is decided about it since. */
async function afterwards(edits: readonly Edit[], grants: Grants = NO_GRANTS) {
  const store = await openSqliteStore({ path: ":memory:" });
  onTestFinished(() => store.close());
  const log = createLog({ level: "silent", format: "json" });
  const writing = {
    writers: [createExtractiveWriter()],
    explain: () => "",
    clock: () => at(0),
    log,
  };
  const deps = { store, channels: [], clock: () => at(0), log, writing };
  await decide(store, WORKSPACE, { kind: "topic", id: TOPIC.id, value: TOPIC });
  await decide(store, WORKSPACE, { kind: "subscription", id: SUBSCRIPTION.id, value: SUBSCRIPTION });
  const { article } = await store.saveArticle(makeArticle({ source: "webhook" }));
  const writeBrief = createBriefWriter({ ...writing, store });
  await publishStory(
    { ...deps, writeBrief, directory: createDirectory(store, NO_GRANTS) },
    article.storyId,
    SIGNAL,
  );
  for (const edit of edits) await decide(store, WORKSPACE, edit);
  const owed = await store.storyDeliveries(article.storyId);
  const now = { ...deps, directory: createDirectory(store, grants) };
  const stories = await pastStories(now, { days: 3, limit: null });
  const ledger = createLedger({ tokens: 0, money: 0 });
  const run = { stories, ledger, isPriced: true, signal: SIGNAL, progress: () => undefined };
  const rehearsal = await rehearse(now, run);
  expect(await store.storyDeliveries(article.storyId)).toEqual(owed);
  expect(owed).toHaveLength(1);
  return rehearsal;
}

test("what is decided as it was reads the same, also where it came before its subscription", async () => {
  expect(await afterwards([])).toMatchObject({ posts: { same: 1, gone: 0 }, rows: [], written: 0 });
  const later = { ...SUBSCRIPTION, since: at(5) };
  const edit: Edit = { kind: "subscription", id: later.id, value: later };
  expect(await afterwards([edit])).toMatchObject({ posts: { same: 1, gone: 0 } });
});

test.for<{ edits: Edit[]; grants?: Grants; why: string }>([
  {
    edits: [{ kind: "topic", id: TOPIC.id, value: { ...TOPIC, query: "elections" } }],
    why: "It matches no topic of the channel any more.",
  },
  {
    edits: [{ kind: "subscription", id: SUBSCRIPTION.id, value: { ...SUBSCRIPTION, minOutlets: 2 } }],
    why: "Too few outlets carry it.",
  },
  {
    edits: [{ kind: "subscription", id: SUBSCRIPTION.id, value: null }],
    why: "The channel is no longer subscribed to its topic.",
  },
  {
    edits: [],
    grants: { ...NO_GRANTS, workspaces: new Set() },
    why: "LEDE_WORKSPACES does not name its workspace.",
  },
])("what would not appear any more says why: $why", async ({ edits, grants, why }) => {
  const { posts, rows } = await afterwards(edits, grants);
  expect(posts).toMatchObject({ same: 0, gone: 1 });
  expect(rows).toMatchObject([{ channels: [NEWS], rehearsed: { kind: "gone", why } }]);
});

test("what is set aside counts beside what is spent", () => {
  const ledger = createLedger({ tokens: 100, money: null });
  const most = { tokens: 60, money: 5 };
  expect(ledger.reserve("a", most)).toBe(true);
  expect(ledger.reserve("b", most)).toBe(false);
  ledger.settle("a", { tokens: 30, money: 2 });
  expect(ledger.reserve("b", most)).toBe(true);
  ledger.settle("b", null);
  expect(ledger.spent()).toEqual({ calls: 1, tokens: 30, money: 2 });
});
