import { afterEach, beforeEach, expect, test } from "vitest";
import { createFigures, type Figures } from "#src/adapters/metrics/figures.ts";
import { scrape } from "#src/adapters/metrics/scrape.ts";
import { watchPlatform, watchStore, watchWriter } from "#src/adapters/metrics/watched.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { NO_LIMITS, NOBODY } from "#src/core/budget.ts";
import { AppError } from "#src/core/errors.ts";
import type { Readiness } from "#src/core/readiness.ts";
import type { Platform, PostRequest, WriteRequest } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import {
  at,
  makeBrief,
  makeCall,
  makeEntry,
  NEWS,
  publishNew,
  sent,
  claim,
  settleAs,
} from "#tests/contracts/store-fixtures.ts";
import { digest } from "#src/core/article.ts";

let figures: Figures;
let store: Store;

beforeEach(async () => {
  figures = createFigures({ version: "1.2.3" });
  store = watchStore(await openSqliteStore({ path: ":memory:" }), figures, () => at(1));
});
afterEach(() => store.close());

const IDLE = { storeTrouble: null, platforms: [], models: [], stored: null };

async function shown(ready: Readiness = IDLE): Promise<string> {
  return (await scrape(figures, ready, at(1))).text;
}

test("a delivery is counted by how it ended, and a post by how long it was owed", async () => {
  await publishNew(store);
  await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 0 });
  await sent(store, await claim(store, at(1)), at(1));
  const text = await shown();
  expect(text).toContain('lede_deliveries_total{platform="discord",state="due"} 1');
  expect(text).toContain('lede_deliveries_total{platform="discord",state="sent"} 1');
  expect(text).toContain('lede_post_seconds_sum{platform="discord"} 60');
  expect(text).toContain('lede_post_seconds_count{platform="discord"} 1');
});

test("an entry, a call, a brief and what a model cost are counted once each", async () => {
  await store.addEntry(makeEntry(), at(0));
  const queued = await store.claimEntry(at(0));
  if (queued === null) throw new Error("Nothing was queued");
  await store.settleEntry(queued, { kind: "done" });
  const call = makeCall({ receivedAt: at(0.9) });
  expect([await store.receiveCall(call), await store.receiveCall(call)]).toEqual([true, false]);
  await publishNew(store);
  const brief = makeBrief({ id: digest("key") });
  await store.saveBrief("key", brief);
  await store.saveBrief("another key", brief);
  const amount = { tokens: 1_000, money: 2_500_000 };
  await store.settleBudget({ id: "a", payer: NOBODY, amount, standing: NO_LIMITS, now: at(0) });
  await store.settleBudget({ id: "b", payer: NOBODY, amount: null, standing: NO_LIMITS, now: at(0) });
  const text = await shown();
  expect(text).toContain('lede_entries_total{result="done"} 1');
  expect(text).toContain("lede_entry_seconds_count 1");
  expect(text).toContain(`lede_ack_seconds_sum{platform="${call.caller.platform}"} 6`);
  expect(text).toContain('lede_claims_dropped_total{reason="number",rule=""} 1');
  expect(text).toContain("lede_model_tokens_total 1000");
  expect(text).toContain("lede_model_cost_total 2.5");
  expect(text).toMatch(/lede_build_info\{version="1\.2\.3",node="[\d.]+"\} 1/);
});

test("each request to a platform and each draft of a model is counted with what came of it", async () => {
  const outcomes = [
    { kind: "sent", message: { channel: NEWS, id: "1" } },
    { kind: "failed", code: "platform/gone" },
  ] as const;
  const answers = [...outcomes];
  const platform = watchPlatform(
    {
      name: "discord",
      post: () => Promise.resolve(answers.shift()),
      find: () => Promise.reject(new AppError("platform/unavailable")),
    } as unknown as Platform,
    figures,
  );
  const request = {} as PostRequest;
  for (const outcome of outcomes) expect(await platform.post(request)).toEqual(outcome);
  await expect(platform.find({ ...request, since: at(0) })).rejects.toThrow("platform/unavailable");
  const failing = {
    ...createExtractiveWriter(),
    model: "m",
    write: () => Promise.reject(new AppError("writer/unavailable")),
  };
  const writer = watchWriter(failing, figures);
  await expect(writer.write({} as WriteRequest)).rejects.toThrow("writer/unavailable");
  const text = await shown();
  for (const outcome of ["sent", "platform/gone"])
    expect(text).toContain(
      `lede_platform_requests_total{platform="discord",call="post",outcome="${outcome}"} 1`,
    );
  expect(text).toContain('{platform="discord",call="find",outcome="platform/unavailable"} 1');
  expect(text).toContain('lede_platform_request_seconds_count{platform="discord",call="post"} 2');
  expect(text).toContain('lede_model_calls_total{model="m",outcome="writer/unavailable"} 1');
});

test("states are those of now, and what emptied goes to nothing", async () => {
  const feeds = { ok: 3, failing: 1, silent: 0, gone: 0 };
  const closed = { state: "closed", since: at(0) } as const;
  const open = { state: "open", since: at(0), why: null } as const;
  const platform = {
    name: "slack",
    connection: { state: "disconnected", since: at(0), why: null },
    lane: closed,
  } as const;
  const due = { count: 2, oldestAt: at(0) };
  const queue = { entries: due, deliveries: [{ platform: "slack", due, held: 0, dead: 4 } as const] };
  const busy = {
    storeTrouble: null,
    platforms: [platform],
    models: [{ name: "m", isGone: false, breaker: open }],
    stored: { queue, feeds },
  };
  const text = await shown(busy);
  for (const line of [
    'lede_connected{platform="slack"} 0',
    'lede_breaker_open{kind="platform",name="slack"} 0',
    'lede_breaker_open{kind="model",name="m"} 1',
    'lede_waiting{queue="entries"} 2',
    'lede_waiting_seconds{queue="slack"} 60',
    'lede_dead{platform="slack"} 4',
    'lede_feeds{health="failing"} 1',
    "lede_store_trouble 0",
    "process_resident_memory_bytes ",
  ])
    expect(text).toContain(line);
  const after = await shown({
    ...busy,
    stored: { feeds, queue: { entries: { count: 0, oldestAt: null }, deliveries: [] } },
  });
  expect(after).toContain('lede_waiting_seconds{queue="entries"} 0');
  expect(after).not.toContain('lede_dead{platform="slack"}');
});
