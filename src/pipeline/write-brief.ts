import { type Article, digest, type Revision } from "#src/core/article.ts";
import { type Brief, type BriefLength, NO_USAGE } from "#src/core/brief.ts";
import { NO_LIMITS, NOBODY, type Payer } from "#src/core/budget.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { type HouseStyle, styleId } from "#src/core/house-style.ts";
import { NO_PRICES } from "#src/core/pricing.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Judge, Meter, Writer, WriteRequest, Written } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { createMeter, type MeterDeps, type Purse } from "./budget.ts";
import { checkDraft, type SecondReading } from "./write-check.ts";
import { added, climbDown, type ClimbDeps } from "./write-climb.ts";

/** What a draft becomes a brief with. */
export interface BriefDeps {
  store: Store;
  /** Reads each fact of a model once more; null asks nobody. */
  judge?: Judge | null;
  style?: HouseStyle | null;
  /** Null sets no limit of Lede's own and counts tokens alone. */
  purse?: Purse | null;
  clock: Clock;
  log: Log;
}

export type WriteDeps = BriefDeps & ClimbDeps;

export interface WriteBrief {
  article: Article;
  revision: Revision;
  length: BriefLength;
  /** Language to write in; null keeps the article's own. */
  language: string | null;
  signal: AbortSignal;
  /**
   * Whose budget the model calls count in; left out, only all of Lede's. A brief is shared, so the first who wants it
   * pays and everyone after has it for nothing.
   */
  payer?: Payer | null;
  /** Told how far the writing is, in words for a reader. */
  progress?: (text: string) => void;
}

export type BriefWriter = (request: WriteBrief) => Promise<Brief>;

/**
 * Makes a verified brief of a revision, or gives the stored one: the same revision, prompt, model, language and length
 * are never paid for twice, also not when two ask at once. Throws AppError `brief/no-facts`.
 */
export function createBriefWriter(deps: WriteDeps): BriefWriter {
  const inFlight = new Map<string, Promise<Brief>>();
  return async (request) => {
    const key = cacheKey(deps, deps.writers[0], request);
    for (;;) {
      const running = inFlight.get(key);
      if (running === undefined) break;
      try {
        return await running;
      } catch (error) {
        request.signal.throwIfAborted();
        // Another's call was called off: that is no reason for this one to end.
        if (error instanceof AppError) throw error;
      }
    }
    const started = findOrWrite(deps, request, key).finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
}

async function findOrWrite(deps: WriteDeps, request: WriteBrief, key: string): Promise<Brief> {
  const known = await deps.store.findBrief(key);
  if (known !== null) return known;
  const meter = createMeter(meterDeps(deps), request.payer ?? NOBODY);
  const climbed = await climbDown(deps, toWriteRequest(request, meter), (writer) =>
    writer.name === "extractive"
      ? Promise.resolve(null)
      : deps.store.findBrief(cacheKey(deps, writer, request)),
  );
  if (climbed.kind === "known") return climbed.brief;
  const { written, writer, keep } = climbed;
  const storedUnder = keep ? key : lesserKey(deps, request, { key, written, writer });
  const brief = await toBrief(deps, { written, request, meter, id: digest(storedUnder) });
  await deps.store.saveBrief(storedUnder, brief);
  return brief;
}

export function meterDeps(deps: BriefDeps): MeterDeps {
  return { ...deps, ...(deps.purse ?? { prices: NO_PRICES, limits: NO_LIMITS }) };
}

/** An outage must not pin the lesser brief to the better writer's key; a model's is kept, since it was paid for. */
function lesserKey(
  deps: WriteDeps,
  request: WriteBrief,
  { key, written, writer }: { key: string; written: Written; writer: Writer },
): string {
  if (writer.name !== "extractive") return cacheKey(deps, writer, request);
  return `${key}|${writer.name}|${written.writer.steppedDown ?? ""}`;
}

interface BriefParts {
  written: Written;
  request: WriteBrief;
  meter: Meter;
  id: string;
}

/** The verified brief of a draft. Throws AppError `brief/no-facts`. */
export async function toBrief(deps: BriefDeps, { written, request, meter, id }: BriefParts): Promise<Brief> {
  const { article, revision, length } = request;
  const articleLanguage = article.language ?? "en";
  const wanted = request.language ?? articleLanguage;
  const language = written.writer.name === "extractive" ? articleLanguage : wanted;
  const { verified, usage } = await checkDraft(
    {
      draft: written.draft,
      revision,
      language: articleLanguage,
      written: language,
      length,
      publishedAt: article.publishedAt,
      style: deps.style ?? null,
    },
    written.writer.name === "extractive" ? null : secondReading(deps, { request, meter }),
  );
  if (verified.facts.length === 0)
    throw new AppError("brief/no-facts", { details: { articleId: article.id } });
  return {
    ...verified,
    id,
    articleId: article.id,
    revision: revision.number,
    caveats: [...verified.caveats, ...(written.notes ?? []), ...languageCaveat(wanted, language)],
    writer: written.writer,
    prompt: written.prompt,
    usage: added(written.usage, usage ?? NO_USAGE),
    language,
    length,
    createdAt: deps.clock(),
  };
}

/** The judge, if there is one. Without an answer of its the brief stands as the rules left it. */
function secondReading(
  { judge, log }: BriefDeps,
  { request, meter }: { request: WriteBrief; meter: Meter },
): SecondReading | null {
  if (judge === null || judge === undefined) return null;
  return async (claims) => {
    try {
      return await judge.judge({ claims, signal: request.signal, meter });
    } catch (thrown) {
      request.signal.throwIfAborted();
      const { code, details } = toAppError(thrown);
      log.warn({ judge: judge.id, code, details }, "judge gave up");
      return null;
    }
  };
}

function languageCaveat(wanted: string, got: string): string[] {
  if (wanted.split("-")[0] === got.split("-")[0]) return [];
  return [
    `The built-in writer does not translate: this brief keeps the article's language (${got}), not ${wanted}.`,
  ];
}

/** What a writer is given; without a meter nobody keeps count. */
export function toWriteRequest(
  { article, revision, length, language, ...rest }: WriteBrief,
  meter?: Meter,
): WriteRequest {
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
    signal: rest.signal,
    ...(meter === undefined ? {} : { meter }),
    ...(rest.progress === undefined ? {} : { progress: rest.progress }),
  };
}

/** Where the brief is looked for that this writer would write. */
export function cacheKey(
  { judge, style }: Pick<BriefDeps, "judge" | "style">,
  writer: Pick<Writer, "id"> | undefined,
  { article, revision, length, language }: WriteBrief,
): string {
  return [
    article.id,
    revision.number,
    writer?.id ?? "",
    language ?? article.language ?? "en",
    length,
    ...(judge === null || judge === undefined ? [] : [judge.id]),
    ...(style === null || style === undefined ? [] : [styleId(style)]),
  ].join("|");
}
