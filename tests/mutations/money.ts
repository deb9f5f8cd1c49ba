import type { BrokenLine } from "./line.ts";

const STORE = ["tests/adapters/store/sqlite.test.ts"];
const CORE = ["tests/core/budget.test.ts"];
const RATES = ["tests/scenarios/rates.test.ts"];
const TURNS = ["tests/core/turns.test.ts"];

/** Nothing is spent beyond a budget, and nobody takes the others' share. */
export const MONEY_LINES: readonly BrokenLine[] = [
  {
    file: "src/adapters/store/budgets.ts",
    from: "return { scope: share.scope, limit };",
    to: "",
    breaks: "A budget that is used up stops nothing.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/budgets.ts",
    from: 'await trx.insertInto("budgetReservations").values(rows).execute();',
    to: "",
    breaks: "Two who ask at once both have what is left once.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/budgets.ts",
    from: 'await trx.deleteFrom("budgetReservations").where("id", "=", id).execute();',
    to: "",
    breaks: "A reservation holds its share after its call has ended.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/budgets.ts",
    from: "await addSpent(trx, spent);",
    to: "",
    breaks: "What is spent is not counted.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/budgets.ts",
    from: 'tokens: eb("budgetSpent.tokens", "+", eb.ref("excluded.tokens")),',
    to: 'tokens: eb.ref("excluded.tokens"),',
    breaks: "Only the last call is counted.",
    tests: STORE,
  },
  {
    file: "src/core/budget.ts",
    from: "if (added > 0 && used + added > most) return name;",
    to: "if (added > 0 && used > most) return name;",
    breaks: "A call goes beyond its budget.",
    tests: CORE,
  },
  {
    file: "src/core/budget.ts",
    from: "return spent[of] + reserved[of];",
    to: "return spent[of];",
    breaks: "What others have reserved is spent twice.",
    tests: CORE,
  },
  {
    file: "src/core/budget.ts",
    from: "        { scope, part },\n",
    to: "",
    breaks: "A workspace's budget holds nothing.",
    tests: CORE,
  },
  {
    file: "src/core/budget.ts",
    from: "const part = 1 / byWorkspace.size;",
    to: "const part = 1;",
    breaks: "Workspaces that share a brief each pay all of it.",
    tests: CORE,
  },
  {
    file: "src/adapters/store/budgets.ts",
    from: "const able = payerWithout(payer, refused.scope);",
    to: "const able = payer === asked ? null : payer;",
    breaks: "A workspace with nothing left keeps others from their brief.",
    tests: STORE,
  },
  {
    file: "src/core/post-plan.ts",
    from: "one.reasons.some(({ subscription }) => subscription !== null)",
    to: "one.reasons.length > 0",
    breaks: "The page's workspace, and the operator's channels, pay for what topics ask for.",
    tests: ["tests/scenarios/budgets.test.ts"],
  },
  {
    file: "src/pipeline/budget.ts",
    from: 'if (result.kind === "refused") {',
    to: "if (false) {",
    breaks: "A model is asked beyond the budget.",
    tests: ["tests/pipeline/budget.test.ts"],
  },
  {
    file: "src/pipeline/budget.ts",
    from: "const amount = use === null ? null : amountOf(use, prices);\n  try {",
    to: "const amount = use === null || prices ? null : amountOf(use, prices);\n  try {",
    breaks: "What a model took is not on the bill.",
    tests: ["tests/pipeline/budget.test.ts"],
  },
  {
    file: "src/pipeline/batch-settle.ts",
    from: "await closeLine(deps, { batch, line, use: answer?.use ?? null });",
    to: "await closeLine(deps, { batch, line, use: answer ? null : null });",
    breaks: "What a batch took is not on the bill.",
    tests: ["tests/pipeline/batch-budget.test.ts"],
  },
  {
    file: "src/pipeline/rates.ts",
    from: "if (refusal !== null) throw refusal;",
    to: "",
    breaks: "One person has as many briefs made as they like.",
    tests: RATES,
  },
  {
    file: "src/pipeline/run-command.ts",
    from: "if (run.refusal !== null) throw run.refusal;",
    to: "",
    breaks: "One person gives as many commands as they like.",
    tests: RATES,
  },
  {
    file: "src/core/turns.ts",
    from: "return half(runners - running.filter((one) => one.group !== group).length);",
    to: "return runners;",
    breaks: "One workspace holds all runners.",
    tests: TURNS,
  },
  {
    file: "src/core/turns.ts",
    from: "if (held >= half(share - (own.length - held))) continue;",
    to: "",
    breaks: "One person holds all of a workspace's runners.",
    tests: TURNS,
  },
  {
    file: "src/pipeline/rehearse-stage.ts",
    from: 'if (!fits("tokens", amount) || !fits("money", amount)) return false;',
    to: "",
    breaks: "A rehearsal spends more than it was allowed.",
    tests: ["tests/pipeline/rehearse.test.ts"],
  },
];
