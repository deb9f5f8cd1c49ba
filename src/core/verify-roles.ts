import type { ArticleIndex, Passage } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { type NameMention, findNames } from "./names.ts";
import { baseLanguage, foldText, stem } from "./normalise.ts";
import { isMutual } from "./role-words.ts";

/** Who does what to whom, as a text has it in one clause: "Vale sued Orlen", "Orlen was sued by Vale". */
interface Deed {
  doer: ReadonlySet<string>;
  sufferer: ReadonlySet<string>;
  /** Stem of the verb between the two. */
  verb: string;
}

/** Tokens between the two names of one deed. */
const LONGEST_DEED = 7;
const PASSIVE: Record<string, { be: RegExp; by: RegExp }> = {
  en: { be: /^(?:was|were|is|are|been|being|be|got|gets)$/, by: /^by$/ },
  de: { be: /^(?:wird|wurde|wurden|werden|worden|ist|war)$/, by: /^(?:von|vom|durch)$/ },
  es: { be: /^(?:fue|fueron|es|son|sido|era|sera)$/, by: /^por$/ },
  fr: { be: /^(?:est|sont|ete|etait|fut|sera)$/, by: /^par$/ },
  it: { be: /^(?:e|viene|venne|stato|stata|stati|fu|era)$/, by: /^(?:da|dal|dalla|dallo)$/ },
  pt: { be: /^(?:foi|foram|e|sao|sido|era|sera)$/, by: /^(?:por|pelo|pela)$/ },
  nl: { be: /^(?:wordt|werd|werden|is|was|zijn)$/, by: /^door$/ },
};
/** Two names may not change places about one verb: who sued is not who was sued. */
export function checkRoles(claim: Claim, context: Context): Failure | null {
  if (claim.translated || PASSIVE[baseLanguage(claim.language)] === undefined) return null;
  const known = new Set([...capitalsOf(context.article), ...capitalsIn(claim.text)]);
  const mine = deedsIn(claim, claim.language, known);
  if (mine.length === 0) return null;
  const told = context.near.flatMap((sentence) => deedsIn(sentence, claim.language, known));
  for (const deed of mine) {
    const same = told.filter(({ verb }) => verb === deed.verb);
    const swapped = same.some(
      ({ doer, sufferer }) => meets(doer, deed.sufferer) && meets(sufferer, deed.doer),
    );
    const backed = same.some(
      ({ doer, sufferer }) => meets(doer, deed.doer) || meets(sufferer, deed.sufferer),
    );
    if (swapped && !backed)
      return { reason: "contradiction", detail: [...deed.doer].join(" "), rule: "roles swapped" };
  }
  return null;
}

function meets(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const each of left) if (right.has(each)) return true;
  return false;
}

const CAPITALS = new WeakMap<ArticleIndex, ReadonlySet<string>>();

/** Words that an article writes with a capital inside a sentence: at the start of one they are names as well. */
function capitalsOf(article: ArticleIndex): ReadonlySet<string> {
  let known = CAPITALS.get(article);
  if (known === undefined) {
    CAPITALS.set(article, (known = new Set(capitalsIn(article.text))));
  }
  return known;
}

function capitalsIn(text: string): string[] {
  return (text.match(/(?<=[\p{L}\p{N}],? )\p{Lu}\p{L}+/gu) ?? []).map(foldText);
}

/** The names of a passage, the one that opens it included. */
function namesOf(passage: Passage, language: string, known: ReadonlySet<string>): NameMention[] {
  const names = findNames(passage, language);
  const [first] = passage.tokens;
  if (first === undefined || names.some(({ start }) => start <= first.start) || !known.has(first.key))
    return names;
  const raw = passage.text.slice(first.start, first.end);
  return [{ keys: [first.key], raw, start: first.start, end: first.end }, ...names];
}

function deedsIn(passage: Passage, language: string, known: ReadonlySet<string>): Deed[] {
  const names = namesOf(passage, language, known);
  return names.flatMap((name, i) => deedBetween(passage, name, { next: names[i + 1], language }) ?? []);
}

function deedBetween(
  passage: Passage,
  name: NameMention,
  { next, language }: { next: NameMention | undefined; language: string },
): Deed | null {
  const forms = PASSIVE[baseLanguage(language)];
  if (next === undefined || forms === undefined) return null;
  if (/[.,;:!?"“”„«»()–—-]/.test(passage.text.slice(name.end, next.start))) return null;
  const between = passage.tokens.filter(({ start, end }) => start >= name.end && end <= next.start);
  if (between.length === 0 || between.length > LONGEST_DEED) return null;
  const ignored = functionWords(language);
  const telling = between.filter(
    ({ key, start }) => !ignored.has(key) && !/^\p{Lu}/u.test(passage.text.charAt(start)),
  );
  const [verb] = telling;
  if (verb === undefined || telling.length > 2 || isMutual(verb.key, language)) return null;
  const after = between.filter(({ start }) => start > verb.start);
  const by = after.some(({ key }) => forms.by.test(key));
  const be = between.some(({ key, start }) => start < verb.start && forms.be.test(key));
  if (be !== by) return null;
  if (!by && after.some(({ key }) => ignored.has(key) && !ARTICLE.test(key))) return null;
  const [first, second] = [new Set(name.keys), new Set(next.keys)];
  const stemmed = stem(verb.key, language);
  return by
    ? { doer: second, sufferer: first, verb: stemmed }
    : { doer: first, sufferer: second, verb: stemmed };
}

/** Articles and the like may stand before the second name; a preposition makes it no sufferer. */
const ARTICLE =
  /^(?:the|a|an|der|die|das|den|dem|el|la|los|las|le|les|l|il|lo|gli|i|o|os|as|de|het|een|a|al)$/;
