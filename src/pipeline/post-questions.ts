import { type BriefView, evidenceReply, quotesOf } from "#src/core/brief-reply.ts";
import { revisionText } from "#src/core/article.ts";
import type { Fact } from "#src/core/brief.ts";
import { type Channel, channelParts } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import type { Delivery } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import { factKey } from "#src/core/post-view.ts";
import type { ReportedCase } from "#src/core/reported-case.ts";
import { bold, plain, type Reply, sentence, type Span, time } from "#src/core/reply.ts";
import type { StoryMember } from "#src/core/story.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { outletsOf, visible } from "./plan-posts.ts";
import { briefView } from "./show.ts";
import { takenFacts } from "./taken-facts.ts";

export interface QuestionDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
}

const LONGEST_LABEL = 75;

/**
 * Why a post stands where it stands, as far as its channel may know: of the story only what the channel may see. Throws
 * AppError `delivery/unknown`, also for a post of another channel.
 */
export async function whyPosted(deps: QuestionDeps, key: string, caller: Caller): Promise<Reply> {
  const delivery = await deps.store.delivery(key);
  if (delivery === null || caller.channel === null || !isIn(delivery, caller.channel))
    throw new AppError("delivery/unknown");
  if (delivery.storyId === null) return whyTogether(deps, delivery);
  const items: Span[][] = delivery.reasons.map(({ subscription, terms, topic }) =>
    subscription === null
      ? [plain("This channel is given everything that is published.")]
      : [bold(`Topic “${topic}”`), plain(terms.length === 0 ? "" : ` matched: ${terms.join(", ")}`)],
  );
  const members = await membersSeen(deps, delivery);
  const [first] = members;
  if (first !== undefined)
    items.push([
      bold("Story: "),
      plain(`${first.revision.title}, first seen `),
      time(first.article.firstSeenAt),
      plain(`, carried by ${outletsOf(members).join(", ")}`),
    ]);
  return { title: "Why this is here", blocks: [{ kind: "list", items }] };
}

async function whyTogether(deps: QuestionDeps, delivery: Delivery): Promise<Reply> {
  const view = await deps.store.view(delivery.wanted);
  if (view?.kind !== "digest") return sentence("Lede tells moderators here what they should know.");
  const items: Span[][] = [];
  for (const { key } of view.items) {
    const row = await deps.store.delivery(key);
    const [first] = row === null ? [] : await membersSeen(deps, row);
    if (row === null || first === undefined) continue;
    const topics = row.reasons.map(({ terms, topic }) =>
      terms.length === 0 ? `“${topic}”` : `“${topic}” (${terms.join(", ")})`,
    );
    items.push([bold(first.revision.title), plain(`: ${topics.join("; ")}`)]);
  }
  if (items.length === 0) return sentence("Everything that came together here was taken back since.");
  return { title: "Why these came together", blocks: [{ kind: "list", items }] };
}

/** The articles of a message's story that its channel may see and that still stand. */
async function membersSeen(
  { directory, store }: QuestionDeps,
  { channel, storyId }: Delivery,
): Promise<StoryMember[]> {
  const state = storyId === null ? null : await store.storyState(storyId);
  const { subscriptions } = await directory.decisions(workspaceOf(channel));
  const isCleared = subscriptions.some((one) => one.channel === channel && one.clearance === "members");
  const standing = (state?.members ?? []).filter(({ article }) => article.unpublishedAt === null);
  return visible(standing, isCleared ? "members" : "public");
}

/** Each fact beside the article's own words. Throws AppError `brief/unknown`. */
export async function showEvidence(deps: QuestionDeps, briefId: string, caller: Caller): Promise<Reply> {
  return evidenceReply(await readableBrief(deps, briefId, caller));
}

/** The evidence first; a moderator may then take a fact back. Throws AppError `brief/unknown`. */
export async function showWrong(
  deps: QuestionDeps,
  briefId: string,
  { caller, moderator }: { caller: Caller; moderator: boolean },
): Promise<Reply> {
  const shown = await readableBrief(deps, briefId, caller);
  const evidence = evidenceReply(shown);
  if (!moderator) {
    const note = sentence(
      "If a fact is wrong all the same, tell a moderator: they can take it back from here.",
    );
    return { ...evidence, blocks: [...evidence.blocks, ...note.blocks] };
  }
  const isTaken = await takenFacts(deps.store, shown.brief, caller.channel);
  const choices = shown.brief.facts
    .map(({ text }, index) => ({ value: String(index), label: text.slice(0, LONGEST_LABEL), text }))
    .filter(({ text }) => !isTaken(text))
    .map(({ label, value }) => ({ label, value }));
  if (choices.length === 0) return evidence;
  return {
    ...evidence,
    blocks: [
      ...evidence.blocks,
      { kind: "select", id: `wrong:take:${briefId}`, label: "Take a fact back everywhere…", choices },
    ],
  };
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
  const isNew = await deps.store.withdrawFact({
    workspace: workspaceOf(caller.channel),
    key,
    articleId: brief.articleId,
    text: fact.text,
    by: caller.user,
    at,
  });
  await deps.store.saveCase(reportedCase(key, { article, fact, revision }), at);
  return {
    storyId: article.storyId,
    reply: sentence(
      isNew
        ? `“${fact.text}” is taken back from every post here that carries it, and kept as a case for the evaluation.`
        : "That fact was taken back before.",
    ),
  };
}

function reportedCase(
  id: string,
  { article, fact, revision }: Pick<BriefView, "article" | "revision"> & { fact: Fact },
): ReportedCase {
  const doc = revisionText(revision);
  return {
    id,
    doc,
    title: revision.title,
    language: article.language ?? "en",
    sum: fact.text,
    label: 0,
    evidence: quotesOf(fact, doc),
    visibility: article.visibility,
  };
}

/** Members' text is shown again only where it stands. */
async function readableBrief({ store }: QuestionDeps, briefId: string, caller: Caller): Promise<BriefView> {
  const shown = await briefView(store, briefId);
  if (shown === null || !(await mayRead(store, shown, caller))) throw new AppError("brief/unknown");
  return shown;
}

async function mayRead(store: Store, { article, brief }: BriefView, { channel }: Caller): Promise<boolean> {
  if (article.unpublishedAt !== null) return false;
  if (article.visibility === "public") return true;
  for (const delivery of await store.storyDeliveries(article.storyId)) {
    if (channel === null || delivery.shown === null || !isIn(delivery, channel)) continue;
    const view = await store.view(delivery.shown);
    if ((view?.kind === "story" || view?.kind === "addition") && view.briefId === brief.id) return true;
  }
  return false;
}

/** Whether a message stands in a channel, or in its thread; a thread that hangs on a post has the post's own id on Discord. */
function isIn({ channel, message }: Delivery, asked: Channel): boolean {
  if (message === null) return false;
  const { platform, workspace } = channelParts(channel);
  const thread = `${platform}:${workspace}:${message.id}`;
  return asked === channel || asked === message.channel || asked === thread;
}
