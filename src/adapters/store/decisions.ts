import { setImmediate as othersTurn } from "node:timers/promises";
import type { Selectable } from "kysely";
import { z } from "zod";
import { type Change, type Changed, type Decisions, type Edit, LEDE } from "#src/core/moderation.ts";
import { ReportedCase } from "#src/core/reported-case.ts";
import { defaultSettings, Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import { putEdit, standingEdit } from "./edits.ts";
import { editFromJson, editToJson, toLogRow } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

type DecisionStore = Pick<
  Store,
  "decisions" | "workspaces" | "change" | "undo" | "changeLog" | "saveCase" | "cases"
>;

export function decisionStore(db: Database): DecisionStore {
  return {
    decisions: (workspace) => db.transaction().execute((trx) => decisions(trx, workspace)),
    workspaces: async () => {
      const rows = await db.selectFrom("decisions").select("workspace").distinct().execute();
      return rows.map((row) => Workspace.parse(row.workspace));
    },
    change: (change) => db.transaction().execute((trx) => apply(trx, change)),
    undo: (undoing) => db.transaction().execute((trx) => undo(trx, undoing)),
    changeLog: async (workspace, limit) => {
      const rows = await db
        .selectFrom("changes")
        .selectAll()
        .where("workspace", "=", workspace)
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map(toLogRow);
    },
    saveCase: async (reported, at) => {
      const row = { id: reported.id, body: JSON.stringify(reported), at: at.getTime() };
      await db
        .insertInto("cases")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    cases: async () => {
      const rows = await db.selectFrom("cases").select("body").orderBy("at").orderBy("id").execute();
      return rows.map(({ body }) => ReportedCase.parse(JSON.parse(body)));
    },
  };
}

async function decisions(trx: Database, workspace: Workspace): Promise<Decisions> {
  const found: Decisions = {
    topics: [],
    subscriptions: [],
    sources: [],
    settings: defaultSettings(workspace),
    version: (await lastChange(trx, workspace))?.number ?? 0,
  };
  const rows = await trx
    .selectFrom("decisions")
    .select("body")
    .where("workspace", "=", workspace)
    .orderBy("id")
    .execute();
  for (const { body } of rows) sortIn(found, editFromJson(body));
  return found;
}

function sortIn(found: Decisions, edit: Edit): void {
  if (edit.value === null) return;
  switch (edit.kind) {
    case "topic":
      found.topics.push(edit.value);
      return;
    case "subscription":
      found.subscriptions.push(edit.value);
      return;
    case "source":
      found.sources.push(edit.value);
      return;
    case "settings":
      found.settings = edit.value;
      return;
    case "budget":
    case "fact":
      // Kept where spending and stories look for them.
      return;
    default:
      edit satisfies never;
  }
}

/** The edits of a change as the log keeps them: what was there, and what came. */
const Kept = z.strictObject({ before: z.string(), after: z.string() });
type Kept = z.infer<typeof Kept>;

/** Edits made in one go: an import has thousands, and the process has more to do meanwhile. */
const SLICE = 100;

async function apply(trx: Database, change: Change): Promise<Changed> {
  const last = await lastChange(trx, change.workspace);
  if (change.seen !== null && last !== undefined && last.number !== change.seen)
    return { kind: "conflict", last: toLogRow(last) };
  const kept: Kept[] = [];
  for (const [at, edit] of change.edits.entries()) {
    if (at % SLICE === SLICE - 1) await othersTurn();
    const before = await standingEdit(trx, change.workspace, edit);
    await putEdit(trx, change, edit);
    kept.push({ before: editToJson(before), after: editToJson(edit) });
  }
  await dropUnread(trx, kept);
  const number = (last?.number ?? 0) + 1;
  await trx
    .insertInto("changes")
    .values({
      workspace: change.workspace,
      number,
      by: change.by,
      at: change.at.getTime(),
      summary: change.summary,
      edits: JSON.stringify(kept),
      undoneBy: null,
    })
    .execute();
  return { kind: "changed", version: number, stories: await storiesOf(trx, kept) };
}

/** The stories of the facts that were taken back, or are there again. */
async function storiesOf(trx: Database, kept: readonly Kept[]): Promise<string[]> {
  const articles = kept.flatMap(({ after, before }) =>
    [before, after].flatMap((body) => {
      const edit = editFromJson(body);
      return edit.kind === "fact" && edit.value !== null ? [edit.value.articleId] : [];
    }),
  );
  if (articles.length === 0) return [];
  const rows = await trx
    .selectFrom("articles")
    .select("storyId")
    .distinct()
    .where("id", "in", articles)
    .execute();
  return rows.map(({ storyId }) => storyId);
}

/** A feed that no workspace reads any more is polled no longer; who reads what is looked up once for all of a change. */
async function dropUnread(trx: Database, kept: readonly Kept[]): Promise<void> {
  const removed = kept.flatMap(({ before, after }) => {
    const [old, now] = [editFromJson(before), editFromJson(after)];
    return old.kind === "source" && old.value !== null && now.value === null ? [old.value.url] : [];
  });
  if (removed.length === 0) return;
  const rows = await trx.selectFrom("decisions").select("body").where("kind", "=", "source").execute();
  const read = new Set(rows.flatMap(({ body }) => sourceUrl(editFromJson(body)) ?? []));
  for (const url of removed)
    if (!read.has(url)) await trx.deleteFrom("feeds").where("url", "=", url).execute();
}

function sourceUrl(edit: Edit): string | null {
  return edit.kind === "source" ? (edit.value?.url ?? null) : null;
}

async function undo(
  trx: Database,
  { workspace, by, at }: Parameters<Store["undo"]>[0],
): Promise<Changed | null> {
  const row = await trx
    .selectFrom("changes")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("undoneBy", "is", null)
    .where("by", "!=", LEDE)
    .where("summary", "not like", `${UNDID}%`)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const kept = keptOf(row);
  const changed = await changedSince(trx, workspace, kept);
  if (changed) {
    const last = await lastChange(trx, workspace);
    return { kind: "conflict", last: toLogRow(last ?? row) };
  }
  const undone = await apply(trx, {
    workspace,
    by,
    at,
    summary: `${UNDID}${row.summary}`,
    edits: kept.toReversed().map((edit) => restored(edit, at)),
    seen: null,
  });
  if (undone.kind === "changed") {
    await trx
      .updateTable("changes")
      .set({ undoneBy: undone.version })
      .where("workspace", "=", workspace)
      .where("number", "=", row.number)
      .execute();
  }
  return undone;
}

const UNDID = "Undid: ";

/** What was gone or paused comes back from now on: what was published meanwhile would be a flood. */
function restored({ after, before }: Kept, now: Date): Edit {
  const [old, last] = [editFromJson(before), editFromJson(after)];
  if (old.kind === "source" && old.value !== null && last.value === null)
    return { ...old, value: { ...old.value, backfill: 0 } };
  if (old.kind !== "subscription" || old.value === null || last.kind !== "subscription") return old;
  const wasOff = last.value === null || last.value.paused !== null;
  return wasOff && old.value.paused === null ? { ...old, value: { ...old.value, since: now } } : old;
}

/** Whether what the change made is no longer as it left it. */
async function changedSince(trx: Database, workspace: Workspace, kept: readonly Kept[]): Promise<boolean> {
  for (const [at, { after }] of kept.entries()) {
    if (at % SLICE === SLICE - 1) await othersTurn();
    const edit = editFromJson(after);
    if (decided(await standingEdit(trx, workspace, edit)) !== decided(edit)) return true;
  }
  return false;
}

/** What people decided of it; from when on it holds, an undo decides by itself. */
function decided(edit: Edit): string {
  if (edit.kind === "subscription" && edit.value !== null)
    return editToJson({ ...edit, value: { ...edit.value, since: new Date(0) } });
  if (edit.kind === "source" && edit.value !== null)
    return editToJson({ ...edit, value: { ...edit.value, backfill: 0 } });
  return editToJson(edit);
}

function keptOf(row: Selectable<Tables["changes"]>): Kept[] {
  return z.array(Kept).parse(JSON.parse(row.edits));
}

async function lastChange(
  trx: Database,
  workspace: Workspace,
): Promise<Selectable<Tables["changes"]> | undefined> {
  return trx
    .selectFrom("changes")
    .selectAll()
    .where("workspace", "=", workspace)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
}
