import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { findContradictions } from "#src/core/contradictions.ts";
import { extractiveDraft } from "#src/core/draft.ts";
import { leansOnPrevious } from "#src/core/lexicon.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { mean, type Rouge, rouge } from "./rouge.ts";

const Row = z.object({
  id: z.union([z.string(), z.number()]),
  doc: z.string(),
  refs: z.array(z.string()).min(1),
});

/** Prints how the extractive writer compares with the first three sentences, what verification leaves of it, and the time. */
function main(paths: readonly string[]): void {
  for (const path of paths.filter((each) => !each.startsWith("--"))) {
    const rows = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => Row.parse(JSON.parse(line)));
    console.log(`\n${basename(path)}: ${rows.length} articles`);
    const scores: Record<string, Rouge[]> = { "lead-3": [], "lede standard": [] };
    const totals = { facts: 0, dropped: 0, few: 0, leaning: 0, contradictions: 0, draftMs: 0, verifyMs: 0 };
    for (const { doc, refs } of rows) {
      const paragraphs = doc.split(/\n\s*\n/);
      const article = { title: "", paragraphs, language: "en", length: "standard" as const };
      const start = performance.now();
      const draft = extractiveDraft(article);
      const middle = performance.now();
      const brief = verifyDraft({ ...article, draft });
      totals.draftMs += middle - start;
      totals.verifyMs += performance.now() - middle;
      totals.facts += brief.facts.length;
      totals.dropped += brief.dropped.length;
      if (brief.facts.length < 3) totals.few += 1;
      if (leansOnPrevious(draft.summary, "en")) totals.leaning += 1;
      totals.contradictions += findContradictions("", paragraphs, "en").length;
      const text = paragraphs.join("\n\n");
      const lead = splitSentences(text, "en")
        .slice(0, 3)
        .map(({ start, end }) => text.slice(start, end))
        .join(" ");
      scores["lead-3"]?.push(mean(refs.map((reference) => rouge(lead, reference))));
      scores["lede standard"]?.push(mean(refs.map((reference) => rouge(draft.summary, reference))));
      if (paths.includes("--show"))
        console.log(
          `\n# ${draft.headline}\n${draft.summary}\n${draft.facts.map(({ text }) => `- ${text}`).join("\n")}`,
        );
      if (brief.dropped.length > 0) console.log(brief.dropped);
    }
    for (const [name, list] of Object.entries(scores)) {
      const { one, two, longest } = mean(list);
      console.log(
        `${name.padEnd(14)} ROUGE-1/2/L ${one.toFixed(1)} / ${two.toFixed(1)} / ${longest.toFixed(1)}`,
      );
    }
    const { facts, dropped, few, leaning, contradictions, draftMs, verifyMs } = totals;
    console.log(
      `facts per brief ${(facts / rows.length).toFixed(1)}, briefs under 3 facts ${few}, claims dropped ${dropped}, summaries opening with a pronoun or connective ${leaning}, contradictions ${contradictions}`,
    );
    console.log(
      `ms per article: draft ${(draftMs / rows.length).toFixed(1)}, verification ${(verifyMs / rows.length).toFixed(1)}`,
    );
  }
}

main(process.argv.slice(2));
