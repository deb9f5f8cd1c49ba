import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { passagesIn, withoutPast } from "#tests/scenarios/week-reading.ts";
import type { Story } from "./news.ts";
import type { Place, Town } from "./town.ts";

export type Wrong = { kind: "lost" | "doubled" | "text" | "order"; what: string };

/** In what the channels differ from what was published; nothing when all is well. */
export function judgeTown({ discord, places, slack }: Town, stories: readonly Story[]): Wrong[] {
  const refused = [...discord.violations, ...slack.violations].map((violation): Wrong => ({
    kind: "text",
    what: JSON.stringify(violation),
  }));
  return [...places.flatMap((place) => judgePlace(place, stories)), ...refused];
}

function judgePlace(place: Place, stories: readonly Story[]): Wrong[] {
  const events = stories.map(({ event }) => event);
  const threads = place.threads();
  const isForum = place.isThreaded && place.shown().length === 0;
  const posts = isForum ? threads.flatMap((thread) => thread.slice(0, 1)) : place.shown();
  const passages = passagesIn(posts, events);
  return stories.flatMap((story) => {
    const { event } = story;
    const said = (passages.get(event) ?? []).map(({ text }) => text);
    const beside = threads.filter((thread) => says(thread, event.tag));
    const isVisible = place.isCleared || !story.isForMembers;
    const wrong = isVisible ? judgeStory(story, said) : said.map(() => wrongText("shown though for members"));
    if (beside.length > 1) wrong.push({ kind: "doubled", what: `${beside.length} threads` });
    for (const thread of beside) wrong.push(...judgeThread(story, thread, isForum));
    return wrong.map(({ kind, what }) => ({ kind, what: `${place.name}: ${event.tag}: ${what}` }));
  });
}

function says(thread: readonly ShownMessage[], tag: string): boolean {
  return thread.some(({ text }) => text.includes(tag));
}

function judgeStory({ event, isTakenBack }: Story, said: readonly string[]): Wrong[] {
  const [text, ...more] = said;
  if (more.length > 0) return [{ kind: "doubled", what: `shown ${said.length} times` }];
  // What is taken back before it was posted is never posted.
  if (text === undefined) return isTakenBack ? [] : [{ kind: "lost", what: "not shown" }];
  const isTombstone = text.includes("Withdrawn: ");
  if (isTakenBack) return isTombstone ? [] : [wrongText("shown though it was taken back", text)];
  if (isTombstone) return [wrongText("a tombstone but should be shown", text)];
  return figuresOf(event.claims, text);
}

/** A post and its thread are of one story, each message of it once. */
function judgeThread(
  { event, isTakenBack }: Story,
  thread: readonly ShownMessage[],
  isForum: boolean,
): Wrong[] {
  const [body, ...more] = thread;
  if (more.length > 0 && !isForum)
    return [{ kind: "doubled", what: `${thread.length} messages in its thread` }];
  if (isTakenBack || body === undefined || isForum) return [];
  return figuresOf(event.claims, body.text);
}

function figuresOf(claims: Story["event"]["claims"], text: string): Wrong[] {
  const now = withoutPast(text);
  const has = (figure: number): boolean => new RegExp(`(?<![\\d,])${figure}(?![\\d,])`).test(now);
  const [last, ...old] = claims.map(({ figure }) => figure).toReversed();
  if (last === undefined || !has(last)) return [wrongText(`lacks ${last}`, text)];
  return old
    .filter((figure) => figure !== last && has(figure))
    .map((figure) => wrongText(`still says ${figure}`, text));
}

function wrongText(what: string, text = ""): Wrong {
  return { kind: "text", what: `${what}\n  | ${text.replaceAll("\n", "\n  | ")}` };
}

/** Posts of a channel that stand in another order than they were planned in. */
export function judgeOrder(planned: readonly { channel: string; message: string }[]): Wrong[] {
  const last = new Map<string, string>();
  return planned.flatMap(({ channel, message }): Wrong[] => {
    const before = last.get(channel);
    last.set(channel, message);
    const isLater = before === undefined || timeOf(message) > timeOf(before);
    return isLater ? [] : [{ kind: "order", what: `${channel}: ${message} was planned after ${before}` }];
  });
}

/** Ids of both platforms grow with time. */
function timeOf(message: string): bigint {
  return BigInt(message.replace(".", ""));
}
