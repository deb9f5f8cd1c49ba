import { isNamedPublisher } from "#src/core/publisher.ts";
import type { Brief, BriefLength } from "#src/core/brief.ts";
import type { Channel } from "#src/core/channel.ts";
import type { Delivery } from "#src/core/delivery.ts";
import type { PostPlan } from "#src/core/post-plan.ts";
import type { StoryMember, StoryState } from "#src/core/story.ts";
import type { PostStyle } from "#src/core/subscription.ts";
import type { Store } from "#src/ports-store.ts";
import { articlesIn } from "./shown-articles.ts";

/** A story, and its messages so far. */
export interface StoryNow {
  state: StoryState;
  deliveries: readonly Delivery[];
}

/** The articles that each channel's messages show; looked for only where some may not be for everybody. */
export async function standingArticles(
  store: Store,
  { deliveries, state }: StoryNow,
): Promise<ReadonlyMap<Channel, ReadonlySet<string>>> {
  const found = new Map<Channel, Set<string>>();
  const isPlain = state.members.every(
    ({ article, sources }) => article.visibility === "public" && !sources.some(isNamedPublisher),
  );
  if (isPlain) return found;
  for (const { channel, message, shown, state: now } of deliveries) {
    if (message === null && now !== "merged") continue;
    const view = shown === null ? null : await store.view(shown);
    const articles = found.get(channel) ?? new Set<string>();
    for (const id of await articlesIn(store, view)) articles.add(id);
    found.set(channel, articles);
  }
  return found;
}

/**
 * The briefs that a story is told from where it is told already: those that its messages show or are about to, and then
 * those of articles of which no message shows a word, since they were read to know that. None for a story that is new.
 */
export async function standingBriefs(
  store: Pick<Store, "view" | "brief" | "briefsOf">,
  { deliveries, state }: StoryNow,
): Promise<Brief[]> {
  if (deliveries.length === 0) return [];
  const briefs = new Map<string, Brief>();
  for (const id of new Set(deliveries.flatMap(({ shown, wanted }) => [shown ?? wanted, wanted]))) {
    const view = await store.view(id);
    if (view?.kind !== "story" && view?.kind !== "addition") continue;
    const brief = await store.brief(view.briefId);
    if (brief !== null) briefs.set(brief.id, brief);
  }
  for (const { revision } of state.members)
    for (const brief of await store.briefsOf(revision))
      if (!briefs.has(brief.id)) briefs.set(brief.id, brief);
  return [...briefs.values()];
}

interface Look {
  style: PostStyle;
  length: BriefLength;
  language: string | null;
}

/** As the subscription says; what nobody subscribes to any more looks as it did. */
export async function lookOf(
  store: Store,
  { plan, lead, standing }: { plan: PostPlan; lead: StoryMember; standing: Delivery | null },
): Promise<Look> {
  const view = plan.kept && standing !== null ? await store.view(standing.wanted) : null;
  const { language, length, style } = plan;
  if (view?.kind !== "story") return { language, length, style };
  const brief = await store.brief(view.briefId);
  const written = brief?.language ?? null;
  return {
    style: view.style,
    length: brief?.length ?? length,
    language: written === (lead.article.language ?? "en") ? null : written,
  };
}
