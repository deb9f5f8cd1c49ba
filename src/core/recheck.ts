import type { Article } from "./article.ts";

/** An article whose page is to be looked at again. */
export interface Recheck {
  article: Article;
  source: string | null;
  missingSince: Date | null;
}
