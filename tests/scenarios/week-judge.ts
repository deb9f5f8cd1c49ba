import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import type { Desk } from "./week-desks.ts";
import type { NewsEvent } from "./week-plan.ts";
import { type Passage, passagesIn, withoutPast } from "./week-reading.ts";
import { type Ended, PRESS, type Truth, truthOf } from "./week-truth.ts";

interface Judging {
  desk: Desk;
  messages: readonly ShownMessage[];
  events: readonly NewsEvent[];
  ended: Ended;
}

/** In what a channel differs from what its subscriptions say, in words; nothing when all is well. */
export function judgeDesk({ desk, messages, events, ended }: Judging): string[] {
  const passages = passagesIn(messages, events);
  const wrong = (passages.get(null) ?? []).map(({ text }) => `a message about nothing: ${text}`);
  for (const event of events) {
    const said = passages.get(event) ?? [];
    const truth = truthOf(desk, event, ended);
    const names = [...ended.outlets, PRESS];
    const problems = problemsOf({ truth, said, names, desk });
    wrong.push(...problems.map((problem) => `${event.tag}: ${problem} (event ${event.id})${texts(said)}`));
  }
  return wrong.map((problem) => `${desk.name}: ${problem}`);
}

interface Compared {
  truth: Truth;
  said: readonly Passage[];
  names: readonly string[];
  desk: Desk;
}

function problemsOf({ truth, said, names, desk }: Compared): string[] {
  const [passage, ...more] = said;
  if (more.length > 0) return [`shown ${said.length} times`];
  if (passage === undefined)
    return truth.kind === "absent" || truth.kind === "gone" ? [] : [`not shown but should be ${truth.kind}`];
  if (truth.kind === "absent") return ["shown but should not be"];
  const isTombstone = passage.text.includes("Withdrawn: ");
  if (truth.kind !== "shown")
    return isTombstone && !/officials said/i.test(passage.text) ? [] : ["shown though it was taken back"];
  return isTombstone ? ["a tombstone but should be shown"] : shownProblems(passage, truth, { names, desk });
}

function shownProblems(
  { text, isMerged }: Passage,
  { claim, old, outlets }: Extract<Truth, { kind: "shown" }>,
  { names, desk }: { names: readonly string[]; desk: Desk },
): string[] {
  const problems: string[] = [];
  // Who withdrew is named once more, as just that.
  const told = text.replaceAll(/🔄 [^\n]* withdrew its article/g, "");
  const named = names.filter((name) => told.includes(name));
  if (named.length !== outlets.size || !named.every((name) => outlets.has(name)))
    problems.push(`names ${named.join(", ")} but not ${[...outlets].join(", ")}`);
  const now = withoutPast(text);
  const isFull = desk.style === "full" && !isMerged;
  if (claim !== null) {
    if (!has(now, claim.figure)) problems.push(`lacks ${claim.figure}`);
    for (const { figure, official } of old) {
      if (figure !== claim.figure && has(now, figure)) problems.push(`still says ${figure}`);
      if (official !== claim.official && now.includes(official)) problems.push(`still says ${official}`);
    }
    if (isFull && !text.includes(claim.official)) problems.push(`lacks ${claim.official}`);
    if (desk.style === "headline" && !isMerged && /officials said/i.test(text))
      problems.push("says more than a headline");
  }
  if (old.length === 0 && /\bUpdated\b|\(updated/.test(text)) problems.push("says that it was updated");
  if (!isMerged && /Written by/.test(text) !== (desk.style === "full")) problems.push("has another style");
  return problems;
}

function has(text: string, figure: number): boolean {
  return new RegExp(`(?<![\\d,])${figure}(?![\\d,])`).test(text);
}

function texts(said: readonly Passage[]): string {
  return said.map(({ text }) => `\n  | ${text.replaceAll("\n", "\n  | ")}`).join("\n  ---");
}
