import type {
  Origin,
  Article,
  Entry,
  ExtractedArticle,
  QueuedEntry,
  Revision,
  SavedArticle,
  Story,
} from "#src/core/article.ts";
import type { Batch, BatchLine, BatchTurn, WaitingStory } from "#src/core/batch.ts";
import type { Brief } from "#src/core/brief.ts";
import type {
  BudgetLimitName,
  BudgetLimits,
  BudgetNotice,
  BudgetScope,
  BudgetState,
  Payer,
  ReserveBudget,
  SettleBudget,
  StandingLimits,
} from "#src/core/budget.ts";
import type { Channel, PlatformName } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { Claimed, Delivery, Settled } from "#src/core/delivery.ts";
import type { AppError } from "#src/core/errors.ts";
import type { SeenEntry } from "#src/core/feed-entries.ts";
import type { ClaimedFeed, FeedPoll, PollSaved } from "#src/core/feed-poll.ts";
import type { Feed, FeedState } from "#src/core/feed.ts";
import type { Change, Changed, Decisions, LogRow } from "#src/core/moderation.ts";
import type { Owed } from "#src/core/owed.ts";
import type { PageSession } from "#src/core/page-session.ts";
import type { Post } from "#src/core/post.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Queue } from "#src/core/readiness.ts";
import type { Recheck } from "#src/core/recheck.ts";
import type { DayCost, Ending } from "#src/core/status.ts";
import type { ReportedCase } from "#src/core/reported-case.ts";
import type { SketchRow, StorySketch } from "#src/core/story-sketch.ts";
import type { StoryMember, StoryState } from "#src/core/story.ts";
import type { PushState, PushSubscription } from "#src/core/websub.ts";
import type { Withdrawal } from "#src/core/withdrawals.ts";
import type { Workspace } from "#src/core/workspace.ts";

/** "stale" was overtaken by a newer event of the same article: it changed nothing. */
export type WebhookResult = { kind: "accepted" | "replay" | "stale"; entryId: string } | { kind: "conflict" };

/** What `saveArticle` is given: the article as read now. The store decides whether it is new, revised or the same. */
export interface SaveArticle {
  /** From `articleId`: canonical URL, or hash of a pasted text. */
  id: string;
  url: string | null;
  extracted: ExtractedArticle;
  visibility: Article["visibility"];
  hash: string;
  /** Where it came from; null for a command, which publishes nothing. */
  source: string | null;
  /** The story a new article joins; null for one of its own. */
  storyId: string | null;
  /** What the article is compared by with others. */
  sketch: StorySketch | null;
  /** When a new article's page is looked at again; null for never. */
  recheckAt: Date | null;
  now: Date;
  /** Called with the latest revision when the hash differs; what it returns is stored with the new revision. */
  compare: (before: Revision) => Revision["change"];
}

/** Why a copy of the store was made: by itself each day, because somebody asked for it, before its form was changed, to rehearse on. */
export type BackupKind = "daily" | "asked" | "upgrade" | "rehearsal";

/** How the store itself is. */
export interface StoreCare {
  /** What keeps it from being written; null while nothing does. Every write throws this until it is over. */
  trouble: () => AppError | null;
  /** Looks whether its file is still in its place and, while something is wrong, whether that is over. Call every second or so. */
  tend: () => void;
  /** Reads all of it for damage, beside everything else. What is found is its trouble from then on. */
  check: () => Promise<void>;
  /** Makes a copy of it, read through for damage, beside everything else. Returns where it is. Throws AppError `backup/*`. */
  backup: (copy: { kind: BackupKind; now: Date; signal?: AbortSignal }) => Promise<string>;
  /** When its newest daily copy was made; null for never. */
  lastBackup: () => Promise<Date | null>;
  /** Work that waits for the end of a trouble fails from here on: `recover` finds it at the next start. */
  stopWaiting: () => void;
  close: () => Promise<void>;
}

/** Which entry is wanted. */
export interface EntryWish {
  /** Of one kind of origin. */
  origin?: Origin | undefined;
  /** None for which one of these hosts has to be asked. */
  exceptHosts?: readonly string[];
}

/**
 * Speaks in use cases; each method is one transaction. Throws AppError `store/*` while the store can not be written;
 * what ends a piece of work (`settleEntry`, `settleDelivery`, `savePolls`, `markMissing`, `finishCall`) waits until it can.
 */
export interface Store extends StoreCare {
  /** Marks what a dead process left in work: `sending` becomes `uncertain`, leased entries become due. Call once before any work. */
  recover: (now: Date) => Promise<void>;
  /**
   * Remembers how late it is. Where the clock was set back since the last time, what waits for so long is due as much
   * earlier. Call every minute or so; returns by how many milliseconds it was set back.
   */
  keepTime: (now: Date) => Promise<number>;

  // entries
  /** Queues an entry; false when the same source's guid with the same content was queued before. */
  addEntry: (entry: Entry, now: Date) => Promise<boolean>;
  /**
   * Queues a webhook's entry under its sender and id, for its release where that is ahead. The same id with the same
   * body is a replay, with another body a conflict; what is older than what the source said before is stale.
   */
  addWebhook: (message: {
    source: string;
    id: string;
    bodyHash: string;
    entry: Entry;
    now: Date;
  }) => Promise<WebhookResult>;
  /** The entry that is to be worked on next. */
  claimEntry: (now: Date, wish?: EntryWish) => Promise<QueuedEntry | null>;
  /**
   * Ends the work on an entry: done (and what article it became), tried again at a time, given up with an error code,
   * or given back as if it had not been begun. Only with the claim's token.
   */
  settleEntry: (
    queued: QueuedEntry,
    result:
      | { kind: "done"; articleId?: string }
      | { kind: "retry"; at: Date; code: string }
      | { kind: "dead"; code: string }
      | { kind: "returned"; at: Date },
  ) => Promise<void>;
  /** Makes due again, with all attempts, what was given up for a failure that passes. Returns how many. */
  retryDeadEntries: (now: Date) => Promise<number>;

  // feeds
  /**
   * Starts polling an address. One that is known stays as it is; one that was gone is tried again. With `baseline` what
   * it holds at the first good poll is not queued, but for its newest `backfill` entries.
   */
  addFeed: (feed: { url: string; now: Date; baseline: boolean; backfill?: number }) => Promise<Feed>;
  /** Stops polling an address; what came from it stays. */
  removeFeed: (url: string) => Promise<void>;
  /** All feeds with their health, by address. */
  feeds: () => Promise<Feed[]>;
  /** Feeds that are due, the longest overdue first, one of each host; each is this caller's until its lease ends. */
  claimDueFeeds: (claim: {
    now: Date;
    limit: number;
    /** Hosts (with their ports) that must not be asked now. */
    excludeHosts: readonly string[];
  }) => Promise<ClaimedFeed[]>;
  /** Stores what polls found, all in one transaction, and gives the feeds back. Polls whose lease was lost change nothing. */
  savePolls: (polls: readonly FeedPoll[], now: Date) => Promise<PollSaved[]>;
  /** Makes a feed due now, or a minute after its last poll; not one that is polled now or is failing. */
  pollSoon: (id: string, now: Date) => Promise<void>;
  /** Feeds whose state is not the one that people were last told of (`healthNews` says what is new). */
  feedNews: () => Promise<Feed[]>;
  /** Remembers the state that people were told of, or will be by a delivery that is stored. */
  saveFeedTold: (id: string, state: FeedState) => Promise<void>;

  // pushes (WebSub)
  /** A subscription whose hub has to be asked, made first where a feed names a hub; null when there is none. */
  duePush: (now: Date) => Promise<PushSubscription | null>;
  push: (id: string) => Promise<PushSubscription | null>;
  /** False when it is no more, or is in the state given by `unless`: nothing is changed then. */
  savePush: (change: { push: PushSubscription; unless?: PushState; now: Date }) => Promise<boolean>;
  /** Stores the entries a hub sent as a poll of the feed would. Returns how many were queued. */
  savePushed: (pushed: { feedId: string; seen: readonly SeenEntry[]; now: Date }) => Promise<number>;

  // articles and briefs
  saveArticle: (input: SaveArticle) => Promise<SavedArticle>;
  article: (id: string) => Promise<Article | null>;
  revision: (articleId: string, number: number) => Promise<Revision | null>;
  story: (id: string) => Promise<Story | null>;
  findBrief: (cacheKey: string) => Promise<Brief | null>;
  brief: (id: string) => Promise<Brief | null>;
  saveBrief: (cacheKey: string, brief: Brief) => Promise<void>;
  /** Every brief of a revision that was written, the newest first. */
  briefsOf: (revision: { articleId: string; number: number }) => Promise<Brief[]>;
  /** The newest brief of an article's newest revision that has one; null when it was never briefed. */
  latestBrief: (articleId: string) => Promise<Brief | null>;

  /**
   * Takes an article back: because its publisher said so, which is remembered for what is published later, or because
   * its page is gone. Null when the article is not known.
   */
  unpublish: (taken: { articleId: string; now: Date; by: "publisher" | "gone" }) => Promise<Article | null>;
  storyState: (storyId: string) => Promise<StoryState | null>;
  /** Articles first seen since then that were clustered, oldest first. */
  sketches: (since: Date) => Promise<SketchRow[]>;
  /** Articles first seen since then with their newest revisions, newest first. */
  articlesSince: (since: Date, limit: number) => Promise<StoryMember[]>;
  /** Takes an article whose page is to be looked at again, and puts its next look off; null when none is due. */
  claimRecheck: (now: Date, next: (rechecks: number) => Date | null) => Promise<Recheck | null>;
  /** Remembers since when an article's page is missing (null: it is not), and when to look again if not as planned. */
  markMissing: (
    articleId: string,
    found: { missingSince: Date | null; recheckAt: Date | null },
  ) => Promise<void>;

  // budgets
  /**
   * Sets an amount aside in each of the payer's accounts. Workspaces and channels that have not enough left are left out,
   * and the others share it; `payer` says who. Refused where nobody can, or where all of Lede or the person can not.
   */
  reserveBudget: (
    input: ReserveBudget,
  ) => Promise<
    { kind: "reserved"; payer: Payer } | { kind: "refused"; scope: BudgetScope; limit: BudgetLimitName }
  >;
  /** Ends a reservation, also one that has expired, and notes each account that is nearly used up. */
  settleBudget: (input: SettleBudget) => Promise<void>;
  /** The payer's accounts today and this month, widest first: all of Lede, the workspace, the channel. */
  budgetState: (payer: Payer, input: { standing: StandingLimits; now: Date }) => Promise<BudgetState[]>;
  /** The limits a workspace or channel was given; no limits where it was given none. */
  budgetLimits: (scope: BudgetScope) => Promise<BudgetLimits>;
  /** What moderators have to be told about budgets since a moment, oldest first. */
  budgetNotices: (since: Date) => Promise<BudgetNotice[]>;

  // batches
  /**
   * Keeps a batch that is due now, and the stories that wait. A line whose brief an open line asks for already is left
   * out; without a line of its own there is no batch.
   */
  addBatch: (added: {
    batch: Batch;
    lines: readonly BatchLine[];
    waiting: readonly WaitingStory[];
  }) => Promise<void>;
  /** The batch whose turn it is, and puts its next turn off. One that was due is `sending` from then on. */
  claimBatch: (now: Date, next: (batch: Batch) => Date) => Promise<BatchTurn | null>;
  /** Stores how a batch stands and when its next turn is; one that is sent needs its requests no longer. */
  saveBatch: (batch: Batch, dueAt: Date) => Promise<void>;
  /** Closes the open line of this id and settles its reservation; false when it was closed before. */
  closeLine: (settled: SettleBudget) => Promise<boolean>;
  /** Forgets a batch with all its lines. */
  endBatch: (id: string) => Promise<void>;
  /** The next waiting story of which no line is open, and puts its next turn off. */
  claimWaiting: (now: Date, next: (waiting: WaitingStory) => Date) => Promise<WaitingStory | null>;
  /** Lets a claimed story wait no longer; what was made to wait anew since it was claimed does. */
  endWaiting: (waiting: WaitingStory) => Promise<void>;

  // deliveries
  /**
   * Owes a story's messages to channels: new deliveries, or edits of what is there. What was made from an older version
   * of the story, or withholds what may be out by now and was not when the plan was made, changes nothing, and gives
   * null. Safe to repeat.
   */
  publish: (input: {
    storyId: string;
    version: number;
    /** The story's messages that the plan was made from. */
    seen: readonly Delivery[];
    owed: readonly Owed[];
    /** Whether some of it waits for words that are still written: then the story waits to be told again. */
    tellAgain?: boolean;
    now: Date;
  }) => Promise<Delivery[] | null>;
  /**
   * Merges what was held until now, one message a channel; what waited alone is posted as it is, and what nobody wants
   * any more is skipped. Returns how many messages came of it.
   */
  releaseHeld: (now: Date) => Promise<number>;
  /** Owes a channel a notice, or an edit of the one it has under that name. */
  notify: (notice: { channel: Channel; slot: string; view: PostView; now: Date }) => Promise<void>;
  view: (id: string) => Promise<PostView | null>;
  /** Messages about stories that are not out: those that wait or may be tried again, and those that are held until the operator clears them. */
  undelivered: () => Promise<Delivery[]>;
  /** All messages about a story, in every channel. */
  storyDeliveries: (storyId: string) => Promise<Delivery[]>;
  /**
   * The next delivery that is due on a platform: what stands before what is new, and that in the order in which it was
   * planned; never two of one channel at a time.
   */
  claimDelivery: (claim: {
    platform: PlatformName;
    /** Channels that are to be left alone for now. */
    paused: readonly Channel[];
    now: Date;
    /** By the platform's own clock: kept with the row, so that a lost attempt is looked for from here on. */
    platformNow: Date;
  }) => Promise<Claimed | null>;
  /** What waits to go out on a platform, the one planned first; null where nothing does. */
  waitingDelivery: (platform: PlatformName) => Promise<Delivery | null>;
  /**
   * Makes due what waits for its next attempt on platforms that are back, and what was given up. Returns how many were
   * given up.
   */
  reviveDeliveries: (platforms: readonly PlatformName[], now: Date) => Promise<number>;
  /** False when the lease was lost meanwhile: nothing is changed then. */
  settleDelivery: (claimed: Claimed, settled: Settled) => Promise<boolean>;
  delivery: (key: string) => Promise<Delivery | null>;
  /** A channel's posts that were sent, newest first. */
  posts: (channel: Channel, limit: number) => Promise<Post[]>;

  // moderators
  /** What was decided for a workspace. */
  decisions: (workspace: Workspace) => Promise<Decisions>;
  /** Every workspace for which something was decided. */
  workspaces: () => Promise<Workspace[]>;
  /**
   * All of the change or none of it, with its row in the log; sources are polled from then on, or no longer, and the version
   * of a story rises whose fact is taken back.
   */
  change: (change: Change) => Promise<Changed>;
  /** Takes back the newest change of a person that still stands; null when there is none. */
  undo: (undoing: { workspace: Workspace; by: string; at: Date }) => Promise<Changed | null>;
  /** Newest first. */
  changeLog: (workspace: Workspace, limit: number) => Promise<LogRow[]>;
  /** The articles' facts that were taken back, with where. */
  withdrawnFacts: (articleIds: readonly string[]) => Promise<(Withdrawal & { workspace: Workspace })[]>;
  /** Keeps a fact that was taken back for the evaluation; the first of its id stands. */
  saveCase: (reported: ReportedCase, at: Date) => Promise<void>;
  /** Oldest first. */
  cases: () => Promise<ReportedCase[]>;

  // commands
  /** Keeps a call until it is answered; false when its id was received before. */
  receiveCall: (call: CommandCall) => Promise<boolean>;
  /** Stores where the answer is shown now. */
  saveCallHandle: (call: CommandCall) => Promise<void>;
  finishCall: (id: string, now: Date) => Promise<void>;
  /** Calls that were received and not answered since the given time; of those that can not be read any more, the ids. */
  openCalls: (since: Date) => Promise<{ calls: CommandCall[]; lost: string[] }>;

  // the page's sessions
  /** Keeps a sign-in, and forgets those that were over by then. */
  savePageSession: (session: PageSession) => Promise<void>;
  /** Null when there is none, it was ended or is over. */
  pageSession: (id: string, now: Date) => Promise<PageSession | null>;
  /** Newest first. */
  pageSessions: (now: Date) => Promise<PageSession[]>;
  endPageSession: (id: string) => Promise<void>;

  // settings and health
  setting: (name: string) => Promise<string | null>;
  saveSetting: (name: string, value: string) => Promise<void>;
  /** What waits and what was given up, of one workspace or (null) of all. */
  queue: (of: Workspace | null, now: Date) => Promise<Queue>;
  /** Messages that were settled so, newest first; of one workspace or (null) of all. */
  endings: (asked: {
    of: Workspace | null;
    states: readonly Ending["state"][];
    limit: number;
  }) => Promise<Ending[]>;
  /** Owes again what was given up and can still be posted or edited. Returns how many. */
  retryDead: (of: Workspace | null, now: Date) => Promise<number>;
  /** What was spent on models by day, newest first; of one workspace or (null) of all. */
  costs: (of: Workspace | null, since: Date) => Promise<DayCost[]>;
  /** Rows per state. */
  counts: () => Promise<{
    articles: number;
    briefs: number;
    entries: Record<string, number>;
    deliveries: Record<string, number>;
  }>;
}
