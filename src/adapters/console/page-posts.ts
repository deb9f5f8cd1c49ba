import type { BriefView } from "#src/core/brief-reply.ts";
import {
  additionBrief,
  additionReply,
  digestReply,
  noticeReply,
  storyReply,
  goneNote,
  tombstoneReply,
} from "#src/core/post-reply.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Post } from "#src/core/post.ts";
import { type Action, type Reply, type ReplyBlock, spansText } from "#src/core/reply.ts";
import type { PostStyle } from "#src/core/subscription.ts";
import { isHttpUrl } from "#src/core/url.ts";
import { briefView, digestItems, type ViewParts } from "#src/core/view-parts.ts";
import { standingPart } from "#src/core/withdrawals.ts";
import { type BriefCard, briefCard } from "./page-brief.ts";

interface CommonCard {
  /** The delivery's key. */
  id: string;
  sentAt: Date | null;
  /** Buttons; evidence has none, since each fact shows its own. */
  actions: Action[];
  /** What stands in its thread, oldest first. */
  replies: PostCard[];
}

export interface StoryCard extends CommonCard {
  kind: "story";
  style: PostStyle;
  brief: BriefCard;
  /** Where outlets disagree, and what was taken back. */
  notes: string[];
  also: { name: string; url: string | null }[];
  updatedAt: Date | null;
}

/** What another outlet adds to a story. */
export interface AdditionCard extends CommonCard {
  kind: "addition";
  outlet: string;
  brief: BriefCard;
  notes: string[];
}

/** A post that has no brief of its own to look into, in the words of every platform. */
export interface MessageCard extends CommonCard {
  kind: "message";
  look: "tombstone" | "digest" | "notice";
  reply: Reply;
}

export type PostCard = StoryCard | AdditionCard | MessageCard;

/** Posts as the page shows them, newest first; what stands in a thread is with the post it hangs on. */
export async function postCards(posts: readonly Post[], parts: ViewParts): Promise<PostCard[]> {
  const cards = new Map<string, { card: PostCard; parent: string | null }>();
  for (const post of posts) {
    const card = await postCard(post, parts);
    if (card !== null) cards.set(card.id, { card, parent: post.delivery.parent });
  }
  const top: PostCard[] = [];
  for (const { card, parent } of cards.values()) {
    const above = parent === null ? undefined : cards.get(parent)?.card;
    if (above === undefined) top.push(card);
    // A story that was taken back leaves one tombstone, not one for each message of its thread.
    else if (!isTombstone(above) || !isTombstone(card)) above.replies.unshift(card);
  }
  return top;
}

async function postCard(post: Post, parts: ViewParts): Promise<PostCard | null> {
  const { delivery, view } = post;
  const { key, sentAt } = delivery;
  const common = { id: key, sentAt, replies: [] };
  switch (view.kind) {
    case "story":
      return post.brief === null ? null : storyCard(post.brief, view, common);
    case "addition": {
      const shown = await briefView(parts, view.briefId);
      return shown === null ? null : additionCard(shown, view, common);
    }
    case "tombstone":
      return messageCard("tombstone", tombstoneReply(view, key), common);
    case "digest":
      return messageCard("digest", digestReply(await digestItems(parts, view.items), key), common);
    case "notice":
      return messageCard("notice", noticeReply(view, key), common);
    case "withheld":
      return null;
    default:
      return view satisfies never;
  }
}

type Common = Omit<CommonCard, "actions">;

function storyCard(shown: BriefView, view: Extract<PostView, { kind: "story" }>, common: Common): StoryCard {
  const { brief, revision } = shown;
  const { sentAt } = common;
  const { blocks } = storyReply(shown, view, common.id);
  return {
    ...common,
    kind: "story",
    style: view.style,
    brief: briefCard({ ...shown, brief: standingPart(brief, view) }),
    notes: [
      ...goneNote(view.gone ?? [], shown).map(({ spans }) => spansText(spans)),
      ...warnings(blocks).filter((text) => !brief.caveats.includes(text)),
    ],
    also: view.also.map(({ name, url }) => ({ name, url: url !== null && isHttpUrl(url) ? url : null })),
    actions: buttons(blocks),
    // A model's words in the place of the built-in writer's are no correction.
    updatedAt:
      revision.change !== null && sentAt !== null && brief.createdAt > sentAt ? brief.createdAt : null,
  };
}

function additionCard(
  shown: BriefView,
  view: Extract<PostView, { kind: "addition" }>,
  common: Common,
): AdditionCard {
  const { brief } = additionBrief(shown.brief, view);
  const { blocks } = additionReply(shown, view, common.id);
  return {
    ...common,
    kind: "addition",
    outlet: view.outlet.name,
    brief: briefCard({ ...shown, brief: { ...brief, dropped: [], caveats: [] } }),
    notes: warnings(blocks),
    actions: buttons(blocks),
  };
}

function messageCard(look: MessageCard["look"], { title, blocks }: Reply, common: Common): MessageCard {
  const words = blocks.filter(({ kind }) => kind !== "actions");
  return { ...common, kind: "message", look, reply: { title, blocks: words }, actions: buttons(blocks) };
}

function buttons(blocks: readonly ReplyBlock[]): Action[] {
  return blocks
    .flatMap((block) => (block.kind === "actions" ? block.actions : []))
    .filter(({ id }) => !id.startsWith("evidence:"));
}

function warnings(blocks: readonly ReplyBlock[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === "note" && block.tone === "warning" ? [spansText(block.spans)] : [],
  );
}

function isTombstone(card: PostCard): boolean {
  return card.kind === "message" && card.look === "tombstone";
}
