import type { Backtest, BacktestRequest, BacktestRow } from "#src/core/backtest.ts";
import type { StoryMember } from "#src/core/story.ts";
import { setImmediate as breathe } from "node:timers/promises";
import { explainTopic, matchTopic } from "#src/core/topic-match.ts";
import { matchesEverything } from "#src/core/topic-node.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { type Directory, subjectOf } from "./directory.ts";
import { outletsOf, visible } from "./plan-posts.ts";

export interface BacktestDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
  /** What a number of tokens costs, in words; null where no price is known. */
  priceOf: (tokens: number) => string | null;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MOST_ARTICLES = 2_000;
const MOST_STOPPED = 25;
/** What a brief took on average, where none was written yet to learn it from. */
const USUAL_TOKENS = 2_500;
const SAMPLE = 50;

type Query = ReturnType<typeof parseTopicQuery>;

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
  const query = parseTopicQuery(request.query);
  const rows: BacktestRow[] = [];
  for (const members of stories) {
    rows.push(rowOf(members.toReversed(), { query, request }));
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

/** Members' articles are named to whoever asks for members' text, and to nobody else. */
function rowOf(
  members: readonly StoryMember[],
  { query, request }: { query: Query; request: BacktestRequest },
): BacktestRow {
  const seen = visible(members, request.clearance);
  const [first] = seen;
  const [oldest] = members;
  const base = {
    title: first?.revision.title ?? "A members-only article",
    outlets: outletsOf(first === undefined ? members : seen),
    url: first?.article.url ?? null,
    at: (first ?? oldest)?.article.firstSeenAt ?? new Date(0),
  };
  const matches = seen.map((member) => matchTopic(query, subjectOf(member)));
  const match = matches.find((found) => found !== null);
  if (match === undefined) return { ...base, ...missedBy(members, { query, first, request }) };
  const outlets = outletsOf(seen).length;
  if (outlets < request.minOutlets)
    return { ...base, stage: "too-few-outlets", why: `${outlets} of ${request.minOutlets} carry it` };
  return { ...base, stage: "posted", why: matchedText(match.terms) };
}

function matchedText(terms: readonly string[]): string {
  return terms.length === 0 ? "matched as everything does" : `matched ${terms.join(", ")}`;
}

function missedBy(
  members: readonly StoryMember[],
  { first, query, request }: { first: StoryMember | undefined; query: Query; request: BacktestRequest },
): Pick<BacktestRow, "stage" | "why"> {
  const hidden = members.filter((member) => !visible([member], request.clearance).includes(member));
  if (hidden.some((member) => matchTopic(query, subjectOf(member)) !== null))
    return { stage: "members-only", why: "it matches, and members-only text is not let in" };
  const why = first === undefined ? "it does not match" : explainTopic(query, subjectOf(first)).why;
  return { stage: "topic", why };
}

/** What would have come together because the hour was full. */
function mergeOverLimit(posted: readonly BacktestRow[], maxAnHour: number | null): BacktestRow[] {
  if (maxAnHour === null) return [...posted];
  const times: number[] = [];
  return posted
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((row) => {
      const at = row.at.getTime();
      const recent = times.filter((time) => time > at - HOUR_MS);
      if (recent.length >= maxAnHour) return { ...row, stage: "merged" };
      times.push(at);
      return row;
    });
}

/** What failed only late, then what has some of the words, then the rest; newest first within each. */
function nearestFirst(rows: readonly BacktestRow[]): BacktestRow[] {
  const rank = ({ stage, why }: BacktestRow): number => {
    if (stage !== "topic") return 0;
    return / occurs|mentioned/.test(why) ? 1 : 2;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.at.getTime() - a.at.getTime());
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
