import { verifyDraft } from "#src/core/verify.ts";
import { type Case, type Claim, type Kind, RIGHT_KINDS, WRONG_KINDS } from "./cases.ts";
import { percent, type Table } from "./report.ts";

/** A claim with what became of it. */
export interface Judged {
  claim: Claim;
  language: string;
  /** The rule by which it is not shown as a fact with its quote; null when it is. */
  asFact: string | null;
  /** The rule by which it is not shown as a sentence of the summary, which has no quote; null when it is. */
  asSummary: string | null;
}

/** Each claim through the verification that every brief goes through, once as a fact and once as the summary. */
export function judgeClaims(cases: readonly Case[]): Judged[] {
  return cases.flatMap((each) =>
    each.claims.map((claim) => ({
      claim,
      language: each.language,
      asFact: failureOf(each, claim, "fact"),
      asSummary: failureOf(each, claim, "summary"),
    })),
  );
}

function failureOf(article: Case, { text, quote }: Claim, part: "fact" | "summary"): string | null {
  const draft = {
    headline: article.title,
    summary: part === "summary" ? text : article.reference,
    facts: part === "fact" ? [{ text, quote }] : [],
    caveats: [],
    topics: [],
  };
  const { title, paragraphs, language } = article;
  const { dropped } = verifyDraft({ draft, title, paragraphs, language, length: "long" });
  const first = dropped.find((each) => each.part === part);
  return first === undefined ? null : (first.rule ?? first.reason);
}

/** What is caught, missed and wrongly dropped, in all, by kind and language, and by the rule that did it. */
export function claimTables(judged: readonly Judged[], about: string): Table[] {
  return [overall(judged, about), byKind(judged), byRule(judged)];
}

type Part = "asFact" | "asSummary";

function overall(judged: readonly Judged[], about: string): Table {
  const languages = [...new Set(judged.map(({ language }) => language))];
  const row = (name: string, some: readonly Judged[], part: Part): string[] => {
    const wrong = some.filter(({ claim }) => !claim.follows);
    const right = some.filter(({ claim }) => claim.follows);
    const caught = wrong.filter((each) => each[part] !== null).length;
    const alarms = right.filter((each) => each[part] !== null).length;
    const balanced = (caught / wrong.length + (right.length - alarms) / right.length) / 2;
    return [
      name,
      String(some.length),
      percent(balanced, 1),
      percent(caught, caught + alarms),
      percent(caught, wrong.length),
      `${alarms} of ${right.length}`,
    ];
  };
  return {
    title: `Claims about ${about}: is what does not follow found, and what follows kept?`,
    head: ["", "claims", "balanced accuracy", "precision", "recall", "false alarms"],
    rows: [
      row("as facts, all", judged, "asFact"),
      ...languages.map((language) =>
        row(
          `as facts, ${language}`,
          judged.filter((each) => each.language === language),
          "asFact",
        ),
      ),
      row("as summaries, all", judged, "asSummary"),
    ],
    note: "Precision and recall are for “does not follow”. A fact is checked against the sentence it quotes, a summary against the whole article.",
  };
}

function byKind(judged: readonly Judged[]): Table {
  const languages = [...new Set(judged.map(({ language }) => language))];
  const cell = (some: readonly Judged[]): string => {
    const found = some.filter(({ asFact }) => asFact !== null).length;
    return `${found}/${some.length}`;
  };
  const row = (kind: Kind): string[] => {
    const some = judged.filter(({ claim }) => claim.kind === kind);
    return [
      kind,
      cell(some),
      ...languages.map((code) => cell(some.filter(({ language }) => language === code))),
    ];
  };
  return {
    title: "Dropped/all by kind and language (as facts)",
    head: ["", "all", ...languages],
    rows: [
      ...RIGHT_KINDS.map((kind) => row(kind)),
      ["-- above: each is a false alarm", "", ...languages.map(() => "")],
      ...WRONG_KINDS.map((kind) => row(kind)),
    ],
    note: "Below the line each claim that is not dropped is missed.",
  };
}

function byRule(judged: readonly Judged[]): Table {
  const rules = [...new Set(judged.flatMap(({ asFact }) => asFact ?? []))];
  const rows = rules.map((rule) => {
    const fired = judged.filter(({ asFact }) => asFact === rule);
    const right = fired.filter(({ claim }) => !claim.follows).length;
    return { rule, fired: fired.length, right };
  });
  return {
    title: "By rule (as facts)",
    head: ["", "fired", "right", "wrong", "precision"],
    rows: rows
      .sort((a, b) => b.fired - a.fired)
      .map(({ rule, fired, right }) => [
        rule,
        String(fired),
        String(right),
        String(fired - right),
        percent(right, fired),
      ]),
    note: "A rule is right on any claim that does not follow, whatever made it so.",
  };
}

/** The claims that went wrong, one a line, for whoever improves the rules. */
export function wrongClaims(judged: readonly Judged[]): string {
  return judged
    .filter(({ claim, asFact }) => (asFact === null) !== claim.follows)
    .map(
      ({ claim, language, asFact }) =>
        `${claim.follows ? `FALSE ALARM (${asFact})` : "MISSED"} [${language} ${claim.kind}] ${claim.text}\n    ${claim.quote}`,
    )
    .join("\n");
}
