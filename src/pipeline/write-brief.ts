import { type Article, digest, type Revision } from "#src/core/article.ts";
import { type Brief, type BriefLength, NO_USAGE } from "#src/core/brief.ts";
import { NO_LIMITS, NOBODY, type Payer } from "#src/core/budget.ts";
import { dropCounts } from "#src/core/drop-text.ts";
import { AppError } from "#src/core/errors.ts";
import type { HouseStyle } from "#src/core/house-style.ts";
import { NO_PRICES } from "#src/core/pricing.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Judge, Meter, Writer, WriteRequest, Written } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { cacheKey, contentKey, languageAsked, outageKey, stands, unjudgedKey } from "./brief-key.ts";
import { createMeter, type MeterDeps, type Purse } from "./budget.ts";
import { type Checked, checkDraft } from "./write-check.ts";
import { added, climbDown, type ClimbDeps } from "./write-climb.ts";
import { noticeGone } from "./gone-models.ts";
import type { Patience } from "./patience.ts";
import { draftOf, secondReading } from "./write-second.ts";

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

export interface WriteDeps extends BriefDeps, ClimbDeps {
  /** Told how long the models take. */
  patience?: Pick<Patience, "begin">;
}

export interface WriteBrief {
  article: Article;
  revision: Revision;
  length: BriefLength;
  /** Language to write in; null keeps the article's own. */
  language: string | null;
  /** Briefs that posts of the article's story show: one that still answers the question is kept. Left out, none are looked at. */
  standing?: readonly Brief[];
  signal: AbortSignal;
  /** When whoever asked gives up waiting; left out, that is `WITHIN_MS` from now. */
  endsAt?: Date;
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
 * Makes a verified brief of a revision, or gives the stored one: the same words, prompt, model, language and length
 * are never paid for twice, also not when two ask at once or by two addresses. Throws AppError `brief/no-facts`.
 */
export function createBriefWriter(given: WriteDeps): BriefWriter {
  const deps = { ...given, writers: noticeGone(given.writers, given.store) };
  const inFlight = new Map<string, Promise<Found>>();
  return async (request) => {
    const standing = request.standing?.find((brief) => stands(deps, brief, request));
    if (standing !== undefined) return standing;
    const key = contentKey(deps, deps.writers[0], request);
    for (;;) {
      const running = inFlight.get(key);
      if (running === undefined) break;
      try {
        const { brief, overBudget } = await running;
        // What one payer had no money for, another may have; and of the same words each address has its own brief.
        if (!overBudget && isOf(brief, request)) return brief;
      } catch (error) {
        request.signal.throwIfAborted();
        // Another's call was called off: that is no reason for this one to end.
        if (error instanceof AppError) throw error;
      }
    }
    const started = findOrWrite(deps, request).finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return (await started).brief;
  };
}

interface Found {
  brief: Brief;
  /** Whether a better writer was left out because its payer's budget was used up. */
  overBudget: boolean;
}

function isOf(brief: Brief, { article, revision }: WriteBrief): boolean {
  return brief.articleId === article.id && brief.revision === revision.number;
}

/** The time for a whole brief where the asker sets none, in milliseconds: below the two minutes that people wait. */
const WITHIN_MS = 115_000;
/** Kept of it for the built-in writer, the rules and a second reading. */
const AFTER_MODELS_MS = 15_000;

async function findOrWrite(deps: WriteDeps, asked: WriteBrief): Promise<Found> {
  const endsAt = asked.endsAt ?? new Date(deps.clock().getTime() + WITHIN_MS);
  const request = { ...asked, endsAt };
  const meter = createMeter(meterDeps(deps), request.payer ?? NOBODY);
  const [best] = deps.writers;
  const known = await findKept(deps, best, { request, meter });
  if (known !== null) return { brief: known, overBudget: false };
  const came = deps.patience?.begin();
  const climbed = await climbDown(deps, {
    request: toWriteRequest(request, meter),
    modelsUntil: new Date(endsAt.getTime() - AFTER_MODELS_MS),
    known: (writer) =>
      writer.name === "extractive" ? Promise.resolve(null) : findKept(deps, writer, { request, meter }),
  });
  const { overBudget } = climbed;
  if (climbed.kind === "known") return { brief: climbed.brief, overBudget };
  const { written, writer, keep } = climbed;
  const key = cacheKey(deps, best, request);
  const storedUnder = keep ? key : lesserKey(deps, request, { key, written, writer });
  const brief = await saveDraft(deps, { written, request, meter, key: storedUnder });
  if (writer.name !== "extractive") came?.();
  // Only what may stand for these words in future: neither unjudged nor an outage's.
  const isKept = brief.id === digest(storedUnder) && (keep || writer.name !== "extractive");
  if (isKept) await deps.store.saveBrief(contentKey(deps, keep ? best : writer, request), brief);
  return { brief, overBudget };
}

/** The brief that a writer wrote before of this revision, or of the same words at another address. */
async function findKept(
  deps: WriteDeps,
  writer: Writer | undefined,
  { request, meter }: Pick<Wanted, "request" | "meter">,
): Promise<Brief | null> {
  const key = cacheKey(deps, writer, request);
  const known = await findStored(deps, { request, meter, key });
  if (known !== null) return known;
  const twin = await deps.store.findBrief(contentKey(deps, writer, request));
  if (twin === null) return null;
  const { article, revision } = request;
  const own = { id: digest(key), articleId: article.id, revision: revision.number, usage: NO_USAGE };
  const brief: Brief = { ...twin, ...own };
  await deps.store.saveBrief(key, brief);
  return brief;
}

type Wanted = Omit<Draft, "written">;

async function findStored(deps: BriefDeps, wanted: Wanted): Promise<Brief | null> {
  const { judge, store } = deps;
  const known = await store.findBrief(wanted.key);
  if (known !== null || judge === null || judge === undefined) return known;
  const unjudged = await store.findBrief(unjudgedKey(wanted.key));
  return unjudged === null ? null : judgeAgain(deps, unjudged, wanted);
}

/** What was written while the judge could not be asked is not paid for again: only the judge is asked once more. */
async function judgeAgain(deps: BriefDeps, brief: Brief, { request, meter, key }: Wanted): Promise<Brief> {
  const written = { ...brief, draft: draftOf(brief, request.revision) };
  const checked = await check(deps, { written, request, meter, passed: brief });
  if (checked.unjudged) return brief;
  const judged: Brief = {
    ...brief,
    ...checked.verified,
    id: digest(key),
    caveats: brief.caveats,
    usage: added(brief.usage, checked.usage ?? NO_USAGE),
    createdAt: deps.clock(),
  };
  await deps.store.saveBrief(key, judged);
  return judged;
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
  return outageKey(key, written.writer.steppedDown);
}

interface Draft {
  written: Written;
  request: WriteBrief;
  meter: Meter;
  /** Where it is looked for. */
  key: string;
}

/** Makes a verified brief of a draft and stores it. Throws AppError `brief/no-facts`. */
export async function saveDraft(deps: BriefDeps, draft: Draft): Promise<Brief> {
  const checked = await check(deps, { ...draft, passed: null });
  const key = checked.unjudged ? unjudgedKey(draft.key) : draft.key;
  const brief = toBrief(deps, draft, { ...checked, id: digest(key) });
  await deps.store.saveBrief(key, brief);
  deps.log.info(
    { brief: brief.id, article: brief.articleId, dropped: dropCounts(brief.dropped) },
    "brief written",
  );
  return brief;
}

async function check(
  deps: BriefDeps,
  { written, request, meter, passed }: Omit<Draft, "key"> & { passed: Brief | null },
): Promise<Checked> {
  const { article, revision, length } = request;
  return checkDraft(
    {
      draft: written.draft,
      revision,
      language: article.language ?? "en",
      written: languageOf(written, request),
      length,
      publishedAt: article.publishedAt,
      style: deps.style ?? null,
      passed,
    },
    written.writer.name === "extractive" ? null : secondReading(deps, { request, meter }),
  );
}

function languageOf({ writer }: Written, { article, language }: WriteBrief): string {
  const own = article.language ?? "en";
  return writer.name === "extractive" ? own : (language ?? own);
}

function toBrief(
  deps: BriefDeps,
  { written, request }: Draft,
  { verified, usage, id }: Checked & { id: string },
): Brief {
  const { article, revision, length } = request;
  const wanted = languageAsked(request);
  const language = languageOf(written, request);
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
    ...(language === wanted ? {} : { askedLanguage: wanted }),
    length,
    createdAt: deps.clock(),
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
