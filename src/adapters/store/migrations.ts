import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { sealOpenCalls } from "./key-change.ts";
import type { Seal } from "./seal.ts";

type Step = string | ((db: Kysely<unknown>, seal: Seal) => Promise<void>);

/**
 * Steps by migration, applied in this order, each migration in one transaction.
 * Append only: a released migration is never edited, because data folders exist that have applied it.
 */
const STEPS: Record<string, readonly Step[]> = {
  "0001-first": [
    `create table settings (name text primary key, value text not null) strict`,
    `create table feeds (
      id text primary key, url text not null unique, title text, etag text, last_modified text,
      due_at integer not null, failures integer not null, baselined integer not null check (baselined in (0, 1))
    ) strict`,
    `create index feeds_due on feeds (due_at)`,
    `create table entries (
      seq integer primary key autoincrement, source text not null, guid text not null, hash text not null,
      state text not null check (state in ('baseline', 'due', 'leased', 'done', 'dead')),
      body text, order_at integer not null, due_at integer, attempts integer not null, token text, reason text,
      unique (source, guid), check ((due_at is not null) = (state in ('due', 'leased')))
    ) strict`,
    `create index entries_queue on entries (order_at, seq) where due_at is not null`,
    `create index entries_state on entries (state)`,
    `create table webhooks (
      id text primary key, body_hash text not null, entry_seq integer not null references entries (seq),
      received_at integer not null
    ) strict`,
    `create table stories (id text primary key, headline text not null, first_seen_at integer not null) strict`,
    `create table articles (
      id text primary key, url text, site text, byline text, language text, published_at integer,
      visibility text not null, story_id text not null references stories (id), latest integer not null
    ) strict`,
    `create table revisions (
      article_id text not null references articles (id), number integer not null, hash text not null,
      title text not null, paragraphs text not null, fetched_at integer not null, change text,
      primary key (article_id, number)
    ) strict`,
    `create table briefs (
      id text primary key, article_id text not null, revision integer not null, body text not null,
      foreign key (article_id, revision) references revisions (article_id, number)
    ) strict`,
    `create table brief_cache (cache_key text primary key, brief_id text not null references briefs (id)) strict`,
    `create table deliveries (
      seq integer primary key autoincrement, key text not null unique, platform text not null,
      channel text not null, story_id text not null references stories (id),
      wanted text not null references briefs (id), shown text references briefs (id),
      state text not null check (state in ('due', 'sending', 'sent', 'uncertain', 'skipped', 'dead')),
      reason text, attempts integer not null, due_at integer not null, first_attempt_at integer,
      message text, sent_at integer, token text, lease_until integer, unique (channel, story_id)
    ) strict`,
    `create index deliveries_queue on deliveries (state, due_at)`,
    `create index deliveries_busy on deliveries (channel, state)`,
    `create index deliveries_sent on deliveries (channel, sent_at)`,
    `create table calls (id text primary key, received_at integer not null, finished_at integer, body text) strict`,
    `create index calls_open on calls (received_at) where finished_at is null`,
  ],
  "0002-stories-and-moderators": [
    `create table views (id text primary key, body text not null) strict`,
    // What a message shows was a brief's id; it is now the whole view, of which the brief is the main part.
    `insert into views (id, body) select id, json_object('kind', 'story', 'briefId', id, 'style', 'full',
      'also', json_array(), 'conflicts', json_array(), 'withdrawn', json_array()) from briefs
      where id in (select wanted from deliveries union select shown from deliveries)`,
    `create table deliveries_next (
      seq integer primary key autoincrement, key text not null unique, platform text not null,
      channel text not null, story_id text references stories (id), slot text not null, parent text,
      wanted text not null references views (id), shown text references views (id), version integer not null,
      manner text not null, reasons text not null,
      state text not null
        check (state in ('due', 'held', 'sending', 'sent', 'uncertain', 'merged', 'skipped', 'dead')),
      reason text, attempts integer not null, due_at integer not null, first_attempt_at integer,
      message text, sent_at integer, token text, lease_until integer, unique (channel, story_id, slot)
    ) strict`,
    `insert into deliveries_next select seq, key, platform, channel, story_id, '', null, wanted, shown, 0,
      '{"mention":null,"crosspost":false}', '[]', state, reason, attempts, due_at, first_attempt_at, message, sent_at,
      token, lease_until from deliveries`,
    `drop table deliveries`,
    `alter table deliveries_next rename to deliveries`,
    `create index deliveries_queue on deliveries (state, due_at)`,
    `create index deliveries_busy on deliveries (channel, state)`,
    `create index deliveries_sent on deliveries (channel, sent_at)`,
    `create index deliveries_story on deliveries (story_id)`,
    `create index deliveries_parent on deliveries (parent) where parent is not null`,
    `alter table stories add column version integer not null default 0`,
    `alter table articles add column first_seen_at integer not null default 0`,
    `update articles set first_seen_at = (select min(fetched_at) from revisions where article_id = articles.id)`,
    `alter table articles add column unpublished_at integer`,
    `alter table articles add column sketch text`,
    `alter table articles add column recheck_at integer`,
    `alter table articles add column rechecks integer not null default 0`,
    `alter table articles add column missing_since integer`,
    `create index articles_story on articles (story_id)`,
    `create index articles_seen on articles (first_seen_at)`,
    `create index articles_recheck on articles (recheck_at) where recheck_at is not null`,
    `create table article_sources (
      article_id text not null references articles (id), source text not null, primary key (article_id, source)
    ) strict, without rowid`,
    `create table takebacks (article_id text primary key, at integer not null) strict`,
    `create table decisions (
      kind text not null, id text not null, workspace text not null, body text not null, primary key (kind, id)
    ) strict`,
    `create index decisions_workspace on decisions (workspace)`,
    `create table changes (
      workspace text not null, number integer not null, "by" text not null, at integer not null,
      summary text not null, edits text not null, undone_by integer, primary key (workspace, number)
    ) strict`,
    `create table withdrawals (
      fact text primary key, article_id text not null, text text not null, "by" text not null, at integer not null
    ) strict`,
    `create index withdrawals_article on withdrawals (article_id)`,
    `create table cases (id text primary key, body text not null, at integer not null) strict`,
  ],
  "0003-feeds": [
    `alter table feeds add column host text not null default ''`,
    `update feeds set host = lower(substr(url, instr(url, '://') + 3))`,
    `update feeds set host = substr(host, 1, instr(host || '/', '/') - 1)`,
    `alter table feeds add column token text`,
    `alter table feeds add column body_hash text`,
    `alter table feeds add column backfill integer not null default 0`,
    `alter table feeds add column failing_since integer`,
    `alter table feeds add column last_failure text`,
    `alter table feeds add column moved_to text`,
    `alter table feeds add column moves integer not null default 0`,
    `alter table feeds add column wishes text`,
    `alter table feeds add column cadence text`,
    `alter table feeds add column last_success_at integer`,
    `alter table feeds add column last_entry_at integer`,
    `alter table feeds add column hub text`,
    `alter table feeds add column topic text`,
    `alter table feeds add column pushed_until integer`,
    `alter table feeds add column health text not null default 'ok'
      check (health in ('ok', 'failing', 'silent', 'gone'))`,
    `alter table feeds add column health_since integer`,
    `alter table feeds add column told text not null default 'ok'`,
    `drop index feeds_due`,
    `create index feeds_due on feeds (due_at) where health <> 'gone'`,
    `create index feeds_hubs on feeds (id) where hub is not null`,
    `create index feeds_leased on feeds (id) where token is not null`,
    `create index feeds_news on feeds (id) where health <> told`,
    `alter table entries add column alias text`,
    `create index entries_alias on entries (source, alias) where alias is not null`,
    `create table pushes (
      id text primary key, feed_id text not null unique references feeds (id) on delete cascade,
      hub text not null, topic text not null, secret text not null,
      state text not null check (state in ('wanted', 'asked', 'verified', 'denied')),
      due_at integer not null, failures integer not null, expires_at integer, reason text
    ) strict`,
    `create index pushes_due on pushes (due_at)`,
  ],
  "0004-webhooks": [
    `alter table entries add column event text not null default 'publish' check (event in ('publish', 'unpublish'))`,
    `alter table entries add column url text`,
    `alter table entries add column article_id text`,
    `alter table entries add column revised_at integer`,
    `update entries set url = body ->> '$.url', revised_at = body ->> '$.updatedAt',
      body = json_insert(body, '$.event', 'publish', '$.releaseAt', json('null')) where body is not null`,
  ],
  "0005-budgets": [
    `create table budget_limits (
      scope text primary key, day_tokens integer, month_tokens integer, day_money integer, month_money integer
    ) strict`,
    `create table budget_reservations (
      id text not null, scope text not null, tokens integer not null, money integer not null,
      expires_at integer not null, primary key (id, scope)
    ) strict`,
    `create index budget_reservations_open on budget_reservations (scope, expires_at)`,
    `create table budget_spent (
      scope text not null, period text not null, tokens integer not null, money integer not null,
      primary key (scope, period)
    ) strict`,
    `create table budget_notices (
      scope text not null, limit_name text not null, level text not null, period text not null,
      used integer not null, most integer not null, at integer not null,
      primary key (scope, limit_name, level, period)
    ) strict`,
  ],
  // A moderator decides for one workspace: what was taken back stays so wherever the story had been posted.
  "0006-withdrawals": [
    `create table withdrawals_next (
      workspace text not null, fact text not null, article_id text not null, text text not null,
      "by" text not null, at integer not null, primary key (workspace, fact)
    ) strict`,
    `insert into withdrawals_next select distinct
      substr(channel, 1, instr(channel, ':') + instr(substr(channel, instr(channel, ':') + 1), ':') - 1),
      fact, withdrawals.article_id, text, "by", at
      from withdrawals join articles on articles.id = withdrawals.article_id
      join deliveries on deliveries.story_id = articles.story_id`,
    `drop table withdrawals`,
    `alter table withdrawals_next rename to withdrawals`,
    `create index withdrawals_article on withdrawals (article_id)`,
  ],
  "0007-batches": [
    `create table batches (
      id text primary key, channel text not null, state text not null check (state in ('due', 'sending', 'sent')),
      remote_id text, attempts integer not null, due_at integer not null, created_at integer not null,
      sent_at integer
    ) strict`,
    `create index batches_due on batches (due_at)`,
    `create table batch_lines (
      id text primary key, batch_id text not null references batches (id) on delete cascade,
      cache_key text not null unique, article_id text not null, revision integer not null, length text not null,
      language text, most text not null, memo text not null, request text not null,
      foreign key (article_id, revision) references revisions (article_id, number)
    ) strict`,
    `create index batch_lines_batch on batch_lines (batch_id)`,
    `create index batch_lines_article on batch_lines (article_id)`,
    `create table waiting_stories (
      subscription_id text not null, story_id text not null references stories (id),
      attempts integer not null, due_at integer not null, primary key (subscription_id, story_id)
    ) strict, without rowid`,
  ],
  // What was taken back before is known by its words alone, unless its case has the article's.
  "0008-withdrawal-evidence": [
    `alter table withdrawals add column evidence text`,
    `update withdrawals set evidence = (select body -> '$.evidence' from cases where cases.id = withdrawals.fact)`,
  ],
  // The page was opened by one token that never changed; now each browser has a session of its own.
  "0009-page-sessions": [
    `create table page_sessions (
      id text primary key, agent text, opened_at integer not null, expires_at integer not null
    ) strict`,
    `delete from settings where name = 'page.token'`,
  ],
  // A story that is told again looks for what was written of its articles.
  "0010-briefs-by-revision": [`create index briefs_revision on briefs (article_id, revision)`],
  // Two publishers may give their messages the same ids.
  "0011-publishers": [
    `create table webhooks_next (
      source text not null, id text not null, body_hash text not null, entry_seq integer not null references entries (seq),
      received_at integer not null, primary key (source, id)
    ) strict`,
    `insert into webhooks_next select 'webhook', id, body_hash, entry_seq, received_at from webhooks`,
    `drop table webhooks`,
    `alter table webhooks_next rename to webhooks`,
  ],
  // Hubs are subscribed to anew: what was told them before stood in clear.
  "0012-secrets": [`delete from pushes`, `alter table pushes drop column secret`, sealOpenCalls],
  // A post that is tried again later keeps its place in its channel.
  "0013-order": [
    `alter table deliveries add column queued_at integer not null default 0`,
    `update deliveries set queued_at = due_at`,
    `create index deliveries_waiting on deliveries (platform, channel, queued_at, seq)
      where state in ('due', 'uncertain', 'sending')`,
  ],
  // What is under way was begun by this machine's clock: there is nothing better to go by.
  "0014-read-back": [
    `alter table deliveries add column read_back_from integer not null default 0`,
    `update deliveries set read_back_from = first_attempt_at where first_attempt_at is not null`,
  ],
  // However many wait, the next is found by a look at the first of them.
  "0015-next": [
    `create index deliveries_next on deliveries (platform, (message is null), queued_at, seq)
      where state in ('due', 'uncertain', 'sending')`,
    `create index deliveries_retried on deliveries (channel, first_attempt_at)
      where message is null and first_attempt_at is not null and state in ('due', 'uncertain')`,
  ],
};

/** The migrations of the embedded store by name, in order. */
export function sqliteMigrations(seal: Seal): Record<string, Migration> {
  const entries = Object.entries(STEPS);
  return Object.fromEntries(
    entries.map(([name, steps]) => [name, { up: (db) => runAll(db, { steps, seal }) }]),
  );
}

async function runAll(
  db: Kysely<unknown>,
  { steps, seal }: { steps: readonly Step[]; seal: Seal },
): Promise<void> {
  for (const step of steps) {
    if (typeof step === "string") await sql.raw(step).execute(db);
    else await step(db, seal);
  }
}
