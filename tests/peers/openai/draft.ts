import type { AskedFor } from "./shapes.ts";

export interface PeerDraft {
  facts: { quote: string; text: string }[];
  summary: string;
  headline: string;
  caveats: string[];
  topics: string[];
}

interface ArticleSeen {
  title: string;
  language: string;
  sentences: string[];
}

const MAX_HEADLINE_CHARS = 100;

/** The message with the article: the first a person wrote. */
export function articleMessage(asked: AskedFor): string {
  return asked.messages.find((message) => message.role === "user")?.content ?? "";
}

/** What an honest model would answer to whichever of Lede's requests this is. */
export function honestAnswer(asked: AskedFor): object {
  const prompt = articleMessage(asked);
  if (prompt.startsWith("<claims-")) return verdictsFor(prompt);
  if (prompt.startsWith("<facts-")) return wholeFrom(prompt);
  const draft = draftFrom(asked);
  return prompt.includes("Write the facts of this section") ? { facts: draft.facts, caveats: [] } : draft;
}

/** Numbers of the claims that are asked about. */
export function claimNumbers(prompt: string): number[] {
  return [...prompt.matchAll(/^\[\w+:(\d+) claim\]/gm)].map(([, number]) => Number(number));
}

function verdictsFor(prompt: string): object {
  return {
    verdicts: claimNumbers(prompt).map((claim) => ({ claim, why: "the same", supported: true })),
  };
}

/** Facts from all over the list, the last one first, and the first ones as the summary. */
function wholeFrom(prompt: string): object {
  const facts = [...prompt.matchAll(/^\[\w+:\d+\] (.*)$/gm)].map(([, text = ""]) => text);
  const most = Number(/: \d+ to (\d+) numbers/.exec(prompt)?.[1] ?? 3);
  const size = Number(/at most (\d+) sentence/.exec(prompt)?.[1] ?? 2);
  const step = Math.max(1, Math.floor(facts.length / most));
  const picks = facts.map((_, index) => facts.length - index).filter((_, index) => index % step === 0);
  return {
    picks: picks.slice(0, most),
    summary: facts.slice(0, size).join(" "),
    headline: (facts[0] ?? "Nothing").replace(/\.$/, "").slice(0, MAX_HEADLINE_CHARS),
    caveats: [],
    topics: ["news"],
  };
}

/**
 * What an honest model would answer to a whole article: the article's own sentences, quoted as they stand. Where another language is asked
 * for, which this one does not speak, each text begins with that language's tag.
 */
export function draftFrom(asked: AskedFor): PeerDraft {
  const prompt = articleMessage(asked);
  const article = readArticle(prompt);
  // Only after the block: the article may speak of "9 to 4" itself.
  const order = prompt.slice(prompt.lastIndexOf("</article-"));
  const wanted = /\blanguage of [^\n]*?\(([A-Za-z0-9-]+)\)/.exec(order)?.[1] ?? article.language;
  const tagged = (text: string): string => (wanted === article.language ? text : `[${wanted}] ${text}`);
  const summarySize = Number(/at most (\d+) sentence/.exec(order)?.[1] ?? 2);
  const factCount = Number(/(?:\b\d+ to|`facts`: at most) (\d+)\b/.exec(order)?.[1] ?? 3);
  return {
    facts: pickFacts(article.sentences, factCount).map((quote) => ({ quote, text: tagged(quote) })),
    summary: tagged(article.sentences.slice(0, summarySize).join(" ")),
    headline: tagged(headlineOf(article)),
    caveats: [],
    topics: [tagged("news")],
  };
}

function readArticle(prompt: string): ArticleSeen {
  const block = /<article-(\w+)>\n([\s\S]*)\n<\/article-\1>/.exec(prompt);
  const mark = block?.[1] ?? "";
  const lines = (block?.[2] ?? "").split("\n");
  const prefix = new RegExp(`^\\[${mark}:\\d+\\] `);
  return {
    title: lines.find((line) => line.startsWith("Title: "))?.slice("Title: ".length) ?? "",
    language: /^Language: .*\(([\w-]+)\)$/m.exec(block?.[2] ?? "")?.[1] ?? "",
    sentences: lines.filter((line) => prefix.test(line)).map((line) => line.replace(prefix, "")),
  };
}

/** Sentences with a number or of some length first, then in the article's order. */
function pickFacts(sentences: readonly string[], count: number): string[] {
  const telling = sentences.filter((sentence) => /\d/.test(sentence) || sentence.length > 80);
  const others = sentences.filter((sentence) => !telling.includes(sentence));
  return [...new Set([...telling, ...others])].slice(0, count);
}

/** The title if the text bears it out word by word, else the first sentence. */
function headlineOf({ title, sentences }: ArticleSeen): string {
  const text = sentences.join(" ").toLowerCase();
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const borneOut = words.length > 0 && words.every((word) => text.includes(word));
  const headline = (borneOut ? title : (sentences[0] ?? title)).replace(/\.$/, "");
  if (headline.length <= MAX_HEADLINE_CHARS) return headline;
  const cut = headline.slice(0, MAX_HEADLINE_CHARS);
  return cut.slice(0, cut.lastIndexOf(" ")).replace(/[,;:]$/, "");
}
