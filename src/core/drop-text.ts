import type { DropReason, Dropped } from "./brief.ts";

const REASONS: Record<DropReason, string> = {
  "no-evidence": "The article does not say this",
  number: "A number is not in the article",
  name: "A name is not in the article",
  date: "A date is not in the article",
  quotation: "The quotation is not word for word",
  negation: "A “not” is missing or added",
  contradiction: "The article says otherwise",
  instruction: "It gives an instruction instead of news",
  address: "It gives an address that is not in the article",
  duplicate: "Another fact already says this",
  "too-many": "More than a brief of this length holds",
  empty: "It was empty",
  style: "The house style does not allow a word of it",
  judged: "A second reading did not find it in the passage",
};

/** Why a claim was not shown, in words for a reader: what failed, and by which rule if it has a name. */
export function dropText({ detail, part, reason, rule }: Dropped): string {
  const about = part === "fact" ? "" : `In the ${part}: `;
  const found = detail === null ? "" : ` (${detail})`;
  return `${about}${REASONS[reason]}${found}${rule === null ? "" : ` · rule: ${rule}`}`;
}

/** How many claims each reason and rule took out, as `reason` or `reason/rule`. */
export function dropCounts(dropped: readonly Dropped[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reason, rule } of dropped) {
    const name = rule === null ? reason : `${reason}/${rule}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
