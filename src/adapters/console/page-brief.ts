import { type Article, PARAGRAPH_BREAK, type Revision } from "#src/core/article.ts";
import { type BriefView, isChanged, usageText, writerText } from "#src/core/brief-reply.ts";
import type { Brief, Evidence } from "#src/core/brief.ts";
import { dropText } from "#src/core/drop-text.ts";
import { isHttpUrl } from "#src/core/url.ts";

/** A brief as the page shows it. All of it is text; offsets count UTF-16 units, as the browser does. */
export interface BriefCard {
  headline: string;
  summary: string;
  facts: { text: string; evidence: Evidence[]; changed: boolean }[];
  dropped: { text: string; reason: string }[];
  caveats: string[];
  change: string | null;
  /** The runs of the article's text that the newest revision changed. */
  changedRuns: { start: number; end: number }[];
  article: {
    title: string;
    site: string | null;
    byline: string | null;
    publishedAt: Date | null;
    /** http(s) only. */
    url: string | null;
    /** `start` is the paragraph's offset in the text that evidence points into. */
    paragraphs: { text: string; start: number }[];
  };
  language: string;
  writer: string;
  prompt: string | null;
  usage: string;
  createdAt: Date;
}

export function briefCard({ brief, article, revision }: BriefView): BriefCard {
  return {
    headline: brief.headline,
    summary: brief.summary,
    facts: brief.facts.map((fact) => ({ ...fact, changed: isChanged(fact, revision) })),
    dropped: brief.dropped.map((dropped) => ({ text: dropped.text, reason: dropText(dropped) })),
    caveats: brief.caveats,
    change: revision.change?.note ?? null,
    changedRuns: revision.change?.ranges ?? [],
    article: cardArticle(article, revision),
    ...smallPrint(brief),
  };
}

function cardArticle(article: Article, revision: Revision): BriefCard["article"] {
  let start = 0;
  const paragraphs: BriefCard["article"]["paragraphs"] = [];
  for (const text of revision.paragraphs) {
    paragraphs.push({ text, start });
    start += text.length + PARAGRAPH_BREAK.length;
  }
  return {
    title: revision.title,
    site: article.site,
    byline: article.byline,
    publishedAt: article.publishedAt,
    url: article.url !== null && isHttpUrl(article.url) ? article.url : null,
    paragraphs,
  };
}

function smallPrint(brief: Brief): Pick<BriefCard, "language" | "writer" | "prompt" | "usage" | "createdAt"> {
  return {
    language: brief.language,
    writer: writerText(brief.writer),
    prompt: brief.prompt,
    usage: usageText(brief.usage),
    createdAt: brief.createdAt,
  };
}
