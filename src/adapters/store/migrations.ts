import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Statements by migration, applied in this order, each migration in one transaction.
 * Append only: a released migration is never edited, because data folders exist that have applied it.
 */
const STATEMENTS: Record<string, readonly string[]> = {
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
};

/** The migrations of the embedded store by name, in order. */
export function sqliteMigrations(): Record<string, Migration> {
  const entries = Object.entries(STATEMENTS);
  return Object.fromEntries(
    entries.map(([name, statements]) => [name, { up: (db) => runAll(db, statements) }]),
  );
}

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
