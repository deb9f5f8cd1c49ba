import { extractiveDraft } from "#src/core/draft.ts";
import { verifyDraft } from "#src/core/verify.ts";
import type { Case } from "./cases.ts";
import { sentencesOf } from "./cases.ts";
import type { Table } from "./report.ts";
import { mean, type Rouge, rouge } from "./rouge.ts";

const LEAD = 3;

/** The built-in writer's summary beside the first three sentences, against a person's; and what verification takes of it. */
export function summaryTable(cases: readonly Case[]): Table {
  const lead: Rouge[] = [];
  const own: Rouge[] = [];
  let [facts, dropped] = [0, 0];
  for (const article of cases) {
    const { title, paragraphs, language, reference } = article;
    const input = { title, paragraphs, language, length: "standard" as const };
    const draft = extractiveDraft(input);
    const verified = verifyDraft({ ...input, draft });
    facts += verified.facts.length;
    dropped += verified.dropped.length;
    lead.push(rouge(sentencesOf(article).slice(0, LEAD).join(" "), reference));
    own.push(rouge(verified.summary, reference));
  }
  const row = (name: string, scores: readonly Rouge[]): string[] => {
    const { one, two, longest } = mean(scores);
    return [name, one.toFixed(1), two.toFixed(1), longest.toFixed(1)];
  };
  return {
    title: `Built-in writer against one reference each (${cases.length} bundled articles)`,
    head: ["F1 %", "ROUGE-1", "ROUGE-2", "ROUGE-L"],
    rows: [row("first three sentences", lead), row("lede, standard length", own)],
    note: `Facts a brief: ${(facts / cases.length).toFixed(1)}; claims of the writer's own that verification dropped: ${dropped}. The articles are short and open with their news, which favours the lead.`,
  };
}
