import type { Backtest, BacktestRow } from "./backtest.ts";
import type { Decisions } from "./moderation.ts";
import { bold, plain, type Reply, type ReplyBlock, type Span, time } from "./reply.ts";
import type { Subscription } from "./subscription.ts";
import { subscriptionText } from "./subscription-options.ts";
import type { Topic } from "./topic.ts";

const MOST_CHOICES = 25;
const ROWS_SHOWN = 8;

const NO_TOPICS: Reply = {
  title: "No topics yet",
  blocks: [
    {
      kind: "text",
      spans: [plain("A topic is a query; a channel that subscribes to it gets what matches.")],
    },
    {
      kind: "actions",
      actions: [
        { id: "topics:add", label: "Add a topic" },
        { id: "topics:start", label: "Ready-made ones" },
      ],
    },
  ],
};

/** All topics with the channels that receive them. */
export function topicsReply(
  { topics, subscriptions, version }: Decisions,
  {
    channelName,
    hasLog,
    isCleared,
  }: { channelName: (subscription: Subscription) => string; hasLog: boolean; isCleared: boolean },
): Reply {
  if (topics.length === 0) return NO_TOPICS;
  const byName = topics.toSorted((a, b) => a.name.localeCompare(b.name));
  const choices = byName
    .slice(0, MOST_CHOICES)
    .map(({ id, name }) => ({ value: `${id}@${version}`, label: name }));
  const items = byName.map((topic): Span[] => [
    bold(topic.name),
    plain(": "),
    { style: "code", text: topic.query },
    ...subscriptions
      .filter(({ topicId }) => topicId === topic.id)
      .map((subscription) =>
        plain(`\n${channelName(subscription)}: ${subscriptionText(subscription, isCleared)}`),
      ),
  ]);
  return {
    title: topics.length === 1 ? "1 topic" : `${topics.length} topics`,
    blocks: [
      { kind: "list", items },
      {
        kind: "select",
        id: "topics:edit",
        label: "Change a topic…",
        choices,
      },
      {
        kind: "select",
        id: "topics:how",
        label: "How a topic is posted…",
        choices,
      },
      ...(byName.length > MOST_CHOICES
        ? [info(`The menus hold the first ${MOST_CHOICES}. /topics edit finds every topic by its name.`)]
        : []),
      {
        kind: "actions",
        actions: [
          { id: "topics:add", label: "Add a topic" },
          ...(hasLog ? [{ id: "settings:log", label: "Log" }] : []),
        ],
      },
    ],
  };
}

/** Ready-made topics, to be taken over with one choice. */
export function startersReply(starters: readonly Pick<Topic, "name" | "query">[]): Reply {
  return {
    title: "Ready-made topics",
    blocks: [
      {
        kind: "list",
        items: starters.map(({ name, query }) => [bold(name), plain(": "), { style: "code", text: query }]),
      },
      {
        kind: "select",
        id: "topics:start",
        label: "Post one of them in this channel…",
        choices: starters.slice(0, MOST_CHOICES).map(({ name }) => ({ value: name, label: name })),
      },
    ],
  };
}

/** What a backtest found. */
export function backtestReply(query: string, test: Backtest): Reply {
  const { cost, days, notes, posted, postsADay, stopped, stories } = test;
  const calls = cost.calls === 1 ? "1 model call" : `${cost.calls} model calls`;
  const money = cost.money === null ? "" : `, about ${cost.money}`;
  const over = days === 1 ? "the last day" : `the last ${days} days`;
  return {
    title: `Test of ${query}`,
    blocks: [
      ...notes.map((note): ReplyBlock => ({ kind: "note", tone: "warning", spans: [plain(note)] })),
      ...(test.matchesEverything
        ? [warning("Everything would be posted. Add a word that has to stand in an article.")]
        : []),
      {
        kind: "text",
        spans: [
          plain(`Of ${stories === 1 ? "1 story" : `${stories} stories`} in ${over}, `),
          bold(`${posted.length} would have been posted`),
          plain(
            ` (${postsADay.toFixed(1)} a day). Their briefs: ${calls}, ${cost.tokens.toLocaleString("en")} tokens${money}.`,
          ),
        ],
      },
      ...rowsBlocks("Posted", posted),
      ...rowsBlocks("Not posted", stopped),
    ],
  };
}

function rowsBlocks(title: string, rows: readonly BacktestRow[]): ReplyBlock[] {
  if (rows.length === 0) return [];
  const more = rows.length > ROWS_SHOWN ? [[plain(`and ${rows.length - ROWS_SHOWN} more`)]] : [];
  return [
    { kind: "text", spans: [bold(`${title}:`)] },
    { kind: "list", items: [...rows.slice(0, ROWS_SHOWN).map(rowSpans), ...more] },
  ];
}

function rowSpans({ at, outlets, stage, title, why }: BacktestRow): Span[] {
  const stages = {
    posted: "",
    merged: "merged with others, ",
    topic: "topic: ",
    "members-only": "clearance: ",
    "too-few-outlets": "outlets: ",
  } as const;
  return [bold(title), plain(` (${outlets.join(", ")}, `), time(at), plain(`): ${stages[stage]}${why}`)];
}

function info(text: string): ReplyBlock {
  return { kind: "note", tone: "info", spans: [plain(text)] };
}

function warning(text: string): ReplyBlock {
  return { kind: "note", tone: "warning", spans: [plain(text)] };
}
