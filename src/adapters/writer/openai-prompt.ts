import { randomInt } from "node:crypto";
import { LENGTHS } from "#src/core/brief.ts";
import { splitSentences } from "#src/core/sentences.ts";
import type { WriteRequest } from "#src/ports.ts";
import { loadPrompt } from "#src/prompts.ts";
import type { DraftBounds } from "./draft-output.ts";

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** What the model is asked about one article, and what its answer is held to. */
export interface Question {
  messages: Message[];
  bounds: DraftBounds;
}

export type Prompts = ReturnType<typeof loadPrompts>;

/** About 20,000 tokens: longer than any news report, and a bound on what one call can cost. */
const MAX_ARTICLE_CHARS = 80_000;
const LEAST_FACTS = 3;
/** A bad answer is shown to the model again, but not at any length. */
const MAX_SHOWN_AGAIN = 8_000;
const NOT_GIVEN = "not given";
const LETTERS = "bcdfghjkmnpqrtvwxz";

/** Throws AppError `bug` when a prompt's file and this code disagree. */
export function loadPrompts() {
  return {
    brief: loadPrompt("brief.v1", [
      "mark",
      "title",
      "byline",
      "site",
      "published",
      "articleLanguage",
      "article",
      "extent",
      "language",
      "sentences",
      "leastFacts",
      "mostFacts",
    ]),
    repair: loadPrompt("repair.v1", ["issues"]),
    schema: loadPrompt("schema.v1", ["schema"]),
  };
}

export function askForBrief({ brief }: Prompts, request: WriteRequest): Question {
  const mark = drawMark([request.title, request.byline, request.site, ...request.paragraphs].join("\n"));
  const article = numberSentences(request, mark);
  const most = LENGTHS[request.length];
  const leastFacts = Math.min(LEAST_FACTS, most.facts, Math.max(article.sentences, 1));
  const user = brief.user({
    mark,
    title: oneLine(request.title),
    byline: oneLine(request.byline ?? NOT_GIVEN),
    site: oneLine(request.site ?? NOT_GIVEN),
    published:
      request.publishedAt === null ? NOT_GIVEN : `${request.publishedAt.toISOString().slice(0, 16)}Z`,
    articleLanguage: languageName(request.articleLanguage),
    article: article.text,
    extent: article.cut ? "The article goes on: its end is missing above." : "All of the article is shown.",
    language: languageName(request.language),
    sentences: String(most.sentences),
    leastFacts: String(leastFacts),
    mostFacts: String(most.facts),
  });
  return {
    messages: [...(brief.system === null ? [] : [message("system", brief.system)]), message("user", user)],
    bounds: {
      mark,
      language: request.language,
      sentences: most.sentences,
      leastFacts,
      mostFacts: most.facts,
    },
  };
}

/** The question again, with the answer that could not be used and why. */
export function askAgain(
  { repair }: Prompts,
  messages: readonly Message[],
  bad: { text: string; issues: readonly string[] },
): Message[] {
  // An empty assistant turn is refused by several servers.
  const shown = bad.text.trim().slice(0, MAX_SHOWN_AGAIN) || "(empty)";
  const issues = bad.issues.map((issue) => `- ${issue}`).join("\n");
  return [...messages, message("assistant", shown), message("user", repair.user({ issues }))];
}

function message(role: Message["role"], content: string): Message {
  return { role, content };
}

/**
 * Draws the code word that names block and lines. It is short because every line pays for it; no text can forge it,
 * because one that the text contains is not taken.
 */
function drawMark(text: string): string {
  const lower = text.toLowerCase();
  let mark = "";
  do {
    mark += `${LETTERS.charAt(randomInt(LETTERS.length))}${randomInt(10)}`;
  } while (lower.includes(mark));
  return mark;
}

interface NumberedArticle {
  text: string;
  sentences: number;
  cut: boolean;
}

function numberSentences(request: WriteRequest, mark: string): NumberedArticle {
  const paragraphs: string[] = [];
  let sentences = 0;
  let left = MAX_ARTICLE_CHARS;
  for (const paragraph of request.paragraphs) {
    const lines: string[] = [];
    for (const { start, end } of splitSentences(paragraph, request.articleLanguage)) {
      const sentence = oneLine(paragraph.slice(start, end));
      left -= sentence.length;
      if (left < 0) break;
      sentences += 1;
      lines.push(`[${mark}:${sentences}] ${sentence}`);
    }
    if (lines.length > 0) paragraphs.push(lines.join("\n"));
    if (left < 0) break;
  }
  return { text: paragraphs.join("\n\n"), sentences, cut: left < 0 };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** "German (de)". A page's own language tag is not to be believed: what is no tag is not passed on. */
function languageName(tag: string): string {
  try {
    return `${new Intl.DisplayNames(["en"], { type: "language" }).of(tag)} (${tag})`;
  } catch {
    return NOT_GIVEN;
  }
}
