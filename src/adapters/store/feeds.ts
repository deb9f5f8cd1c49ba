import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { digest } from "#src/core/article.ts";
import { learnArrival } from "#src/core/feed-cadence.ts";
import type { ClaimedFeed, FeedPoll, PollSaved } from "#src/core/feed-poll.ts";
import { type Feed, hostOf, NO_WISHES } from "#src/core/feed.ts";
import type { Store } from "#src/ports-store.ts";
import { type Recorded, recordSeen } from "./feed-entries.ts";
import { fromFeed, toFeed } from "./feed-rows.ts";
import type { Database } from "./schema.ts";

type FeedStore = Pick<
  Store,
  | "addFeed"
  | "removeFeed"
  | "feeds"
  | "claimDueFeeds"
  | "savePolls"
  | "feedNews"
  | "saveFeedTold"
  | "pollSoon"
>;

/** Longer than a fetch may take together with the wait for its turn; a crash gives the feed back at once, on recovery. */
const LEASE_MS = 5 * 60_000;
/** Due feeds looked at for one that is claimed: several of one host may be due, and only one of them is. */
const CANDIDATES = 8;
/** Whoever wakes a feed can not make it be asked more often than this. */
const SOON_AGAIN_MS = 60_000;
/** What a poll finds although a hub should have sent it must be this old before the hub is not relied on any more. */
const HUB_DELAY_MS = 10 * 60_000;

export function feedStore(db: Database): FeedStore {
  return {
    addFeed: (feed) => db.transaction().execute((trx) => addFeed(trx, feed)),
    removeFeed: async (url) => {
      await db
        .deleteFrom("feeds")
        .where((eb) => eb.or([eb("url", "=", url), eb("id", "=", digest(url))]))
        .execute();
    },
    feeds: async () => {
      const rows = await db.selectFrom("feeds").selectAll().orderBy("url").execute();
      return rows.map(toFeed);
    },
    claimDueFeeds: (claim) => db.transaction().execute((trx) => claimDueFeeds(trx, claim)),
    savePolls: (polls, now) => db.transaction().execute((trx) => savePolls(trx, polls, now)),
    feedNews: async () => {
      const rows = await db
        .selectFrom("feeds")
        .selectAll()
        .whereRef("health", "<>", "told")
        .orderBy("healthSince")
        .execute();
      return rows.map(toFeed);
    },
    saveFeedTold: async (id, state) => {
      await db.updateTable("feeds").set({ told: state }).where("id", "=", id).execute();
    },
    pollSoon: (id, now) => db.transaction().execute((trx) => pollSoon(trx, id, now)),
  };
}

/** Gives back what a dead process polled. */
export async function recoverFeeds(trx: Database, now: Date): Promise<void> {
  await trx
    .updateTable("feeds")
    .set({ dueAt: now.getTime(), token: null })
    .where("token", "is not", null)
    .execute();
}

/** A feed that is known stays as it is: adding it again at every start must not ask for a second baseline. */
export async function addFeed(
  trx: Database,
  { url, now, baseline, backfill = 0 }: Parameters<Store["addFeed"]>[0],
): Promise<Feed> {
  // A feed that moved is still known by the address it was added under: its id is made from that.
  const id = digest(url);
  await trx
    .insertInto("feeds")
    .values(fromFeed(newFeed({ id, url, dueAt: now, baselined: !baseline, backfill })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom("feeds")
    .selectAll()
    .where((eb) => eb.or([eb("url", "=", url), eb("id", "=", id)]))
    .orderBy(sql<number>`url = ${url}`, "desc")
    .executeTakeFirstOrThrow();
  return row.health === "gone" ? revive(trx, toFeed(row), now) : toFeed(row);
}

/** Whoever adds a feed that was withdrawn says that it is there again. */
async function revive(trx: Database, feed: Feed, now: Date): Promise<Feed> {
  const revived: Feed = {
    ...feed,
    dueAt: now,
    failures: 0,
    failingSince: null,
    lastFailure: null,
    health: "ok",
    healthSince: null,
    told: "ok",
  };
  await trx.updateTable("feeds").set(fromFeed(revived)).where("id", "=", feed.id).execute();
  return revived;
}

function newFeed(known: Pick<Feed, "id" | "url" | "dueAt" | "baselined" | "backfill">): Feed {
  return {
    ...known,
    title: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    failures: 0,
    failingSince: null,
    lastFailure: null,
    movedTo: null,
    moves: 0,
    wishes: NO_WISHES,
    cadence: null,
    lastSuccessAt: null,
    lastEntryAt: null,
    hub: null,
    topic: null,
    pushedUntil: null,
    health: "ok",
    healthSince: null,
    told: "ok",
  };
}

async function claimDueFeeds(
  trx: Database,
  { now, limit, excludeHosts }: Parameters<Store["claimDueFeeds"]>[0],
): Promise<ClaimedFeed[]> {
  let due = trx
    .selectFrom("feeds")
    .select(["id", "host"])
    .where("dueAt", "<=", now.getTime())
    // As it is written in the index: SQLite uses a partial one for the same words only.
    .where(sql<boolean>`health <> 'gone'`);
  if (excludeHosts.length > 0) due = due.where("host", "not in", excludeHosts);
  const candidates = await due
    .orderBy("dueAt")
    .limit(limit * CANDIDATES)
    .execute();
  const byHost = new Map<string, string>();
  for (const { id, host } of candidates) if (!byHost.has(host)) byHost.set(host, id);
  const ids = [...byHost.values()].slice(0, limit);
  // Nothing is written, and so nothing has to reach the disk, when nothing is due.
  if (ids.length === 0) return [];
  const token = randomUUID();
  const rows = await trx
    .updateTable("feeds")
    .set({ token, dueAt: now.getTime() + LEASE_MS })
    .where("id", "in", ids)
    .returningAll()
    .execute();
  const claimed = new Map(rows.map((row) => [row.id, { feed: toFeed(row), token }]));
  return ids.flatMap((id) => claimed.get(id) ?? []);
}

async function pollSoon(trx: Database, id: string, now: Date): Promise<void> {
  const feed = await trx
    .selectFrom("feeds")
    .select("lastSuccessAt")
    .where("id", "=", id)
    .where("token", "is", null)
    .where("failures", "=", 0)
    .executeTakeFirst();
  if (feed === undefined) return;
  const dueAt = Math.max(now.getTime(), (feed.lastSuccessAt ?? 0) + SOON_AGAIN_MS);
  await trx.updateTable("feeds").set({ dueAt }).where("id", "=", id).where("dueAt", ">", dueAt).execute();
}

async function savePolls(trx: Database, polls: readonly FeedPoll[], now: Date): Promise<PollSaved[]> {
  await saveUnchanged(
    trx,
    polls.filter((poll) => poll.kind === "unchanged"),
  );
  const saved: PollSaved[] = [];
  for (const poll of polls)
    saved.push(poll.kind === "unchanged" ? NOTHING_NEW : await saveChanged(trx, poll, now));
  return saved;
}

const NOTHING_NEW: PollSaved = { queued: 0, baseline: 0 };

/** One statement for all of them: of ten thousand feeds nearly all have not changed. */
async function saveUnchanged(trx: Database, polls: readonly FeedPoll[]): Promise<void> {
  if (polls.length === 0) return;
  const rows = polls.map(({ feed, token }) => {
    const { id, dueAt, lastSuccessAt, movedTo, moves, health, healthSince } = fromFeed(feed);
    return sql`(${id}, ${token}, ${dueAt}, ${lastSuccessAt}, ${movedTo}, ${moves}, ${health}, ${healthSince})`;
  });
  await sql`
    with polled (id, token, due_at, last_success_at, moved_to, moves, health, health_since)
      as (values ${sql.join(rows)})
    update feeds set token = null, due_at = polled.due_at, last_success_at = polled.last_success_at,
      moved_to = polled.moved_to, moves = polled.moves, health = polled.health, health_since = polled.health_since
    from polled where feeds.id = polled.id and feeds.token = polled.token`.execute(trx);
}

async function saveChanged(trx: Database, poll: FeedPoll, now: Date): Promise<PollSaved> {
  const before = await trx
    .selectFrom("feeds")
    .select(["baselined", "backfill", "url", "pushedUntil", "lastEntryAt"])
    .where("id", "=", poll.feed.id)
    .where("token", "=", poll.token)
    .executeTakeFirst();
  if (before === undefined) return NOTHING_NEW;
  const seen = poll.kind === "read" ? poll.seen : [];
  const queue = before.baselined === 1 ? Infinity : before.backfill;
  const recorded = await recordSeen(trx, { feedId: poll.feed.id, seen, now, queue });
  const { told: _told, ...row } = fromFeed(withArrivals(poll.feed, recorded, now));
  const pushedUntil = wasMissed(recorded, now) ? null : before.pushedUntil;
  // A push may have brought a newer one while this poll was under way.
  const lastEntryAt = Math.max(row.lastEntryAt ?? 0, before.lastEntryAt ?? 0) || null;
  const address = await freeAddress(trx, poll.feed, before.url);
  await trx
    .updateTable("feeds")
    .set({ ...row, ...address, pushedUntil, lastEntryAt })
    .where("id", "=", poll.feed.id)
    .execute();
  return { queued: recorded.queued, baseline: recorded.baseline };
}

/** What says not when it was published was published when it was first seen. */
function withArrivals(feed: Feed, { undated }: Recorded, now: Date): Feed {
  if (!undated) return feed;
  return { ...feed, lastEntryAt: now, cadence: learnArrival(feed.cadence, feed.lastEntryAt, now) };
}

/** Whether a hub that promised to send what is new did not: polls go back to their own pace then. */
function wasMissed({ entries }: Recorded, now: Date): boolean {
  return entries.some(
    ({ publishedAt }) => publishedAt !== null && now.getTime() - publishedAt.getTime() > HUB_DELAY_MS,
  );
}

/** The address the feed moved to, unless another feed has it already: then the redirect is followed at each poll. */
async function freeAddress(
  trx: Database,
  { id, url }: Feed,
  known: string,
): Promise<{ url: string; host: string }> {
  if (url === known) return { url, host: hostOf(url) };
  const other = await trx
    .selectFrom("feeds")
    .select("id")
    .where("url", "=", url)
    .where("id", "<>", id)
    .executeTakeFirst();
  return other === undefined ? { url, host: hostOf(url) } : { url: known, host: hostOf(known) };
}
