import { type ArticleIndex, indexArticle, passage } from "./article-index.ts";
import { type BriefDraft, type BriefLength, type Dropped, type Fact, LENGTHS } from "./brief.ts";
import { type Contradiction, contradictionsIn } from "./contradictions.ts";
import { disagreementsIn } from "./disagreements.ts";
import { extractFrom } from "./draft.ts";
import { withoutSentences } from "./excluded.ts";
import { isInstruction } from "./instructions.ts";
import { guessLanguage } from "./lexicon.ts";
import { baseLanguage, foldText, tokenize } from "./normalise.ts";
import { type Screened, screenDraft } from "./orders.ts";
import { screen } from "./screen.ts";
import { foreignAddress } from "./verify-address.ts";
import { type Checker, checkSentence, toClaim } from "./verify-claim.ts";
import { verifyFacts } from "./verify-facts.ts";
import { checkSubject, FLOOR } from "./verify-foreign.ts";
import { namesGoUnchecked } from "./verify-names.ts";
import { verifyHeadline, verifySummary } from "./verify-summary.ts";

export interface VerifyInput {
  draft: BriefDraft;
  title: string;
  paragraphs: readonly string[];
  /** Language of the article, BCP-47; the draft's own is found out. */
  language: string;
  length: BriefLength;
  /** When the article was published: what "yesterday" and "on Tuesday" are held against. */
  publishedAt?: Date | null;
  /** Sentences of the article that nothing is filled up with. */
  excluded?: readonly string[];
}

/** What is left of a draft once every claim has been held against the article. */
export interface VerifiedDraft {
  headline: string;
  summary: string;
  facts: Fact[];
  dropped: Dropped[];
  caveats: string[];
  topics: string[];
}

/** A brief has at least this many facts where the article holds them. */
const MIN_FACTS = 3;
const MAX_CAVEATS = 4;
const MAX_CAVEAT = 240;
const MAX_TOPICS = 5;
const MAX_TOPIC = 40;

/**
 * Holds a draft against its article: numbers, names, dates, quotations, negations and directions must be the article's,
 * each fact gets the article's own characters as evidence, and what fails is dropped or replaced, with the reason.
 * Never throws; the facts are empty only where the article itself has no sentence to show.
 */
export function verifyDraft(input: VerifyInput): VerifiedDraft {
  const screened = screen(input);
  const article = indexArticle({ ...screened, language: input.language });
  const { draft, dropped } = screenDraft(input.draft, screened, input);
  const checker = checkerFor(article, { draft, publishedAt: input.publishedAt ?? null });
  const spare = once(() =>
    withoutSentences(extractFrom(article, input.length), input.excluded ?? [], input.language),
  );
  const headline = verifyHeadline({ draft, checker, spare });
  const summary = verifySummary({
    draft,
    checker,
    most: LENGTHS[input.length].sentences,
    spare,
  });
  const most = LENGTHS[input.length].facts;
  const first = verifyFacts(draft.facts, checker, most);
  const facts =
    first.facts.length >= MIN_FACTS ? first.facts : toppedUp(first.facts, article, checker, spare());
  return {
    headline: headline.text,
    summary: summary.text,
    facts,
    dropped: [...dropped, ...headline.dropped, ...summary.dropped, ...first.dropped],
    caveats: caveatsOf(draft, checker, screened),
    topics: topicsOf(draft, article),
  };
}

function checkerFor(
  article: ArticleIndex,
  { draft, publishedAt }: Pick<Required<VerifyInput>, "draft" | "publishedAt">,
): Checker {
  const said = [draft.summary, ...draft.facts.map(({ text }) => text)].join("\n");
  const keys = tokenize(said).map(({ key }) => key);
  const language = guessLanguage(said, keys, article.language);
  const translated = baseLanguage(language) !== baseLanguage(article.language) && !readsAlike(keys, article);
  return {
    article,
    contradictions: contradictionsIn(article),
    language: translated ? language : article.language,
    translated,
    publishedAt,
  };
}

/** Share of a draft's words that stand in its article when both are in one language, whatever it is called. */
const SHARED_WORDS = 0.7;

function readsAlike(keys: readonly string[], article: ArticleIndex): boolean {
  const shared = keys.filter((key) => article.keys.has(key)).length;
  return shared >= keys.length * SHARED_WORDS;
}

/** The facts filled up to the least number with the article's own sentences. */
function toppedUp(
  facts: readonly Fact[],
  article: ArticleIndex,
  checker: Checker,
  spare: BriefDraft,
): Fact[] {
  const own: Checker = { ...checker, language: article.language, translated: false };
  const known = new Set(facts.flatMap(({ evidence }) => evidence.map(({ start }) => start)));
  const fresh = verifyFacts(spare.facts, own, MIN_FACTS).facts.filter(
    (fact) =>
      !facts.some((other) => isSameFact(other, fact)) && !fact.evidence.some(({ start }) => known.has(start)),
  );
  return [...facts, ...fresh].slice(0, Math.max(MIN_FACTS, facts.length));
}

function isSameFact(left: Fact, right: Fact): boolean {
  return foldText(left.text) === foldText(right.text);
}

/** Said where sentences of an article were taken out, so that readers know why the brief and the page differ. */
const ADDRESSED =
  "The article contains text that addresses its readers or a machine instead of reporting; it is left out here.";

/** Said where the article's names are in a script that cannot be read with certainty. */
const UNCHECKED = "Names were not checked: the article writes them in another script.";

/** What readers must know: text that was taken out, names that went unchecked, figures that the article gives twice, then the writer's own remarks as far as they stand. */
function caveatsOf(draft: BriefDraft, checker: Checker, screened: Screened): string[] {
  const removed = screened.orders.length > 0 ? [ADDRESSED] : [];
  const said = [draft.headline, draft.summary, ...draft.facts.map(({ text }) => text)].join("\n");
  const unchecked = namesGoUnchecked(toClaim(said, checker), checker.article) ? [UNCHECKED] : [];
  const found = [
    ...checker.contradictions.map((each: Contradiction) => each.text),
    ...disagreementsIn(checker.article),
  ];
  const own = draft.caveats
    .map((caveat) => caveat.replace(/\s+/g, " ").trim().slice(0, MAX_CAVEAT))
    .filter((caveat) => caveat !== "" && !isInstruction(caveat) && isSoundCaveat(caveat, checker));
  return [...new Set([...removed, ...unchecked, ...found, ...own])].slice(0, MAX_CAVEATS);
}

/** A remark may say what the article does not, but no figure, name, date or quotation that the article lacks. */
function isSoundCaveat(caveat: string, checker: Checker): boolean {
  if (checkSubject(toClaim(caveat, checker), checker.article) !== null) return false;
  const failure = checkSentence(caveat, checker);
  if (failure === null || failure.rule === FLOOR) return true;
  return failure.reason === "negation" || failure.reason === "contradiction";
}

function topicsOf(draft: BriefDraft, article: ArticleIndex): string[] {
  const topics = new Map<string, string>();
  for (const topic of draft.topics) {
    const plain = topic.replace(/\s+/g, " ").trim();
    const usable =
      plain !== "" &&
      plain.length <= MAX_TOPIC &&
      passage(plain, "en").tokens.length > 0 &&
      !isInstruction(plain) &&
      foreignAddress(plain, article) === null;
    if (usable && !topics.has(foldText(plain))) topics.set(foldText(plain), plain);
  }
  return [...topics.values()].slice(0, MAX_TOPICS);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
