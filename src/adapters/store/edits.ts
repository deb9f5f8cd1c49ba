import { BudgetLimits, NO_LIMITS } from "#src/core/budget.ts";
import { type Change, type Edit, TakenFact } from "#src/core/moderation.ts";
import type { Workspace } from "#src/core/workspace.ts";
import { dropWaiting } from "./batches.ts";
import { addFeed } from "./feeds.ts";
import { editFromJson, editToJson } from "./rows.ts";
import type { Database } from "./schema.ts";
import { raiseVersion } from "./stories.ts";

/** How what an edit names is decided now: an edit that would make it so. Call within a transaction. */
export async function standingEdit(trx: Database, workspace: Workspace, edit: Edit): Promise<Edit> {
  if (edit.kind === "budget") {
    const row = await trx
      .selectFrom("budgetLimits")
      .select(["dayTokens", "monthTokens", "dayMoney", "monthMoney"])
      .where("scope", "=", edit.id)
      .executeTakeFirst();
    return { ...edit, value: row === undefined ? null : BudgetLimits.parse(row) };
  }
  if (edit.kind === "fact") {
    const row = await trx
      .selectFrom("withdrawals")
      .select(["articleId", "text", "evidence"])
      .where("workspace", "=", workspace)
      .where("fact", "=", edit.id)
      .executeTakeFirst();
    if (row === undefined) return { ...edit, value: null };
    return { ...edit, value: TakenFact.parse({ ...row, evidence: JSON.parse(row.evidence ?? "[]") }) };
  }
  const row = await trx
    .selectFrom("decisions")
    .select("body")
    .where("kind", "=", edit.kind)
    .where("id", "=", edit.id)
    .executeTakeFirst();
  return row === undefined ? { ...edit, value: null } : editFromJson(row.body);
}

/** Makes it as the edit says. Call within a transaction. */
export async function putEdit(trx: Database, change: Change, edit: Edit): Promise<void> {
  switch (edit.kind) {
    case "budget": {
      const limits = edit.value ?? NO_LIMITS;
      await trx
        .insertInto("budgetLimits")
        .values({ scope: edit.id, ...limits })
        .onConflict((conflict) => conflict.column("scope").doUpdateSet(limits))
        .execute();
      return;
    }
    case "fact":
      return putFact(trx, change, edit);
    case "settings":
    case "source":
    case "subscription":
    case "topic":
      return putDecision(trx, change, edit);
  }
}

/** The story is another one with it or without it: whatever is told of the story before is told anew. */
async function putFact(
  trx: Database,
  { at, by, workspace }: Change,
  { id, value }: Extract<Edit, { kind: "fact" }>,
): Promise<void> {
  const standing = await trx
    .deleteFrom("withdrawals")
    .where("workspace", "=", workspace)
    .where("fact", "=", id)
    .returning("articleId")
    .executeTakeFirst();
  if (value !== null) {
    const { articleId, text } = value;
    const evidence = JSON.stringify(value.evidence);
    await trx
      .insertInto("withdrawals")
      .values({ workspace, fact: id, articleId, text, evidence, by, at: at.getTime() })
      .execute();
  }
  const articleId = value?.articleId ?? standing?.articleId;
  if (articleId === undefined) return;
  const article = await trx
    .selectFrom("articles")
    .select("storyId")
    .where("id", "=", articleId)
    .executeTakeFirst();
  if (article !== undefined) await raiseVersion(trx, article.storyId);
}

async function putDecision(
  trx: Database,
  { at, workspace }: Change,
  edit: Exclude<Edit, { kind: "budget" | "fact" }>,
): Promise<void> {
  const { kind, id } = edit;
  if (edit.value === null) {
    await trx.deleteFrom("decisions").where("kind", "=", kind).where("id", "=", id).execute();
  } else {
    const body = editToJson(edit);
    await trx
      .insertInto("decisions")
      .values({ kind, id, workspace, body })
      .onConflict((conflict) => conflict.columns(["kind", "id"]).doUpdateSet({ body }))
      .execute();
  }
  if (edit.kind === "source" && edit.value !== null)
    await addFeed(trx, { url: edit.value.url, now: at, baseline: true, backfill: edit.value.backfill });
  if (edit.kind === "subscription" && edit.value === null) await dropWaiting(trx, id);
}
