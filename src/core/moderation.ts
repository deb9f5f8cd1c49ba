import { z } from "zod";
import { BudgetLimits, BudgetScope } from "./budget.ts";
import { Subscription } from "./subscription.ts";
import { Topic } from "./topic.ts";
import { Settings, Source, Workspace } from "./workspace.ts";

/** A fact that a workspace is not shown, with the article's words that it rested on. */
export const TakenFact = z.strictObject({
  articleId: z.string(),
  text: z.string(),
  evidence: z.array(z.string()),
});

/** One thing that moderators decide, with what it is to be; null removes it. */
export const Edit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("topic"), id: z.string(), value: Topic.nullable() }),
  z.strictObject({ kind: z.literal("subscription"), id: z.string(), value: Subscription.nullable() }),
  z.strictObject({ kind: z.literal("source"), id: z.string(), value: Source.nullable() }),
  z.strictObject({ kind: z.literal("settings"), id: z.string(), value: Settings.nullable() }),
  /** Named by its account. */
  z.strictObject({ kind: z.literal("budget"), id: BudgetScope, value: BudgetLimits.nullable() }),
  /** A fact that is taken back, by its `factKey`. */
  z.strictObject({ kind: z.literal("fact"), id: z.string(), value: TakenFact.nullable() }),
]);
export type Edit = z.infer<typeof Edit>;

/** Everything moderators have decided for one workspace. */
export interface Decisions {
  topics: Topic[];
  subscriptions: Subscription[];
  sources: Source[];
  settings: Settings;
  /** Number of the last change; an edit made from an older state is refused. */
  version: number;
}

/** One change: all its edits or none. */
export interface Change {
  workspace: Workspace;
  /** The platform's id of who made it, or "lede" for what Lede does by itself. */
  by: string;
  at: Date;
  /** What was done, for the log: `Added the topic “Harbour”`. */
  summary: string;
  edits: readonly Edit[];
  /** The version the person saw; null where it does not matter what else was changed. */
  seen: number | null;
}

export const LogRow = z.strictObject({
  number: z.int().min(1),
  workspace: Workspace,
  by: z.string(),
  at: z.date(),
  summary: z.string(),
  /** Number of the change that took this one back; null while it stands. */
  undoneBy: z.int().nullable(),
});
export type LogRow = z.infer<typeof LogRow>;

/** How a change ended. */
export type Changed =
  | {
      kind: "changed";
      version: number;
      /** Whose messages show something else from now on. */
      stories: string[];
    }
  /** Somebody changed something since the person looked; nothing was done. */
  | { kind: "conflict"; last: LogRow };

/** Made by Lede itself, such as pausing what it was shut out of. */
export const LEDE = "lede";
