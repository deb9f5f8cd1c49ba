import { type ArticleIndex, type Passage, type Sentence, passage } from "./article-index.ts";
import { dateWords, numericDates } from "./calendar.ts";
import { caveat, isOfAnotherTime, lowered } from "./contradictions.ts";
import { passageHas, placesOf } from "./contrasts.ts";
import { deniedIn, turnedIn } from "./disagreements-sense.ts";
import { isJunk } from "./junk.ts";
import { foldText, isUnspaced, stem } from "./normalise.ts";
import { type Figure, differ, figuresOf } from "./stated-figures.ts";
import { checkNumbers } from "./verify-numbers.ts";

/** Share of a headline's words that one sentence must hold before the two tell the same. */
const CLOSE = 0.7;
/** Fewer shared words say too little; of a script without spaces, signs. */
const LEAST = 2;
const LEAST_SIGNS = 4;
/** Share of the words of two sentences of the text that are the same but for their figure. */
const SAME_SKELETON = 0.75;
const LEAST_SKELETON = 3;
/** A shorter sentence, or one that begins with its figure, is a price tag or a line of a table. */
const LEAST_TOKENS = 7;
/** Sentences that are held against each other; reports that go on are lists or minutes. */
const MOST_SENTENCES = 120;

/**
 * What a headline and its text, or two sentences of the text, say differently and that is no counted thing: sums and
 * shares, votes, dates, a "not" and opposites. One line each for the reader, at most one of the headline.
 */
export function disagreementsIn(article: ArticleIndex): string[] {
  const sentences = article.sentences
    .slice(0, MOST_SENTENCES)
    .filter(({ text }) => !isJunk(text, article.language));
  const headline = againstHeadline(article, sentences);
  return [...(headline === null ? [] : [headline]), ...withinText(sentences, article.language)];
}

function againstHeadline(article: ArticleIndex, sentences: readonly Sentence[]): string | null {
  const { title, language } = article;
  if (/[?？]/.test(title.text)) return null;
  for (const body of sentences) {
    if (isOfAnotherTime(title, body)) continue;
    const dates = otherDate(article, body);
    if (dates !== null) return caveat("headline", ...dates, language);
    const pair: [string, string] | null =
      otherFigure(article, body) ??
      (isClose(title, body, [], language) ? deniedIn({ title, body, sentences, language }) : null) ??
      turnedIn({ article, body, isClose: (spans) => isClose(title, body, spans, language) });
    if (pair !== null) return caveat("headline", lowered(pair[0]), lowered(pair[1]), language);
  }
  return null;
}

interface Span {
  start: number;
  end: number;
}

/** True where a sentence holds most of the words of a headline outside of some spans: "fell" is "falls" as well. */
function isClose(title: Passage, body: Passage, spans: readonly Span[], language: string): boolean {
  const words = stemsOutside(title, spans, language);
  const alike = title.tokens.filter(({ key }) =>
    placesOf(key, language).some((place) => place.sort === "opposite" && passageHas(body, place, language)),
  );
  const told = new Set([...body.stems, ...alike.map(({ key }) => stem(key, language))]);
  let shared = 0;
  for (const word of words) if (told.has(word)) shared += 1;
  const least = isUnspaced(language) ? LEAST_SIGNS : LEAST;
  return shared >= least && shared >= words.size * CLOSE;
}

function stemsOutside({ tokens, stems }: Passage, spans: readonly Span[], language: string): Set<string> {
  const found = new Set<string>();
  for (const { key, start, end } of tokens) {
    const word = stem(key, language);
    if (stems.has(word) && !spans.some((span) => start < span.end && end > span.start)) found.add(word);
  }
  return found;
}

function otherFigure(article: ArticleIndex, body: Sentence): [string, string] | null {
  const { title, language } = article;
  const stated = figuresOf(title, language);
  for (const mine of stated) {
    const rivals = figuresOf(body, language).filter(({ sort }) => sort === mine.sort);
    const [theirs] = rivals;
    if (theirs === undefined || rivals.length > 1 || !differ(mine, theirs)) continue;
    if (stated.filter(({ sort }) => sort === mine.sort).length > 1) continue;
    if (isPart(body, theirs) || isPart(title, mine) || !isClose(title, body, [mine], language)) continue;
    if (!isBorneOut(mine, article, body)) return [mine.phrase, theirs.phrase];
  }
  return null;
}

/** Words before a figure that make it a part, a step or a bound of something. */
const PART =
  /(?:\b(?:another|other|additional|further|extra|first|last|next|previous|remaining|more|by|from|every|each|per|um|weitere[nr]?|von|je|pro|autres|par|otros|por|cada|chaque)|さらに|うち|ほか)\s*(?:\p{Sc}\s?)?$/iu;

function isPart({ text }: Passage, { start }: Figure): boolean {
  return PART.test(text.slice(Math.max(0, start - 16), start));
}

/** True where the text bears a figure of its headline out, in any words and by any reckoning that the rules know. */
function isBorneOut(figure: Figure, article: ArticleIndex, body: Sentence): boolean {
  if (figure.number === null)
    return article.sentences.some((sentence) =>
      figure.values.every((value) => sentence.numbers.some(({ values }) => values.includes(value))),
    );
  const { language, title } = article;
  const untitled = { ...article, title: passage("", language), folded: foldText(article.text) };
  const claim = { ...title, numbers: [figure.number], language, translated: false };
  const context = { article: untitled, cited: [body], near: [body], datelines: [] };
  return checkNumbers(claim, context)?.detail !== title.text.slice(figure.number.start, figure.number.end);
}

interface DayOfMonth extends Span {
  month: number;
  day: number;
  phrase: string;
}

function daysOf(told: Passage, language: string): DayOfMonth[] {
  return dateWords(told, language).months.flatMap(({ at, value, days }) => {
    const [day] = days;
    const token = told.tokens[at];
    if (day === undefined || days.length > 1 || token === undefined) return [];
    const beside = [told.tokens[at - 1], told.tokens[at + 1], told.tokens[at - 2]].find(
      (each) => each !== undefined && Number.parseInt(each.key, 10) === day,
    );
    if (beside === undefined) return [];
    const [start, end] = [Math.min(token.start, beside.start), Math.max(token.end, beside.end)];
    return [{ month: value, day, start, end, phrase: told.text.slice(start, end) }];
  });
}

/** The same day of another month, or another day of the same. */
function otherDate(
  { title, sentences, language, text }: ArticleIndex,
  body: Sentence,
): [string, string] | null {
  const [mine, second] = daysOf(title, language);
  const [theirs, another] = daysOf(body, language);
  if (mine === undefined || theirs === undefined || second !== undefined || another !== undefined)
    return null;
  if ((mine.month === theirs.month) === (mine.day === theirs.day)) return null;
  const named = [...sentences.flatMap((each) => daysOf(each, language)), ...numericDates(text)];
  if (named.some(({ month, day }) => month === mine.month && day === mine.day)) return null;
  return isClose(title, body, [mine], language) ? [mine.phrase, theirs.phrase] : null;
}

/** Words that set a figure apart from another for the same thing. */
const APART =
  /\b(?:previous(?:ly)?|earlier|later|initial(?:ly)?|first|then|now|last|next|before|after|since|until|ago|year|month|week|quarter|season|average|estimat\w+|expect\w*|forecast\w*|plan\w*|target\w*|budgeted|could|would|might|compared|while|whereas|other|another|second|third|each|per|of|from|up|down|instead|rather|not|but|if|früher|zuvor|zunächst|dann|später|jetzt|Jahr|Monat|Woche|weitere\w*|andere\w*|pro|statt|antes|después|ahora|año|mes|otr[oa]s?|avant|après|ensuite|maintenant|année|mois|autres?)\b/iu;

/** Figures of two sentences that are the same but for them. */
function withinText(sentences: readonly Sentence[], language: string): string[] {
  if (isUnspaced(language)) return [];
  const told = sentences.flatMap((sentence) => {
    const [figure, second] = figuresOf(sentence, language);
    if (figure === undefined || second !== undefined) return [];
    if (figure.start === 0 || sentence.tokens.length < LEAST_TOKENS) return [];
    if (APART.test(sentence.text) || isPart(sentence, figure)) return [];
    return [{ sentence, figure, words: stemsOutside(sentence, [figure], language) }];
  });
  const found: string[] = [];
  for (const [i, one] of told.entries()) {
    const other = told
      .slice(i + 1)
      .find((each) => differ(one.figure, each.figure) && isSameSkeleton(one, each, language));
    if (other !== undefined)
      found.push(caveat("text", lowered(one.figure.phrase), lowered(other.figure.phrase), language));
  }
  return found.slice(0, 1);
}

interface Told {
  sentence: Sentence;
  figure: Figure;
  words: ReadonlySet<string>;
}

/** True for two sentences of the same words, which name the same names, days and other numbers. */
function isSameSkeleton(left: Told, right: Told, language: string): boolean {
  const shared = [...left.words].filter((word) => right.words.has(word)).length;
  const least = Math.min(left.words.size, right.words.size);
  if (shared < LEAST_SKELETON || shared < least * SAME_SKELETON) return false;
  return marksOf(left, language).join() === marksOf(right, language).join();
}

/** Names, weekdays, months and numbers beside a figure. */
function marksOf({ sentence, figure }: Told, language: string): string[] {
  const { weekdays, months } = dateWords(sentence, language, true);
  const dates = [...weekdays, ...months].map(({ value, days }) => `${value} ${days.join(" ")}`);
  const others = sentence.numbers
    .filter(({ start, end }) => end <= figure.start || start >= figure.end)
    .map(({ values }) => String(values[0]));
  const names = (sentence.text.match(/(?<=[\p{Ll},] )\p{Lu}[\p{L}’'-]+/gu) ?? []).map(foldText);
  return [...new Set([...dates, ...others, ...names])].sort();
}
