import { type BriefView, evidenceReply } from "./brief-reply.ts";
import type { Dropped, Fact } from "./brief.ts";
import type { Delivery } from "./delivery.ts";
import { dropText } from "./drop-text.ts";
import { bold, plain, type Reply, type ReplyBlock, sentence, type Span, time } from "./reply.ts";
import { factKey } from "./post-view.ts";
import { outletsOf, type StoryMember } from "./story.ts";
import { standingPart, takenCount, type TakenParts } from "./withdrawals.ts";

/** Characters of a fact that a menu shows. */
const LONGEST_LABEL = 75;
/** Claims that a list of what was left out has, and characters of each. */
const MOST_DROPPED = 8;
const LONGEST_CLAIM = 160;

/** Why a story's message stands in its channel; `members` are the articles that the channel may see. */
export function whyReply(reasons: Delivery["reasons"], members: readonly StoryMember[]): Reply {
  const items: Span[][] = reasons.map(({ subscription, terms, topic }) =>
    subscription === null
      ? [plain("This channel is given everything that is published.")]
      : [bold(`Topic “${topic}”`), plain(terms.length === 0 ? "" : ` matched: ${terms.join(", ")}`)],
  );
  const [first] = members;
  if (first !== undefined)
    items.push([
      bold("Story: "),
      plain(`${first.revision.title}, first seen `),
      time(first.article.firstSeenAt),
      plain(`, carried by ${outletsOf(members).join(", ")}`),
    ]);
  return { title: "Why this is here", blocks: [{ kind: "list", items }] };
}

/** A story that stands in a message with others. */
export interface TogetherRow extends Pick<Delivery, "reasons"> {
  title: string;
}

/** Why several stories came in one message. */
export function whyTogetherReply(rows: readonly TogetherRow[]): Reply {
  if (rows.length === 0) return sentence("Everything that came together here was taken back since.");
  const items = rows.map(({ reasons, title }): Span[] => {
    const topics = reasons.map(({ terms, topic }) =>
      terms.length === 0 ? `“${topic}”` : `“${topic}” (${terms.join(", ")})`,
    );
    return [bold(title), plain(`: ${topics.join("; ")}`)];
  });
  return { title: "Why these came together", blocks: [{ kind: "list", items }] };
}

/** Why a message stands in its channel that shows no story. */
export const WHY_NOTICE = sentence("Lede tells moderators here what they should know.");

/** The evidence of what stands. */
export function standingEvidence(shown: BriefView, taken: TakenParts): Reply {
  return evidenceReply({ ...shown, brief: standingPart(shown.brief, taken) }, takenCount(taken));
}

/** The evidence for whoever doubts a fact and may not take it back. */
export function wrongReply(shown: BriefView, taken: TakenParts): Reply {
  const evidence = standingEvidence(shown, taken);
  const note = sentence(
    "If a fact is wrong all the same, tell a moderator: they can take it back from here.",
  );
  return { ...evidence, blocks: [...evidence.blocks, ...note.blocks] };
}

/** The evidence with what verification left out, and what a moderator can take back: each fact that stands. */
export function takeBackReply(shown: BriefView, taken: TakenParts): Reply {
  const { articleId, dropped, facts, id: briefId } = shown.brief;
  const evidence = standingEvidence(shown, taken);
  const blocks = [...evidence.blocks, ...droppedBlocks(dropped)];
  const choices = facts
    .map(({ text }, index) => ({ value: String(index), label: text.slice(0, LONGEST_LABEL), text }))
    .filter(({ text }) => !taken.withdrawn.includes(factKey(articleId, text)))
    .map(({ label, value }) => ({ label, value }));
  if (choices.length === 0) return { ...evidence, blocks };
  const id = `wrong:take:${briefId}`;
  return {
    ...evidence,
    blocks: [...blocks, { kind: "select", id, label: "Take a fact back everywhere…", choices }],
  };
}

function droppedBlocks(dropped: readonly Dropped[]): ReplyBlock[] {
  if (dropped.length === 0) return [];
  const items = dropped.slice(0, MOST_DROPPED).map((each): Span[] => {
    const claim =
      each.text.length > LONGEST_CLAIM ? `${each.text.slice(0, LONGEST_CLAIM - 1).trimEnd()}…` : each.text;
    return [{ style: "italic", text: claim }, plain(` ${dropText(each)}`)];
  });
  const more = dropped.length - items.length;
  if (more > 0) items.push([plain(`and ${more} more`)]);
  return [
    { kind: "text", spans: [bold("Left out by verification")] },
    { kind: "list", items },
  ];
}

/** Answers whoever took a fact back; `isNew` is false where it was taken back before. */
export function takenBackReply({ text }: Fact, isNew: boolean): Reply {
  return sentence(
    isNew
      ? `“${text}” is taken back from every post here that carries it, with what else rests on the same words, and kept as a case for the evaluation.`
      : "That fact was taken back before.",
  );
}
