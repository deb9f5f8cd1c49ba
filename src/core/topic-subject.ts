import { baseLanguage, foldText } from "./normalise.ts";
import { stemWord } from "./stem.ts";
import type { StoryMember } from "./story.ts";
import { topicTokens, type TopicToken } from "./topic-words.ts";

/** An article as a topic is asked about it. */
export interface TopicArticle {
  title: string;
  paragraphs: readonly string[];
  /** The outlet's name; null where it is not known. */
  site: string | null;
  /** Null for pasted text. */
  url: string | null;
  /** BCP-47; null where it is not known: words are then compared without stemming. */
  language: string | null;
}

/** One word of the article, with where it stands. */
export interface SubjectToken extends TopicToken {
  stem: string;
  /** 0 is the title, 1 the first paragraph. */
  paragraph: number;
  /** How many words of the body stand before it; -1 in the title. */
  offset: number;
}

/** An article read once, to be asked about by many queries. */
export interface TopicSubject {
  language: string;
  tokens: readonly SubjectToken[];
  /** Where each folded word stands, and each stem. */
  byKey: ReadonlyMap<string, readonly number[]>;
  byStem: ReadonlyMap<string, readonly number[]>;
  /** Words of the body. */
  length: number;
  /** How many tokens make a word: 2 where each character is a token, as in Chinese and Japanese. */
  tokensPerWord: number;
  /** What `site:` may say to mean this article: its host, the hosts above, their parts and the outlet's name. */
  siteKeys: ReadonlySet<string>;
  /** The article has no capital at all, so that none can be asked for. */
  caseless: boolean;
  /** The article's words from token `from` to token `to`, the last included. */
  textOf: (from: number, to: number) => string;
}

/** Reads an article for `matchTopic`: its words, stems and places, once. */
export function prepareSubject(article: TopicArticle): TopicSubject {
  const language = baseLanguage(article.language ?? "");
  const texts = [article.title, ...article.paragraphs];
  const tokens: SubjectToken[] = [];
  let length = 0;
  for (const [paragraph, text] of texts.entries()) {
    for (const token of topicTokens(text)) {
      const offset = paragraph === 0 ? -1 : length;
      tokens.push({ ...token, stem: stemWord(token.key, language), paragraph, offset });
      if (paragraph > 0) length += 1;
    }
  }
  return {
    language,
    tokens,
    byKey: positions(tokens, (token) => token.key),
    byStem: positions(tokens, (token) => token.stem),
    length,
    tokensPerWord: tokens.filter(({ glued }) => glued).length * 2 > tokens.length ? 2 : 1,
    siteKeys: siteKeysOf(article),
    caseless: !tokens.some(
      (token) => token.proper && /\p{Lu}/u.test(texts[token.paragraph]?.charAt(token.start) ?? ""),
    ),
    textOf: (from, to) => {
      const [first, last] = [tokens[from], tokens[to]];
      return first === undefined || last === undefined
        ? ""
        : (texts[first.paragraph] ?? "").slice(first.start, last.end);
    },
  };
}

/** An article as topics see it. */
export function subjectOf({ article, revision }: StoryMember): TopicSubject {
  const { site, url, language } = article;
  const { title, paragraphs } = revision;
  return prepareSubject({ title, paragraphs, site, url, language });
}

function positions(tokens: readonly SubjectToken[], keyOf: (token: SubjectToken) => string) {
  const found = new Map<string, number[]>();
  for (const [i, token] of tokens.entries()) {
    const list = found.get(keyOf(token));
    if (list === undefined) found.set(keyOf(token), [i]);
    else list.push(i);
  }
  return found;
}

function siteKeysOf({ url, site }: TopicArticle): Set<string> {
  const keys = new Set(site === null ? [] : [foldText(site)]);
  if (url === null || !URL.canParse(url)) return keys;
  const labels = new URL(url).hostname.toLowerCase().split(".");
  for (const [i, label] of labels.entries()) {
    keys.add(label);
    keys.add(labels.slice(i).join("."));
  }
  return keys;
}
