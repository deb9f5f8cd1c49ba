import type { Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { HEDGES } from "./hedge-words.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage, stem } from "./normalise.ts";
import { KEPT_OPEN, OPEN, OPINING } from "./opinion-words.ts";
import { SAYING } from "./speech-words.ts";

/** Share of a claim's words that an open sentence must hold where a script has no capitals. */
const SAME_WORDING = 0.8;
const LEAST_STEMS = 3;
/** Words that say something in a claim that is an opinion told as a fact. */
const TELLING = 2;
/** Share of them that must stand behind the verb, and the longest sentence, in tokens, that is about one thing. */
const BEHIND = 0.6;
const LONGEST = 40;
/** How far behind the verb the opinion begins, in tokens. */
const BEGINS = 4;

/** What somebody calls, fears or blames, and in scripts without capitals what is left open, may not be told as a fact. */
export function checkOpinion(claim: Claim, context: Context): Failure | null {
  const base = baseLanguage(claim.language);
  if (claim.translated || /["“„«「『]/.test(claim.text)) return null;
  const open = OPEN[base];
  for (const sentence of context.cited) {
    const left =
      open === undefined ? opinionIn(claim, sentence, base) : openIn(claim, sentence, { open, base });
    if (left !== null && !saysPlainly(claim, context, { sentence, base }))
      return { reason: "no-evidence", detail: left, rule: "opinion as a fact" };
  }
  return null;
}

function openIn(
  claim: Claim,
  sentence: Sentence,
  { open, base }: { open: RegExp; base: string },
): string | null {
  const found = open.exec(sentence.text);
  if (found === null || KEPT_OPEN[base]?.test(claim.text) === true) return null;
  if (claim.stems.size < LEAST_STEMS) return null;
  return sharedWith(claim, sentence) >= claim.stems.size * SAME_WORDING ? found[0] : null;
}

function sharedWith(claim: Claim, { stems }: Sentence): number {
  let shared = 0;
  for (const each of claim.stems) if (stems.has(each)) shared += 1;
  return shared;
}

/** The verb, where the claim says nothing but what stands in one stretch behind it, be it with words from before it. */
function opinionIn(claim: Claim, sentence: Sentence, base: string): string | null {
  const [opining, saying, hedges] = [OPINING[base], SAYING[base], HEDGES[base]];
  if (opining === undefined || saying === undefined || hedges === undefined) return null;
  if (claim.tokens.some(({ key }) => saying.test(key) || opining.test(key) || hedges.test(key))) return null;
  const ignored = functionWords(claim.language);
  const own = claim.tokens.filter(({ key }) => !ignored.has(key)).map(({ key }) => stem(key, claim.language));
  if (
    own.length < TELLING ||
    sentence.tokens.length > LONGEST ||
    !own.every((each) => sentence.stems.has(each))
  )
    return null;
  const at = sentence.tokens.findIndex(({ key }) => opining.test(key));
  const verb = sentence.tokens[at];
  if (verb === undefined || sentence.tokens[at + 1]?.key === "up") return null;
  const behind = sentence.tokens.slice(at + 1).map(({ key }) => stem(key, claim.language));
  const first = behind.findIndex((key) => own.includes(key));
  const last = behind.findLastIndex((key) => own.includes(key));
  const end = sentence.tokens[at + 1 + last]?.end;
  if (first === -1 || first >= BEGINS || first === last) return null;
  if (own.filter((each) => behind.includes(each)).length < own.length * BEHIND) return null;
  if (/[,;:.]\s/.test(sentence.text.slice(verb.end, end))) return null;
  return sentence.text.slice(verb.start, verb.end);
}

/** True when another sentence, or the title, says the same and leaves nothing open. */
function saysPlainly(
  claim: Claim,
  { article }: Context,
  { sentence, base }: { sentence: Sentence; base: string },
): boolean {
  return [article.title, ...article.sentences].some((other) => {
    if (other === sentence) return false;
    let shared = 0;
    for (const each of claim.stems) if (other.stems.has(each)) shared += 1;
    if (shared < claim.stems.size * SAME_WORDING) return false;
    return OPEN[base]?.test(other.text) !== true && !other.tokens.some(({ key }) => OPINING[base]?.test(key));
  });
}
