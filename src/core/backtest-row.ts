import type { BacktestRequest, BacktestRow } from "./backtest.ts";
import { outletsOf, type StoryMember, visible } from "./story.ts";
import { explainTopic, matchTopic } from "./topic-match.ts";
import type { TopicQuery } from "./topic-node.ts";
import { subjectOf } from "./topic-subject.ts";

const HOUR_MS = 3_600_000;

/**
 * What a subscription would have done with a story, whose articles come oldest first. Members' articles are named to
 * whoever asks for members' text, and to nobody else.
 */
export function backtestRow(
  members: readonly StoryMember[],
  { query, request }: { query: TopicQuery; request: BacktestRequest },
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
  { first, query, request }: { first: StoryMember | undefined; query: TopicQuery; request: BacktestRequest },
): Pick<BacktestRow, "stage" | "why"> {
  const hidden = members.filter((member) => !visible([member], request.clearance).includes(member));
  if (hidden.some((member) => matchTopic(query, subjectOf(member)) !== null))
    return { stage: "members-only", why: "it matches, and members-only text is not let in" };
  const why = first === undefined ? "it does not match" : explainTopic(query, subjectOf(first)).why;
  return { stage: "topic", why };
}

/** What would have come together because the hour was full. */
export function mergeOverLimit(posted: readonly BacktestRow[], maxAnHour: number | null): BacktestRow[] {
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
export function nearestFirst(rows: readonly BacktestRow[]): BacktestRow[] {
  const rank = ({ stage, why }: BacktestRow): number => {
    if (stage !== "topic") return 0;
    return / occurs|mentioned/.test(why) ? 1 : 2;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.at.getTime() - a.at.getTime());
}
