import { indexArticle } from "./article-index.ts";
import { PARAGRAPH_BREAK } from "./article.ts";
import { foreignIn } from "./foreign-text.ts";
import { type Screened, screenArticle } from "./orders.ts";
import type { Range } from "./sentences.ts";

interface Input {
  title: string;
  paragraphs: readonly string[];
  language: string;
}

const SCREENED = new WeakMap<readonly string[], { title: string; language: string; screened: Screened }>();

/**
 * What of an article may be believed: without the sentences that give orders and without those that are foreign to it.
 * Offsets stay. An article that would be left empty is left as it is.
 */
export function screen(input: Input): Screened {
  const { title, paragraphs, language } = input;
  const known = SCREENED.get(paragraphs);
  if (known?.title === title && known.language === language) return known.screened;
  const screened = withoutForeign(screenArticle(input), language);
  SCREENED.set(paragraphs, { title, language, screened });
  return screened;
}

function withoutForeign(ordered: Screened, language: string): Screened {
  const article = indexArticle({ ...ordered, language });
  const { foreign } = foreignIn(article);
  if (foreign.size === 0) return ordered;
  const taken = [...foreign].flatMap((at) => article.sentences[at] ?? []);
  const left = article.sentences.filter((_, at) => !foreign.has(at));
  const own = new Set([article.title, ...left].flatMap(({ stems }) => [...stems]));
  const words = [...ordered.words, ...taken.flatMap(({ stems }) => [...stems])];
  const runs = taken.map(({ range }) => range);
  return {
    paragraphs: blanked(ordered.paragraphs, runs),
    title: ordered.title,
    orders: [...ordered.orders, ...runs].sort((a, b) => a.start - b.start),
    words: new Set(words.filter((word) => !own.has(word))),
    rest: ordered.rest.size === 0 ? own : new Set([...ordered.rest].filter((word) => own.has(word))),
  };
}

/** Line breaks in place of the runs, because neither a sentence nor a piece of evidence runs over them. */
function blanked(paragraphs: readonly string[], runs: readonly Range[]): string[] {
  let offset = 0;
  return paragraphs.map((paragraph) => {
    let kept = paragraph;
    for (const run of runs) {
      const from = Math.max(0, run.start - offset);
      const to = Math.min(paragraph.length, run.end - offset);
      if (from < to) kept = kept.slice(0, from) + "\n".repeat(to - from) + kept.slice(to);
    }
    offset += paragraph.length + PARAGRAPH_BREAK.length;
    return kept;
  });
}
