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
