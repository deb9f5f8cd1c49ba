import { z } from "zod";
import type { BriefDraft } from "#src/core/brief.ts";
import { readObject, type Reading } from "./answer-json.ts";
import {
  clampFacts,
  clampFrame,
  cleaner,
  type DraftBounds,
  filled,
  LooseFacts,
  TextList,
} from "./draft-output.ts";

/** What is wanted of one section of a long article. */
export const WireSection = z.strictObject({
  facts: z.array(z.strictObject({ quote: z.string(), text: z.string() })),
  caveats: z.array(z.string()),
});

/** What is wanted of the whole, once its sections' facts are there. */
export const WireWhole = z.strictObject({
  // Not `z.int()`: its bounds are keywords that strict modes refuse.
  picks: z.array(z.number()),
  summary: z.string(),
  headline: z.string(),
  caveats: z.array(z.string()),
  topics: z.array(z.string()),
});

export type SectionFacts = Pick<BriefDraft, "facts" | "caveats">;

const LooseSection = z.object({ facts: LooseFacts, caveats: TextList });

const LooseWhole = z.object({
  // Some models give numbers as text.
  picks: z.array(z.coerce.number()),
  summary: z.string().trim().min(1),
  headline: z.string().trim().min(1),
  caveats: TextList,
  topics: TextList,
});

const MAX_SECTION_CAVEATS = 2;

/** Reads the facts of one section; none at all is an answer too. Never throws. */
export function readSection(
  text: string,
  { mark, most }: { mark: string; most: number },
): Reading<SectionFacts> {
  const read = readObject(text, LooseSection);
  if (read.kind === "bad") return read;
  return {
    kind: "good",
    value: {
      facts: clampFacts(read.value.facts, { mark }).slice(0, most),
      caveats: filled(read.value.caveats, cleaner(mark)).slice(0, MAX_SECTION_CAVEATS),
    },
  };
}

/** Reads the brief of a whole article; its facts are those whose numbers were picked, word for word. Never throws. */
export function readWhole(
  text: string,
  bounds: DraftBounds,
  facts: BriefDraft["facts"],
): Reading<BriefDraft> {
  const read = readObject(text, LooseWhole);
  if (read.kind === "bad") return read;
  const picked = [...new Set(read.value.picks)].flatMap((number) => facts[number - 1] ?? []);
  const draft = { ...clampFrame(read.value, bounds), facts: picked.slice(0, bounds.mostFacts) };
  if (draft.headline === "" || draft.summary === "") {
    return { kind: "bad", issues: ["headline and summary must hold plain text"] };
  }
  if (draft.facts.length >= bounds.leastFacts) return { kind: "good", value: draft };
  const issues = [
    `picks: ${draft.facts.length} of the given numbers, at least ${bounds.leastFacts} are needed`,
  ];
  return draft.facts.length === 0 ? { kind: "bad", issues } : { kind: "thin", value: draft, issues };
}
