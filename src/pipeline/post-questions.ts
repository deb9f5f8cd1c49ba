import type { Article } from "#src/core/article.ts";
import { type BriefView, evidenceReply, quotesOf } from "#src/core/brief-reply.ts";
import { revisionText } from "#src/core/article.ts";
import { channelParts } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import type { Delivery } from "#src/core/delivery.ts";
import { AppError } from "#src/core/errors.ts";
import { factKey } from "#src/core/post-view.ts";
import { bold, plain, type Reply, sentence, type Span, time } from "#src/core/reply.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Clock, Store } from "#src/ports.ts";
import type { Directory } from "./directory.ts";
import { outletsOf } from "./plan-posts.ts";
import { briefView } from "./show.ts";

export interface QuestionDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
}

const LONGEST_LABEL = 75;

/** Why a post stands where it stands. Throws AppError `delivery/unknown`. */
export async function whyPosted(deps: QuestionDeps, key: string, caller: Caller): Promise<Reply> {
  const delivery = await deps.store.delivery(key);
  if (delivery === null || caller.channel === null) throw new AppError("delivery/unknown");
  const workspace = workspaceOf(delivery.channel);
  if (workspace !== workspaceOf(caller.channel)) throw new AppError("delivery/unknown");
  if (delivery.storyId === null) return whyTogether(deps, delivery);
  const state = await deps.store.storyState(delivery.storyId);
  if (state === null) throw new AppError("delivery/unknown");
  const items: Span[][] = delivery.reasons.map(({ subscription, terms, topic }) =>
    subscription === null
      ? [plain("This channel is given everything that is published.")]
      : [bold(`Topic “${topic}”`), plain(terms.length === 0 ? "" : ` matched: ${terms.join(", ")}`)],
  );
  items.push([
    bold("Story: "),
    plain(`${state.story.headline}, first seen `),
    time(state.story.firstSeenAt),
    plain(`, carried by ${outletsOf(state.members).join(", ")}`),
  ]);
  return { title: "Why this is here", blocks: [{ kind: "list", items }] };
}

async function whyTogether({ store }: QuestionDeps, delivery: Delivery): Promise<Reply> {
  const view = await store.view(delivery.wanted);
  if (view?.kind !== "digest") return sentence("Lede tells moderators here what they should know.");
  const items: Span[][] = [];
  for (const { key } of view.items) {
    const row = await store.delivery(key);
    const state = row?.storyId == null ? null : await store.storyState(row.storyId);
    if (row === null || state === null) continue;
    const topics = row.reasons.map(({ terms, topic }) => `“${topic}” (${terms.join(", ")})`);
    items.push([bold(state.story.headline), plain(`: ${topics.join("; ")}`)]);
  }
  return { title: "Why these came together", blocks: [{ kind: "list", items }] };
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
  const choices = shown.brief.facts.map(({ text }, index) => ({
    value: String(index),
    label: text.slice(0, LONGEST_LABEL),
  }));
  return {
    ...evidence,
    blocks: [
      ...evidence.blocks,
      { kind: "select", id: `wrong:take:${briefId}`, label: "Take a fact back everywhere…", choices },
    ],
  };
}

/** Takes a fact back and keeps the case. The caller's right to do so is checked before. Throws AppError `brief/unknown`. */
export async function withdrawFact(
  deps: QuestionDeps,
  { briefId, fact: index }: { briefId: string; fact: number },
  caller: Caller,
): Promise<{ reply: Reply; storyId: string }> {
  const { article, brief, revision } = await readableBrief(deps, briefId, caller);
  const fact = brief.facts[index];
  if (fact === undefined) throw new AppError("brief/unknown");
  const key = factKey(brief.articleId, fact.text);
  const at = deps.clock();
  const isNew = await deps.store.withdrawFact({
    key,
    articleId: brief.articleId,
    text: fact.text,
    by: caller.user,
    at,
  });
  const text = revisionText(revision);
  // As the evaluation reads its cases: a claim with its document and the verdict of a person.
  await deps.store.saveCase(key, { doc: text, sum: fact.text, label: 0, evidence: quotesOf(fact, text) }, at);
  return {
    storyId: article.storyId,
    reply: sentence(
      isNew
        ? `“${fact.text}” is taken back from every post that carries it, and kept as a case for the evaluation.`
        : "That fact was taken back before.",
    ),
  };
}

/** Members' text is shown again only where it was posted. */
async function readableBrief({ store }: QuestionDeps, briefId: string, caller: Caller): Promise<BriefView> {
  const shown = await briefView(store, briefId);
  if (shown === null || !(await mayRead(store, shown.article, caller))) throw new AppError("brief/unknown");
  return shown;
}

async function mayRead(store: Store, article: Article, { channel }: Caller): Promise<boolean> {
  if (article.visibility === "public") return article.unpublishedAt === null;
  if (channel === null || article.unpublishedAt !== null) return false;
  const deliveries = await store.storyDeliveries(article.storyId);
  return deliveries.some(
    (delivery) =>
      delivery.message !== null && (delivery.channel === channel || isThreadOf(delivery, channel)),
  );
}

/** A thread that hangs on the post has the post's own id on Discord. */
function isThreadOf({ channel, message }: Delivery, asked: string): boolean {
  const { platform, workspace } = channelParts(channel);
  return message !== null && asked === `${platform}:${workspace}:${message.id}`;
}
