import { backtestRow, mergeOverLimit, nearestFirst } from "#src/core/backtest-row.ts";
import type { Backtest, BacktestRequest, BacktestRow } from "#src/core/backtest.ts";
import { audienceOf } from "#src/core/operator.ts";
import type { StoryMember } from "#src/core/story.ts";
import { setImmediate as breathe } from "node:timers/promises";
import { matchesEverything } from "#src/core/topic-node.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";

export interface BacktestDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
  /** What a number of tokens costs, in words; null where no price is known. */
  priceOf: (tokens: number) => string | null;
}

const DAY_MS = 86_400_000;
const MOST_ARTICLES = 2_000;
const MOST_STOPPED = 25;
/** What a brief took on average, where none was written yet to learn it from. */
const USUAL_TOKENS = 2_500;
const SAMPLE = 50;

/** What a subscription would have posted of the last days' stories, and where the others would have stopped. */
export async function runBacktest(
  deps: BacktestDeps,
  workspace: Workspace,
  request: BacktestRequest,
): Promise<Backtest> {
  const since = new Date(deps.clock().getTime() - request.days * DAY_MS);
  const reads = await deps.directory.reads(workspace);
  const articles = (await deps.store.articlesSince(since, MOST_ARTICLES)).filter(reads);
  const stories = [...Map.groupBy(articles, ({ article }) => article.storyId).values()];
  const audience = audienceOf(deps.directory.grants, workspace, request.clearance);
  const query = parseTopicQuery(request.query);
  const rows: BacktestRow[] = [];
  for (const members of stories) {
    rows.push(backtestRow(members.toReversed(), { audience, query, request }));
    // Thousands of articles take seconds to read: whoever gives a command meanwhile waits for an answer.
    await breathe();
  }
  const posted = mergeOverLimit(
    rows.filter(({ stage }) => stage === "posted"),
    request.maxAnHour,
  );
  const wanted = stories.filter((_members, index) => rows[index]?.stage === "posted");
  return {
    days: request.days,
    notes: [...query.notes],
    matchesEverything: matchesEverything(query),
    stories: stories.length,
    posted,
    stopped: nearestFirst(rows.filter(({ stage }) => stage !== "posted")).slice(0, MOST_STOPPED),
    postsADay: posted.length / request.days,
    cost: await costOf(deps, wanted),
  };
}

async function costOf(
  { priceOf, store }: BacktestDeps,
  stories: readonly (readonly StoryMember[])[],
): Promise<Backtest["cost"]> {
  let spent = 0;
  let written = 0;
  for (const members of stories.slice(0, SAMPLE)) {
    const [first] = members;
    const brief = first === undefined ? null : await store.latestBrief(first.article.id);
    if (brief === null || brief.usage.calls === 0) continue;
    spent += brief.usage.inputTokens + brief.usage.outputTokens;
    written += 1;
  }
  const calls = stories.length;
  const tokens = Math.round(calls * (written === 0 ? USUAL_TOKENS : spent / written));
  return { calls, tokens, money: priceOf(tokens) };
}
