import type { Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage } from "./normalise.ts";
import { alignments } from "./verify-align.ts";

/** Words that say that something is not certain, not done or somebody's claim; folded. */
const HEDGES: Record<string, RegExp> = {
  en: /^(?:may|might|could|can|would|should|possibl[ey]|perhaps|maybe|likely|unlikely|probabl[ey]|potential(?:ly)?|expected|expects?|plans?|planned|planning|plan|hopes?|hoped|hoping|wants?|wanted|seeks?|seeking|sought|intends?|intended|aims?|aimed|proposes?|proposed|proposal|considers?|considering|considered|threatens?|threatened|alleged(?:ly)?|alleges?|allegations?|accused?|accuses|claims?|claimed|reported(?:ly)?|suspects?|suspected|believed?|believes|thought|thinks|apparently|appears?|appeared|seems?|seemed|suggests?|suggested|according|says?|said|told|rumou?red|estimated?|feared|if|unless|whether|would-be|denie[sd]|deny|try|trying|tried|attempted|attempts?|agreed|vowed|promised|pledged|set|due|scheduled|ordered|asked|able|will|soon|ready|risk|risks|warned|warns)$/,
  de: /^(?:konnte|konnten|kann|konnen|durfte|durften|soll|sollen|sollte|sollten|will|wollen|mutmasslich\w*|angeblich\w*|moglicherweise|vielleicht|wahrscheinlich|voraussichtlich|vermutlich|offenbar|laut|zufolge|plant|planen|geplant\w*|will|wurde|wurden|sagte|sagt|erklarte|behauptet\w*|vorwurf|vorwirft|verdachtig\w*|verdacht|womoglich|wohl|angaben)$/,
  es: /^(?:podria|podrian|puede|pueden|quizas?|tal|posible\w*|presunt\w*|supuest\w*|planea\w*|preve\w*|espera\w*|segun|dijo|afirmo|acusad\w*|acusa|sospech\w*|aparentemente|quiere\w*|propone\w*|propuso|probable\w*)$/,
  fr: /^(?:pourrait|pourraient|peut|peuvent|serait|seraient|aurait|auraient|devrait|devraient|presume\w*|pretendu\w*|possible\w*|probable\w*|selon|envisage\w*|prevoit|accuse\w*|soupconn\w*|propose\w*|veut|espere\w*)$/,
};
/** Of those, the words that stand right before what they make uncertain and change all of it. */
const STRONG: Record<string, RegExp> = {
  en: /^(?:may|might|could|allegedly|alleged|reportedly|suspected|possibly|perhaps|proposed|considering)$/,
  de: /^(?:konnte|konnten|durfte|mutmasslich\w*|angeblich\w*|moglicherweise|womoglich|vielleicht)$/,
  es: /^(?:podria|podrian|presunt\w*|supuest\w*|quizas?|posiblemente)$/,
  fr: /^(?:pourrait|pourraient|serait|seraient|aurait|auraient|presume\w*)$/,
};
/** Share of a claim's words that stand in a sentence, in order, before what it leaves out counts. */
const SAME_WORDING = 0.75;

/** What the article says may be, or is alleged, may not become what is: the hedge must be kept in some form. */
export function checkCertainty(claim: Claim, context: Context): Failure | null {
  const base = baseLanguage(claim.language);
  const [hedges, strong] = [HEDGES[base], STRONG[base]];
  if (claim.translated || hedges === undefined || strong === undefined) return null;
  if (/["“„«]/.test(claim.text) || claim.tokens.some((token) => isHedge(claim, token, hedges))) return null;
  for (const { sentence, pairs } of alignments(claim, context)) {
    if (pairs.length / claim.tokens.length < SAME_WORDING || claim.tokens.length < 5) continue;
    const dropped = hedgeBefore(claim, sentence, { pairs, strong });
    if (dropped !== null && !statedPlainly(claim, context, sentence))
      return { reason: "no-evidence", detail: dropped, rule: "hedge dropped" };
  }
  return null;
}

/** May with a capital inside a sentence is the month. */
function isHedge({ text }: Passage, { key, start }: Token, pattern: RegExp): boolean {
  return pattern.test(key) && (start === 0 || !/^\p{Lu}/u.test(text.charAt(start)));
}

interface Laid {
  pairs: readonly (readonly [number, number])[];
  strong: RegExp;
}

/** The hedge that the sentence has between two words that the claim has side by side, but for small words. */
function hedgeBefore(claim: Claim, sentence: Sentence, { pairs, strong }: Laid): string | null {
  const ignored = functionWords(claim.language);
  for (const [k, [i, j]] of pairs.entries()) {
    const last = pairs[k - 1];
    if (last === undefined || j - last[1] > 4 || i - last[0] > 3) continue;
    const own = claim.tokens.slice(last[0] + 1, i);
    if (own.some(({ key }) => !ignored.has(key))) continue;
    const left = sentence.tokens.slice(last[1] + 1, j).find((token) => isHedge(sentence, token, strong));
    if (left !== undefined) return sentence.text.slice(left.start, left.end);
  }
  return null;
}

/** True when another sentence says nearly all of the claim without a hedge. */
function statedPlainly(claim: Claim, context: Context, hedged: Sentence): boolean {
  const strong = STRONG[baseLanguage(claim.language)];
  return [context.article.title, ...context.article.sentences].some((other) => {
    if (other === hedged || strong === undefined) return false;
    let shared = 0;
    for (const each of claim.stems) if (other.stems.has(each)) shared += 1;
    return (
      shared >= claim.stems.size * SAME_WORDING &&
      !other.tokens.some((token) => isHedge(other, token, strong))
    );
  });
}

/** What the article leaves with whoever says it may not stand alone as a fact: the claim must name the claimant or quote. */
export function checkAttribution(claim: Claim, context: Context): Failure | null {
  const base = baseLanguage(claim.language);
  const hedges = HEDGES[base];
  if (claim.translated || hedges === undefined || claim.tokens.length < 5) return null;
  if (/["“„«]/.test(claim.text) || claim.tokens.some((token) => isHedge(claim, token, hedges))) return null;
  for (const { sentence, pairs } of alignments(claim, context)) {
    const left = contestedBeside(claim, sentence, { pairs, base });
    if (left !== null && !statedPlainly(claim, context, sentence))
      return { reason: "no-evidence", detail: left, rule: "attribution dropped" };
  }
  return null;
}

/** Words by which an article leaves a claim with whoever makes it. */
const CONTESTED: Record<string, RegExp> = {
  en: /^(?:alleges?|alleged|claims|claimed|accuses|accused|insists|insisted|denies|denied|suspects?|suspected|believes|believed)$/,
  de: /^(?:behauptet|behauptete|behaupten|bestreitet|bestritt|vermutet|vermuten|wirft|vorwirft|beschuldigt\w*)$/,
  es: /^(?:alega|alego|asegura|aseguro|acusa|acuso|niega|nego|sospecha\w*|cree)$/,
  fr: /^(?:pretend|accuse|accusait|nie|soupconne\w*|estime)$/,
};
const ALL_BUT_ALL = 0.9;
/** How far before the words repeated, or between them and the sentence's end, the word that contests them may stand, in tokens. */
const BESIDE = 4;

/** The verb right before or behind the run that a claim repeats, which makes the run somebody's claim. */
function contestedBeside(
  claim: Claim,
  sentence: Sentence,
  { pairs, base }: { pairs: Laid["pairs"]; base: string },
): string | null {
  const pattern = CONTESTED[base];
  const [first] = pairs;
  const last = pairs.at(-1);
  if (pattern === undefined || first === undefined || last === undefined) return null;
  if (pairs.length < claim.tokens.length * ALL_BUT_ALL) return null;
  const behind = sentence.tokens.slice(last[1] + 1);
  const beside = [
    ...sentence.tokens.slice(Math.max(0, first[1] - BESIDE), first[1]),
    ...(behind.length <= BESIDE ? behind : []),
  ];
  const found = beside.find(({ key }) => pattern.test(key));
  return found === undefined ? null : sentence.text.slice(found.start, found.end);
}
