import type { Amount } from "./budget.ts";
import type { Channel } from "./channel.ts";
import type { BudgetLine } from "./moderator-app.ts";
import type { ModelReadiness, PlatformReadiness, Queue } from "./readiness.ts";
import type { Workspace } from "./workspace.ts";

/** A message that was posted, left out or given up, and when that was decided last. */
export interface Ending {
  channel: Channel;
  state: "sent" | "skipped" | "dead";
  /** Why it was left out, or the code it died of. */
  reason: string | null;
  at: Date;
}

/** What one day cost, and the topics that it was spent on as far as it was for one. */
export interface DayCost extends Amount {
  /** `2026-11-24`, of UTC. */
  day: string;
  topics: (Amount & { topic: string })[];
}

/** How it goes: of one workspace nothing that is another's, and of all of Lede (`of` null) for whoever runs it. */
export interface Status {
  of: Workspace | null;
  platforms: PlatformReadiness[];
  models: ModelReadiness[];
  queue: Queue;
  /** What is wrong with feeds, one sentence each. */
  feedTroubles: string[];
  feeds: number;
  /** Messages that were given up, newest first. */
  dead: Ending[];
  /** What was decided last, newest first. */
  last: Ending[];
  budget: BudgetLine[];
  /** Newest first. */
  costs: DayCost[];
  currency: string;
}
