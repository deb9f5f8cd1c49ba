import { baseLanguage, foldText } from "./normalise.ts";
import { findTerm, type Mention, withoutOverlaps } from "./topic-find.ts";
import { printNode, type TopicNode, type TopicQuery, type TopicTerm } from "./topic-node.ts";
import type { TopicSubject } from "./topic-subject.ts";

/** That an article is about a topic, and how that was seen. */
export interface TopicMatch {
  /** The words that were found, as the article has them; the first mention of each, at most MAX_TERMS. */
  terms: string[];
  /** From 0 to 1: for putting matches in order, not for deciding. */
  score: number;
  /** One sentence for a moderator. */
  why: string;
}

const MAX_TERMS = 8;

/**
 * An article is about a term that stands in its title or its first words, more than once in its opening, or often.
 * Measured on two halves of labelled news: single mentions further down are in passing more often than not, and the
 * figures hardly move when each bound is made a third larger or smaller.
 */
const FIRST_WORDS = 20;
const OPENING_WORDS = 60;
const OPENING_MENTIONS = 2;
const MANY_MENTIONS = 4;
/** In a long article often means more: one mention for each so many words. */
const WORDS_PER_MENTION = 150;

/** The article's match, or null where it is not about the topic. */
export function matchTopic(query: TopicQuery, subject: TopicSubject): TopicMatch | null {
  const judged = judge(query.root, subject, false);
  if (!judged.holds) return null;
  return { terms: shownTerms(judged.mentions, subject), score: judged.score, why: judged.why() };
}

/** Whether an article matches and, if not, which part of the query failed and what it would have taken. */
export function explainTopic(query: TopicQuery, subject: TopicSubject): { matches: boolean; why: string } {
  const { holds, why } = judge(query.root, subject, true);
  return { matches: holds, why: why() };
}

interface Judged {
  holds: boolean;
  /** Whether it occurs at all: what a negation asks. */
  occurs: boolean;
  mentions: Mention[];
  score: number;
  /** Written only when somebody asks: most queries fail, and nobody asks why. */
  why: () => string;
}

/** `thorough` goes on after the first part that fails, to be able to say what the others did. */
function judge(node: TopicNode, subject: TopicSubject, thorough: boolean): Judged {
  switch (node.kind) {
    case "term":
      return judgeTerms([node], subject);
    case "site":
      return judgeSite(node.site, subject);
    case "language":
      return judgeLanguage(node.language, subject);
    case "everything":
      return plain(true, () => "the query asks for nothing in particular");
    case "not":
      return judgeNot(node.part, subject);
    case "all":
      return judgeAll(node.parts, subject, thorough);
    case "any":
      break;
  }
  return judgeAny(node.parts, subject, thorough);
}

function plain(holds: boolean, why: () => string): Judged {
  return { holds, occurs: holds, mentions: [], score: holds ? 1 : 0, why };
}

function judgeSite(site: string, subject: TopicSubject): Judged {
  const holds = subject.siteKeys.has(site);
  return plain(holds, () => `the site is ${holds ? "" : "not "}${site}`);
}

function judgeLanguage(language: string, subject: TopicSubject): Judged {
  const holds = subject.language === baseLanguage(language);
  const is = subject.language === "und" ? "not known" : subject.language;
  return plain(holds, () => `the language is ${is}${holds ? "" : `, not ${language}`}`);
}

/** Terms any of which will do: their mentions count together. */
function judgeTerms(terms: readonly TopicTerm[], subject: TopicSubject): Judged {
  const each = terms.map((term) => ({ term, mentions: findTerm(term, subject) }));
  const free = each.find(({ term, mentions }) => term.scope !== "article" && mentions.length > 0);
  const mentions = withoutOverlaps(each.flatMap(({ mentions }) => mentions));
  const aboutIt = withoutOverlaps(
    each.flatMap(({ term, mentions }) => (term.scope === "article" ? mentions : [])),
  );
  const holds = free !== undefined || isAbout(aboutIt, subject);
  const named = () => quoted(shownTerms(mentions, subject).slice(0, 3));
  const score = holds ? strength(mentions, subject) : 0;
  const why = () => {
    if (holds) return `${named()} ${placeOf(mentions, subject)}`;
    return mentions.length === 0 ? nowhere(terms) : `${named()} ${inPassing(mentions, subject)}`;
  };
  return { holds, occurs: mentions.length > 0, mentions, score, why };
}

function nowhere(terms: readonly TopicTerm[]): string {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return `${asTyped(only)} occurs nowhere`;
  const asked = terms.slice(0, MAX_TERMS).map((term) => printNode(term));
  return `none of “${asked.join(" OR ")}${terms.length > MAX_TERMS ? " OR …" : ""}” occurs`;
}

function asTyped(node: TopicNode): string {
  const text = printNode(node);
  return text.startsWith('"') ? text : `“${text}”`;
}

function judgeNot(part: TopicNode, subject: TopicSubject): Judged {
  const { occurs, mentions } = judge(part, subject, true);
  if (!occurs) return plain(true, () => `${asTyped(part)} does not occur`);
  return plain(false, () => {
    if (mentions.length === 0) return `${asTyped(part)} is excluded by the query`;
    const words = quoted(shownTerms(mentions, subject).slice(0, 3));
    return `${words} is excluded by the query and occurs ${whereFirst(mentions, subject)}`;
  });
}

function judgeAll(parts: readonly TopicNode[], subject: TopicSubject, thorough: boolean): Judged {
  const judged: Judged[] = [];
  for (const part of parts) {
    const one = judge(part, subject, thorough);
    judged.push(one);
    if (!one.holds && !thorough) break;
  }
  const holds = judged.length === parts.length && judged.every((one) => one.holds);
  const mentions = withoutOverlaps(judged.flatMap((one) => one.mentions));
  const telling = judged.filter((one, i) => !one.holds || parts[i]?.kind !== "not");
  const scored = telling.map(({ score }) => score);
  return {
    holds,
    occurs: judged.length === parts.length && judged.every((one) => one.occurs),
    mentions,
    score: holds && scored.length > 0 ? Math.min(...scored) : 0,
    why: () => (holds ? reasons(telling) : failedAll(judged)),
  };
}

/** What held, then what did not: “budget” …, but none of “London OR UK” occurs. */
function failedAll(judged: readonly Judged[]): string {
  const failed = judged.filter((one) => !one.holds);
  const held = judged.filter((one) => one.holds && one.mentions.length > 0);
  return held.length === 0 ? reasons(failed) : `${reasons(held)}, but ${reasons(failed)}`;
}

function reasons(judged: readonly Judged[]): string {
  return judged.map(({ why }) => why()).join("; ");
}

function judgeAny(parts: readonly TopicNode[], subject: TopicSubject, thorough: boolean): Judged {
  const terms = parts.filter((part) => part.kind === "term");
  const judged = terms.length > 0 ? [judgeTerms(terms, subject)] : [];
  for (const part of parts) {
    if (part.kind !== "term") judged.push(judge(part, subject, thorough));
  }
  const held = judged.filter((one) => one.holds);
  const mentions = withoutOverlaps((held.length > 0 ? held : judged).flatMap((one) => one.mentions));
  return {
    holds: held.length > 0,
    occurs: judged.some((one) => one.occurs),
    mentions,
    score: Math.max(0, ...held.map(({ score }) => score)),
    why: () => reasons(held.length > 0 ? held : judged),
  };
}

function isAbout(mentions: readonly Mention[], subject: TopicSubject): boolean {
  const within = (words: number) =>
    mentions.some(({ from }) => offsetOf(from, subject) < words * subject.tokensPerWord);
  if (within(FIRST_WORDS)) return true;
  if (mentions.length >= OPENING_MENTIONS && within(OPENING_WORDS)) return true;
  return mentions.length >= manyMentions(subject);
}

function manyMentions(subject: TopicSubject): number {
  return Math.max(MANY_MENTIONS, Math.ceil(subject.length / subject.tokensPerWord / WORDS_PER_MENTION));
}

/** The title counts as the first words. */
function offsetOf(from: number, subject: TopicSubject): number {
  return subject.tokens[from]?.offset ?? Number.POSITIVE_INFINITY;
}

/** What a mention in the title, in the opening and further down is worth beside each other, after BM25's saturation. */
const TITLE_WEIGHT = 3;
const OPENING_WEIGHT = 1.5;
const SATURATION = 1.2;
const USUAL_WORDS = 400;

function strength(mentions: readonly Mention[], subject: TopicSubject): number {
  let weight = 0;
  for (const { from } of mentions) {
    const offset = offsetOf(from, subject);
    if (offset < 0) weight += TITLE_WEIGHT;
    else weight += offset < OPENING_WORDS * subject.tokensPerWord ? OPENING_WEIGHT : 1;
  }
  const length = subject.length / subject.tokensPerWord / USUAL_WORDS;
  return Math.round((100 * weight) / (weight + SATURATION * (0.25 + 0.75 * length))) / 100;
}

function shownTerms(mentions: readonly Mention[], subject: TopicSubject): string[] {
  const shown = new Map<string, string>();
  for (const { from, to } of mentions) {
    const text = subject.textOf(from, to);
    if (!shown.has(foldText(text))) shown.set(foldText(text), text);
  }
  return [...shown.values()].slice(0, MAX_TERMS);
}

function quoted(terms: readonly string[]): string {
  return terms.map((term) => `“${term}”`).join(", ");
}

function placeOf(mentions: readonly Mention[], subject: TopicSubject): string {
  const count = times(mentions.length);
  const [first] = mentions;
  const offset = first === undefined ? 0 : offsetOf(first.from, subject);
  if (offset < 0) return mentions.length === 1 ? "in the title" : `in the title, ${count} in all`;
  return `${count}, first in paragraph ${paragraphOf(first, subject)}`;
}

function inPassing(mentions: readonly Mention[], subject: TopicSubject): string {
  return `${mentions.length === 1 ? "is" : "are"} mentioned only ${times(mentions.length)}, ${mentions.length === 1 ? "" : "first "}in paragraph ${paragraphOf(mentions[0], subject)} (needed: in the title, in the first ${FIRST_WORDS} words, twice with one in the first ${OPENING_WORDS}, or ${manyMentions(subject)} times)`;
}

function whereFirst(mentions: readonly Mention[], subject: TopicSubject): string {
  const paragraph = paragraphOf(mentions[0], subject);
  return paragraph === 0 ? "in the title" : `in paragraph ${paragraph}`;
}

function paragraphOf(mention: Mention | undefined, subject: TopicSubject): number {
  return mention === undefined ? 0 : (subject.tokens[mention.from]?.paragraph ?? 0);
}

function times(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${count} times`;
}
