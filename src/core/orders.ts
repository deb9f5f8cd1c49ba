import { PARAGRAPH_BREAK } from "./article.ts";
import type { BriefDraft, Dropped } from "./brief.ts";
import { type TextIndex, indexText, locateIn } from "./evidence.ts";
import { isInstruction, quotedOrders } from "./instructions.ts";
import { functionWords, guessLanguage } from "./lexicon.ts";
import { baseLanguage, stem, tokenize } from "./normalise.ts";
import { type Range, splitSentences } from "./sentences.ts";

/** An article with the sentences that give orders to its reader taken out of what may be cited. */
export interface Screened {
  /** The paragraphs with line breaks in place of such sentences, so that offsets stay; the same array where there are none. */
  paragraphs: readonly string[];
  title: string;
  /** Where the orders stand in the article's text. */
  orders: readonly Range[];
  /** Words that only orders hold, quoted ones included. */
  words: ReadonlySet<string>;
  /** Words of all the rest; empty where there are no orders, since nothing is compared then. */
  rest: ReadonlySet<string>;
}

/** An order that ends so or says so goes on in what follows. */
const GOES_ON = /[:：]\s*$|\b(?:following|next|below)\b|以下|次の|下面|接下来/iu;
/** A paragraph that is an order cut in two by a break would be read as one by a model. */
const CUT_PARAGRAPH = 400;
const QUOTATION = /“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"|「[^「」]*」|『[^『』]*』|‘[^‘’]*’/gu;

const SCREENED = new WeakMap<readonly string[], { title: string; language: string; screened: Screened }>();

/** What of an article may be believed. An article that is nothing but orders is left as it is: it has nothing else to show. */
export function screenArticle(input: {
  title: string;
  paragraphs: readonly string[];
  language: string;
}): Screened {
  const { title, paragraphs, language } = input;
  const known = SCREENED.get(paragraphs);
  if (known?.title === title && known.language === language) return known.screened;
  const screened = screen(input);
  SCREENED.set(paragraphs, { title, language, screened });
  return screened;
}

function screen({
  title,
  paragraphs,
  language,
}: {
  title: string;
  paragraphs: readonly string[];
  language: string;
}): Screened {
  const unscreened: Screened = { paragraphs, title, orders: [], words: new Set(), rest: new Set() };
  const text = paragraphs.join(PARAGRAPH_BREAK);
  const orders = ordersIn(paragraphs, language);
  const quoted = paragraphs.flatMap((paragraph) =>
    splitSentences(paragraph, language).flatMap(({ start, end }) =>
      quotedOrders(paragraph.slice(start, end)),
    ),
  );
  const badTitle = title !== "" && isInstruction(title);
  if (orders.length === 0 && quoted.length === 0 && !badTitle) return unscreened;
  const clean = orders.length === 0 ? paragraphs : blanked(paragraphs, orders);
  if (clean.every((paragraph) => paragraph.trim() === "")) return unscreened;
  const said = [...orders.map(({ start, end }) => text.slice(start, end)), ...quoted, badTitle ? title : ""];
  const rest = quoted.reduce((all, each) => all.replaceAll(each, " "), clean.join(" "));
  const own = stemsOf([badTitle ? "" : title, rest].join(" "), language);
  const words = [...stemsOf(said.join(" "), language)].filter((word) => !own.has(word));
  return { paragraphs: clean, title: badTitle ? "" : title, orders, words: new Set(words), rest: own };
}

function ordersIn(paragraphs: readonly string[], language: string): Range[] {
  const found: Range[] = [];
  let offset = 0;
  let goesOn = false;
  for (const [i, paragraph] of paragraphs.entries()) {
    const all = paragraph.length;
    const sentences = splitSentences(paragraph, language);
    const first = sentences.findIndex(({ start, end }) => isInstruction(paragraph.slice(start, end)));
    const before = paragraphs[i - 1] ?? "";
    const cut =
      first === -1 &&
      all < CUT_PARAGRAPH &&
      before.length < CUT_PARAGRAPH &&
      !/[.!?。！？”"»]\s*$/u.test(before) &&
      before !== "" &&
      isInstruction(`${before} ${paragraph}`) &&
      !isInstruction(before);
    if (cut) found.push({ start: offset - PARAGRAPH_BREAK.length - before.length, end: offset + all });
    else if (goesOn || first === 0) found.push({ start: offset, end: offset + all });
    else if (first > 0) found.push({ start: offset + (sentences[first]?.start ?? 0), end: offset + all });
    goesOn = (first !== -1 || goesOn) && GOES_ON.test(paragraph);
    offset += all + PARAGRAPH_BREAK.length;
  }
  return found;
}

/** Line breaks, because neither a sentence nor a piece of evidence runs over them. */
function blanked(paragraphs: readonly string[], orders: readonly Range[]): string[] {
  let offset = 0;
  return paragraphs.map((paragraph) => {
    let kept = paragraph;
    for (const { start, end } of orders) {
      const from = Math.max(0, start - offset);
      const to = Math.min(paragraph.length, end - offset);
      if (from < to) kept = kept.slice(0, from) + "\n".repeat(to - from) + kept.slice(to);
    }
    offset += paragraph.length + PARAGRAPH_BREAK.length;
    return kept;
  });
}

/** Words of an order that a claim may repeat by chance. */
const CHANCE = 1;
/** Share of a claim's words from which on even one is too many. */
const TOO_MUCH = 0.3;
/** Where an article gives orders, what a draft says beyond the rest of it may be obedience: more than this share of a claim must be there. */
const OWN_SHARE = 0.5;

/** A draft without what repeats an order or rests on one, and what was left out. */
export function screenDraft(
  draft: BriefDraft,
  screened: Screened,
  article: { paragraphs: readonly string[]; language: string },
): { draft: BriefDraft; dropped: Dropped[] } {
  if (screened.rest.size === 0) return { draft, dropped: [] };
  const text = indexText(article.paragraphs.join(PARAGRAPH_BREAK));
  const dropped: Dropped[] = [];
  const { language } = article;
  const written = languageOf(draft, language);
  const translated = baseLanguage(written) !== baseLanguage(language);
  const obeys = (said: string): boolean =>
    repeatsOrder(said, screened.words, language) ||
    (!translated && goesBeyond(said, screened.rest, language));
  const stands = (part: Dropped["part"], said: string, bad: boolean): boolean => {
    if (bad) dropped.push({ part, text: said, reason: "instruction", detail: null, rule: null });
    return !bad;
  };
  const sentences = splitSentences(draft.summary, language).map(({ start, end }) =>
    draft.summary.slice(start, end),
  );
  const cited = (quote: string): boolean => restsOnOrder(text, quote, screened.orders);
  return {
    draft: {
      headline:
        draft.headline !== "" && stands("headline", draft.headline, obeys(draft.headline))
          ? draft.headline
          : "",
      summary: sentences.every((each) => !obeys(each))
        ? draft.summary
        : sentences.filter((each) => stands("summary", each, obeys(each))).join(" "),
      facts: draft.facts.filter((fact) => stands("fact", fact.text, obeys(fact.text) || cited(fact.quote))),
      caveats: draft.caveats.filter((each) => !obeys(each)),
      topics: draft.topics.filter((each) => !obeys(each)),
    },
    dropped,
  };
}

function repeatsOrder(said: string, words: ReadonlySet<string>, language: string): boolean {
  const own = stemsOf(said.replace(QUOTATION, " "), language);
  const taken = [...own].filter((word) => words.has(word)).length;
  return taken > CHANCE || (taken > 0 && taken >= own.size * TOO_MUCH);
}

function goesBeyond(said: string, rest: ReadonlySet<string>, language: string): boolean {
  const own = stemsOf(said, language);
  return [...own].filter((word) => rest.has(word)).length <= own.size * OWN_SHARE;
}

function languageOf({ summary, facts }: BriefDraft, articleLanguage: string): string {
  const said = [summary, ...facts.map(({ text }) => text)].join("\n");
  return guessLanguage(
    said,
    tokenize(said).map(({ key }) => key),
    articleLanguage,
  );
}

function restsOnOrder(text: TextIndex, quote: string, orders: readonly Range[]): boolean {
  const runs = orders.length === 0 ? null : locateIn(text, quote);
  return (
    runs !== null &&
    runs.some((run) => orders.some((order) => run.start < order.end && run.end > order.start))
  );
}

function stemsOf(text: string, language: string): Set<string> {
  const ignored = functionWords(language);
  return new Set(tokenize(text).flatMap(({ key }) => (ignored.has(key) ? [] : [stem(key, language)])));
}
