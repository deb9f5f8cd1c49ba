import { type Article, PARAGRAPH_BREAK, type Revision } from "#src/core/article.ts";
import { type BriefView, isChanged, usageText, writerText } from "#src/core/brief-reply.ts";
import type { Brief, DropReason, Dropped, Evidence } from "#src/core/brief.ts";
import type { CommandCall } from "#src/core/command.ts";
import { type Reply, toPlainText } from "#src/core/reply.ts";
import { isHttpUrl } from "#src/core/url.ts";
import type { Post, RespondRequest, Store } from "#src/ports.ts";

/** A brief as the page shows it. All of it is text; offsets count UTF-16 units, as the browser does. */
export interface BriefCard {
  /** The delivery's key, or the brief's id where nothing was posted. */
  id: string;
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
  sentAt: Date | null;
  updatedAt: Date | null;
}

/** What the page shows for a reply: the whole brief where it is one, else its text. */
export type ReplyView =
  | { kind: "brief"; card: BriefCard }
  | { kind: "text"; title: string | null; lines: string[]; tone: "info" | "warning" };

export interface ReplyEvent {
  /** The call's id, as `POST /api/brief` returned it. */
  id: CommandCall["id"];
  stage: RespondRequest["stage"];
  view: ReplyView;
}

export type ViewStore = Pick<Store, "brief" | "article" | "revision">;

const REASONS: Record<DropReason, string> = {
  "no-evidence": "The article does not say this",
  number: "A number is not in the article",
  name: "A name is not in the article",
  date: "A date is not in the article",
  quotation: "The quotation is not word for word",
  negation: "A “not” is missing or added",
  contradiction: "The article says otherwise",
  instruction: "It gives an instruction instead of news",
  duplicate: "Another fact already says this",
  "too-many": "More than a brief of this length holds",
  empty: "It was empty",
};

/** A channel's post as a card. */
export function postCard(post: Post): BriefCard {
  const { delivery, brief } = post;
  const edited = delivery.sentAt !== null && brief.createdAt > delivery.sentAt;
  return {
    ...briefCard(post),
    id: delivery.key,
    sentAt: delivery.sentAt,
    updatedAt: edited ? brief.createdAt : null,
  };
}

/** A reply as the page shows it; a brief is found through the id its evidence button carries. */
export async function replyView(reply: Reply, store: ViewStore): Promise<ReplyView> {
  const view = await findBrief(reply, store);
  if (view !== null) return { kind: "brief", card: briefCard(view) };
  const warns = reply.blocks.some((block) => block.kind === "note" && block.tone === "warning");
  const lines = toPlainText({ ...reply, title: null }).split("\n");
  return { kind: "text", title: reply.title, lines, tone: warns ? "warning" : "info" };
}

async function findBrief(reply: Reply, store: ViewStore): Promise<BriefView | null> {
  const id = evidenceOf(reply);
  const brief = id === null ? null : await store.brief(id);
  if (brief === null) return null;
  const article = await store.article(brief.articleId);
  const revision = await store.revision(brief.articleId, brief.revision);
  return article === null || revision === null ? null : { brief, article, revision };
}

function evidenceOf(reply: Reply): string | null {
  for (const block of reply.blocks) {
    if (block.kind !== "actions") continue;
    for (const { id } of block.actions) {
      const [verb, subject] = id.split(":");
      if (verb === "evidence" && subject !== undefined) return subject;
    }
  }
  return null;
}

function briefCard({ brief, article, revision }: BriefView): BriefCard {
  return {
    id: brief.id,
    headline: brief.headline,
    summary: brief.summary,
    facts: brief.facts.map((fact) => ({ ...fact, changed: isChanged(fact, revision) })),
    dropped: brief.dropped.map((dropped) => ({ text: dropped.text, reason: reasonText(dropped) })),
    caveats: brief.caveats,
    change: revision.change?.note ?? null,
    changedRuns: revision.change?.ranges ?? [],
    article: cardArticle(article, revision),
    ...smallPrint(brief),
    sentAt: null,
    updatedAt: null,
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

function smallPrint(brief: Brief): Pick<BriefCard, "language" | "writer" | "prompt" | "usage"> {
  return {
    language: brief.language,
    writer: writerText(brief.writer),
    prompt: brief.prompt,
    usage: usageText(brief.usage),
  };
}

function reasonText({ reason, detail, part }: Dropped): string {
  const about = part === "fact" ? "" : `In the ${part}: `;
  return `${about}${REASONS[reason]}${detail === null ? "" : ` (${detail})`}`;
}
