import { z } from "zod";
import { type Channel, channelParts } from "./channel.ts";

const Limit = z.int().min(0).nullable();

/** What may be spent on models; null is no limit. Money is in millionths of the price list's currency. Days and months are UTC's. */
export const BudgetLimits = z.strictObject({
  dayTokens: Limit,
  monthTokens: Limit,
  dayMoney: Limit,
  monthMoney: Limit,
});
export type BudgetLimits = z.infer<typeof BudgetLimits>;

export const NO_LIMITS: BudgetLimits = {
  dayTokens: null,
  monthTokens: null,
  dayMoney: null,
  monthMoney: null,
};

/** What holds for all of Lede, from the configuration. */
export interface StandingLimits extends BudgetLimits {
  /** The part of each day's budget that one person may use by commands, in per cent; left out, all of it. */
  personPercent?: number;
}

export const BudgetLimitName = z.enum(["dayTokens", "monthTokens", "dayMoney", "monthMoney"]);
export type BudgetLimitName = z.infer<typeof BudgetLimitName>;

/**
 * Whose budget: all of Lede, one workspace (`workspace:discord:1`), one channel (`channel:discord:1:10`), or a person's
 * part of one of these (`person:discord:7/workspace:discord:1`). What is spent on a topic (`topic:discord:1/Harbour`) is
 * counted and has no limit.
 */
export const BudgetScope = z.union([
  z.templateLiteral(["topic:", z.string().min(1)]),
  z.literal("all"),
  z.templateLiteral(["workspace:", z.string().min(1)]),
  z.templateLiteral(["channel:", z.string().min(1)]),
  z.templateLiteral(["person:", z.string().min(1)]),
]);
export type BudgetScope = z.infer<typeof BudgetScope>;

/** Who pays for a brief: the channels that asked for it, whose workspaces share its cost evenly. */
export interface Payer {
  /** None, or those of more workspaces than share a cost: Lede's own account alone. */
  channels: readonly Channel[];
  /** `platform:user` who asked by a command; left out for what nobody asked for. */
  person?: string | null;
  /** By channel the topic that it is for, as its workspace calls it. */
  topics?: ReadonlyMap<Channel, string>;
}

export const NOBODY: Payer = { channels: [] };

/** Shares of a cost among more workspaces are no more than noise in each budget: the operator bears those. */
export const MOST_SHARES = 20;

/** An account, and the part of a payer's spending that counts in it. */
export interface Share {
  scope: BudgetScope;
  /** Above 0, up to 1. */
  part: number;
}

/** What was spent, or is spoken for. */
export interface Amount {
  tokens: number;
  /** Millionths of the currency; what has no price counts nothing here. */
  money: number;
}

/** One scope's account in one period: what is settled and what open reservations hold. */
export interface BudgetUse {
  spent: Amount;
  reserved: Amount;
}

export interface BudgetState {
  scope: BudgetScope;
  limits: BudgetLimits;
  day: BudgetUse;
  month: BudgetUse;
}

/** An amount to be set aside before a model is asked. */
export interface ReserveBudget {
  /** Of the reservation, new for each. */
  id: string;
  payer: Payer;
  amount: Amount;
  /** The limits of all of Lede, from the configuration. */
  standing: StandingLimits;
  now: Date;
  /** How long it holds its share if nobody settles it, in milliseconds; `RESERVATION_MS` if left out. */
  holdMs?: number;
}

/** How a reservation ends. */
export interface SettleBudget extends Omit<ReserveBudget, "amount" | "holdMs"> {
  /** What was spent; null gives the reservation back. */
  amount: Amount | null;
}

/** Told once per scope, limit and period: a budget is nearly, or all, used up. */
export const BudgetNotice = z.strictObject({
  scope: BudgetScope,
  limit: BudgetLimitName,
  level: z.enum(["near", "reached"]),
  /** `2026-11-24` or `2026-11`. */
  period: z.string(),
  used: z.int().min(0),
  most: z.int().min(0),
  at: z.date(),
});
export type BudgetNotice = z.infer<typeof BudgetNotice>;

/** Share of a limit at which its moderators are warned. */
const NEAR = 0.8;
/** A reservation nobody settled, because the process died, holds its share no longer than this. */
export const RESERVATION_MS = 10 * 60_000;

const MILLIONTHS = 1_000_000;

export function toMillionths(money: number): number {
  return Math.round(money * MILLIONTHS);
}

/** An amount of money with two decimals, without its currency. */
export function moneyText(millionths: number): string {
  return (millionths / MILLIONTHS).toFixed(2);
}

/** The payer for a channel: its workspace and itself. */
export function payerOf(channel: Channel | null): Payer {
  return channel === null ? NOBODY : { channels: [channel] };
}

/** The accounts that a payer's spending counts in, widest first, and then a person's part of each. */
export function sharesOf({ channels, person, topics = new Map() }: Payer): Share[] {
  const byWorkspace = Map.groupBy(new Set(channels), workspaceScope);
  const shares: Share[] = [{ scope: "all", part: 1 }];
  if (byWorkspace.size <= MOST_SHARES) {
    const part = 1 / byWorkspace.size;
    for (const [scope, own] of byWorkspace)
      shares.push(
        { scope, part },
        ...own.map((channel): Share => ({ scope: `channel:${channel}`, part: part / own.length })),
      );
  }
  const parts = shares.map(({ scope, part }): Share => ({ scope: `person:${person}/${scope}`, part }));
  return [...shares, ...(person == null ? [] : parts), ...topicShares(shares, topics)];
}

/** Of each topic what its channels bear, once however many they are. */
function topicShares(shares: readonly Share[], topics: NonNullable<Payer["topics"]>): Share[] {
  const parts = new Map<BudgetScope, number>();
  for (const [channel, topic] of topics) {
    const borne = shares.find(({ scope }) => scope === `channel:${channel}`);
    const { platform, workspace } = channelParts(channel);
    const scope = topicScope(`${platform}:${workspace}`, topic);
    if (borne !== undefined) parts.set(scope, (parts.get(scope) ?? 0) + borne.part);
  }
  return [...parts].map(([scope, part]) => ({ scope, part }));
}

/** The account of what a workspace's topic costs. */
export function topicScope(workspace: string, topic: string): BudgetScope {
  return `topic:${workspace}/${topic}`;
}

/** The payer without whoever an account with nothing left belongs to; null where nobody else is left to pay. */
export function payerWithout({ channels, ...payer }: Payer, scope: BudgetScope): Payer | null {
  const able = channels.filter(
    (channel) => scope !== workspaceScope(channel) && scope !== `channel:${channel}`,
  );
  return able.length === 0 || able.length === channels.length ? null : { ...payer, channels: able };
}

/** Rounded up: what was spent is never counted as less. */
export function partOf({ tokens, money }: Amount, { part }: Share): Amount {
  return { tokens: Math.ceil(tokens * part), money: Math.ceil(money * part) };
}

/** `workspace:discord:1`: two platforms may use one id. */
function workspaceScope(channel: Channel): BudgetScope {
  const { platform, workspace } = channelParts(channel);
  return `workspace:${platform}:${workspace}`;
}

/** What a scope is a person's part of; null for what is no such part. */
export function sharedScope(scope: BudgetScope): BudgetScope | null {
  return scope.startsWith("person:") ? BudgetScope.parse(scope.slice(scope.indexOf("/") + 1)) : null;
}

/** One person's part of a budget: of a day alone, so that a month has room for everybody. */
export function personLimits({ dayMoney, dayTokens }: BudgetLimits, percent = 100): BudgetLimits {
  const part = (most: number | null): number | null =>
    most === null ? null : Math.floor((most * percent) / 100);
  return { ...NO_LIMITS, dayTokens: part(dayTokens), dayMoney: part(dayMoney) };
}

/** Names of the day and the month that a moment lies in, in UTC. */
export function periodsOf(now: Date): { day: string; month: string } {
  const day = now.toISOString().slice(0, 10);
  return { day, month: day.slice(0, 7) };
}

/** The first limit that an amount more would pass; null when it fits. */
export function limitPassedBy(state: BudgetState, more: Amount): BudgetLimitName | null {
  for (const { name, used, most, added } of accounts(state, more)) {
    if (added > 0 && used + added > most) return name;
  }
  return null;
}

/** Limits of which an account has used four fifths or more, reservations included. */
export function limitsNear(state: BudgetState): { name: BudgetLimitName; used: number; most: number }[] {
  return accounts(state, { tokens: 0, money: 0 })
    .filter(({ used, most }) => used > 0 && used >= most * NEAR)
    .map(({ name, used, most }) => ({ name, used, most }));
}

function accounts({ limits, day, month }: BudgetState, more: Amount) {
  const rows = [
    { name: "dayTokens", most: limits.dayTokens, used: sum(day, "tokens"), added: more.tokens },
    { name: "dayMoney", most: limits.dayMoney, used: sum(day, "money"), added: more.money },
    { name: "monthTokens", most: limits.monthTokens, used: sum(month, "tokens"), added: more.tokens },
    { name: "monthMoney", most: limits.monthMoney, used: sum(month, "money"), added: more.money },
  ] as const;
  return rows.flatMap(({ most, ...row }) => (most === null ? [] : [{ ...row, most }]));
}

function sum({ spent, reserved }: BudgetUse, of: keyof Amount): number {
  return spent[of] + reserved[of];
}

const WHOSE = {
  all: "Lede's budget",
  workspace: "this workspace's budget",
  channel: "this channel's budget",
};

/** Why a model was not asked, for a reader: "this workspace's budget for today is used up". */
export function usedUpText(scope: string, limit: string): string {
  const [person, shared = scope] = scope.startsWith("person:") ? scope.split("/") : [];
  const whose = shared.startsWith("workspace:")
    ? WHOSE.workspace
    : shared.startsWith("channel:")
      ? WHOSE.channel
      : WHOSE.all;
  const part = person === undefined ? "" : "one person's part of ";
  return `${part}${whose} for ${limit.startsWith("day") ? "today" : "this month"} is used up`;
}

/** UTF-16 units per token by script, on the safe side of what was measured on news. */
const PER_TOKEN: readonly [until: number, units: number][] = [
  [0x0250, 4],
  [0x0600, 3],
  [0x0900, 2.8],
  [0x1100, 1.5],
  [0x1200, 1.2],
  [0x2e80, 2],
  [0xac00, 1],
  [0xd800, 1.5],
  [0x1_0000, 1],
];

/** About how many tokens a model reads a text as, by its scripts; rather too many than too few. Costs no tokenizer. */
export function estimateTokens(text: string): number {
  const counts = PER_TOKEN.map(() => 0);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const row = code < 0x0250 ? 0 : PER_TOKEN.findIndex(([until]) => code < until);
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return Math.ceil(PER_TOKEN.reduce((total, [, units], row) => total + (counts[row] ?? 0) / units, 0));
}
