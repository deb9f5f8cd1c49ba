import { briefReply, type BriefView, leadOf, NO_KEY, sourceLink } from "./brief-reply.ts";
import type { KnownRequest } from "./command.ts";
import type { Choice } from "./form.ts";
import { bold, plain, type Reply, type ReplyBlock, time } from "./reply.ts";
import type { StoryMember } from "./story.ts";

/** Characters of a title that a menu shows. */
const LONGEST_LABEL = 75;

/** Briefs that are there already: the one story that was asked for, or a list, newest first. */
export function knownReply(asked: KnownRequest, views: readonly [BriefView, ...BriefView[]]): Reply {
  if (asked.kind === "story") return briefReply(views[0], NO_KEY);
  const title = asked.kind === "topic" ? "Newest on this topic" : "Newest briefs";
  return { title, blocks: views.flatMap(rowBlocks) };
}

/** Each story once, by a title of one of its articles. */
export function storyChoices(members: readonly StoryMember[]): Choice[] {
  const stories = new Map(members.map(({ article, revision }) => [article.storyId, revision.title]));
  return [...stories].map(([value, title]) => ({ value, label: title.slice(0, LONGEST_LABEL) }));
}

function rowBlocks({ article, brief }: BriefView): ReplyBlock[] {
  const when = article.publishedAt ?? article.firstSeenAt;
  return [
    { kind: "text", spans: [bold(brief.headline), plain(` (`), time(when), plain(`)\n${leadOf(brief)}`)] },
    ...sourceLink(article),
  ];
}
