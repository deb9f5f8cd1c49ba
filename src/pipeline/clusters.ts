import type { ExtractedArticle, SavedArticle } from "#src/core/article.ts";
import { sketchOf, type StorySketch } from "#src/core/story-sketch.ts";
import { createStoryWindow, STORY_WINDOW_MS, type StoryWindow } from "#src/core/story-window.ts";
import type { Store } from "#src/ports-store.ts";

/** "Undetermined" in BCP-47: compared only with others of which nobody knows the language. */
const UNKNOWN_LANGUAGE = "und";

export interface Clusters {
  /**
   * Chooses the story an article belongs to and saves it, one article at a time: two outlets that come at the same
   * moment would otherwise each begin a story of their own.
   */
  place: (
    article: { extracted: ExtractedArticle; now: Date },
    save: (place: { storyId: string | null; sketch: StorySketch }) => Promise<SavedArticle>,
  ) => Promise<SavedArticle>;
}

/** The stories of the last three days. The store is the truth; the window is made from it at the first use. */
export function createClusters(store: Pick<Store, "sketches">): Clusters {
  let opened: Promise<StoryWindow> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function placeNext(...[article, save]: Parameters<Clusters["place"]>): Promise<SavedArticle> {
    const { extracted, now } = article;
    const window = await (opened ??= openWindow(store, now).catch((error: unknown) => {
      // A store that is busy once must not keep every later article out.
      opened = null;
      throw error;
    }));
    window.remove(new Date(now.getTime() - STORY_WINDOW_MS));
    const { title, paragraphs, language } = extracted;
    const sketch = sketchOf({ title, paragraphs, language: language ?? UNKNOWN_LANGUAGE });
    const chosen = window.choose(sketch, now);
    const saved = await save({ storyId: chosen?.storyId ?? null, sketch });
    window.add({ articleId: saved.article.id, storyId: saved.article.storyId, at: now, sketch });
    return saved;
  }

  return {
    place: (article, save) => {
      const placed = last.then(() => placeNext(article, save));
      last = placed.catch(() => undefined);
      return placed;
    },
  };
}

async function openWindow(store: Pick<Store, "sketches">, now: Date): Promise<StoryWindow> {
  const window = createStoryWindow();
  for (const row of await store.sketches(new Date(now.getTime() - STORY_WINDOW_MS))) window.add(row);
  return window;
}
