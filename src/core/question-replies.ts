import { type BriefView, evidenceReply } from "./brief-reply.ts";
import type { Fact } from "./brief.ts";
import type { Delivery } from "./delivery.ts";
import { bold, plain, type Reply, sentence, type Span, time } from "./reply.ts";
import { outletsOf, type StoryMember } from "./story.ts";

/** Characters of a fact that a menu shows. */
const LONGEST_LABEL = 75;

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

/** The evidence for whoever doubts a fact and may not take it back. */
export function wrongReply(shown: BriefView): Reply {
  const evidence = evidenceReply(shown);
  const note = sentence(
    "If a fact is wrong all the same, tell a moderator: they can take it back from here.",
  );
  return { ...evidence, blocks: [...evidence.blocks, ...note.blocks] };
}

/** The evidence with what a moderator can take back: each fact that was not taken back before. */
export function takeBackReply(shown: BriefView, isTaken: (text: string) => boolean): Reply {
  const evidence = evidenceReply(shown);
  const choices = shown.brief.facts
    .map(({ text }, index) => ({ value: String(index), label: text.slice(0, LONGEST_LABEL), text }))
    .filter(({ text }) => !isTaken(text))
    .map(({ label, value }) => ({ label, value }));
  if (choices.length === 0) return evidence;
  const id = `wrong:take:${shown.brief.id}`;
  return {
    ...evidence,
    blocks: [...evidence.blocks, { kind: "select", id, label: "Take a fact back everywhere…", choices }],
  };
}

/** Answers whoever took a fact back; `isNew` is false where it was taken back before. */
export function takenBackReply({ text }: Fact, isNew: boolean): Reply {
  return sentence(
    isNew
      ? `“${text}” is taken back from every post here that carries it, and kept as a case for the evaluation.`
      : "That fact was taken back before.",
  );
}
