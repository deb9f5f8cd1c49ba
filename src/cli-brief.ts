import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { createSpinner } from "nanospinner";
import { z } from "zod";
import { digest, type Entry, revisionText } from "#src/core/article.ts";
import { BriefLength } from "#src/core/brief.ts";
import { briefReply, type BriefView, NO_KEY } from "#src/core/brief-reply.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { parseLanguage } from "#src/core/language.ts";
import { isHttpUrl } from "#src/core/url.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";
import { openTools, type Tools } from "#src/compose-tools.ts";
import { ingest } from "#src/pipeline/ingest.ts";

/** What `--as` can print. */
export const BRIEF_FORMATS = ["discord", "slack"] as const;

const Options = z.object({
  json: z.boolean().default(false),
  as: z.enum(BRIEF_FORMATS).optional(),
  writer: z.enum(["openai", "extractive"]).optional(),
  length: BriefLength.default("standard"),
  language: z.string().optional(),
});
type Options = z.output<typeof Options>;

/** `lede brief`: one article in, one brief on standard output. Returns the exit code. */
export async function briefOnce(source: string, rawOptions: unknown): Promise<number> {
  const options = Options.parse(rawOptions);
  const spinner = createSpinner("Reading…", { stream: process.stderr });
  const onTerminal = process.stderr.isTTY;
  const say = (text: string): void => void (onTerminal && spinner.update({ text }));
  if (onTerminal) spinner.start();
  try {
    const tools = await openTools({ writer: options.writer ?? null });
    const view = await makeBrief(tools, { source, options, say });
    if (onTerminal) spinner.stop().clear();
    process.stdout.write(`${await print(tools, view, options)}\n`);
    await tools.close();
    return EXIT.ok;
  } catch (thrown) {
    if (onTerminal) spinner.stop().clear();
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") process.stderr.write(`${String(error.cause)}\n`);
    return exitCodeOf(error.code);
  }
}

interface Asked {
  source: string;
  options: Options;
  say: (text: string) => void;
}

async function makeBrief(tools: Tools, { source, options, say }: Asked): Promise<BriefView> {
  const { length } = options;
  const language = options.language === undefined ? null : parseLanguage(options.language);
  const signal = AbortSignal.timeout(180_000);
  const arrival = { entry: await toEntry(source), source: null, by: "moderator" } as const;
  const { article, revision } = await ingest(tools, arrival, signal);
  say("Writing the brief and checking each fact…");
  const brief = await tools.writeBrief({ article, revision, length, language, signal });
  return { brief, article, revision };
}

async function toEntry(source: string): Promise<Entry> {
  const url = isHttpUrl(source) ? source : null;
  if (url === null && /^[a-z][a-z0-9+.-]*:\/\//i.test(source)) throw new AppError("fetch/not-public");
  const body = url === null ? await readSource(source) : null;
  const type =
    body !== null && /^\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html)/i.test(body) ? "html" : "text";
  return {
    guid: digest(source),
    url,
    title: null,
    content: body === null ? null : { type, body },
    byline: null,
    publishedAt: null,
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "command",
  };
}

async function readSource(source: string): Promise<string> {
  if (source === "-") return readAll(process.stdin);
  try {
    return await readFile(source, "utf8");
  } catch (cause) {
    const say = `There is no readable file "${source}". Give a link (https://…), a file, or "-" for standard input.`;
    throw new AppError("command/bad-options", { say, cause });
  }
}

async function print(tools: Tools, view: BriefView, options: Options): Promise<string> {
  if (options.json) return JSON.stringify(toJson(view), null, 2);
  const reply = briefReply(view, NO_KEY);
  if (options.as !== undefined) return JSON.stringify(await tools.render(options.as, reply), null, 2);
  return tools.print(view);
}

/** The brief with each fact's evidence as offsets and as the article's own words. */
function toJson({ brief, article, revision }: BriefView): unknown {
  const text = revisionText(revision);
  const facts = brief.facts.map((fact) => ({
    text: fact.text,
    evidence: fact.evidence.map(({ start, end }) => ({ start, end, quote: text.slice(start, end) })),
  }));
  const { url, site, byline, language, publishedAt } = article;
  return {
    ...brief,
    facts,
    article: { url, site, byline, language, publishedAt, title: revision.title, text },
  };
}
