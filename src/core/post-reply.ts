import {
  type BriefView,
  changeNote,
  factList,
  leadOf,
  smallPrint,
  sourceLink,
  textBlocks,
  withdrawnNote,
} from "./brief-reply.ts";
import type { Brief } from "./brief.ts";
import type { Conflict, Gone, Outlet, PostView } from "./post-view.ts";
import { outletName } from "./story.ts";
import { type Action, bold, plain, type Reply, type ReplyBlock, type Span, time } from "./reply.ts";
import { standingPart, takenCount } from "./withdrawals.ts";

type StoryView = Extract<PostView, { kind: "story" }>;
type AdditionView = Extract<PostView, { kind: "addition" }>;
type TombstoneView = Extract<PostView, { kind: "tombstone" }>;
type NoticeView = Extract<PostView, { kind: "notice" }>;

/**
 * A story's post. Each button's id ends in the delivery's key, which is how a message is found again in a channel's
 * history.
 */
export function storyReply(shown: BriefView, view: StoryView, key: string): Reply {
  const brief = standingPart(shown.brief, view);
  const full: ReplyBlock[] = [
    ...textBlocks(brief.summary),
    ...factList({ ...shown, brief }, false),
    ...brief.caveats.map(warning),
    ...withdrawnNote(takenCount(view)),
  ];
  const words = { full, compact: textBlocks(leadOf(brief)), headline: [] }[view.style];
  return {
    title: brief.headline,
    blocks: [
      ...changeNote(shown.revision),
      ...goneNote(view.gone ?? [], shown),
      ...words,
      ...view.conflicts.map(conflictNote),
      ...sourceLink(shown.article),
      ...alsoNote(view.also),
      ...(view.style === "full" ? [info(smallPrint(shown))] : []),
      { kind: "actions", actions: postActions(brief.id, key) },
    ],
  };
}

/** What another outlet adds, in the thread of the story's post. */
export function additionReply(shown: BriefView, view: AdditionView, key: string): Reply {
  const { added, brief } = additionBrief(shown.brief, view);
  return {
    title: null,
    blocks: [
      { kind: "text", spans: [bold(`${view.outlet.name} adds:`)] },
      ...factList({ ...shown, brief }, false),
      ...withdrawnNote(added - brief.facts.length),
      ...sourceLink(shown.article),
      { kind: "actions", actions: postActions(brief.id, key) },
    ],
  };
}

/** What stands where an article was taken back: enough to know what it was, nothing of what it said. */
export function tombstoneReply(view: TombstoneView, key: string): Reply {
  const { others = [] } = view;
  const who = enumerated([...others, view.outlet ?? "Its publisher"]);
  const what = others.length === 0 ? "this article" : "their articles";
  return {
    title: `Withdrawn: ${view.headline}`,
    blocks: [
      {
        kind: "note",
        tone: "change",
        spans: [
          plain(`${who} took ${what} back (`),
          time(new Date(view.at)),
          plain("). Its brief is no longer shown."),
        ],
      },
      { kind: "actions", actions: [whyAction(key)] },
    ],
  };
}

export interface DigestItem {
  shown: BriefView | null;
  view: PostView;
}

/** Several stories in one message: headline, summary and link of each. */
export function digestReply(items: readonly DigestItem[], key: string): Reply {
  const count = items.length === 1 ? "1 story" : `${items.length} stories`;
  return {
    title: `Lede: ${count}`,
    blocks: [...items.flatMap(digestBlocks), { kind: "actions", actions: [whyAction(key)] }],
  };
}

export function noticeReply(view: NoticeView, key: string): Reply {
  const lines: ReplyBlock =
    view.tone === "warning"
      ? { kind: "note", tone: "warning", spans: [plain(view.lines.join("\n"))] }
      : { kind: "text", spans: [plain(view.lines.join("\n"))] };
  return { title: view.title, blocks: [lines, { kind: "actions", actions: [whyAction(key)] }] };
}

/** How many facts the outlet added, and its brief with those of them that no moderator took back. */
export function additionBrief(
  brief: Brief,
  { facts, withdrawn }: Pick<AdditionView, "facts" | "withdrawn">,
): { added: number; brief: Brief } {
  const added = brief.facts.filter((_fact, index) => facts.includes(index));
  return { added: added.length, brief: standingPart({ ...brief, facts: added }, { withdrawn }) };
}

function digestBlocks({ shown, view }: DigestItem): ReplyBlock[] {
  if (view.kind === "tombstone") {
    return [{ kind: "text", spans: [bold(`Withdrawn: ${view.headline}`)] }];
  }
  if (view.kind !== "story" || shown === null) return [];
  const { article, revision } = shown;
  const brief = standingPart(shown.brief, view);
  const updated = revision.change === null ? [] : [plain(` (updated: ${revision.change.note})`)];
  return [
    { kind: "text", spans: [bold(brief.headline), ...updated, plain(`\n${leadOf(brief)}`)] },
    ...goneNote(view.gone ?? [], shown),
    ...view.conflicts.map(conflictNote),
    ...sourceLink(article),
    ...alsoNote(view.also),
  ];
}

/** Whoever quoted the brief before has to learn of it. */
export function goneNote(
  gone: readonly Gone[],
  { article }: BriefView,
): Extract<ReplyBlock, { kind: "note" }>[] {
  const rests = ` This brief now rests on ${outletName({ article })}.`;
  return gone.map(({ at, name }, index) => ({
    kind: "note",
    tone: "change",
    spans: [
      bold(`${name} withdrew its article `),
      time(new Date(at)),
      plain(index === gone.length - 1 ? `.${rests}` : "."),
    ],
  }));
}

/** "A", "A and B", "A, B and C". */
function enumerated(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}

function postActions(briefId: string, key: string): Action[] {
  return [
    { id: `evidence:${briefId}:${key}`, label: "Show evidence" },
    whyAction(key),
    { id: `wrong:${briefId}:${key}`, label: "Wrong?" },
  ];
}

function whyAction(key: string): Action {
  return { id: `why:${key}`, label: "Why?" };
}

function conflictNote({ about, against, mine, theirs, outlet }: Conflict): ReplyBlock {
  const where = against === null ? "here" : `in ${against}`;
  return warning(`Figures differ on ${about}: ${mine} ${where}, ${theirs} in ${outlet}.`);
}

function alsoNote(also: readonly Outlet[]): ReplyBlock[] {
  if (also.length === 0) return [];
  return [info([plain(`Also: ${also.map(({ name }) => name).join(", ")}`)])];
}

function warning(text: string): ReplyBlock {
  return { kind: "note", tone: "warning", spans: [plain(text)] };
}

function info(spans: Span[]): ReplyBlock {
  return { kind: "note", tone: "info", spans };
}
