import { expect, onTestFinished, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Channel } from "#src/core/channel.ts";
import { createLog } from "#src/log.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { publishStory } from "#src/pipeline/publish-story.ts";
import type { BriefWriter, WriteBrief } from "#src/pipeline/write-brief.ts";
import type { Store } from "#src/ports-store.ts";
import { at, makeArticle, makeBrief } from "#tests/contracts/store-fixtures.ts";

const SIGNAL = new AbortController().signal;

async function publishTo(
  channels: readonly Channel[],
  writing: (store: Store, call: number) => Promise<unknown>,
) {
  const store = await openSqliteStore({ path: ":memory:" });
  onTestFinished(() => store.close());
  const calls: WriteBrief[] = [];
  const writeBrief: BriefWriter = async (request) => {
    calls.push(request);
    await writing(store, calls.length);
    const { article, revision } = request;
    const brief = makeBrief({
      id: `brief-${revision.number}`,
      articleId: article.id,
      revision: revision.number,
    });
    await store.saveBrief(`key-${brief.id}`, brief);
    return brief;
  };
  const log = createLog({ level: "silent", format: "json" });
  const deps = {
    store,
    directory: createDirectory(store, NO_GRANTS),
    writeBrief,
    channels,
    clock: () => at(0),
    log,
  };
  const { article } = await store.saveArticle(makeArticle());
  const deliveries = await publishStory(deps, article.storyId, SIGNAL);
  return { calls, deliveries };
}

test("a story that somebody's question changes while its brief is written is published all the same", async () => {
  const change = { ranges: [], note: "9 → 11" };
  const asked = makeArticle({ source: null, hash: "as-asked", compare: () => change });
  const { calls, deliveries } = await publishTo(["console:local:main"], async (store, call) =>
    call === 1 ? store.saveArticle(asked) : null,
  );
  expect(calls.map(({ revision }) => revision.number)).toEqual([1, 2]);
  expect(deliveries).toMatchObject([{ state: "due" }]);
});

test("channels that are shown the same of a story cost one brief", async () => {
  const channels = Array.from({ length: 50 }, (_, index): Channel => `discord:1:${index}`);
  const { calls, deliveries } = await publishTo(channels, () => Promise.resolve());
  expect(calls).toHaveLength(1);
  expect(deliveries).toHaveLength(50);
});
