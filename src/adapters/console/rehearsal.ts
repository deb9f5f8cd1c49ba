import type pc from "picocolors";
import { moneyText } from "#src/core/budget.ts";
import type { PostWords, Rehearsal, RehearsalRow, RehearsedPost } from "#src/core/rehearsal.ts";
import { lineDiff, type Piece, wordDiff } from "#src/core/word-diff.ts";
import { cleanText } from "./terminal.ts";

type Colors = ReturnType<typeof pc.createColors>;

export interface RehearsalTerminal {
  colors: Colors;
  currency: string;
}

const MARGIN = "  ";
/** More of what stays than this says no more of where a change is. */
const CONTEXT_CHARS = 40;

/** What a rehearsal found, for a person at a terminal. Untrusted text can not act on it. */
export function renderRehearsal(rehearsal: Rehearsal, options: RehearsalTerminal): string {
  const { colors } = options;
  const parts = [
    summaryLines(rehearsal, options),
    ...SECTIONS.map(({ kind, title }) => {
      const rows = rehearsal.rows.filter(({ rehearsed }) => rehearsed.kind === kind);
      return rows.length === 0
        ? []
        : ["", colors.bold(title), ...rows.flatMap((row) => rowLines(row, colors))];
    }),
  ];
  return parts
    .flat()
    .map((line) => (line === "" ? "\n" : `${MARGIN}${line}\n`))
    .join("");
}

const SECTIONS = [
  { kind: "changed", title: "Would read otherwise" },
  { kind: "gone", title: "Would not appear" },
  { kind: "added", title: "Would be new" },
] as const;

function summaryLines(rehearsal: Rehearsal, options: RehearsalTerminal): string[] {
  const { articles, done, dropped, posts, stories, took, writers, written } = rehearsal;
  const all = Object.values(posts).reduce((sum, count) => sum + count, 0);
  const rows: [string, string][] = [
    [
      "Stories",
      `${done === stories ? "" : `${count(done)} of `}${count(stories)}, with ${count(articles)} articles`,
    ],
    ["Posts", count(all)],
    ["  read the same", count(posts.same)],
    ["  read otherwise", count(posts.changed)],
    ["  do not appear", count(posts.gone)],
    ["  are new", count(posts.added)],
    ["Written by", countsText(writers.before)],
    ["  now by", countsText(writers.after)],
    ["Left out by checks", countsText(dropped.before)],
    ["  now", countsText(dropped.after)],
    ["Briefs written", took === null ? "none" : `${count(written)}: ${tookText(took)}`],
    ["Spent", spentText(rehearsal, options.currency)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${options.colors.dim(name.padEnd(width))}${value}`);
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts);
  return entries.length === 0
    ? "none"
    : entries.map(([name, n]) => `${cleanText(name)} ${count(n)}`).join(", ");
}

function tookText({ p50, p95 }: NonNullable<Rehearsal["took"]>): string {
  return `half in ${secondsText(p50)}, 95 of 100 in ${secondsText(p95)}`;
}

function secondsText(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function spentText({ spent: { calls, money, tokens }, written }: Rehearsal, currency: string): string {
  if (calls === 0) return "nothing: no call of a model";
  const all = `${count(calls)} calls, ${count(tokens)} tokens${moneyPart(money, currency)}`;
  if (written === 0) return all;
  const each = moneyPart(money === null ? null : money / written, currency, 4);
  return `${all}; a brief ${count(Math.round(tokens / written))} tokens${each}`;
}

function moneyPart(money: number | null, currency: string, decimals = 2): string {
  if (money === null) return "";
  const amount = decimals === 2 ? moneyText(money) : (money / 1_000_000).toFixed(decimals);
  return `, ${amount} ${currency}`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function rowLines({ channels, headline, rehearsed, url }: RehearsalRow, colors: Colors): string[] {
  const head = [
    "",
    colors.bold(cleanText(headline)),
    ...(url === null ? [] : [colors.dim(cleanText(url))]),
    colors.dim(channels.join(", ")),
  ];
  switch (rehearsed.kind) {
    case "changed":
      return [...head, ...changeLines(rehearsed.before, rehearsed.after, colors)];
    case "gone":
      return [...head, colors.yellow(cleanText(rehearsed.why))];
    case "added":
      return [
        ...head,
        colors.dim(rehearsed.why ?? "It was not posted."),
        ...postLines(rehearsed.after.words),
      ];
    default:
      return rehearsed satisfies never;
  }
}

function postLines({ facts, text }: PostWords): string[] {
  return [...(text === "" ? [] : [cleanText(text)]), ...facts.map((fact) => `• ${cleanText(fact)}`)];
}

function changeLines(before: RehearsedPost, after: RehearsedPost, colors: Colors): string[] {
  const { language } = after;
  const [old, now] = [before.words, after.words];
  const by =
    before.writer === after.writer
      ? []
      : [colors.dim(`${cleanText(before.writer)} → ${cleanText(after.writer)}`)];
  const rewritten = [
    [old.headline, now.headline],
    [old.text, now.text],
  ].flatMap(([from = "", to = ""]) =>
    from === to ? [] : [piecesText(wordDiff(from, to, language), colors)],
  );
  return [
    ...by,
    ...rewritten,
    ...listLines([old.facts, now.facts], { language, colors, name: "fact" }),
    ...listLines([old.notes, now.notes], { language, colors, name: "note" }),
  ];
}

function listLines(
  [before, after]: readonly [readonly string[], readonly string[]],
  { colors, language, name }: { colors: Colors; language: string; name: string },
): string[] {
  const changes = lineDiff(before, after, language);
  const lines = changes.flatMap((change) => {
    if (change.kind === "same") return [];
    if (change.kind === "changed") return [`• ${piecesText(change.pieces, colors)}`];
    return [`• ${piecesText([change], colors)}`];
  });
  const same = changes.filter(({ kind }) => kind === "same").length;
  if (lines.length === 0 || same === 0) return lines;
  return [...lines, colors.dim(`• ${same} ${name}${same === 1 ? "" : "s"} the same`)];
}

/** As word diffs are written where there are no colours: `[-out-]{+in+}`. */
function piecesText(pieces: readonly Piece[], colors: Colors): string {
  return pieces
    .map(({ kind, text }, index) => {
      const shown = cleanPiece(text);
      if (kind === "out") return colors.red(`[-${shown}-]`);
      if (kind === "in") return colors.green(`{+${shown}+}`);
      return shortened(shown, { isFirst: index === 0, isLast: index === pieces.length - 1 });
    })
    .join("");
}

/** With the spaces at its ends, which stand between words. */
function cleanPiece(text: string): string {
  const [, before = "", after = ""] = /^(\s*)[^]*?(\s*)$/.exec(text) ?? [];
  return `${before === "" ? "" : " "}${cleanText(text)}${after === "" ? "" : " "}`;
}

/** Only as much of what stayed as shows where the change is. */
function shortened(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  if (text.length <= 2 * CONTEXT_CHARS) return text;
  const words = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  const to = words.findLast((at) => at <= CONTEXT_CHARS) ?? CONTEXT_CHARS;
  const from = words.find((at) => at >= text.length - CONTEXT_CHARS) ?? text.length - CONTEXT_CHARS;
  return `${isFirst ? "" : text.slice(0, to)}…${isLast ? "" : text.slice(from)}`;
}
