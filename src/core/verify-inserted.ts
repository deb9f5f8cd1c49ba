import type { ArticleIndex, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { ADDING, ATTACHING, CAUSAL, EMPTY } from "./insertion-words.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, isUnspaced, stem } from "./normalise.ts";
import { type Alignment, alignments } from "./verify-align.ts";

/** Share of the rest of a claim that its sentence must hold in order before what is left over counts as put in. */
const COPIED = 0.85;
const LEAST_COPIED = 4;
/** Letters by which two words are taken for akin. */
const BEGINNING = 4;
/** Words that an added circumstance or description needs to say something; a thing added to a list needs one. */
const TELLING = 2;

/** A claim that repeats its sentence may not add what the article has no word of: "and a crown", "under police guard". */
export function checkInserted(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  if (isUnspaced(claim.language)) return insertedClause(claim, context);
  for (const { sentence, pairs } of alignments(claim, context)) {
    if (pairs.length < LEAST_COPIED) continue;
    const found = insertedWords(claim, sentence, { pairs, article: context.article });
    if (found !== null) return found;
  }
  return null;
}

interface Laid {
  pairs: Alignment["pairs"];
  article: ArticleIndex;
}

function insertedWords(claim: Claim, sentence: Sentence, { pairs, article }: Laid): Failure | null {
  const ends = [...pairs, [claim.tokens.length, sentence.tokens.length] as const];
  let [i, j] = ends[0] ?? [0, 0];
  for (const [nextI, nextJ] of ends.slice(1)) {
    const own = claim.tokens.slice(i + 1, nextI);
    const theirs = sentence.tokens.slice(j + 1, nextJ);
    const pure = theirs.length === 0 || endsClause(sentence, j);
    const kept = pure || !theirs.some(({ key }) => ADDING[baseLanguage(claim.language)]?.test(key) === true);
    const rest = claim.tokens.length - own.length;
    if (own.length > 0 && pairs.length >= rest * COPIED && isAdded(claim, own, { pure, kept, article }))
      return {
        reason: "no-evidence",
        detail: claim.text.slice(own[0]?.start, own.at(-1)?.end),
        rule: "inserted",
      };
    [i, j] = [nextI, nextJ];
  }
  return null;
}

/** True for words of which the article has none, added where the sentence goes on or ends. */
function isAdded(
  claim: Claim,
  own: readonly Token[],
  { pure, kept, article }: { pure: boolean; kept: boolean; article: ArticleIndex },
): boolean {
  const base = baseLanguage(claim.language);
  const ignored = functionWords(claim.language);
  const telling = own.filter(({ key }) => !ignored.has(key) && !EMPTY.test(key) && key.length > 2);
  const [first] = own;
  if (first === undefined || telling.length === 0) return false;
  const fresh = telling.filter(({ key }) => !isNear(key, claim.language, article));
  const opener = first.key;
  const adds = ADDING[base]?.test(opener) === true;
  if (adds && pure && fresh[0] === telling[0] && fresh.length * 2 >= telling.length)
    return fresh.some(({ key }) => key.length > BEGINNING);
  if (fresh.length < telling.length) return false;
  if (CAUSAL[base]?.test(opener) === true) return pure || telling.length >= TELLING;
  if (adds) return kept && telling.length >= TELLING;
  if (!pure) return false;
  if (ATTACHING[base]?.test(opener) === true) return telling.length >= TELLING;
  return telling.length >= TELLING && isSetOff(claim, own);
}

/** True where a mark follows a sentence's token. */
function endsClause({ text, tokens }: Sentence, at: number): boolean {
  return /^\s*[,;:.!?)–—]/.test(text.slice(tokens[at]?.end));
}

/** "…, médica de profesión, …" */
function isSetOff({ text }: Claim, own: readonly Token[]): boolean {
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return false;
  return /[,(–—]\s*$/.test(text.slice(0, first.start)) && /^\s*[,.)–—]/.test(text.slice(last.end));
}

const BEGINNINGS = new WeakMap<ArticleIndex, ReadonlySet<string>>();

/** True when an article has the word, one of its forms or one that begins alike. */
function isNear(key: string, language: string, article: ArticleIndex): boolean {
  if (article.keys.has(key) || article.stems.has(stem(key, language)) || /\p{Nd}/u.test(key)) return true;
  let known = BEGINNINGS.get(article);
  if (known === undefined) {
    known = new Set([...article.keys].map((each) => bare(each).slice(0, BEGINNING)));
    BEGINNINGS.set(article, known);
  }
  return known.has(bare(key).slice(0, BEGINNING));
}

/** An Arabic word without what leans on it. */
function bare(key: string): string {
  return /^\p{Script=Arabic}/u.test(key) ? key.replace(/^[وفبكل]?(?:ال|لل)?(?=.{3})/u, "") : key;
}

/** Characters that a clause needs to be told from the article's by its pairs of them. */
const LEAST_CLAUSE = 4;

/** In a script without spaces: a clause of which the article has no two characters side by side. */
function insertedClause(claim: Claim, context: Context): Failure | null {
  const clauses = claim.text.split(/[，、；。,;]/).filter((clause) => clause.trim() !== "");
  if (clauses.length < 2) return null;
  const known = context.article.text + context.article.title.text;
  const shares = clauses.map((clause) => ({ clause, ...pairsHeld(clause, known) }));
  const added = shares.find(({ held, all }) => held === 0 && all >= LEAST_CLAUSE - 1);
  const others = shares.filter((each) => each !== added);
  if (added === undefined || others.some(({ held, all }) => held < all * COPIED)) return null;
  return { reason: "no-evidence", detail: added.clause, rule: "inserted" };
}

function pairsHeld(clause: string, text: string): { held: number; all: number } {
  const runs = clause.match(/[\p{Script=Han}\p{Script=Katakana}ー]{2,}/gu) ?? [];
  const pairs = runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)));
  return { held: pairs.filter((pair) => text.includes(pair)).length, all: pairs.length };
}
