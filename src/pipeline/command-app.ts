import { digest, type Entry } from "#src/core/article.ts";
import { briefReply, evidenceReply, NO_KEY } from "#src/core/brief-reply.ts";
import type { Command, CommandApp, BriefRequest } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { usages } from "#src/core/options.ts";
import { bold, plain, type Reply, type Span } from "#src/core/reply.ts";
import { ingest, type IngestDeps } from "./ingest.ts";
import type { BriefWriter } from "./write-brief.ts";

export interface CommandAppDeps extends IngestDeps {
  writeBrief: BriefWriter;
  commands: readonly Command[];
}

interface Running {
  progress: (text: string) => Promise<void>;
  signal: AbortSignal;
}

/** What commands may do, for one call. */
export function commandApp(deps: CommandAppDeps, running: Running): CommandApp {
  return {
    brief: (request) => briefNow(deps, request, running),
    evidence: (briefId) => showEvidence(deps, briefId),
    help: () => helpReply(deps.commands),
  };
}

/** The road a publication takes as well: entry, article, brief. */
async function briefNow(
  deps: CommandAppDeps,
  request: BriefRequest,
  { progress, signal }: Running,
): Promise<Reply> {
  await progress(request.source.kind === "link" ? "Reading the page…" : "Reading the text…");
  const { article, revision } = await ingest(deps, toEntry(request), signal);
  await progress("Writing the brief and checking each fact…");
  const { length, language } = request;
  const brief = await deps.writeBrief({ article, revision, length, language, signal });
  // A change is news where the version before was shown; an asker sees the newest text for the first time.
  return briefReply({ brief, article, revision: { ...revision, change: null } }, NO_KEY);
}

function toEntry({ source }: BriefRequest): Entry {
  const text = source.kind === "text" ? source.text : null;
  return {
    guid: source.kind === "link" ? source.url : digest(source.text),
    url: source.kind === "link" ? source.url : null,
    title: null,
    content: text === null ? null : { type: "text", body: text },
    byline: null,
    publishedAt: null,
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "command",
  };
}

async function showEvidence({ store }: CommandAppDeps, briefId: string): Promise<Reply> {
  const brief = await store.brief(briefId);
  if (brief === null) throw new AppError("brief/unknown");
  const article = await store.article(brief.articleId);
  const revision = await store.revision(brief.articleId, brief.revision);
  if (article === null || revision === null) throw new AppError("brief/unknown");
  return evidenceReply({ brief, article, revision });
}

function helpReply(commands: readonly Command[]): Reply {
  const items = commands.flatMap((command): Span[][] => {
    const typed = command.surfaces.includes("typed")
      ? usages(command.name, command.options).map((line, index) => [
          bold(line),
          ...(index === 0 ? [plain(`: ${command.description}`)] : []),
        ])
      : [];
    const menu =
      command.messageLabel === null
        ? []
        : [
            [
              bold(command.messageLabel),
              plain(" in a message's menu does the same for the link or text in it"),
            ],
          ];
    return [...typed, ...menu];
  });
  return {
    title: "Lede briefs news, and shows where each fact stands in the article",
    blocks: [
      { kind: "list", items: [...items, [plain("Mention Lede with a link to get its brief as an answer")]] },
    ],
  };
}
