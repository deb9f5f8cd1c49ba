import { type ArticleIndex, type Passage, passage } from "./article-index.ts";
import type { Claim, Failure } from "./claims.ts";
import { peopleOf } from "./demonyms.ts";
import { elsewhere, isTranslated } from "./exonyms.ts";
import { type NameMention, findNames } from "./names.ts";
import { baseLanguage } from "./normalise.ts";
import { pinyinOf, saysPinyin } from "./pinyin.ts";
import { isPlainWord } from "./plain-words.ts";
import { hasSounds, soundDistance, soundOf, soundsOf, strongIn } from "./sounds.ts";
import { SAYING } from "./speech-words.ts";
import { titleKinds } from "./title-words.ts";
import { COUNTRIES } from "./topic-countries.ts";

/** Fewer consonants than these are in some word of any article. */
const TELLING = 3;
/** Share of a name's consonants that may differ. */
const TOLERANCE = 0.2001;
/** The same for a first name, which languages give forms of their own, beside a surname that is the article's. */
const FIRST_NAME = 0.34;
/** The same for a whole name of short words. */
const WHOLE = 0.15;
/** Korean surnames with a letter in English that Korean does not have. */
const KOREAN_SILENT = /^(?:lee|rhee|yi|lim|rim|ryu|ryoo)$/;
/** Endings that make another word of a place. */
const DERIVED = /(?:ian|ean|ese|ite|ish|ic|ism|ist)s?$/;

/** What stands before the names of families and places that come from Arabic, sounded as the next letter or not. */
const ARTICLES = /(?<![\p{L}])(?:[ae]l|a[dnrstz]|ash)-(?=\p{Lu})/giu;

const NAMED: ReadonlySet<string> = new Set(
  COUNTRIES.flatMap(({ names, demonyms }) =>
    [...names, ...demonyms].flatMap((name) => name.toLowerCase().split(/[ -]/)),
  ),
);

/**
 * Fails a name in Latin letters that sounds like nothing in an article of another script. What is translated rather than
 * taken over, and what is too short to tell, is let through.
 */
export function checkNamesAcross(claim: Claim, article: ArticleIndex): Failure | null {
  const language = baseLanguage(article.language);
  const english = baseLanguage(claim.language) === "en";
  const bare = passage(claim.text.replace(ARTICLES, ""), claim.language);
  for (const name of findNames(bare, claim.language)) {
    const person = isPerson(name, bare, claim.language);
    if (!english && !person) continue;
    const failed = language === "zh" ? isOtherChinese(name.keys, article) : isOther(name, person, article);
    if (failed) return { reason: "name", detail: name.raw, rule: "other-script" };
  }
  return null;
}

/** Whether names in an article of another script can be told from others: those of Japanese and Thai cannot. */
export function canCheckAcross(language: string): boolean {
  const base = baseLanguage(language);
  return base === "zh" || hasSounds(base);
}

function isTakenOver(key: string, raw: string): boolean {
  const initials = raw.includes(key.toUpperCase());
  if (initials || /[^\p{L}\p{M}'’-]/u.test(key)) return false;
  if (isPlainWord(key) || isTranslated(key) || peopleOf(key) !== null || NAMED.has(key)) return false;
  return !DERIVED.test(key);
}

/** Beside an office or a verb of speech: other languages than English have no list of words here. */
function isPerson(name: NameMention, { tokens }: Passage, language: string): boolean {
  const saying = SAYING[baseLanguage(language)];
  const before = tokens.findLast(({ end }) => end <= name.start)?.key ?? "";
  const after = tokens.find(({ start }) => start >= name.end)?.key ?? "";
  return titleKinds(before).length > 0 || saying?.test(before) === true || saying?.test(after) === true;
}

function isOtherChinese(keys: readonly string[], article: ArticleIndex): boolean {
  const words = pinyinOf(keys);
  return words !== null && !saysPinyin(`${article.title.text}\n${article.text}`, words);
}

function isOther(name: NameMention, person: boolean, article: ArticleIndex): boolean {
  const language = baseLanguage(article.language);
  const keys = name.keys.filter((key) => isTakenOver(key, name.raw));
  if (!hasSounds(language) || keys.length === 0) return false;
  const telling = keys.filter((key) => strongIn(soundOf(key, language), language) >= TELLING);
  const whole = name.keys.length > 1 && (person || keys.length === name.keys.length);
  if (telling.length === 0) return whole && !saysTogether(name.keys, article);
  const last = keys.at(-1);
  const known = telling.some((key) => distanceOf(key, article) <= TOLERANCE);
  return telling.some((key) => {
    const limit = key !== last && known ? FIRST_NAME : TOLERANCE;
    return distanceOf(key, article) > limit && !isHalf(key, keys, article);
  });
}

/** One of two words that the article writes as one, or parts elsewhere: Abdel Fattah for Abd al-Fattah. */
function isHalf(key: string, keys: readonly string[], article: ArticleIndex): boolean {
  const language = baseLanguage(article.language);
  const at = keys.indexOf(key);
  const pairs = [keys.slice(Math.max(0, at - 1), at + 1), keys.slice(at, at + 2)];
  return pairs.some(
    (pair) => pair.length === 2 && nearest(soundOf(pair.join(""), language), article) <= TOLERANCE,
  );
}

/** Names too short to tell one by one, as a whole. */
function saysTogether(keys: readonly string[], article: ArticleIndex): boolean {
  const language = baseLanguage(article.language);
  const spelt = language === "ko" ? keys.map((key) => key.replace(KOREAN_SILENT, "i")) : keys;
  const orders = [
    keys,
    spelt,
    [...spelt.slice(1), ...spelt.slice(0, 1)],
    [...spelt.slice(-1), ...spelt.slice(0, -1)],
  ];
  const wholes = orders.map((order) => soundOf(order.join(""), language));
  if (strongIn(soundOf(spelt.join(""), language), language) < TELLING) return true;
  return wholes.some((whole) => nearest(whole, article) <= WHOLE);
}

/** How far a name is from the nearest words of an article in another script, as a share of its consonants. */
export function distanceOf(key: string, article: ArticleIndex): number {
  if (article.keys.has(key)) return 0;
  const language = baseLanguage(article.language);
  return Math.min(...[key, ...elsewhere(key)].map((form) => nearest(soundOf(form, language), article)));
}

const FOUND = new WeakMap<ArticleIndex, Map<string, number>>();

function nearest(sound: string, article: ArticleIndex): number {
  const found = FOUND.get(article) ?? new Map<string, number>();
  FOUND.set(article, found);
  const share = found.get(sound) ?? measured(sound, article);
  found.set(sound, share);
  return share;
}

function measured(sound: string, article: ArticleIndex): number {
  const language = baseLanguage(article.language);
  let least = Number.POSITIVE_INFINITY;
  for (const word of wordsOf(article)) {
    if (word.length < strongIn(sound, language) - 2) continue;
    least = Math.min(least, soundDistance(sound, word, language));
  }
  return least / Math.max(1, strongIn(sound, language));
}

/** Where letters of a firm's name end and the script of the article begins: SK in SK하이닉스. */
const INITIALS_BEFORE = /(?<=[A-Za-z])(?=[^\P{L}A-Za-z])/u;
const WORDS = new WeakMap<ArticleIndex, ReadonlySet<string>>();

/** What the article's words sound like, one by one and two and three together. */
function wordsOf(article: ArticleIndex): ReadonlySet<string> {
  const known = WORDS.get(article);
  if (known !== undefined) return known;
  const language = baseLanguage(article.language);
  const words = new Set<string>();
  for (const { text, tokens } of [article.title, { text: article.text, tokens: article.found.tokens }]) {
    const raw = tokens.flatMap(({ start, end }) => text.slice(start, end).split(INITIALS_BEFORE));
    for (const [i, word] of raw.entries()) {
      for (const joined of [word, word + (raw[i + 1] ?? ""), word + (raw[i + 1] ?? "") + (raw[i + 2] ?? "")])
        for (const sound of soundsOf(joined, language)) words.add(sound);
    }
  }
  WORDS.set(article, words);
  return words;
}
