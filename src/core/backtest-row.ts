import type { BacktestRequest, BacktestRow } from "./backtest.ts";
import { type Audience, visible } from "./operator.ts";
import { outletsOf, type StoryMember } from "./story.ts";
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
  { audience, query, request }: { audience: Audience; query: TopicQuery; request: BacktestRequest },
): BacktestRow {
  const seen = visible(members, audience);
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
  if (match === undefined) return { ...base, ...missedBy(members, { audience, query, first, request }) };
  const outlets = outletsOf(seen).length;
  if (outlets < request.minOutlets)
    return { ...base, stage: "too-few-outlets", why: `${outlets} of ${request.minOutlets} carry it` };
  return { ...base, stage: "posted", why: matchedText(match.terms) };
}

function matchedText(terms: readonly string[]): string {
  return terms.length === 0 ? "matched as everything does" : `matched ${terms.join(", ")}`;
}

interface Missed {
  audience: Audience;
  first: StoryMember | undefined;
  query: TopicQuery;
  request: BacktestRequest;
}

function missedBy(
  members: readonly StoryMember[],
  { audience, first, query, request }: Missed,
): Pick<BacktestRow, "stage" | "why"> {
  // What a publisher sends elsewhere is not even counted here: `reads` leaves it out before.
  const hidden = members.filter(({ article }) => article.visibility !== "public");
  const isHidden = audience.clearance === "public";
  if (isHidden && hidden.some((member) => matchTopic(query, subjectOf(member)) !== null)) {
    const why =
      request.clearance === "members"
        ? "it matches; whoever runs Lede has not let members-only text in here (LEDE_MEMBERS_WORKSPACES)"
        : "it matches, and members-only text is not let in";
    return { stage: "members-only", why };
  }
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
