import type { ArticleIndex } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { peopleOf } from "./demonyms.ts";
import { type NameMention, findNames } from "./names.ts";
import { baseLanguage, foldText, intlLanguage, isUnspaced } from "./normalise.ts";
import { knowsUnspaced } from "./names-unspaced.ts";
import { speaksOf } from "./speaks-of.ts";
import { canCheckAcross, checkNamesAcross } from "./verify-names-across.ts";

/** Endings that turn a place into its people, stripped before two names are compared. */
const PEOPLE_ENDINGS = /(?:ians?|eans?|ans?|ese|ish|ers?|is?|ic|n|s|a|e|ische[rsnm]?|isch|er)$/;
const MIN_ROOT = 4;
const REGIONS = new Map<string, Map<string, string>>();

/** Every name of a claim must be the article's, allowing for accents, possessives, adjectives of places and acronyms. */
export function checkNames(claim: Claim, context: Context): Failure | null {
  const country = foreignCountry(claim, context.article);
  if (country !== null) return { reason: "name", detail: country };
  if (isAcross(claim, context.article))
    return scriptOf(claim.text) === "Latin" ? checkNamesAcross(claim, context.article) : null;
  const names = findNames(claim, claim.language);
  for (const name of names) {
    const missing = name.keys.find((key, i) => !isState(name.keys, i) && !knows(context.article, key, claim));
    if (missing !== undefined && !isAcronymPair(name, context.article))
      return { reason: "name", detail: name.raw };
  }
  return claim.translated ? null : mixedName(names, context.article);
}

/** Whether a text has names that cannot be held against the article, which writes them in another script. */
export function namesGoUnchecked(claim: Claim, article: ArticleIndex): boolean {
  const checked = scriptOf(claim.text) === "Latin" && canCheckAcross(article.language);
  return isAcross(claim, article) && !checked && findNames(claim, claim.language).length > 0;
}

function isAcross(claim: Claim, article: ArticleIndex): boolean {
  return claim.translated && scriptOf(claim.text) !== scriptOf(article.text);
}

/** "United" is the name's first word only: its second says which state or body is meant. */
function isState(keys: readonly string[], at: number): boolean {
  return keys[at] === "united" && /^(?:states|kingdom|nations|arab)$/.test(keys[at + 1] ?? "");
}

/** What an article says of a state or union that goes by its initials; "us" is a pronoun as well, so case counts. */
const STATES: Record<string, RegExp> = {
  us: /\bU\.?S(?:\.?A)?\b|\b(?:America|United States|Washington|White House)/,
  states: /\bU\.?S(?:\.?A)?\b|\b(?:America|United States|Washington|White House)/,
  uk: /\bU\.?K\b|\b(?:Brit|Engl|Scot|Wales|Welsh|London|United Kingdom|Northern Ireland)/,
  kingdom:
    /\bU\.?K\b|\b(?:Brit|Engl|Scot|Wales|Welsh|London|United Kingdom|Northern Ireland|Kingdom|kingdom)/,
};

function knows(article: ArticleIndex, key: string, claim: Claim): boolean {
  const state = claim.translated ? undefined : STATES[key];
  if (state !== undefined && baseLanguage(article.language) === "en")
    return state.test(article.text) || state.test(article.title.text) || !hasCapitals(article);
  if (article.keys.has(key) || article.keys.has(key.replace(/s$/, "")) || article.keys.has(`${key}s`))
    return true;
  if (isUnspaced(claim.language) || isUnspaced(article.language)) return knowsUnspaced(article, key, claim);
  const people = peopleOf(key);
  if (people !== null) for (const other of article.keys) if (peopleOf(other) === people) return true;
  if (claim.translated && translatedRegion(key, claim, article)) return true;
  return sharesRoot(article, key) || joinedPieces(article, key);
}

/** False for a text in small letters throughout, where initials cannot be told from words. */
function hasCapitals({ text }: ArticleIndex): boolean {
  return /(?<=\p{Ll},? )\p{Lu}\p{Ll}/u.test(text);
}

/** "Ukrainian" for Ukraine, "Berlin" for Berliner: one is the other with an ending. */
function sharesRoot(article: ArticleIndex, key: string): boolean {
  const root = key.replace(PEOPLE_ENDINGS, "");
  for (const other of article.keys) {
    if (key.length > MIN_ROOT && other.startsWith(key)) return true;
    if (root.length < MIN_ROOT || other.length < MIN_ROOT || !other.startsWith(root)) continue;
    if (other.replace(PEOPLE_ENDINGS, "") === root) return true;
  }
  return false;
}

const JOINED = new WeakMap<ArticleIndex, Set<string>>();

/** "Trojanhorse" for Trojan-horse, "McDonald" for Mc Donald. */
function joinedPieces(article: ArticleIndex, key: string): boolean {
  const known = JOINED.get(article);
  if (known !== undefined) return known.has(key);
  const { tokens } = article.found;
  const joined = new Set(tokens.map((token, i) => token.key + (tokens[i + 1]?.key ?? "")));
  JOINED.set(article, joined);
  return joined.has(key);
}

/** WHO for World Health Organization, and the other way round. */
function isAcronymPair(name: NameMention, article: ArticleIndex): boolean {
  const letters = name.raw.replace(/[.\s]/g, "");
  if (/^\p{Lu}{2,6}s?$/u.test(letters))
    return initialsIn(article).has(letters.replace(/s$/, "").toLowerCase());
  if (name.keys.length < 2) return false;
  const initials =
    name.raw
      .match(/\p{Lu}/gu)
      ?.join("")
      .toLowerCase() ?? "";
  return initials.length > 1 && article.keys.has(initials);
}

const INITIALS = new WeakMap<ArticleIndex, Set<string>>();

function initialsIn(article: ArticleIndex): Set<string> {
  const known = INITIALS.get(article);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const text = `${article.title.text}\n${article.text}`;
  const run =
    /\p{Lu}[\p{L}'’.-]*(?:[ -](?:(?:of|for|the|and|in|on|de|des|du|la|für|und|y|et|der|del) ){0,2}\p{Lu}[\p{L}'’.-]*)+/gu;
  for (const match of text.matchAll(run)) {
    const initials = (match[0].match(/(?<![\p{L}'’])\p{Lu}/gu) ?? []).join("").toLowerCase();
    for (let from = 0; from < initials.length - 1; from++) {
      for (let to = from + 2; to <= Math.min(initials.length, from + 6); to++)
        found.add(initials.slice(from, to));
    }
    const all = (match[0].match(/(?<![\p{L}'’])\p{L}/gu) ?? []).join("").toLowerCase();
    found.add(all);
  }
  found.add("us").add("uk").add("eu").add("un");
  for (const [short, words] of COMMON_ACRONYMS) if (!article.folded.includes(words)) found.delete(short);
  INITIALS.set(article, found);
  return found;
}

const COMMON_ACRONYMS = [
  ["us", "america"],
  ["uk", "brit"],
  ["eu", "europ"],
  ["un", "united nations"],
] as const;

/** A first name with another one's surname: both words are the article's, the person is not. */
function mixedName(names: readonly NameMention[], article: ArticleIndex): Failure | null {
  for (const name of names) {
    for (const [i, first] of name.keys.entries()) {
      const second = name.keys[i + 1];
      if (second === undefined || adjacentInArticle(article, first, second)) continue;
      if (isTaken(article, first, 1) && isTaken(article, second, -1))
        return { reason: "name", detail: name.raw };
    }
  }
  return null;
}

function adjacentInArticle(article: ArticleIndex, first: string, second: string): boolean {
  const { places, tokens } = article.found;
  const near = (places.get(first) ?? []).some((at) =>
    tokens.slice(at + 1, at + 5).some((token) => token.key === second),
  );
  return near || !places.has(first) || !places.has(second) || article.title.keys.has(second);
}

/** True when the word always stands beside another capitalised word on that side. */
function isTaken(article: ArticleIndex, key: string, side: 1 | -1): boolean {
  const { places, tokens, text } = article.found;
  const at = places.get(key) ?? [];
  return (
    at.length > 0 &&
    at.every((place) => {
      const [token, other] = [tokens[place], tokens[place + side]];
      if (token === undefined || other === undefined) return false;
      const between = side === 1 ? text.slice(token.end, other.start) : text.slice(other.end, token.start);
      return between === " " && /^\p{Lu}\p{Ll}/u.test(text.slice(other.start, other.end));
    })
  );
}

/** A country that the claim names and the article does not, in any language that Intl knows. */
function foreignCountry(claim: Claim, article: ArticleIndex): string | null {
  const across = isAcross(claim, article);
  for (const [name, code] of regionsOf(claim.language)) {
    if (!names(claim, name) || (across && speaksOf(code, article))) continue;
    const people = peopleOf(name);
    const known =
      article.folded.includes(name) ||
      article.folded.includes(regionName(code, article.language)) ||
      (people !== null && [...article.keys].some((key) => peopleOf(key) === people)) ||
      sharesRoot(article, name) ||
      [...article.keys].some(
        (key) => name.length >= 6 && key.startsWith(name.slice(0, Math.max(5, name.length - 3))),
      );
    if (!known && !isCoveredByLonger(claim, name)) return name;
  }
  return null;
}

function names(claim: Claim, region: string): boolean {
  if (isUnspaced(claim.language)) return claim.folded.includes(region);
  return !region.includes(" ") && region.length > 3 && claim.keys.has(region) && hasCapital(claim, region);
}

function hasCapital(claim: Claim, key: string): boolean {
  return claim.tokens.some((token) => token.key === key && /^\p{Lu}/u.test(claim.text.charAt(token.start)));
}

/** 南アフリカ holds no アフリカ of its own; a region inside a longer one is not named. */
function isCoveredByLonger(claim: Claim, name: string): boolean {
  for (const [other] of regionsOf(claim.language)) {
    if (other.length > name.length && other.includes(name) && claim.folded.includes(other)) return true;
  }
  return false;
}

function translatedRegion(key: string, claim: Claim, article: ArticleIndex): boolean {
  const code = regionsOf(claim.language).get(key);
  return code !== undefined && article.folded.includes(regionName(code, article.language));
}

function regionName(code: string, language: string): string {
  for (const [name, other] of regionsOf(language)) if (other === code) return name;
  return code;
}

/** ISO 3166 codes of states, as Intl names them. */
const REGION_CODES =
  "AF AL DZ AD AO AR AM AU AT AZ BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH CM CA CF TD CL CN CO CG CD CR HR CU CY CZ DK DJ DO EC EG SV ER EE ET FJ FI FR GA GM GE DE GH GR GT GN GY HT HN HU IS IN ID IR IQ IE IL IT JM JP KZ KE KW KG LA LV LB LS LR LY LT LU MG MW MY MV ML MT MR MU MX MD MC MN ME MA MZ MM NA NP NL NZ NI NE NG KP MK NO OM PK PS PA PY PE PH PL PT QA RO RU RW SA SN RS SL SG SK SI SO ZA KR ES LK SD SR SE CH SY TW TJ TZ TH TG TN TR TM UG UA AE GB US UY UZ VE VN YE ZM ZW".split(
    " ",
  );

function regionsOf(language: string): Map<string, string> {
  const tag = intlLanguage(language);
  const known = REGIONS.get(tag);
  if (known !== undefined) return known;
  const regions = new Map<string, string>();
  const display = new Intl.DisplayNames([tag], { type: "region", fallback: "none" });
  for (const code of REGION_CODES) {
    const name = display.of(code);
    if (name !== undefined) regions.set(foldText(name), code);
  }
  REGIONS.set(tag, regions);
  return regions;
}

function scriptOf(text: string): string {
  for (const script of ["Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Hangul", "Hiragana", "Han"]) {
    const letters = text.slice(0, 2_000).match(new RegExp(`\\p{Script=${script}}`, "gu"))?.length ?? 0;
    if (letters * 3 > text.slice(0, 2_000).length || (script === "Hiragana" && letters > 0)) return script;
  }
  return baseLanguage("und");
}
