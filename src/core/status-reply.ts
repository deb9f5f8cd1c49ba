import { type Amount, moneyText } from "./budget.ts";
import type { Breaker } from "./breaker.ts";
import type { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { ERRORS } from "./error-table.ts";
import { asErrorCode } from "./errors.ts";
import type { ModelReadiness, PlatformQueue, PlatformReadiness } from "./readiness.ts";
import { bold, plain, type Reply, type ReplyBlock, sentence, type Span, time } from "./reply.ts";
import type { DayCost, Ending, Status } from "./status.ts";

const FEEDS_SHOWN = 10;
const NAMES = { discord: "Discord", slack: "Slack", console: "The page" } as const;
/** Why a message was left out, where its reason is no failure. */
const SKIPPED: Readonly<Record<string, string>> = {
  "members-only": "it is for members only",
  unpublished: "its publisher took it back",
  "not-cleared": "members-only text is not let in here",
  "not-allowed": "Lede is not open to this place",
};

/** `/lede status`: what a person has to know first, then what waits, what it costs and what was done last. */
export function statusReply(status: Status, nameOf: (channel: Channel) => string): Reply {
  return {
    title: status.of === null ? "How Lede is" : "How Lede is here",
    blocks: [
      { kind: "list", items: stateLines(status) },
      ...listed(
        "Feeds in trouble",
        status.feedTroubles.slice(0, FEEDS_SHOWN).map((text) => [plain(text)]),
      ),
      ...deadBlocks(status, nameOf),
      ...listed(
        "Last messages",
        status.last.map((ending) => endingLine(ending, nameOf)),
      ),
      ...listed(
        "Cost by day",
        status.costs.map((cost) => costLine(cost, status.currency)),
      ),
    ],
  };
}

/** What came of trying again. */
export function retriedReply(count: number): Reply {
  if (count === 0) return sentence("Nothing was given up that could be tried again.");
  return sentence(`${messages(count)} ${count === 1 ? "is" : "are"} tried again now.`, "change");
}

function stateLines({ budget, feeds, feedTroubles, models, of, platforms, queue }: Status): Span[][] {
  const came =
    of === null
      ? [[bold("Came in "), ...waitingWords(queue.entries, "nothing waits to be read", entries)]]
      : [];
  const troubled = feedTroubles.length === 0 ? "" : `, ${feedTroubles.length} in trouble`;
  return [
    ...platforms.map(platformLine),
    ...(models.length === 0
      ? [[bold("Writer "), plain("built-in; no model is set")]]
      : models.map(modelLine)),
    ...came,
    ...queue.deliveries.map(queueLine),
    [bold("Feeds "), plain(`${feeds}${troubled}`)],
    ...budget.map(({ name, text }) => [bold(`${name} `), plain(text)]),
  ];
}

function platformLine({ connection, lane, name }: PlatformReadiness): Span[] {
  const taken = lane.state === "closed" ? [] : [plain("; it takes no messages"), ...sinceWhy(lane)];
  return [bold(`${NAMES[name]} `), ...connectionWords(connection), ...taken];
}

function connectionWords(connection: Connection): Span[] {
  switch (connection.state) {
    case "connected":
      return [plain("connected since "), time(connection.since)];
    case "listening":
      return connection.heardAt === null
        ? [plain("not heard yet")]
        : [plain("last heard "), time(connection.heardAt)];
    case "disconnected":
      return [
        plain("not connected since "),
        time(connection.since),
        ...(connection.why === null ? [] : [plain(`: ${connection.why}`)]),
      ];
    default:
      return connection satisfies never;
  }
}

function modelLine({ breaker, isGone, name }: ModelReadiness): Span[] {
  const head = bold(`Model ${name} `);
  if (isGone) return [head, plain("is gone: its server knows no such model")];
  if (breaker.state === "closed") return [head, plain("is used")];
  return [head, plain("is left alone, the next one or the built-in writer writes"), ...sinceWhy(breaker)];
}

function sinceWhy(breaker: Exclude<Breaker, { state: "closed" }>): Span[] {
  return [
    plain(" since "),
    time(breaker.since),
    ...(breaker.why === null ? [] : [plain(`: ${ERRORS[breaker.why].say}`)]),
  ];
}

function queueLine({ due, held, platform }: PlatformQueue): Span[] {
  const later = held === 0 ? [] : [plain(`; ${held} for a digest or after quiet hours`)];
  return [
    bold(`To ${NAMES[platform]} `),
    ...waitingWords(due, "nothing waits to be posted", messages),
    ...later,
  ];
}

function waitingWords(
  { count, oldestAt }: { count: number; oldestAt: Date | null },
  none: string,
  counted: (count: number) => string,
): Span[] {
  return oldestAt === null
    ? [plain(none)]
    : [plain(`${counted(count)} waiting, the first since `), time(oldestAt)];
}

function deadBlocks({ dead, queue }: Status, nameOf: (channel: Channel) => string): ReplyBlock[] {
  const count = queue.deliveries.reduce((sum, each) => sum + each.dead, 0);
  if (count === 0) return [];
  return [
    { kind: "note", tone: "warning", spans: [plain(`${messages(count)} given up:`)] },
    { kind: "list", items: dead.map((ending) => endingLine(ending, nameOf)) },
    { kind: "actions", actions: [{ id: "lede:retry", label: "Try them again" }] },
  ];
}

function endingLine({ at, channel, reason, state }: Ending, nameOf: (channel: Channel) => string): Span[] {
  const words = { sent: "posted", skipped: "left out", dead: "given up" }[state];
  const why = state === "sent" ? null : reasonText(reason);
  return [bold(nameOf(channel)), plain(` ${words} `), time(at), ...(why === null ? [] : [plain(`: ${why}`)])];
}

function reasonText(reason: string | null): string | null {
  if (reason === null) return null;
  const code = asErrorCode(reason);
  return code === null ? (SKIPPED[reason] ?? reason) : ERRORS[code].say;
}

function costLine({ day, topics, ...all }: DayCost, currency: string): Span[] {
  const named = topics.map(({ topic, ...amount }) => `${topic} ${amountText(amount, currency)}`);
  const on = named.length === 0 ? "" : `, of it ${named.join(", ")}`;
  return [bold(day), plain(` ${amountText(all, currency)}${on}`)];
}

function amountText({ money, tokens }: Amount, currency: string): string {
  const words = `${tokens.toLocaleString("en")} tokens`;
  return money === 0 ? words : `${words} (${moneyText(money)} ${currency})`;
}

function listed(title: string, items: Span[][]): ReplyBlock[] {
  if (items.length === 0) return [];
  return [
    { kind: "text", spans: [bold(title)] },
    { kind: "list", items },
  ];
}

function messages(count: number): string {
  return count === 1 ? "1 message" : `${count} messages`;
}

function entries(count: number): string {
  return count === 1 ? "1 entry" : `${count} entries`;
}
