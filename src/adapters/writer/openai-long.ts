import type { BriefDraft } from "#src/core/brief.ts";
import { indexText, locateIn } from "#src/core/evidence.ts";
import type { Section, Sections } from "#src/core/sections.ts";
import { TOO_LONG } from "./extractive.ts";
import { askTwice } from "./openai-ask.ts";
import { askForSection, askForWhole, type Order } from "./openai-brief.ts";
import type { Session } from "./openai-model.ts";
import { failReason, writerError } from "./openai-failure.ts";
import type { SectionFacts } from "./section-output.ts";

/** A long article in hand. */
export interface LongArticle {
  order: Order;
  session: Session;
  cut: Sections;
  model: string;
}

/** Facts asked for per section: fewer where there are many, since all of them are read again. */
const FACTS_IN_ALL = 80;
const MOST_PER_SECTION = 16;
/** Sections read side by side. */
const READERS = 3;
/** Failures that are one section's own; any other would meet the next section as well. */
const OWN_FAULTS = new Set(["refused", "filtered", "invalid", "cut-off"]);

/** What a reader has to know of how a long text was read. */
export const NOTES = {
  unread: "The model gave nothing usable for a part of this long text; the brief rests on the other parts.",
  leftOut: TOO_LONG,
} as const;

/**
 * Reads an article section by section for its facts, then writes the brief over the facts of all of them.
 * Throws AppError `writer/*`.
 */
export async function writeLong(
  article: LongArticle,
): Promise<{ draft: BriefDraft; notes: string[]; prompt: string }> {
  const { order, session, model, cut } = article;
  const read = await readSections(article);
  const facts = read.flatMap((section) => section?.facts ?? []);
  order.request.progress?.("Writing the brief from the facts of all parts…");
  const question = askForWhole(order, facts);
  const draft = await askTwice({ prompts: order.prompts, session, question, model, hear: null });
  const notes = [...(read.includes(null) ? [NOTES.unread] : []), ...(cut.leftOut ? [NOTES.leftOut] : [])];
  const caveats = [...draft.caveats, ...read.flatMap((section) => section?.caveats ?? [])];
  return { draft: { ...draft, caveats: [...new Set(caveats)] }, notes, prompt: question.prompt.ref };
}

/** The first section alone, since it finds out how the server wants to be asked; then the others side by side. */
async function readSections(article: LongArticle): Promise<(SectionFacts | null)[]> {
  const { sections } = article.cut;
  const results = new Map<number, SectionFacts | null>();
  const queue = [...sections];
  const read = async (section: Section | undefined): Promise<void> => {
    if (section === undefined) return;
    try {
      results.set(section.number, await readOne(article, section));
    } catch (error) {
      // The brief is given up: what the others would read is not paid for.
      queue.length = 0;
      throw error;
    }
    article.order.request.progress?.(`Read part ${results.size} of ${sections.length}…`);
  };
  const reader = async (): Promise<void> => {
    while (queue.length > 0) await read(queue.shift());
  };
  await read(queue.shift());
  await Promise.all(Array.from({ length: READERS }, reader));
  const found = sections.map(({ number }) => results.get(number) ?? null);
  if (found.every((section) => (section?.facts ?? []).length === 0)) {
    const { model, session } = article;
    throw writerError("invalid", { issues: ["no section gave a fact"], model, usage: session.usage() });
  }
  return found;
}

/** Null when the model could not deal with this section. */
async function readOne(
  { order, session, cut, model }: LongArticle,
  section: Section,
): Promise<SectionFacts | null> {
  const of = cut.sections.length;
  const most = Math.min(MOST_PER_SECTION, Math.ceil(FACTS_IN_ALL / of));
  const question = askForSection(order, section, { of, most });
  try {
    const { facts, caveats } = await askTwice({
      prompts: order.prompts,
      session,
      question,
      model,
      hear: null,
    });
    // What does not stand in its section must not get into the summary by way of the list.
    const index = indexText(section.paragraphs.map((sentences) => sentences.join(" ")).join("\n\n"));
    return { facts: facts.filter(({ quote }) => locateIn(index, quote) !== null), caveats };
  } catch (error) {
    if (OWN_FAULTS.has(failReason(error) ?? "")) return null;
    throw error;
  }
}
