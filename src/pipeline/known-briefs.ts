import { setImmediate as breathe } from "node:timers/promises";
import type { Grant } from "#src/core/authority.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import { receivedIn } from "#src/core/channel-authority.ts";
import type { Channel } from "#src/core/channel.ts";
import type { Caller, KnownRequest } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import type { Choice } from "#src/core/form.ts";
import { knownReply, storyChoices } from "#src/core/known-replies.ts";
import type { Decisions } from "#src/core/moderation.ts";
import type { Reply } from "#src/core/reply.ts";
import { visible } from "#src/core/operator.ts";
import { standingMembers, type StoryMember } from "#src/core/story.ts";
import { fold, namedTopic } from "#src/core/topic-find-named.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { matchTopic } from "#src/core/topic-match.ts";
import { subjectOf } from "#src/core/topic-subject.ts";
import { briefView } from "#src/core/view-parts.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { standingBrief } from "./taken-facts.ts";

export interface KnownDeps {
  store: Store;
  directory: Directory;
  clock: Clock;
}

/** Who asks, and how far they may. */
interface Asker {
  caller: Caller;
  grant: Grant;
}

const DAYS = 14;
const DAY_MS = 86_400_000;
const MOST_ARTICLES = 500;
const MOST_SHOWN = 5;
const MOST_SUGGESTED = 25;

/** Answers from briefs that are there: no model is asked. Throws AppError `brief/unknown`. */
export async function knownBriefs(deps: KnownDeps, asked: KnownRequest, asker: Asker): Promise<Reply> {
  const { caller } = asker;
  const members = await readable(deps, caller);
  const isWanted = await wanted(deps, { asked, asker, members });
  const views: BriefView[] = [];
  for (const member of members) {
    if (views.length >= MOST_SHOWN) break;
    // Reading what is about a topic takes a while: whoever gives a command meanwhile waits for an answer.
    await breathe();
    if (!isWanted(member)) continue;
    const known = await deps.store.latestBrief(member.article.id);
    const view = known === null ? null : await briefView(deps.store, known.id);
    if (view === null) continue;
    views.push({ ...view, brief: await standingBrief(deps.store, view, caller.channel) });
  }
  const [first, ...others] = views;
  if (first === undefined)
    throw new AppError("brief/unknown", {
      say: "There is no brief of that yet. Give a link to have one made.",
    });
  return knownReply(asked, [first, ...others]);
}

/** What `knownBriefs` could be asked for. */
export async function knownNames(
  deps: KnownDeps,
  { kind, typed }: { kind: "topic" | "story"; typed: string },
  asker: Asker,
): Promise<Choice[]> {
  const choices =
    kind === "topic" ? await topicChoices(deps, asker) : storyChoices(await readable(deps, asker.caller));
  return choices.filter(({ label }) => fold(label).includes(fold(typed))).slice(0, MOST_SUGGESTED);
}

async function topicChoices({ directory }: KnownDeps, asker: Asker): Promise<Choice[]> {
  const { channel } = asker.caller;
  if (channel === null) return [];
  const { topics } = await topicsFor(directory, channel, asker.grant);
  return topics.map(({ id, name }) => ({ value: id, label: name }));
}

/** Topics tell what other channels, private ones too, are interested in: no more of them than the grant reaches. */
async function topicsFor(directory: Directory, channel: Channel, { scope }: Grant): Promise<Decisions> {
  const all = await directory.decisions(workspaceOf(channel));
  return scope === "workspace" ? all : receivedIn(channel, all);
}

/** What the caller's channel may see, newest first: what its workspace reads, and of members' text only what it is cleared for. */
async function readable(deps: KnownDeps, { channel }: Caller): Promise<StoryMember[]> {
  const since = new Date(deps.clock().getTime() - DAYS * DAY_MS);
  const members = await deps.store.articlesSince(since, MOST_ARTICLES);
  if (channel === null) return [];
  const reads = await deps.directory.reads(workspaceOf(channel));
  return visible(standingMembers(members).filter(reads), await deps.directory.audience(channel));
}

interface Wanted {
  asked: KnownRequest;
  asker: Asker;
  members: readonly StoryMember[];
}

async function wanted(
  deps: KnownDeps,
  { asked, asker, members }: Wanted,
): Promise<(member: StoryMember) => boolean> {
  switch (asked.kind) {
    case "latest":
      return () => true;
    case "topic": {
      const { channel } = asker.caller;
      if (channel === null) throw new AppError("command/needs-workspace");
      const decisions = await topicsFor(deps.directory, channel, asker.grant);
      const query = parseTopicQuery(namedTopic(decisions, asked.topic).topic.query);
      return (member) => matchTopic(query, subjectOf(member)) !== null;
    }
    case "story": {
      const words = fold(asked.story);
      if (members.some(({ article }) => article.storyId === asked.story))
        return ({ article }) => article.storyId === asked.story;
      return ({ revision }) => fold(revision.title).includes(words);
    }
    default:
      return asked satisfies never;
  }
}
