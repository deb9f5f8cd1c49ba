import { type ArticleIndex, type Sentence, indexArticle } from "./article-index.ts";
import { type BriefDraft, type BriefLength, LENGTHS } from "./brief.ts";
import { carries, contradictionsIn } from "./contradictions.ts";
import { asHeadline, cleanTitle } from "./headline.ts";
import { foreignIn } from "./foreign-text.ts";
import { isInstruction } from "./instructions.ts";
import { datelineLength, isJunk } from "./junk.ts";
import { leansOnPrevious, withoutConnective } from "./lexicon.ts";
import { isUnspaced } from "./normalise.ts";
import { likeness, pickVaried, rankSentences } from "./salience.ts";
import { screen } from "./screen.ts";

/** Two sentences that share this much say the same. */
const SAME = 0.6;
/** Facts picked beyond the length, so that some may turn out to repeat the summary. */
const SPARE_FACTS = 3;
/** Longest sentence shown whole, in UTF-16 units. */
const MAX_SENTENCE = 600;
/** So many sentences on the subject are enough for a brief, and those that share nothing with it are left out. */
const ENOUGH = LENGTHS.standard.sentences + LENGTHS.standard.facts;
/** What a number or a name adds to a sentence's worth as a fact. */
const CONCRETE = 0.35;

export interface ExtractiveInput {
  title: string;
  paragraphs: readonly string[];
  language: string;
  length: BriefLength;
}

/** Writes a draft from the article's own sentences: the opening as summary, the next-best sentences as facts. */
export function extractiveDraft(input: ExtractiveInput): BriefDraft {
  return extractFrom(indexArticle({ ...screen(input), language: input.language }), input.length);
}

/** `extractiveDraft` over an index made before. */
export function extractFrom(article: ArticleIndex, length: BriefLength): BriefDraft {
  const sentences = article.sentences;
  const usable = usableSentences(article);
  const ranked = rankSentences(sentences, article.language).filter(({ at }) => usable.has(at));
  const summary = summaryOf(article, usable, LENGTHS[length].sentences);
  const concrete = ranked
    .map(({ at, score }) => ({ at, score: score + worth(sentences[at]) }))
    .sort((a, b) => b.score - a.score);
  const picked = pickVaried({
    sentences,
    ranked: concrete,
    shown: summary,
    count: LENGTHS[length].facts + SPARE_FACTS,
  });
  const fresh = picked.filter((at) => !repeats(sentences, at, summary));
  const more =
    fresh.length >= LENGTHS[length].facts
      ? fresh
      : [...fresh, ...summary.filter((at) => !fresh.includes(at))];
  const facts = more.slice(0, LENGTHS[length].facts).sort((a, b) => a - b);
  return {
    headline: headlineOf(article, summary),
    summary: summary.map((at) => shown(article, at)).join(isUnspaced(article.language) ? "" : " "),
    facts: facts.map((at) => ({
      text: withoutConnective(shown(article, at), article.language),
      quote: shown(article, at),
    })),
    caveats: [],
    topics: [],
  };
}

/** The sentence as a reader is shown it: without a dateline. */
export function shown(article: ArticleIndex, at: number): string {
  const text = article.sentences[at]?.text ?? "";
  return text.slice(datelineLength(text)).replace(/\s*\n\s*/g, " ");
}

/** Sentences worth showing, by index; all of them where none is, so that a scrap still yields something. */
export function usableSentences(article: ArticleIndex): ReadonlySet<number> {
  const contradictions = contradictionsIn(article);
  const clean = article.sentences.flatMap((sentence, at) => {
    if (isInstruction(sentence.text) || sentence.text.length > MAX_SENTENCE) return [];
    if (contradictions.some((each) => carries(sentence, each, article.language))) return [];
    return [at];
  });
  const good = clean.filter(
    (at) => !isJunk(article.sentences[at]?.text ?? "", article.language) && !repeatsTitle(article, at),
  );
  const { beside, untied } = foreignIn(article);
  const telling = good.filter((at) => !beside.has(at));
  const tied = telling.filter((at) => !untied.has(at));
  const best = [tied.length < ENOUGH ? [] : tied, telling, good].find(({ length }) => length > 0);
  return new Set(best ?? clean);
}

/** The opening sentences that are worth showing; one that leans on a sentence left out is passed over. */
function summaryOf(article: ArticleIndex, usable: ReadonlySet<number>, count: number): number[] {
  const picked: number[] = [];
  const spare: number[] = [];
  for (const at of usable) {
    if (picked.length >= count) break;
    const leans =
      leansOnPrevious(article.sentences[at]?.text ?? "", article.language) && !picked.includes(at - 1);
    if (leans || repeats(article.sentences, at, picked)) spare.push(at);
    else picked.push(at);
  }
  for (const at of spare) {
    if (picked.length >= count) break;
    if (!repeats(article.sentences, at, picked)) picked.push(at);
  }
  return (picked.length > 0 ? picked : [...usable].slice(0, 1)).sort((a, b) => a - b);
}

function repeats(sentences: readonly Sentence[], at: number, others: readonly number[]): boolean {
  const own = sentences[at]?.stems;
  return (
    own !== undefined &&
    others.some((other) => other !== at && likeness(own, sentences[other]?.stems ?? new Set()) > SAME)
  );
}

/** A line that only says the title again, such as a picture's caption. */
function repeatsTitle(article: ArticleIndex, at: number): boolean {
  const sentence = article.sentences[at];
  if (sentence === undefined || article.title.stems.size < 4) return false;
  return (
    likeness(sentence.stems, article.title.stems) > 0.75 &&
    sentence.tokens.length <= article.title.tokens.length + 4
  );
}

function worth(sentence: Sentence | undefined): number {
  if (sentence === undefined) return 0;
  const number = sentence.numbers.length > 0 ? CONCRETE : 0;
  const name = /(?<=[\p{Ll},] )\p{Lu}\p{L}+/u.test(sentence.text) ? CONCRETE : 0;
  return number + name;
}

function headlineOf(article: ArticleIndex, summary: readonly number[]): string {
  const title = cleanTitle(article.title.text, article.language);
  const contradicted = contradictionsIn(article).some((each) =>
    carries(article.title, each, article.language),
  );
  if (title !== "" && !contradicted && !isInstruction(title)) return title;
  return leadHeadline(article, summary);
}

/** The first sentence shown, as a headline. */
export function leadHeadline(article: ArticleIndex, summary: readonly number[]): string {
  return asHeadline(shown(article, summary[0] ?? 0));
}
