import type { Article, Revision, Story } from "./article.ts";

/** One outlet's article in a story. */
export interface StoryMember {
  article: Article;
  /** The newest revision that a reader has to see. */
  revision: Revision;
  sources: string[];
}

/** A story as it is now; `version` rises with everything about it that a post may show. */
export interface StoryState {
  story: Story;
  version: number;
  /** In the order in which they were first seen. */
  members: StoryMember[];
}

/** Of a story's articles those that nobody took back. */
export function standingMembers(members: readonly StoryMember[]): StoryMember[] {
  return members.filter(({ article }) => article.unpublishedAt === null);
}

/** The names of the outlets, each once, in the order in which they came. */
export function outletsOf(members: readonly StoryMember[]): string[] {
  return [...new Set(members.map(outletName))];
}

export function outletName({ article }: Pick<StoryMember, "article">): string {
  return article.site ?? (article.url === null ? "a pasted text" : new URL(article.url).hostname);
}
