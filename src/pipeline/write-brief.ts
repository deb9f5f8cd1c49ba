import { type Article, digest, type Revision } from "#src/core/article.ts";
import { type Brief, type BriefLength, NO_USAGE, Usage } from "#src/core/brief.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { verifyDraft } from "#src/core/verify.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Store, Writer, WriteRequest, Written } from "#src/ports.ts";

export interface WriteDeps {
  store: Store;
  /** Best first; the last one must never fail. */
  writers: readonly Writer[];
  /** Why a writer gave up, in words for a reader. */
  explain: (error: AppError) => string;
  clock: Clock;
  log: Log;
}

export interface WriteBrief {
  article: Article;
  revision: Revision;
  length: BriefLength;
  /** Language to write in; null keeps the article's own. */
  language: string | null;
  signal: AbortSignal;
}

export type BriefWriter = (request: WriteBrief) => Promise<Brief>;

/**
 * Makes a verified brief of a revision, or gives the stored one: the same revision, prompt, model, language and length
 * are never paid for twice, also not when two ask at once. Throws AppError `brief/no-facts`.
 */
export function createBriefWriter(deps: WriteDeps): BriefWriter {
  const inFlight = new Map<string, Promise<Brief>>();
  return (request) => {
    const key = cacheKey(deps.writers[0], request);
    const running = inFlight.get(key) ?? findOrWrite(deps, request, key).finally(() => inFlight.delete(key));
    inFlight.set(key, running);
    return running;
  };
}

async function findOrWrite(deps: WriteDeps, request: WriteBrief, key: string): Promise<Brief> {
  const known = await deps.store.findBrief(key);
  if (known !== null) return known;
  const { written, keep } = await climbDown(deps, toWriteRequest(request));
  // An outage must not pin the lesser brief to the better writer's key; a refusal or garbage was paid for and does.
  const storedUnder = keep ? key : `${key}|${written.writer.name}|${written.writer.steppedDown ?? ""}`;
  const brief = toBrief({ written, request, id: digest(storedUnder), createdAt: deps.clock() });
  await deps.store.saveBrief(storedUnder, brief);
  return brief;
}

interface Climbed {
  written: Written;
  keep: boolean;
}

/** Asks each writer in turn; the draft says which one wrote it and why a better one did not. */
async function climbDown(deps: WriteDeps, request: WriteRequest): Promise<Climbed> {
  let failure: AppError | null = null;
  for (const writer of deps.writers) {
    try {
      const written = await writer.write(request);
      return { written: marked(written, failure, deps), keep: failure === null || !isPassing(failure) };
    } catch (error) {
      request.signal.throwIfAborted();
      failure = toAppError(error);
      deps.log.warn({ writer: writer.name, code: failure.code, details: failure.details }, "writer gave up");
    }
  }
  throw failure ?? new AppError("bug", { details: { reason: "no writer configured" } });
}

function marked(written: Written, failure: AppError | null, deps: WriteDeps): Written {
  if (failure === null) return written;
  const spent = Usage.safeParse(failure.details["usage"]).data ?? NO_USAGE;
  return { ...written, usage: spent, writer: { ...written.writer, steppedDown: deps.explain(failure) } };
}

function isPassing(failure: AppError): boolean {
  return failure.code === "writer/unavailable" || failure.code === "bug";
}

interface BriefParts {
  written: Written;
  request: WriteBrief;
  id: string;
  createdAt: Date;
}

function toBrief({ written, request, id, createdAt }: BriefParts): Brief {
  const { article, revision, length } = request;
  const articleLanguage = article.language ?? "en";
  const { title, paragraphs } = revision;
  const verified = verifyDraft({
    draft: written.draft,
    title,
    paragraphs,
    language: articleLanguage,
    length,
  });
  if (verified.facts.length === 0)
    throw new AppError("brief/no-facts", { details: { articleId: article.id } });
  const wanted = request.language ?? articleLanguage;
  const language = written.writer.name === "extractive" ? articleLanguage : wanted;
  return {
    ...verified,
    id,
    articleId: article.id,
    revision: revision.number,
    caveats: [...verified.caveats, ...languageCaveat(wanted, language)],
    writer: written.writer,
    prompt: written.prompt,
    usage: written.usage,
    language,
    length,
    createdAt,
  };
}

function languageCaveat(wanted: string, got: string): string[] {
  if (wanted.split("-")[0] === got.split("-")[0]) return [];
  return [
    `The built-in writer does not translate: this brief keeps the article's language (${got}), not ${wanted}.`,
  ];
}

function toWriteRequest({ article, revision, length, language, signal }: WriteBrief): WriteRequest {
  const articleLanguage = article.language ?? "en";
  return {
    title: revision.title,
    byline: article.byline,
    site: article.site,
    publishedAt: article.publishedAt,
    articleLanguage,
    paragraphs: revision.paragraphs,
    length,
    language: language ?? articleLanguage,
    signal,
  };
}

function cacheKey(writer: Writer | undefined, { article, revision, length, language }: WriteBrief): string {
  const id = writer?.id ?? "";
  return [article.id, revision.number, id, language ?? article.language ?? "en", length].join("|");
}
