import type { Passage } from "./article-index.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, foldText, intlLanguage } from "./normalise.ts";
import { isNumberKey } from "./number-words.ts";

/** A run of capitalised words of a text. */
export interface NameMention {
  /** Keys of its words, function words left out. */
  keys: string[];
  raw: string;
  start: number;
  end: number;
}

/** Words with a capital that name nothing: courtesy titles, days are the dates' rule. */
const NO_NAMES = new Set(
  "mr mrs ms miss dr sir lord lady dame prof professor president minister prime chancellor senator governor mayor king queen prince princess pope i ok tv pm am i'm i've i'll i'd god internet covid".split(
    " ",
  ),
);
const GERMAN_ADDRESS =
  /^(?:herr|herrn|frau|doktor|dr|professor|prof|prasident|prasidentin|kanzler|kanzlerin|bundeskanzler|bundeskanzlerin|bundesprasident|minister|ministerin|ministerprasident|innenminister|innenministerin|aussenminister|aussenministerin|finanzminister|verteidigungsminister|burgermeister|burgermeisterin|oberburgermeister|oberburgermeisterin|papst|konig|konigin|prinz|trainer|sprecher|sprecherin|chef|chefin|firma|stadt)$/;
/** Letters that stand for a name though they also spell a small word: US, U.S. */
const INITIALS = /^(?:U\.?S\.?A?\.?|(?:\p{Lu}\.){2,})$/u;
const CALENDAR_WORDS = new Map<string, ReadonlySet<string>>();

/**
 * The names of a text, by capitals. A word at the start of a sentence counts only where the word after it has a capital
 * as well or where `isKnown` does not know it as a word: the caller decides by the article.
 */
export function findNames(passage: Passage, language: string): NameMention[] {
  const base = baseLanguage(language);
  if (base === "ja" || base === "zh" || base === "ko") return unspacedNames(passage.text);
  return base === "de" ? germanNames(passage) : capitalNames(passage, language);
}

function capitalNames(passage: Passage, language: string): NameMention[] {
  const ignored = functionWords(language);
  const dates = calendarWords(language);
  const names: NameMention[] = [];
  let run: Token[] = [];
  const flush = () => {
    const keys = run.map((token) => token.key).filter((key) => !NO_NAMES.has(key));
    const [first] = run;
    const last = run.at(-1);
    if (keys.length > 0 && first !== undefined && last !== undefined) {
      names.push({ keys, raw: passage.text.slice(first.start, last.end), start: first.start, end: last.end });
    }
    run = [];
  };
  for (const [i, token] of passage.tokens.entries()) {
    const raw = passage.text.slice(token.start, token.end);
    const before = passage.tokens[i - 1];
    const joined =
      before !== undefined &&
      /^(?:[\s-]|\. |[’']\p{L}? ?)$/u.test(passage.text.slice(before.end, token.start));
    if (run.length > 0 && !joined) flush();
    const skipped =
      (ignored.has(token.key) && !INITIALS.test(raw)) || dates.has(token.key) || token.key.length < 2;
    if (!/^\p{Lu}/u.test(raw) || skipped || isNumberKey(token.key)) flush();
    else if (!opensSentence(passage, i) || isNamelike(passage, i)) run.push(token);
    else flush();
  }
  flush();
  return names;
}

function opensSentence(passage: Passage, i: number): boolean {
  const token = passage.tokens[i];
  const before = passage.tokens[i - 1];
  if (token === undefined) return false;
  if (before === undefined) return true;
  return /[.!?:;"“”‘«»„'(–—-]\s*$|[.!?:]["'”’»]?\s+["'“‘«„]?$/.test(
    passage.text.slice(before.end, token.start),
  );
}

/** Words that begin a sentence before a name without being part of it. */
const OPENERS = new Set(
  "many none several numerous various former current fellow senior local veteran rival leading late old new young actor actress singer author captain coach manager boss striker defender midfielder goalkeeper winger forward champion star chief chairman chairwoman founder reporter journalist lawyer attorney officer sergeant detective inspector judge justice congressman congresswoman representative ambassador general colonel bishop father mother presidential police prosecutor tory labour democrat democratic republican conservative liberal controversial embattled disgraced billionaire tycoon outgoing incoming acting deputy vice".split(
    " ",
  ),
);

/** At the start of a sentence a capital says nothing; a capital after it, a possessive or all capitals do. */
function isNamelike(passage: Passage, i: number): boolean {
  const token = passage.tokens[i];
  const next = passage.tokens[i + 1];
  if (token === undefined) return false;
  const raw = passage.text.slice(token.start, token.end);
  if (OPENERS.has(token.key)) return false;
  if (/['’]s$/.test(raw) || /^\p{Lu}{2,4}$/u.test(raw)) return true;
  if (next === undefined || !/^\s$/.test(passage.text.slice(token.end, next.start))) return false;
  const second = passage.text.slice(next.start, next.end);
  return /^\p{Lu}\p{Ll}/u.test(second) && !/(?:ing|ed|ly)$/.test(token.key);
}

/** German writes every noun with a capital: a name is what follows a form of address or another bare noun. */
function germanNames(passage: Passage): NameMention[] {
  const ignored = functionWords("de");
  const names: NameMention[] = [];
  for (const [i, token] of passage.tokens.entries()) {
    const before = passage.tokens[i - 1];
    const raw = passage.text.slice(token.start, token.end);
    if (
      before === undefined ||
      !/^\p{Lu}\p{L}/u.test(raw) ||
      ignored.has(token.key) ||
      calendarWords("de").has(token.key)
    )
      continue;
    const close = /^[ -]$/.test(passage.text.slice(before.end, token.start));
    const earlier = passage.text.slice(before.start, before.end);
    const addressed = GERMAN_ADDRESS.test(before.key);
    const paired =
      /^\p{Lu}\p{Ll}{2,}/u.test(earlier) &&
      !ignored.has(before.key) &&
      !MEASURES.test(before.key) &&
      !calendarWords("de").has(before.key);
    if (close && (addressed || paired))
      names.push({ keys: [token.key], raw, start: token.start, end: token.end });
  }
  return names;
}

/** German nouns that another noun follows without being its name. */
const MEASURES =
  /^(?:prozent|millionen?|milliarden?|tausend|hundert|dutzend|tonnen?|kilo(?:gramm|meter)?|liter|meter|ende|anfang|mitte|euro|dollar|stuck|art|menge|reihe|zahl|gruppe|paar|ein\w*|kein\w*)$/;

const HONORIFIC =
  "さん|氏|様|首相|大統領|容疑者|被告|選手|監督|議員|知事|市長|大臣|会長|社長|教授|県|都|府|市|区|町|村|大学|病院|駅|空港";
const UNSPACED_NAME = new RegExp(
  `[\\p{Script=Katakana}ー]{2,}(?:[・＝][\\p{Script=Katakana}ー]+)+|(?:\\p{Script=Han}{1,6}|[\\p{Script=Katakana}ー]{2,})(?=${HONORIFIC})|[\\p{Script=Katakana}ー]{5,}|[A-Za-z][A-Za-z.&-]+`,
  "gu",
);

function unspacedNames(text: string): NameMention[] {
  return [...text.matchAll(UNSPACED_NAME)].map((match) => ({
    keys: match[0].split(/[・＝]/).map(foldText),
    raw: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Weekdays and months, which have capitals in some languages and a rule of their own. */
export function calendarWords(language: string): ReadonlySet<string> {
  const tag = intlLanguage(language);
  const known = CALENDAR_WORDS.get(tag);
  if (known !== undefined) return known;
  const words = new Set<string>();
  for (const style of ["long", "short"] as const) {
    const weekday = new Intl.DateTimeFormat(tag, { weekday: style, timeZone: "UTC" });
    const month = new Intl.DateTimeFormat(tag, { month: style, timeZone: "UTC" });
    for (let i = 0; i < 7; i++)
      words.add(foldText(weekday.format(Date.UTC(2023, 0, 1 + i))).replace(".", ""));
    for (let i = 0; i < 12; i++) words.add(foldText(month.format(Date.UTC(2023, i, 15))).replace(".", ""));
  }
  CALENDAR_WORDS.set(tag, words);
  return words;
}
