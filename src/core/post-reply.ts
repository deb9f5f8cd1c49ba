import { type BriefView, changeNote, shownFact, smallPrint, sourceLink } from "./brief-reply.ts";
import type { Fact } from "./brief.ts";
import { type Conflict, factKey, type Outlet, type PostView } from "./post-view.ts";
import { type Action, bold, plain, type Reply, type ReplyBlock, type Span, time } from "./reply.ts";

type StoryView = Extract<PostView, { kind: "story" }>;
type AdditionView = Extract<PostView, { kind: "addition" }>;
type TombstoneView = Extract<PostView, { kind: "tombstone" }>;
type NoticeView = Extract<PostView, { kind: "notice" }>;

/**
 * A story's post. Each button's id ends in the delivery's key, which is how a message is found again in a channel's
 * history.
 */
export function storyReply(shown: BriefView, view: StoryView, key: string): Reply {
  const { brief } = shown;
  const facts = standingFacts(brief.facts, { articleId: brief.articleId, withdrawn: view.withdrawn });
  const summary: ReplyBlock = { kind: "text", spans: [plain(brief.summary)] };
  const full: ReplyBlock[] = [
    summary,
    { kind: "facts", facts: facts.map((fact) => shownFact(fact, shown)), evidence: false },
    ...brief.caveats.map(warning),
    ...withdrawnNote(view.withdrawn.length),
  ];
  const words = { full, compact: [summary], headline: [] }[view.style];
  return {
    title: brief.headline,
    blocks: [
      ...changeNote(shown.revision),
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
  const { brief } = shown;
  const added = brief.facts.filter((_fact, index) => view.facts.includes(index));
  const facts = standingFacts(added, { articleId: brief.articleId, withdrawn: view.withdrawn });
  return {
    title: null,
    blocks: [
      { kind: "text", spans: [bold(`${view.outlet.name} adds:`)] },
      { kind: "facts", facts: facts.map((fact) => shownFact(fact, shown)), evidence: false },
      ...withdrawnNote(added.length - facts.length),
      ...sourceLink(shown.article),
      { kind: "actions", actions: postActions(brief.id, key) },
    ],
  };
}

/** What stands where an article was taken back: enough to know what it was, nothing of what it said. */
export function tombstoneReply(view: TombstoneView, key: string): Reply {
  const outlet = view.outlet ?? "Its publisher";
  return {
    title: `Withdrawn: ${view.headline}`,
    blocks: [
      {
        kind: "note",
        tone: "change",
        spans: [
          plain(`${outlet} took this article back (`),
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

/** The facts that no moderator took back. */
export function standingFacts(
  facts: readonly Fact[],
  { articleId, withdrawn }: { articleId: string; withdrawn: readonly string[] },
): Fact[] {
  return facts.filter(({ text }) => !withdrawn.includes(factKey(articleId, text)));
}

function digestBlocks({ shown, view }: DigestItem): ReplyBlock[] {
  if (view.kind === "tombstone") {
    return [{ kind: "text", spans: [bold(`Withdrawn: ${view.headline}`)] }];
  }
  if (view.kind !== "story" || shown === null) return [];
  const { brief, article, revision } = shown;
  const updated = revision.change === null ? [] : [plain(` (updated: ${revision.change.note})`)];
  return [
    { kind: "text", spans: [bold(brief.headline), ...updated, plain(`\n${brief.summary}`)] },
    ...view.conflicts.map(conflictNote),
    ...sourceLink(article),
    ...alsoNote(view.also),
  ];
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

function withdrawnNote(count: number): ReplyBlock[] {
  if (count === 0) return [];
  return [warning(count === 1 ? "A moderator took back one fact." : `A moderator took back ${count} facts.`)];
}

function warning(text: string): ReplyBlock {
  return { kind: "note", tone: "warning", spans: [plain(text)] };
}

function info(spans: Span[]): ReplyBlock {
  return { kind: "note", tone: "info", spans };
}
