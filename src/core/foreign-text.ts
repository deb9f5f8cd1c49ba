import type { ArticleIndex, Sentence } from "./article-index.ts";
import { PARAGRAPH_BREAK } from "./article.ts";
import { type Address, addressOf } from "./foreign-words.ts";
import { isFurniture } from "./junk.ts";
import { functionWords, guessLanguage } from "./lexicon.ts";
import { isUnspaced, tokenize } from "./normalise.ts";
import { plainLetters } from "./plain-letters.ts";
import { NO_BACKGROUND, tellingOf } from "./story-prior.ts";

/** Sentences of an article that are no part of its report, by index. */
export interface Foreign {
  /** They ask how the text is to be retold, sell something, or are in another language: neither shown nor cited. */
  foreign: ReadonlySet<number>;
  /** They show a weaker sign of it: no claim may rest on them alone. */
  beside: ReadonlySet<number>;
  /** They share no telling word with the rest: nothing for a headline, and the last to be chosen. */
  untied: ReadonlySet<number>;
}

/** What is seen of one sentence. */
interface Signs {
  /** Share of what its words tell that the rest of the article tells too, from 0 to 1. */
  tie: number;
  /** Words that say something. */
  size: number;
  /** Shares hardly a word with the rest. */
  loose: boolean;
  own: boolean;
  /** Names a retelling by a word that the rest of the article lacks. */
  retelling: boolean;
  asks: boolean;
  /** Speaks of who hears the news or passes it on. */
  hearers: boolean;
  /** Different words of saying, adding, leaving out. */
  tells: number;
  person: boolean;
  offers: number;
  cries: boolean;
  contact: boolean;
  code: boolean;
  otherLanguage: boolean;
  /** What stands before a colon at its front names a retelling or the text. */
  labelled: boolean;
  /** Begins a paragraph in the middle of a sentence that no other paragraph began. */
  torn: boolean;
  /** A call to subscribe or the like, as honest pages have them among their paragraphs. */
  furniture: boolean;
}

const NONE: Foreign = { foreign: new Set(), beside: new Set(), untied: new Set() };
/** A shorter article has too little to hold a sentence against. */
const LEAST_SENTENCES = 5;
/** A longer article is told by its first sentences; what follows is hardly ever shown. */
const MOST_SENTENCES = 400;
const LOOSE = 0.1;
const LOOSER = 0.3;
const UNTIED = 0.03;
/** Words from which on it is no chance that a sentence shares none with its article. */
const TELLING_WORDS = 7;

const QUOTED =
  /“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"|「[^「」]*」|『[^『』]*』|‘[^‘’]*’|``.*?''|(?<![\p{L}\d])'[^']*'(?![\p{L}\d])/gu;
/** A quotation whose other mark stands in another sentence: which part is quoted is not known. */
const HALF_QUOTED = /[“”„"«»「」『』`‘]|(?<![\p{L}\d])'|(?<=[.,!?…])'/u;
const CONTACT =
  /https?:|www\.|(?<![\p{L}\p{N}.])@[\p{L}\d_]{3}|[\p{L}\d]\.(?:com|net|org|io|co|biz|info|shop|example|app|xyz|top|de|fr|es|it|ru|cn|jp)(?![\p{L}\d])/u;
/** Values set or keys with values, as programs and forms have them and prose does not. */
const CODE =
  /[\p{L}\d_]\s?=\s?["'[{\p{L}\d]|\{\s*"|"\s*:\s*["[{\d]|^\s*\[[\p{L}_ ]+[:=]|[\p{L}\d]_[\p{L}\d]+\s*[:=]/u;
const LABEL = /^[^:：.!?]{2,40}[:：]/u;

const FOUND = new WeakMap<ArticleIndex, Foreign>();

/** Which of an article's sentences are foreign to it; none in an article too short to tell. */
export function foreignIn(article: ArticleIndex): Foreign {
  const known = FOUND.get(article) ?? findForeign(article);
  FOUND.set(article, known);
  return known;
}

function findForeign(article: ArticleIndex): Foreign {
  const sentences = article.sentences.slice(0, MOST_SENTENCES);
  if (sentences.length < LEAST_SENTENCES) return NONE;
  const signs = readSigns(sentences, article);
  const foreign = new Set(signs.flatMap((each, at) => (isForeign(each) ? [at] : [])));
  spread(foreign, signs, article);
  // An article that is foreign to itself is another kind of text: a list, a page of notices, a letter.
  if (foreign.size * 2 > sentences.length) return NONE;
  const among = (holds: (seen: Signs) => boolean): ReadonlySet<number> =>
    new Set(signs.flatMap((seen, at) => (!foreign.has(at) && holds(seen) ? [at] : [])));
  return { foreign, beside: among(isBeside), untied: among(isUntied) };
}

function isForeign(seen: Signs): boolean {
  const { own, retelling, asks, hearers, tells, person, offers, cries } = seen;
  const addressed = person || asks;
  if (own && (retelling || asks || hearers)) return true;
  if (seen.furniture) return false;
  if (seen.otherLanguage || (seen.torn && seen.tie <= LOOSER)) return true;
  if (retelling && (seen.labelled || seen.code)) return true;
  if (retelling && seen.tie <= LOOSER && (addressed || hearers || tells > 0)) return true;
  if (seen.tie <= LOOSE && tells > 0 && hearers) return true;
  if (seen.tie <= LOOSE && tells > 1 && asks) return true;
  if (!seen.loose) return false;
  if (offers > 1 && (person || cries)) return true;
  if (offers > 0 && (cries || (seen.contact && addressed))) return true;
  return cries && person;
}

function isBeside(seen: Signs): boolean {
  const { own, retelling, asks, hearers, tells, person } = seen;
  if (seen.furniture && (person || asks || retelling || seen.contact || seen.offers > 0)) return true;
  if (seen.labelled || (own && seen.tie <= LOOSER)) return true;
  if (retelling && (asks || person || hearers || seen.code)) return true;
  if (tells > 0 && asks && (hearers ? seen.tie <= LOOSER : seen.loose)) return true;
  return seen.loose && ((person && asks) || seen.cries || seen.contact || seen.code);
}

function isUntied({ tie, size }: Signs): boolean {
  return tie <= UNTIED && size >= TELLING_WORDS;
}

/** An order parted over sentences or paragraphs: what stands beside a foreign one and shares nothing with the rest belongs to it. */
function spread(foreign: Set<number>, signs: readonly Signs[], { sentences, text }: ArticleIndex): void {
  const between = (left: number, right: number): string =>
    text.slice(sentences[left]?.range.end ?? 0, sentences[right]?.range.start ?? 0);
  const parted = (left: number): boolean => between(left, left + 1).includes(PARAGRAPH_BREAK);
  const belongs = (at: number): boolean => {
    const [before, after] = [foreign.has(at - 1), foreign.has(at + 1)];
    const seen = signs[at];
    if (seen === undefined || (!before && !after)) return false;
    if (before && after && seen.tie <= LOOSER) return true;
    if (seen.tie > UNTIED || HALF_QUOTED.test(sentences[at]?.text ?? "")) return false;
    const alone = parted(at - 1) && parted(at);
    return alone || (before && !parted(at - 1)) || (after && !parted(at));
  };
  const order = [...signs.keys()];
  for (const each of [order, order.toReversed()])
    for (const at of each) if (!foreign.has(at) && belongs(at)) foreign.add(at);
}

function readSigns(sentences: readonly Sentence[], article: ArticleIndex): Signs[] {
  const { language } = article;
  const words = addressOf(language);
  const plain = sentences.map(({ text }) => unquoted(text).toLowerCase());
  const holders = countHolders(sentences, article);
  const retold = heldTwice(plain, words);
  const letters = lettersOf(sentences);
  return sentences.map((sentence, at) => {
    const text = plain[at] ?? "";
    // Half of a quotation is somebody's voice, which says I, you and what it likes.
    const voiced = HALF_QUOTED.test(text);
    const has = (pattern: RegExp | undefined): boolean => !voiced && allOf(pattern, text).length > 0;
    const label = LABEL.exec(text)?.[0] ?? "";
    const retelling = !voiced && allOf(words?.retelling, text).some((word) => !retold.has(word));
    const tie = tieOf(sentence, holders, language);
    return {
      tie,
      size: sentence.stems.size,
      loose: isLoose(tie, sentence.stems.size, language),
      own: has(words?.own),
      retelling,
      asks: has(words?.asks),
      hearers: has(words?.hearers),
      tells: voiced ? 0 : new Set(allOf(words?.tells, text)).size,
      person: has(words?.person),
      offers: new Set(allOf(words?.offers, text)).size,
      cries: !voiced && /[!！]/u.test(text),
      contact: CONTACT.test(sentence.text.toLowerCase()),
      code: CODE.test(sentence.text),
      otherLanguage: !voiced && isOtherLanguage(unquoted(sentence.text), letters, language),
      labelled: retelling && allOf(words?.retelling, label).length > 0,
      furniture: isFurniture(sentence.text),
      torn: isTorn(sentence, article.text.slice(0, sentence.range.start)),
    };
  });
}

/** Names such as "eBay" begin small too. */
function isTorn({ text }: Sentence, before: string): boolean {
  return /^\p{Ll}(?!\p{Lu})/u.test(text) && /[.!?…。”"»]\n\n$/u.test(before);
}

function unquoted(text: string): string {
  return plainLetters(text).replace(QUOTED, " … ");
}

/** Scripts read character by character share some by chance. */
function isLoose(tie: number, size: number, language: string): boolean {
  return isUnspaced(language) ? tie <= LOOSER + 0.05 && size > 2 : tie <= LOOSE + 0.05 && size > 3;
}

function allOf(pattern: RegExp | undefined, text: string): string[] {
  return pattern === undefined ? [] : (text.match(pattern) ?? []);
}

/** Words for a retelling that stand in two sentences or more: such an article is about summaries. */
function heldTwice(plain: readonly string[], words: Address | null): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const text of plain)
    for (const word of new Set(allOf(words?.retelling, text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].flatMap(([word, count]) => (count > 1 ? [word] : [])));
}

/** In how many sentences each stem stands, the title being one. */
function countHolders(sentences: readonly Sentence[], { title }: ArticleIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { stems } of [title, ...sentences])
    for (const each of stems) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function tieOf({ stems }: Sentence, holders: ReadonlyMap<string, number>, language: string): number {
  let [all, shared] = [0, 0];
  for (const each of stems) {
    const telling = tellingOf(each, language, NO_BACKGROUND);
    all += telling;
    if ((holders.get(each) ?? 0) > 1) shared += telling;
  }
  return all === 0 ? 1 : shared / all;
}

/** How many sentences hold each letter. */
function lettersOf(sentences: readonly Sentence[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of sentences)
    for (const letter of new Set(text.toLowerCase().match(/\p{L}/gu) ?? []))
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

/** Fewest words and letters by which a language can be told. */
const LEAST_WORDS = 6;
const LEAST_LETTERS = 12;
/** Share of a sentence's letters that no other sentence has, from which on it is written in other letters. */
const OTHER_LETTERS = 0.08;
/** Share of words that bind in the article's language, up to which a sentence is not in it. */
const OWN_WORDS = 0.1;

function isOtherLanguage(text: string, letters: ReadonlyMap<string, number>, language: string): boolean {
  const own = functionWords(language);
  const found = text.toLowerCase().match(/\p{L}/gu) ?? [];
  const keys = tokenize(text).flatMap(({ key }) => (/\p{L}{2}|[^\p{ASCII}]/u.test(key) ? [key] : []));
  if (isUnspaced(language) || own.size === 0) return false;
  if (keys.length < LEAST_WORDS || found.length < LEAST_LETTERS) return false;
  if (keys.filter((key) => own.has(key)).length > keys.length * OWN_WORDS) return false;
  const strange = found.filter((letter) => (letters.get(letter) ?? 0) < 2).length;
  return guessLanguage(text, keys, language) !== language || strange >= found.length * OTHER_LETTERS;
}
