import { digest } from "./article.ts";
import type { CommandRun } from "./command.ts";
import { AppError } from "./errors.ts";
import type { Choice, Form } from "./form.ts";
import type { Decisions, Edit } from "./moderation.ts";
import type { FoundFeed, ModeratorApp, SourceHealth } from "./moderator-app.ts";
import { type Action, bold, plain, type Reply, type ReplyBlock, sentence, type Span, time } from "./reply.ts";
import type { SourcesOptions } from "./source-options.ts";
import { fold } from "./topic-find-named.ts";
import { inOneLine } from "./topic-subscribe.ts";
import type { Source } from "./workspace.ts";

/** Sources of one workspace. */
export const MOST_SOURCES = 2_000;
const MOST_SUGGESTED = 25;
const ROWS_SHOWN = 25;
const LONGEST_NAME = 100;
const EXPORT_NAME = "lede-sources.opml";

type Run<Action extends SourcesOptions["action"]> = CommandRun<Extract<SourcesOptions, { action: Action }>>;

/** `/sources`: lists, adds, removes, imports and exports feeds. Throws AppError `command/*`, `fetch/*`, `feed/*`. */
export async function runSources(run: CommandRun<SourcesOptions>): Promise<Reply> {
  const { app, options } = run;
  switch (options.action) {
    case "list":
      return listSources(app.moderation());
    case "add":
      return addSource({ ...run, options });
    case "remove":
      return removeSource({ ...run, options });
    case "health":
      return healthReply(await app.moderation().health());
    case "import":
      return importSources({ ...run, options });
    case "export":
      return exportSources(app.moderation());
    default:
      return options satisfies never;
  }
}

/** The form that stands for what is not given yet. */
export function sourcesForm({ options }: CommandRun<Record<string, unknown>>): Promise<Form | null> {
  if (options["action"] === "add" && options["url"] === undefined) return Promise.resolve(ADD_FORM);
  const isBare = options["file"] === undefined && options["text"] === undefined;
  return Promise.resolve(options["action"] === "import" && isBare ? IMPORT_FORM : null);
}

/** Sources whose names or addresses fit what is typed. */
export async function suggestSources(
  run: CommandRun<Record<string, unknown>>,
  { typed }: { name: string; typed: string },
): Promise<Choice[]> {
  const { sources } = await run.app.moderation().decisions();
  return sources
    .filter((source) => fold(`${nameOf(source)} ${source.url}`).includes(fold(typed)))
    .slice(0, MOST_SUGGESTED)
    .map((source) => ({ value: source.id, label: nameOf(source).slice(0, 75) }));
}

const ADD_FORM: Form = {
  id: "sources:add",
  title: "Add a source",
  submit: "Add",
  fields: [
    {
      kind: "text",
      name: "url",
      label: "Address",
      hint: "Of a feed, or of a site that has one",
      required: true,
      max: 2_000,
      lines: false,
      value: null,
    },
    {
      kind: "text",
      name: "backfill",
      label: "Newest entries to post now",
      hint: "0 to 50; what was there before is not posted otherwise",
      required: true,
      max: 2,
      lines: false,
      value: "0",
    },
  ],
};

const IMPORT_FORM: Form = {
  id: "sources:import",
  title: "Import sources",
  submit: "Import",
  fields: [
    {
      kind: "text",
      name: "text",
      label: "OPML",
      hint: "Paste the file here; a long one is better given as a file",
      required: true,
      max: 3_000,
      lines: true,
      value: null,
    },
  ],
};

async function listSources(moderation: ModeratorApp): Promise<Reply> {
  const health = await moderation.health();
  if (health.length === 0) {
    return {
      title: "No sources yet",
      blocks: [
        {
          kind: "text",
          spans: [
            plain("A source is a feed: RSS, Atom or JSON Feed. Give the site's address and Lede finds it."),
          ],
        },
        actions([
          { id: "sources:add", label: "Add a source" },
          { id: "sources:import", label: "Import OPML" },
        ]),
      ],
    };
  }
  const more =
    health.length > ROWS_SHOWN
      ? [[plain(`and ${health.length - ROWS_SHOWN} more; /sources export has all`)]]
      : [];
  return {
    title: countOf(health.length),
    blocks: [
      { kind: "list", items: [...health.slice(0, ROWS_SHOWN).map(rowOf), ...more] },
      actions([
        { id: "sources:add", label: "Add a source" },
        { id: "sources:health", label: "Health" },
        { id: "sources:export", label: "Export OPML" },
      ]),
    ],
  };
}

function rowOf({ lastEntryAt, source, state, text }: SourceHealth): Span[] {
  const newest = lastEntryAt === null ? [] : [plain(", newest "), time(lastEntryAt)];
  const trouble = text === null ? [] : [plain(`\n${text}`)];
  return [bold(nameOf(source)), plain(` ${source.url} (${state}`), ...newest, plain(")"), ...trouble];
}

function healthReply(health: readonly SourceHealth[]): Reply {
  const troubled = health.filter(({ state }) => state !== "ok" && state !== "new");
  if (troubled.length === 0)
    return sentence(
      health.length === 0
        ? "There are no sources yet. Begin with /sources add."
        : `No source has trouble: ${countOf(health.length)} in all.`,
    );
  return {
    title: `${troubled.length} of ${countOf(health.length)} with trouble`,
    blocks: [{ kind: "list", items: troubled.slice(0, ROWS_SHOWN).map(rowOf) }],
  };
}

async function addSource({ app, options }: Run<"add">): Promise<Reply> {
  const { backfill, url } = options;
  if (url === undefined)
    throw new AppError("command/bad-options", {
      say: "Give the address of a feed or a site, such as /sources add url:https://example.com",
    });
  const moderation = app.moderation();
  const feeds = await moderation.findFeeds(url);
  const [first, ...others] = feeds;
  if (first === undefined) throw new AppError("feed/unreadable");
  const decisions = await moderation.decisions();
  if (decisions.sources.some((source) => source.url === first.url))
    return sentence(`${first.title ?? first.url} is read here already.`);
  if (decisions.sources.length >= MOST_SOURCES)
    throw new AppError("command/bad-options", {
      say: `There are ${MOST_SOURCES} sources, which is the most. Remove one with /sources remove.`,
    });
  const source = toSource(decisions, first, { backfill, now: moderation.now() });
  await moderation.change({
    summary: `Added the source ${nameOf(source)}`,
    edits: [{ kind: "source", id: source.id, value: source }],
    seen: null,
  });
  const before =
    backfill === 0
      ? "What is in it now is not posted; what comes is."
      : `Its newest ${backfill === 1 ? "entry is" : `${backfill} entries are`} on the way.`;
  const rest: ReplyBlock[] =
    others.length === 0
      ? []
      : [
          { kind: "note", tone: "info", spans: [plain("The site has more feeds:")] },
          {
            kind: "list",
            items: others.slice(0, 5).map((feed) => [plain(`${feed.title ?? "Feed"}: ${feed.url}`)]),
          },
        ];
  return {
    title: null,
    blocks: [...sentence(`${nameOf(source)} (${source.url}) is read from now on. ${before}`).blocks, ...rest],
  };
}

function toSource(
  { settings: { workspace } }: Decisions,
  { title, url }: FoundFeed,
  { backfill, now }: { backfill: number; now: Date },
): Source {
  const id = digest(`source|${workspace}|${url}`);
  const name = title === null ? "" : inOneLine(title).slice(0, LONGEST_NAME);
  return { id, workspace, url, title: name === "" ? null : name, backfill, addedAt: now };
}

async function removeSource({ app, options }: Run<"remove">): Promise<Reply> {
  const moderation = app.moderation();
  const { sources } = await moderation.decisions();
  const wanted = fold(options.source);
  const source =
    sources.find(({ id }) => id === options.source) ??
    sources.find((one) => fold(one.url) === wanted || fold(nameOf(one)) === wanted);
  if (source === undefined)
    throw new AppError("command/bad-options", {
      say: `There is no source “${options.source}”. /sources list names them.`,
    });
  await moderation.change({
    summary: `Removed the source ${nameOf(source)}`,
    edits: [{ kind: "source", id: source.id, value: null }],
    seen: null,
  });
  return sentence(`${nameOf(source)} is no longer read. /settings undo brings it back.`);
}

async function importSources({ app, options }: Run<"import">): Promise<Reply> {
  const { file, text } = options;
  const moderation = app.moderation();
  if (file === undefined && text === undefined)
    throw new AppError("command/bad-options", { say: "Give an OPML file, or paste its text." });
  const { feeds, notes } = await moderation.readOpml(file === undefined ? { text: text ?? "" } : { file });
  const decisions = await moderation.decisions();
  const known = new Set(decisions.sources.map(({ url }) => url));
  const fresh = feeds.filter(({ url }) => !known.has(url));
  const room = MOST_SOURCES - decisions.sources.length;
  const now = moderation.now();
  const edits = fresh.slice(0, room).map((feed): Edit => {
    const source = toSource(decisions, feed, { backfill: 0, now });
    return { kind: "source", id: source.id, value: source };
  });
  if (edits.length > 0)
    await moderation.change({ summary: `Imported ${countOf(edits.length)}`, edits, seen: null });
  const full =
    fresh.length > room ? [`Only ${MOST_SOURCES} sources fit; ${fresh.length - room} were left out.`] : [];
  const said = sentence(`${countOf(edits.length)} added, ${feeds.length - fresh.length} here already.`);
  return {
    title: null,
    blocks: [...said.blocks, ...[...notes, ...full].flatMap((note) => sentence(note, "warning").blocks)],
  };
}

async function exportSources(moderation: ModeratorApp): Promise<Reply> {
  const { sources } = await moderation.decisions();
  if (sources.length === 0) return sentence("There are no sources to export yet. Add one with /sources add.");
  const text = moderation.writeOpml(sources.map(({ title, url }) => ({ title, url })));
  return {
    title: null,
    blocks: [
      ...sentence(`${countOf(sources.length)}, as any feed reader takes them:`).blocks,
      { kind: "file", name: EXPORT_NAME, mediaType: "text/x-opml", text },
    ],
  };
}

function countOf(sources: number): string {
  return sources === 1 ? "1 source" : `${sources} sources`;
}

function nameOf({ title, url }: Pick<Source, "title" | "url">): string {
  return title ?? new URL(url).hostname;
}

function actions(shown: Action[]): ReplyBlock {
  return { kind: "actions", actions: shown };
}
