import { digest, type Entry } from "#src/core/article.ts";
import { type Grant, grantOf } from "#src/core/authority.ts";
import { briefReply, NO_KEY } from "#src/core/brief-reply.ts";
import { payerOf } from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import type { BriefRequest, Caller, Command, CommandApp } from "#src/core/command.ts";
import { usages } from "#src/core/options.ts";
import { bold, plain, type Reply, type Span } from "#src/core/reply.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import { ingest } from "./ingest.ts";
import { knownBriefs, knownNames } from "./known-briefs.ts";
import { type ModerationDeps, moderatorApp, within } from "./moderation.ts";
import { showEvidence, showWrong, whyPosted, withdrawFact } from "./post-questions.ts";
import { publishStory } from "./publish-story.ts";
import { countBrief, personOf, type Rates, uncountBrief } from "./rates.ts";
import { retryDead, showStatus, type StatusDeps } from "./status.ts";
import { standingBrief } from "./taken-facts.ts";

export interface CommandAppDeps extends ModerationDeps, StatusDeps {
  commands: readonly Command[];
  rates: Rates;
}

interface Running {
  caller: Caller;
  /** What was allowed; nothing else is done. */
  grant: Grant;
  progress: (text: string) => Promise<void>;
  signal: AbortSignal;
  /** When the command is given up; left out where it writes no brief. */
  endsAt?: Date;
}

/** What commands may do, for one call: what its grant is for, and no more. */
export function commandApp(deps: CommandAppDeps, running: Running): CommandApp {
  const { caller, grant, signal } = running;
  return {
    brief: (request) => {
      within(grant, `brief ${request.source.kind}`);
      return briefNow(deps, request, running);
    },
    evidence: (briefId) => {
      within(grant, "evidence");
      return showEvidence(deps, briefId, caller);
    },
    help: () => helpReply(deps.commands),
    status: () => {
      within(grant, "lede status");
      return showStatus(deps, running, signal);
    },
    retry: async () => {
      within(grant, "lede retry");
      const reply = await retryDead(deps, running);
      deps.wake("deliveries");
      return reply;
    },
    known: (asked) => {
      within(grant, "brief known");
      return knownBriefs(deps, asked, { caller, grant });
    },
    knownNames: (asked) => {
      within(grant, "brief known");
      return knownNames(deps, asked, { caller, grant });
    },
    why: (key) => {
      within(grant, "why");
      return whyPosted(deps, key, caller);
    },
    wrong: (briefId) => {
      within(grant, "wrong");
      return showWrong(deps, briefId, { caller, moderator: grantOf("wrong take", grant.role) !== null });
    },
    withdraw: async (briefId, fact) => {
      within(grant, "wrong take");
      const { reply, storyId } = await withdrawFact(deps, { briefId, fact }, caller);
      await publishStory(deps, storyId, signal);
      deps.wake("deliveries");
      deps.wake("cases");
      return reply;
    },
    moderation: () => moderatorApp(deps, { caller, grant }, signal),
  };
}

/** The road a publication takes as well: entry, article, brief. */
async function briefNow(
  deps: CommandAppDeps,
  request: BriefRequest,
  { caller, grant, progress, signal, endsAt }: Running,
): Promise<Reply> {
  const began = deps.clock();
  await countBrief(deps.rates.briefs, caller);
  await progress(request.source.kind === "link" ? "Reading the page…" : "Reading the text…");
  // In a chat a moderator's link is read as everybody's: others see what comes of it.
  const by = grant.role === "operator" ? "moderator" : "member";
  const { article, revision } = await ingest(deps, { entry: toEntry(request), source: null, by }, signal);
  await progress("Writing the brief and checking each fact…");
  const { length } = request;
  const language = request.language ?? (await languageIn(deps, caller.channel));
  const payer = { ...payerOf(caller.channel), person: personOf(caller) };
  const told = tellInTurn(progress);
  const brief = await deps.writeBrief({
    article,
    revision,
    length,
    language,
    payer,
    signal,
    ...(endsAt === undefined ? {} : { endsAt }),
    progress: told.tell,
  });
  await told.end();
  if (brief.createdAt < began) await uncountBrief(deps.rates.briefs, caller);
  // A change is news where the version before was shown; an asker sees the newest text for the first time.
  const standing = await standingBrief(deps.store, { brief, article, revision }, caller.channel);
  return briefReply({ brief: standing, article, revision: { ...revision, change: null } }, NO_KEY);
}

/** The language a channel is told its news in: that of its topics, else its workspace's; null is the article's own. */
async function languageIn({ directory }: CommandAppDeps, channel: Channel | null): Promise<string | null> {
  if (channel === null) return null;
  const { settings, subscriptions } = await directory.decisions(workspaceOf(channel));
  const own = subscriptions.find((each) => each.channel === channel && each.language !== null);
  return own?.language ?? settings.language;
}

/** One telling at a time, and none that could land after the answer; what comes meanwhile is left out. */
function tellInTurn(progress: (text: string) => Promise<void>) {
  let running: Promise<void> | null = null;
  return {
    tell: (text: string): void => {
      running ??= progress(text).finally(() => {
        running = null;
      });
    },
    end: async (): Promise<void> => {
      await running;
    },
  };
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
