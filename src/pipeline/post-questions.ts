import { type BriefView, quotesOf } from "#src/core/brief-reply.ts";
import { revisionText } from "#src/core/article.ts";
import type { Caller } from "#src/core/command.ts";
import { type Delivery, standsIn } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import { factKey } from "#src/core/post-view.ts";
import { reportedCase } from "#src/core/reported-case.ts";
import {
  standingEvidence,
  takeBackReply,
  takenBackReply,
  type TogetherRow,
  WHY_NOTICE,
  whyReply,
  whyTogetherReply,
  wrongReply,
} from "#src/core/question-replies.ts";
import type { Reply } from "#src/core/reply.ts";
import { visible } from "#src/core/operator.ts";
import { isNamedPublisher } from "#src/core/publisher.ts";
import { standingMembers, type StoryMember } from "#src/core/story.ts";
import { briefView } from "#src/core/view-parts.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { takenHere } from "./taken-facts.ts";

export interface QuestionDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
}

/**
 * Why a post stands where it stands, as far as its channel may know: of the story only what the channel may see. Throws
 * AppError `delivery/unknown`, also for a post of another channel.
 */
export async function whyPosted(deps: QuestionDeps, key: string, caller: Caller): Promise<Reply> {
  const delivery = await deps.store.delivery(key);
  if (delivery === null || caller.channel === null || !standsIn(delivery, caller.channel))
    throw new AppError("delivery/unknown");
  if (delivery.storyId === null) return whyTogether(deps, delivery);
  return whyReply(delivery.reasons, await membersSeen(deps, delivery));
}

async function whyTogether(deps: QuestionDeps, delivery: Delivery): Promise<Reply> {
  const view = await deps.store.view(delivery.wanted);
  if (view?.kind !== "digest") return WHY_NOTICE;
  const rows: TogetherRow[] = [];
  for (const { key } of view.items) {
    const row = await deps.store.delivery(key);
    const [first] = row === null ? [] : await membersSeen(deps, row);
    if (row !== null && first !== undefined) rows.push({ title: first.revision.title, reasons: row.reasons });
  }
  return whyTogetherReply(rows);
}

/** The articles of a message's story that its channel may see and that still stand. */
async function membersSeen(
  { directory, store }: QuestionDeps,
  { channel, storyId }: Delivery,
): Promise<StoryMember[]> {
  const state = storyId === null ? null : await store.storyState(storyId);
  return visible(standingMembers(state?.members ?? []), await directory.audience(channel));
}

/** Each fact beside the article's own words. Throws AppError `brief/unknown`. */
export async function showEvidence(deps: QuestionDeps, briefId: string, caller: Caller): Promise<Reply> {
  const shown = await readableBrief(deps, briefId, caller);
  return standingEvidence(shown, await takenHere(deps.store, shown, caller.channel));
}

/** The evidence first; a moderator may then take a fact back. Throws AppError `brief/unknown`. */
export async function showWrong(
  deps: QuestionDeps,
  briefId: string,
  { caller, moderator }: { caller: Caller; moderator: boolean },
): Promise<Reply> {
  const shown = await readableBrief(deps, briefId, caller);
  const taken = await takenHere(deps.store, shown, caller.channel);
  return moderator ? takeBackReply(shown, taken) : wrongReply(shown, taken);
}

/** Takes a fact back in the caller's workspace and keeps the case. The caller's right to do so is checked before. Throws AppError `brief/unknown`. */
export async function withdrawFact(
  deps: QuestionDeps,
  { briefId, fact: index }: { briefId: string; fact: number },
  caller: Caller,
): Promise<{ reply: Reply; storyId: string }> {
  const { article, brief, revision } = await readableBrief(deps, briefId, caller);
  const fact = brief.facts[index];
  if (fact === undefined || caller.channel === null) throw new AppError("brief/unknown");
  const key = factKey(brief.articleId, fact.text);
  const at = deps.clock();
  const workspace = workspaceOf(caller.channel);
  const { articleId } = brief;
  const taken = await deps.store.withdrawnFacts([articleId]);
  const isNew = !taken.some((one) => one.workspace === workspace && one.fact === key);
  const value = { articleId, text: fact.text, evidence: quotesOf(fact, revisionText(revision)) };
  const summary = `Took back a fact: “${shortened(fact.text)}”`;
  const edits = [{ kind: "fact", id: key, value }] as const;
  if (isNew) await deps.store.change({ workspace, by: caller.user, at, summary, edits, seen: null });
  await deps.store.saveCase(reportedCase(key, { article, fact, revision }), at);
  return {
    storyId: article.storyId,
    reply: takenBackReply(fact, isNew),
  };
}

const MOST_SHOWN_CHARS = 80;

function shortened(text: string): string {
  return text.length <= MOST_SHOWN_CHARS ? text : `${text.slice(0, MOST_SHOWN_CHARS - 1).trimEnd()}…`;
}

/** Members' text is shown again only where it stands, while the channel is cleared for it. */
async function readableBrief(deps: QuestionDeps, briefId: string, caller: Caller): Promise<BriefView> {
  const shown = await briefView(deps.store, briefId);
  if (shown === null || !(await mayRead(deps, shown, caller))) throw new AppError("brief/unknown");
  return shown;
}

async function mayRead(
  { directory, store }: QuestionDeps,
  { article, brief }: BriefView,
  { channel }: Caller,
): Promise<boolean> {
  if (article.unpublishedAt !== null) return false;
  const state = await store.storyState(article.storyId);
  const member = state?.members.find((one) => one.article.id === article.id);
  if (member === undefined || channel === null)
    return article.visibility === "public" && !member?.sources.some(isNamedPublisher);
  if (visible([member], await directory.audience(channel)).length === 0) return false;
  if (article.visibility === "public") return true;
  for (const delivery of await store.storyDeliveries(article.storyId)) {
    if (delivery.shown === null || !standsIn(delivery, channel)) continue;
    const view = await store.view(delivery.shown);
    if ((view?.kind === "story" || view?.kind === "addition") && view.briefId === brief.id) return true;
  }
  return false;
}
