import type { Brief, BriefLength } from "#src/core/brief.ts";
import { quotesOf } from "#src/core/brief-reply.ts";
import { revisionText } from "#src/core/article.ts";
import type { Payer } from "#src/core/budget.ts";
import type { Conflict, Outlet } from "#src/core/post-view.ts";
import { type KnownFact, storyNews } from "#src/core/story-news.ts";
import { outletName, type StoryMember } from "#src/core/story.ts";
import type { BriefWriter, WriteBrief } from "./write-brief.ts";

/** The articles a channel may see, the one whose brief it shows first, and who pays for what is written. */
export interface Telling {
  members: readonly [StoryMember, ...StoryMember[]];
  language: string | null;
  length: BriefLength;
  payer: Payer;
  /** Briefs that the story's messages show. */
  standing: readonly Brief[];
}

/** The first article's brief, and what the others say beside it. */
export interface ToldStory {
  brief: Brief;
  also: Outlet[];
  conflicts: Conflict[];
  /** By article: its brief, and which of its facts the ones before it do not have. */
  others: { brief: Brief; outlet: Outlet; facts: number[] }[];
}

export type Teller = (telling: Telling, signal: AbortSignal) => Promise<ToldStory>;

/** Tells a story to many channels, once for all that see the same of it. */
export function createTeller(writeBrief: BriefWriter): Teller {
  const told = new Map<string, Promise<ToldStory>>();
  return (telling, signal) => {
    const seen = telling.members.map(({ article, revision }) => `${article.id}@${revision.number}`);
    const key = [telling.language ?? "", telling.length, ...seen].join("|");
    const known = told.get(key);
    if (known !== undefined) return known;
    const telt = tell(writeBrief, telling, signal);
    told.set(key, telt);
    return telt;
  };
}

/** The brief that telling a story asks for of one of its articles. */
export function wishFor(
  { language, length, payer, standing }: Telling,
  { article, revision }: StoryMember,
  signal: AbortSignal,
): WriteBrief {
  return { article, revision, length, language, payer, standing, signal };
}

async function tell(writeBrief: BriefWriter, telling: Telling, signal: AbortSignal): Promise<ToldStory> {
  const [lead, ...others] = telling.members;
  const briefOf = (member: StoryMember): Promise<Brief> => writeBrief(wishFor(telling, member, signal));
  const brief = await briefOf(lead);
  // What the summary says is known too: a second outlet that repeats it adds nothing.
  const summary: KnownFact = { text: brief.summary, quotes: [brief.summary], outlet: outletName(lead) };
  const known = [...knownFacts(lead, brief), summary];
  const story: ToldStory = { brief, also: alsoOf(lead, others), conflicts: [], others: [] };
  for (const other of others) {
    const second = await briefOf(other);
    const arriving = knownFacts(other, second);
    const { additions, between, conflicts } = storyNews({ known, arriving });
    const outlet = outletOf(other);
    for (const [index, conflict] of conflicts.entries()) {
      const mine = between[index]?.mine ?? outletName(lead);
      const against = mine === outletName(lead) ? null : mine;
      story.conflicts.push({ ...conflict, against, outlet: outlet.name });
    }
    story.others.push({ brief: second, outlet, facts: additions });
    known.push(...arriving);
  }
  return story;
}

function alsoOf(lead: StoryMember, others: readonly StoryMember[]): Outlet[] {
  const byName = new Map(others.toReversed().map((other) => [outletName(other), outletOf(other)]));
  byName.delete(outletName(lead));
  return [...byName.values()].toReversed();
}

function outletOf(member: StoryMember): Outlet {
  return { articleId: member.article.id, name: outletName(member), url: member.article.url };
}

function knownFacts(member: StoryMember, brief: Brief): KnownFact[] {
  const text = revisionText(member.revision);
  return brief.facts.map((fact) => ({
    text: fact.text,
    quotes: quotesOf(fact, text),
    outlet: outletName(member),
  }));
}
