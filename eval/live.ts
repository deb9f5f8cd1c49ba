import { performance } from "node:perf_hooks";
import { createOpenAiWriter } from "#src/adapters/writer/openai.ts";
import { readPrices } from "#src/adapters/writer/price-file.ts";
import { readConfig } from "#src/config.ts";
import type { DropReason } from "#src/core/brief.ts";
import { toAppError } from "#src/core/errors.ts";
import { costOf, NO_PRICES } from "#src/core/pricing.ts";
import { verifyDraft } from "#src/core/verify.ts";
import type { ModelUse } from "#src/core/pricing.ts";
import type { Meter, Writer } from "#src/ports.ts";
import { percentile } from "../bench/figures.ts";
import type { Case } from "./cases.ts";
import { type Part, percent } from "./report.ts";

const LIMIT_MS = 120_000;
const NO_MODEL =
  "Not measured: there is no model. Set OPENAI_API_KEY (or OPENAI_BASE_URL and OPENAI_MODEL) and run `npm run eval` again; LEDE_PRICES adds what it cost.";

interface Sum {
  ms: number[];
  facts: number;
  kept: number;
  summaries: number;
  caveats: number;
  reasons: Map<DropReason, number>;
  failed: string[];
  uses: ModelUse[];
}

/** The bundled articles through the configured model: what verification leaves of its drafts, what it costs, how long it takes. */
export async function livePart(cases: readonly Case[]): Promise<Part> {
  const title = "5. The configured model";
  const { openai, writing } = readConfig();
  if (openai === null) return { title, text: NO_MODEL };
  const prices = writing.prices === null ? NO_PRICES : readPrices(writing.prices);
  const writer = createOpenAiWriter({ ...openai, tier: writing.tier });
  const sum: Sum = {
    ms: [],
    facts: 0,
    kept: 0,
    summaries: 0,
    caveats: 0,
    reasons: new Map(),
    failed: [],
    uses: [],
  };
  for (const article of cases) await briefOne(writer, article, sum);
  const costs = sum.uses.map((use) => costOf(use, prices));
  const known = costs.filter((cost) => cost !== null);
  const tokens = (pick: (use: ModelUse) => number): number =>
    sum.uses.reduce((all, use) => all + pick(use), 0);
  const rows = [
    ["articles briefed", `${sum.ms.length} of ${cases.length}`],
    ["facts that stand", `${sum.kept} of ${sum.facts} (${percent(sum.kept, sum.facts)} %)`],
    ["summaries and headlines that stand whole", `${sum.summaries} of ${sum.ms.length}`],
    ["caveats shown", String(sum.caveats)],
    ...[...sum.reasons].map(([reason, count]) => [`dropped: ${reason}`, String(count)]),
    [
      "latency p50 / p95, ms",
      `${percentile(sum.ms, 0.5).toFixed(0)} / ${percentile(sum.ms, 0.95).toFixed(0)}`,
    ],
    ["tokens in / out", `${tokens((use) => use.inputTokens)} / ${tokens((use) => use.outputTokens)}`],
    [
      "cost",
      known.length === 0
        ? "prices not known (LEDE_PRICES)"
        : `${(known.reduce((a, b) => a + b, 0) / 1_000_000).toFixed(4)} ${prices.currency}`,
    ],
  ];
  const table = {
    title: `Model ${openai.model}, standard length`,
    head: ["", "figure"],
    rows,
    note: sum.failed.length === 0 ? "Every call was answered." : `Failed: ${sum.failed.join(", ")}`,
  };
  return { title, tables: [table] };
}

async function briefOne(writer: Writer, article: Case, sum: Sum): Promise<void> {
  const { title, paragraphs, language } = article;
  const meter: Meter = {
    reserve: async () => ({
      settle: async (use) => {
        if (use !== null) sum.uses.push(use);
      },
    }),
  };
  const started = performance.now();
  try {
    const { draft } = await writer.write({
      title,
      byline: null,
      site: null,
      publishedAt: null,
      articleLanguage: language,
      paragraphs,
      length: "standard",
      language,
      signal: AbortSignal.timeout(LIMIT_MS),
      meter,
    });
    sum.ms.push(performance.now() - started);
    const { dropped, caveats } = verifyDraft({ draft, title, paragraphs, language, length: "standard" });
    sum.facts += draft.facts.length;
    sum.kept += draft.facts.length - dropped.filter(({ part }) => part === "fact").length;
    if (dropped.every(({ part }) => part === "fact")) sum.summaries += 1;
    sum.caveats += caveats.length;
    for (const { reason } of dropped) sum.reasons.set(reason, (sum.reasons.get(reason) ?? 0) + 1);
  } catch (thrown) {
    sum.failed.push(`${article.id} ${toAppError(thrown).code}`);
  }
}
