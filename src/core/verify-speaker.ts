import type { ArticleIndex, Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { peopleOf } from "./demonyms.ts";
import { functionWords } from "./lexicon.ts";
import { findNames } from "./names.ts";
import { type Token, baseLanguage, isUnspaced, stem, tokenize } from "./normalise.ts";
import { type People, peopleIn } from "./people.ts";
import { ACCORDING, ANYBODY, BEING, PRONOUN, SAYING, SPEAKERS } from "./speech-words.ts";
import { titleKinds } from "./title-words.ts";

/** Who a sentence says it has its words from. */
interface Speaker {
  /** Words that name or describe the speaker, the verb left out. */
  words: readonly Token[];
  /** Those of them that are names; in a script without capitals whole names. */
  names: readonly string[];
  /** Where speaker and verb stand in the text, end exclusive. */
  from: number;
  to: number;
}

/** A sentence holds what somebody said where it holds this share of the claim without its speaker. */
const SAME_WORDS = 0.6;
/** Words that make up a statement; characters where a script has no spaces. */
const LEAST = 3;
const LEAST_QUOTED = 2;
const LEAST_UNSPACED = 6;
/** Words on either side of a verb that may name the speaker. */
const LONGEST_SPEAKER = 10;
/** A longer source has no comma behind it, and ends with its name. */
const LONGEST_SOURCE = 6;
/** Sentences back in which "he" finds his name. */
const BACK = 2;

/** What the article puts in one person's mouth may not come out of another's. */
export function checkSpeaker(claim: Claim, { article }: Context): Failure | null {
  if (claim.translated) return null;
  const people = peopleIn(article);
  const speaker = speakerOf(claim, claim.language, people);
  if (speaker === null || speaker.names.length === 0) return null;
  const said = statementOf(claim, speaker);
  const least = /["“„«]/.test(claim.text) ? LEAST_QUOTED : LEAST;
  if (said.size < (isUnspaced(claim.language) ? LEAST_UNSPACED : least)) return null;
  const holders = article.sentences.flatMap((sentence, at) => {
    let shared = 0;
    for (const each of said) if (sentence.stems.has(each)) shared += 1;
    return shared >= said.size * SAME_WORDS ? [at] : [];
  });
  const known = { ...speaker, names: allNames(speaker, people) };
  const isOther = (at: number) => isAnother(known, at, { article, people });
  if (holders.length === 0 || !holders.every(isOther)) return null;
  return { reason: "name", detail: speaker.names.join(" "), rule: "speaker" };
}

/** A single name with those that stand beside it anywhere: "Dawn" is "Ms Purvis". */
function allNames({ names: own }: Speaker, { partners }: People): string[] {
  const [only] = own;
  return only === undefined || own.length > 1 ? [...own] : [only, ...(partners.get(only) ?? [])];
}

function statementOf(claim: Claim, { from, to }: Speaker): Set<string> {
  const ignored = functionWords(claim.language);
  const outside = claim.tokens.filter(
    ({ start, end, key }) => (end <= from || start >= to) && !ignored.has(key),
  );
  return new Set(outside.map(({ key }) => stem(key, claim.language)));
}

interface Known {
  article: ArticleIndex;
  people: People;
}

/** True when a sentence's own speaker is somebody else for certain. */
function isAnother(mine: Speaker, at: number, { article, people }: Known): boolean {
  const sentence = article.sentences[at];
  if (sentence === undefined || names(sentence, mine)) return false;
  const theirs = speakerOf(sentence, article.language, people);
  if (theirs === null) return false;
  const leans = theirs.words.some(({ key }) => PRONOUN.test(key));
  const before = article.sentences.slice(Math.max(0, at - BACK), at);
  if (leans && before.some((each) => names(each, mine)))
    return isLaterNamed(mine, before, { article, people });
  if (theirs.words.some(({ key }) => ANYBODY.test(key) || peopleOf(key) !== null)) return false;
  if (theirs.names.length > 0) {
    const person = isPerson(mine, people);
    if (isPerson(theirs, people) !== person) return false;
    return person || (!leans && hasArticle(theirs) === hasArticle(mine));
  }
  const offices = theirs.words.flatMap(({ key }) => titleKinds(key));
  if (offices.length > 0)
    return hasOffice(mine, people) && !offices.some((kind) => isCalled(mine, kind, people));
  return leans && before.some(({ keys }) => [...people.near.keys()].some((name) => keys.has(name)));
}

function names({ text, keys }: Sentence, speaker: Speaker): boolean {
  return speaker.names.some((name) => keys.has(name) || (name.length > 1 && text.includes(name)));
}

/** True where the sentence right before "he said" has another speaker with a name, and the claim's is not in it. */
function isLaterNamed(mine: Speaker, before: readonly Sentence[], known: Known): boolean {
  const last = before.at(-1);
  return last !== undefined && !names(last, mine) && speaksByName(last, known);
}

function speaksByName(sentence: Sentence, { article, people }: Known): boolean {
  return (speakerOf(sentence, article.language, people)?.names.length ?? 0) > 0;
}

/** Somebody with an office or a full name, not a company or a place: those have an article before them. */
function isPerson(speaker: Speaker, people: People): boolean {
  const full = speaker.names.length > 1 || speaker.names.some((name) => people.partners.has(name));
  return (full || hasOffice(speaker, people)) && !hasArticle(speaker);
}

function hasOffice({ names: own }: Speaker, { near }: People): boolean {
  return own.some((name) => near.has(name));
}

/** True where "the" stands right before the first name. */
function hasArticle({ names: own, words }: Pick<Speaker, "names" | "words">): boolean {
  const first = words.findIndex(({ key }) => own.includes(key));
  return ARTICLE.test(words[first - 1]?.key ?? "");
}

const ARTICLE = /^(?:the|el|la|los|las|le|les|il|lo|gli|os|as|het|de|die)$/;

/** True where an office of that kind is named near the claim's person. */
function isCalled({ names: own }: Speaker, kind: number, { near }: People): boolean {
  return own.some((name) => near.get(name)?.has(kind) === true);
}

/** The speaker of a sentence; null for none or where it can not be told. */
function speakerOf(passage: Passage, language: string, people: People): Speaker | null {
  const base = baseLanguage(language);
  const patterns = SPEAKERS[base];
  const span = patterns === undefined ? spelledSpan(passage, base) : unspelledSpan(passage.text, patterns);
  if (span === null) return null;
  const [from, to] = span;
  const words = passage.tokens.filter(
    ({ start, end, key }) => start >= from && end <= to && SAYING[base]?.test(key) !== true,
  );
  const text = passage.text.slice(from, to);
  const own =
    patterns === undefined
      ? spelledNames(passage, words, { people, language })
      : [...people.names].filter((name) => text.includes(name));
  return { words, names: own, from, to };
}

/** The names with a capital; in a text that leaves capitals out, all words that are names elsewhere. */
function spelledNames(
  passage: Passage,
  words: readonly Token[],
  { people, language }: { people: People; language: string },
): string[] {
  const { text } = passage;
  const own = new Set(findNames(passage, language).flatMap(({ keys }) => keys));
  const isName = (key: string) => people.names.has(key) || (own.has(key) && isNoOffice(key));
  const found = words.filter(({ key }) => isName(key));
  const raised = found.filter(({ start }) => /^\p{Lu}/u.test(text.slice(start)));
  return (raised.length > 0 ? raised : found).map(({ key }) => key);
}

function isNoOffice(key: string): boolean {
  return titleKinds(key).length === 0 && peopleOf(key) === null;
}

type Span = readonly [from: number, to: number];

function unspelledSpan(text: string, patterns: readonly RegExp[]): Span | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    const who = match?.groups?.["before"] ?? match?.groups?.["after"];
    if (match === null || who === undefined) continue;
    const from = match.index + match[0].indexOf(who);
    return [from, from + who.length];
  }
  return null;
}

/** Marks that part a speaker from what is said. */
const STOP = /[,.;:!?"“”„«»()–—]/;

function spelledSpan(passage: Passage, base: string): Span | null {
  const source = sourceSpan(passage, base);
  if (source !== null) return source;
  const verb = passage.tokens.find(
    ({ key }, i) => SAYING[base]?.test(key) === true && !BEING.test(passage.tokens[i - 1]?.key ?? ""),
  );
  if (verb === undefined) return null;
  const before = spanBefore(passage, verb);
  const after = spanAfter(passage, verb);
  return before ?? after;
}

/** "According to the union": folding keeps no offsets, so it is sought in the text without accents, letter by letter. */
function sourceSpan({ text }: Passage, base: string): Span | null {
  const pattern = ACCORDING[base];
  if (pattern === undefined) return null;
  const plain = text.toLowerCase().replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD").charAt(0));
  const [match] = plain.matchAll(pattern);
  if (match === undefined) return null;
  const from = match.index + match[0].length;
  const stop = STOP.exec(text.slice(from));
  const to = stop === null ? text.length : from + stop.index;
  if (tokenize(text.slice(from, to)).length <= LONGEST_SOURCE) return [match.index, to];
  const name = /^\s*(?:\p{Ll}+\s+)*(?:\p{Lu}\p{L}+[\s-]?)+/u.exec(text.slice(from, to));
  return name === null ? null : [match.index, from + name[0].length];
}

/** Words before the verb, with a name set off by commas: "the captain, Inès Delorme, fears". */
function spanBefore({ text, tokens }: Passage, verb: Token): Span | null {
  const at = tokens.indexOf(verb);
  const near = tokens.slice(Math.max(0, at - LONGEST_SPEAKER), at);
  const [first] = near;
  if (first === undefined) return null;
  let between = text.slice(first.start, verb.start);
  const apposed = APPOSED.exec(between)?.[1];
  between = apposed ?? between.slice(between.search(/[^,.;:!?"“”„«»()–—]*$/));
  const said = between.replace(/^\s+/, "");
  const from = verb.start - said.length;
  const someone = near.some(({ start, key }) => start >= from && PRONOUN.test(key));
  return someone || /\p{Lu}|\p{L}{4,}/u.test(said) ? [from, verb.end] : null;
}

/** "The captain, Inès Delorme, has": a description and, between commas, a name. */
const APPOSED =
  /(?:^|[.;:!?"“”„«»]\s*)([^.;:!?"“”„«»,]*,\s*(?=[^,]*\p{Lu})[^.;:!?"“”„«»,]{2,40},\s*(?:\p{L}{1,4}\s+){0,2})$/u;

function spanAfter({ text }: Passage, verb: Token): Span | null {
  const rest = text.slice(verb.end);
  const stop = /[,.;:!?"“”„«»()–—]|\s(?:that|dass|que|che|on|am)\s/.exec(rest);
  const name = stop === null ? null : /^,\s(?:\p{Lu}\p{L}+[\s-]?){1,4}/u.exec(rest.slice(stop.index));
  if (name !== null && stop !== null) return [verb.start, verb.end + stop.index + name[0].length];
  const to = stop === null ? text.length : verb.end + stop.index;
  return to > verb.end + 2 ? [verb.start, to] : null;
}
