import { type Delivery, isOut, isWaiting, POST_SLOT } from "#src/core/delivery.ts";
import type { Owed } from "#src/core/owed.ts";
import type { Gone, PostView } from "#src/core/post-view.ts";
import { outletName, type StoryMember } from "#src/core/story.ts";
import type { Store } from "#src/ports-store.ts";

/**
 * What is to stand where a message shows an article that was taken back: its headline as it was shown there, since that
 * of another article of the story may not be for this channel. Null where what it shows still stands.
 */
export async function tombstoneOf(
  store: Pick<Store, "view" | "brief">,
  { shown, wanted }: Delivery,
  members: readonly StoryMember[],
): Promise<PostView | null> {
  const view = await store.view(shown ?? wanted);
  if (view?.kind === "tombstone") return view;
  if (view?.kind !== "story" && view?.kind !== "addition") return null;
  const brief = await store.brief(view.briefId);
  const member = members.find(({ article }) => article.id === brief?.articleId);
  const at = member?.article.unpublishedAt ?? null;
  if (brief === null || member === undefined || at === null) return null;
  const outlet = outletName(member);
  const gone = view.kind === "story" ? (view.gone ?? []) : [];
  const others = [...new Set(gone.map(({ name }) => name))].filter((name) => name !== outlet);
  return {
    kind: "tombstone",
    headline: brief.headline,
    outlet,
    at: at.toISOString(),
    ...(others.length === 0 ? {} : { others }),
  };
}

/**
 * The outlets whose article a story's message shows, or showed before, and that took it back: the message goes on without
 * them, and has to say so.
 */
export async function goneFrom(
  store: Pick<Store, "view" | "brief">,
  post: Delivery | null,
  members: readonly StoryMember[],
): Promise<Gone[]> {
  if (post === null || !isOut(post)) return [];
  const view = await store.view(post.shown ?? post.wanted);
  if (view?.kind !== "story") return [];
  const lead = (await store.brief(view.briefId))?.articleId;
  const shown = [lead, ...view.also, ...(view.gone ?? [])].map((one) =>
    typeof one === "object" ? one.articleId : one,
  );
  return members.flatMap((member): Gone[] => {
    const { id: articleId, unpublishedAt } = member.article;
    if (unpublishedAt === null || !shown.includes(articleId)) return [];
    return [{ articleId, name: outletName(member), at: unpublishedAt.toISOString() }];
  });
}

export interface Leftover {
  deliveries: readonly Delivery[];
  members: readonly StoryMember[];
  /** What is owed already. */
  owed: readonly Owed[];
}

/** Messages beside a post that are not owed any more: an article that was taken back takes along what it added. */
export async function leftoversOf(store: Pick<Store, "view" | "brief">, left: Leftover): Promise<Owed[]> {
  const owed: Owed[] = [];
  for (const delivery of left.deliveries) {
    const { channel, manner, reasons, slot } = delivery;
    const isOwed = left.owed.some((one) => one.channel === channel && one.slot === slot);
    if (slot === POST_SLOT || isOwed || !(isOut(delivery) || isWaiting(delivery))) continue;
    const view = await tombstoneOf(store, delivery, left.members);
    if (isOut(delivery) && view === null) continue;
    owed.push({
      channel,
      slot,
      thread: POST_SLOT,
      view: view ?? { kind: "withheld" },
      manner,
      reasons,
      skip: isOut(delivery) ? null : "nothing-new",
      holdUntil: null,
      maxAnHour: null,
    });
  }
  return owed;
}
