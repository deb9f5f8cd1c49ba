import { randomInt } from "node:crypto";
import type { Section } from "#src/core/sections.ts";
import type { WriteRequest } from "#src/ports.ts";
import { loadPrompt, type Prompt } from "#src/prompts.ts";
import type { Reading } from "./answer-json.ts";
import type { AnswerForm } from "./openai-form.ts";

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** One thing to ask of a model: the words, the form of the answer, and how an answer is read. */
export interface Question<T> {
  prompt: Pick<Prompt<string>, "ref" | "config">;
  form: AnswerForm;
  messages: Message[];
  read: (text: string) => Reading<T>;
}

export type Prompts = ReturnType<typeof loadPrompts>;

/** A bad answer is shown to the model again, but not at any length. */
const MAX_SHOWN_AGAIN = 8_000;
const NOT_GIVEN = "not given";
const LETTERS = "bcdfghjkmnpqrtvwxz";

/** Throws AppError `bug` when a prompt's file and this code disagree. */
export function loadPrompts() {
  return {
    brief: loadPrompt("brief.v2", [
      "mark",
      "title",
      "byline",
      "site",
      "published",
      "articleLanguage",
      "article",
      "language",
      "sentences",
      "leastFacts",
      "mostFacts",
      "style",
    ]),
    section: loadPrompt("section-facts.v1", [
      "mark",
      "title",
      "articleLanguage",
      "section",
      "article",
      "language",
      "mostFacts",
      "style",
    ]),
    whole: loadPrompt("brief-of-facts.v1", [
      "mark",
      "title",
      "byline",
      "site",
      "published",
      "facts",
      "language",
      "sentences",
      "leastFacts",
      "mostFacts",
      "style",
    ]),
    judge: loadPrompt("judge.v1", ["mark", "claims"]),
    repair: loadPrompt("repair.v2", ["issues"]),
    schema: loadPrompt("schema.v1", ["schema"]),
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

/** The prompt's shared part, which a provider can cache, and what differs. */
export function messagesOf(system: string | null, user: string): Message[] {
  return [...(system === null ? [] : [message("system", system)]), message("user", user)];
}

function message(role: Message["role"], content: string): Message {
  return { role, content };
}

/** Letter and digit by turns, so that a code word is no word: with two of each there are about 32,000. */
const MARK_PAIRS = 2;

/**
 * Draws the code word that names block and lines. It is short because every line pays for it; no text can forge it,
 * because one that the texts contain is not taken. The prompt's own words belong to the texts.
 */
export function drawMark(texts: readonly (string | null)[]): string {
  const lower = texts.join("\n").toLowerCase();
  const pair = (): string => `${LETTERS.charAt(randomInt(LETTERS.length))}${randomInt(10)}`;
  let mark = Array.from({ length: MARK_PAIRS }, pair).join("");
  while (lower.includes(mark)) mark += pair();
  return mark;
}

/** A section's sentences, each on a line that begins with the code word and its number. */
export function numberedLines({ paragraphs, firstSentence }: Section, mark: string): string {
  let number = firstSentence;
  const line = (sentence: string): string => `[${mark}:${number++}] ${sentence}`;
  return paragraphs.map((sentences) => sentences.map(line).join("\n")).join("\n\n");
}

/** What is known of an article, each on one line, as prompts show it. */
export function headOf(request: WriteRequest) {
  return {
    title: oneLine(request.title),
    byline: oneLine(request.byline ?? NOT_GIVEN),
    site: oneLine(request.site ?? NOT_GIVEN),
    published:
      request.publishedAt === null ? NOT_GIVEN : `${request.publishedAt.toISOString().slice(0, 16)}Z`,
  };
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** "German (de)". A page's own language tag is not to be believed: what is no tag is not passed on. */
export function languageName(tag: string): string {
  try {
    return `${new Intl.DisplayNames(["en"], { type: "language" }).of(tag)} (${tag})`;
  } catch {
    return NOT_GIVEN;
  }
}
