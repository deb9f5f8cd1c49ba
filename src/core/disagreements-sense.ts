import { type ArticleIndex, type Passage, type Sentence, overlap } from "./article-index.ts";
import { isRival, passageHas, placesOf, spotsOf } from "./contrasts.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, stem } from "./normalise.ts";
import { deniesAnything, isNegated, negationsIn } from "./opposites.ts";

/** What a headline and a sentence of its text say, which deny each other. */
type Pair = [stated: string, body: string];

/** Share of a headline's words from which another sentence may be what it tells. */
const RELATED = 0.4;
/** Words behind a negation among which it has its verb. */
const REACH = 3;
/** What makes a "not" hold for a time or a case only, or somebody's saying. */
const OPEN =
  /["“”„«»]|\b(?:until|before|initially|at first|last|earlier|previously|yet|immediately|only|just|why|whether|if|unless|would|could|may|might|should|but|however|although|bis|zunächst|bisher|bislang|nur|ob|wenn|aber|jedoch|hasta|antes|todavía|aún|solo|si|pero|avant|encore|seulement|si|mais)\b/iu;

interface Held {
  title: Passage;
  body: Sentence;
  sentences: readonly Sentence[];
  language: string;
}

/** "Approves" over "did not approve", or the other way round, where no other sentence leaves it open. */
export function deniedIn({ title, body, sentences, language }: Held): Pair | null {
  if (OPEN.test(body.text) || OPEN.test(title.text)) return null;
  const others = sentences.filter((each) => each !== body && overlap(title, each.stems) >= RELATED);
  const denied = deniedVerb(body, language);
  if (denied !== null && !deniesAnything(title.text, language)) {
    const mine = tokenOf(title, denied.word, language);
    const told = others.some((each) => each.stems.has(denied.word));
    const twice = body.tokens.filter(({ key }) => stem(key, language) === denied.word).length > 1;
    return mine === null || told || twice ? null : [textOf(title, mine), denied.phrase];
  }
  const stated = deniedVerb(title, language);
  if (stated === null || deniesAnything(body.text, language)) return null;
  const theirs = tokenOf(body, stated.word, language);
  const open = others.some((each) => deniesAnything(each.text, language));
  return theirs === null || open ? null : [stated.phrase, textOf(body, theirs)];
}

/** The one negation of a passage with the word it denies, "did not approve". */
function deniedVerb(told: Passage, language: string): { word: string; phrase: string } | null {
  const [found, second] = negationsIn(told.text, language);
  if (found === undefined || second !== undefined || isOfThing(found.word, language)) return null;
  const ignored = functionWords(language);
  const end = found.at + found.word.length;
  const from = told.tokens.findIndex((token) => token.end >= end);
  const verb = told.tokens
    .slice(from, from + REACH)
    .find(({ key, start }) => start >= found.at && !ignored.has(key) && key.length > 2);
  if (verb === undefined || verb.start < end || /[,;:.–—]/.test(told.text.slice(end, verb.start)))
    return null;
  const auxiliary = told.tokens.filter((token) => token.end <= found.at).at(-1);
  const first = auxiliary !== undefined && ignored.has(auxiliary.key) ? auxiliary.start : found.at;
  return { word: stem(verb.key, language), phrase: told.text.slice(first, verb.end) };
}

/** Negations of a thing, which say nothing of the verb. */
const OF_THINGS =
  /^(?:without|none|nobody|nothing|nowhere|no-one|neither|nor|kein\p{L}*|ohne|niemand|nichts|weder|sin|nadie|nada|ni|ningun\p{L}*|sans|personne|rien|aucune?|senza|nulla|niente|sem|zonder|niets|geen)$/iu;

function isOfThing(word: string, language: string): boolean {
  return OF_THINGS.test(word) || (baseLanguage(language) === "en" && /^no$/i.test(word));
}

function tokenOf(told: Passage, word: string, language: string): Token | null {
  return told.tokens.find(({ key }) => stem(key, language) === word) ?? null;
}

function textOf({ text }: Passage, { start, end }: Token): string {
  return text.slice(start, end);
}

/** "Fall" over "rose": the other side of a pair, where the text has the headline's side nowhere. */
export function turnedIn(input: {
  article: ArticleIndex;
  body: Sentence;
  isClose: (spans: readonly Token[]) => boolean;
}): Pair | null {
  const { article, body, isClose } = input;
  const { title, language } = article;
  if (OPEN.test(body.text) || isNegated(title.text, language) || isNegated(body.text, language)) return null;
  for (const mine of title.tokens) {
    const places = placesOf(mine.key, language).filter(({ sort }) => sort === "opposite");
    // A word of several pairs, as "beat" of won and lost and of beat and missed, is borne out by any of them.
    const said = places.some((place) =>
      spotsOf(article, place.group).some(({ member }) => member === place.member),
    );
    for (const place of said ? [] : places) {
      const isOther = ({ key }: Token) => placesOf(key, language).some((other) => isRival(place, other));
      const [theirs, second] = body.tokens.filter(isOther);
      if (theirs === undefined || second !== undefined || title.tokens.some(isOther)) continue;
      if (passageHas(body, place, language) || !isClose([mine])) continue;
      return [textOf(title, mine), textOf(body, theirs)];
    }
  }
  return null;
}
