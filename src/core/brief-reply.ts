import { type Article, type Revision, revisionText } from "./article.ts";
import type { Brief, Fact, Usage, WriterMark } from "./brief.ts";
import { bold, plain, type Reply, type ReplyBlock, type Span, time } from "./reply.ts";

/** What a brief is shown with. */
export interface BriefView {
  brief: Brief;
  article: Article;
  revision: Revision;
}

/** In a button's id where no delivery's key stands: the answer to a command. */
export const NO_KEY = "-";

/**
 * The one way a brief looks, for commands and for publishing. The button's id ends in the delivery's key, which is how
 * a message is found again in a channel's history.
 */
export function briefReply(view: BriefView, key: string): Reply {
  const { brief, article, revision } = view;
  return {
    title: brief.headline,
    blocks: [
      ...changeNote(revision),
      ...textBlocks(brief.summary),
      ...factList(view, false),
      ...brief.caveats.map((caveat): ReplyBlock => ({
        kind: "note",
        tone: "warning",
        spans: [plain(caveat)],
      })),
      ...sourceLink(article),
      { kind: "note", tone: "info", spans: smallPrint(view) },
      { kind: "actions", actions: [{ id: `evidence:${brief.id}:${key}`, label: "Show evidence" }] },
    ],
  };
}

/** Each fact of a brief beside the article's own words, and how many were taken back. */
export function evidenceReply(view: BriefView, taken: number): Reply {
  const { brief, article } = view;
  return {
    title: `Evidence: ${brief.headline}`,
    blocks: [...factList(view, true), ...withdrawnNote(taken), ...sourceLink(article)],
  };
}

/** The article's own words for a fact, as the article has them. */
export function quotesOf(fact: Fact, text: string): string[] {
  return fact.evidence.map(({ start, end }) => text.slice(start, end));
}

/** Whether the fact rests on words that the newest material revision changed. */
export function isChanged(fact: Fact, revision: Revision): boolean {
  const ranges = revision.change?.ranges ?? [];
  return fact.evidence.some(({ start, end }) =>
    ranges.some((range) => start < range.end && range.start < end),
  );
}

/** Who wrote a brief, in words for a reader. */
export function writerText(writer: WriterMark): string {
  const reason = writer.steppedDown === null ? "" : ` (${writer.steppedDown})`;
  if (writer.name === "openai")
    return `Written by ${writer.model ?? "a model"}${reason}, every fact checked against the article`;
  if (writer.stopgap === true) return "Written by Lede's built-in writer until the model's brief is there";
  return `Written by Lede's built-in writer${reason}`;
}

/** What stands for the whole brief: its summary, or the first fact where moderators took back all of that. */
export function leadOf({ facts, summary }: Brief): string {
  return summary === "" ? (facts[0]?.text ?? "") : summary;
}

/** A text, or nothing where there is none. */
export function textBlocks(text: string): ReplyBlock[] {
  return text === "" ? [] : [{ kind: "text", spans: [plain(text)] }];
}

/** The facts of a brief, if any stands. */
export function factList(view: BriefView, evidence: boolean): ReplyBlock[] {
  const facts = view.brief.facts.map((fact) => shownFact(fact, view));
  return facts.length === 0 ? [] : [{ kind: "facts", facts, evidence }];
}

/** How many facts a moderator took back. */
export function withdrawnNote(count: number): ReplyBlock[] {
  if (count === 0) return [];
  const text = count === 1 ? "A moderator took back one fact." : `A moderator took back ${count} facts.`;
  return [{ kind: "note", tone: "warning", spans: [plain(text)] }];
}

/** A fact as a reply shows it. */
function shownFact(
  fact: Fact,
  { revision }: BriefView,
): { text: string; quotes: string[]; changed: boolean } {
  return {
    text: fact.text,
    quotes: quotesOf(fact, revisionText(revision)),
    changed: isChanged(fact, revision),
  };
}

/** The line that says what a correction changed. */
export function changeNote(revision: Revision): ReplyBlock[] {
  if (revision.change === null) return [];
  const spans: Span[] = [bold("Updated "), time(revision.fetchedAt), plain(`: ${revision.change.note}`)];
  return [{ kind: "note", tone: "change", spans }];
}

export function sourceLink(article: Article): ReplyBlock[] {
  if (article.url === null) return [];
  return [{ kind: "link", url: article.url, label: article.site ?? new URL(article.url).hostname }];
}

/** Author, time and writer. */
export function smallPrint({ brief, article }: BriefView): Span[] {
  const spans: Span[] = article.url === null ? [plain("From pasted text · ")] : [];
  if (article.byline !== null) spans.push(plain(`${article.byline} · `));
  if (article.publishedAt !== null) spans.push(time(article.publishedAt), plain(" · "));
  spans.push(plain(writerText(brief.writer)));
  return spans;
}

/** What a brief cost, in words for a reader: model calls and tokens. */
export function usageText({ calls, inputTokens, cachedTokens, outputTokens }: Usage): string {
  if (calls === 0) return "No model call, no cost";
  const cached = cachedTokens === 0 ? "" : ` (${count(cachedTokens)} cached)`;
  const times = calls === 1 ? "1 model call" : `${calls} model calls`;
  return `${times}, ${count(inputTokens)} tokens in${cached}, ${count(outputTokens)} out`;
}

function count(tokens: number): string {
  return tokens.toLocaleString("en");
}
