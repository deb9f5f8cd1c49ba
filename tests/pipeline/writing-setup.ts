import { afterEach, beforeEach, expect } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiWriter } from "#src/adapters/writer/openai.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import type { Article, Revision } from "#src/core/article.ts";
import type { Brief } from "#src/core/brief.ts";
import { createLog } from "#src/log.ts";
import {
  createBriefWriter,
  type BriefWriter,
  type WriteBrief,
  type WriteDeps,
} from "#src/pipeline/write-brief.ts";
import type { Writer } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";

export const NOW = new Date("2026-11-24T12:00:00Z");

export const PARAGRAPHS = [
  "The city council of Port Ansel voted 9 to 4 on Monday to close Harbour Street to cars. The closure begins on 1 May and is planned to last two years.",
  'Mayor Lena Brandt said the street "belongs to people on foot". Shop owners had asked the council to wait until a parking garage with 320 places is finished.',
  "The work will cost about 2.4 million euros, according to the council's budget office. Two of the four members who voted against it said they would go to court.",
  "A ferry that was to bring the paving stones is delayed. The harbour authority did not say by how long.",
];

/** What one test works with: a peer and a store of its own; briefs are kept in memory. */
export interface WritingBench {
  peer: OpenAiPeer;
  store: Store;
  /** Cache keys of the stored briefs, oldest first. */
  keys: () => string[];
  model: (name?: string) => Writer;
  writer: (deps?: Partial<WriteDeps>) => BriefWriter;
}

export function useWriting(): WritingBench {
  let peer: OpenAiPeer | null = null;
  let store: Store | null = null;
  const briefs = new Map<string, Brief>();
  beforeEach(async () => {
    peer = await startOpenAiPeer();
    briefs.clear();
    store = withBriefs(await openSqliteStore({ path: ":memory:" }), briefs);
  });
  afterEach(async () => {
    await peer?.stop();
    await store?.close();
    expect(peer?.violations).toEqual([]);
  });
  const bench: WritingBench = {
    get peer() {
      if (peer === null) throw new Error("no test is running");
      return peer;
    },
    get store() {
      if (store === null) throw new Error("no test is running");
      return store;
    },
    keys: () => [...briefs.keys()],
    model: (model = "gpt-5-mini") =>
      createOpenAiWriter({ apiKey: null, model, baseUrl: bench.peer.url, api: "chat" }),
    writer: (deps = {}) =>
      createBriefWriter({
        store: bench.store,
        writers: [bench.model(), createExtractiveWriter()],
        explain: steppedDownText,
        clock: () => NOW,
        log: createLog({ level: "silent", format: "json" }),
        ...deps,
      }),
  };
  return bench;
}

function withBriefs(store: Store, briefs: Map<string, Brief>): Store {
  return {
    ...store,
    findBrief: async (key) => briefs.get(key) ?? null,
    saveBrief: async (key, brief) => {
      briefs.set(key, brief);
    },
  };
}

export function wanted(
  changes: Partial<WriteBrief> & { paragraphs?: string[]; id?: string } = {},
): WriteBrief {
  const { paragraphs = PARAGRAPHS, id = "article-1", ...rest } = changes;
  const article: Article = {
    id,
    url: "https://ansel.example/street",
    site: "Ansel Courier",
    byline: null,
    language: "en",
    publishedAt: null,
    firstSeenAt: NOW,
    unpublishedAt: null,
    visibility: "public",
    storyId: "story-1",
    latest: 1,
  };
  const revision: Revision = {
    articleId: id,
    number: 1,
    hash: "h",
    title: "Council votes to close Harbour Street to cars",
    paragraphs,
    fetchedAt: NOW,
    change: null,
  };
  return {
    article,
    revision,
    length: "standard",
    language: null,
    signal: new AbortController().signal,
    ...rest,
  };
}
