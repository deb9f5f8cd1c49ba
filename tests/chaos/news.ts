import type { NewsEvent } from "#tests/scenarios/week-plan.ts";
import type { Random } from "#tests/scenarios/week-random.ts";
import { copyOf, createCast, createNames, TOPICS } from "#tests/scenarios/week-words.ts";

/** One article with all that happens to it. */
export interface Story {
  event: NewsEvent;
  isForMembers: boolean;
  isTakenBack: boolean;
}

/** What a publisher sends; the same body under the same id until it was taken. */
export interface Message {
  id: string;
  body: string;
}

export interface News {
  stories: readonly Story[];
  messages: readonly Message[];
}

const HOUR_MS = 3_600_000;
const CORRECTED = 0.5;
const TAKEN_BACK = 0.2;
const MEMBERS = 0.2;

/** Articles, corrections and take-backs in the order in which they are sent. */
export function createNews(random: Random, count: number): News {
  const names = createNames(random);
  const acts: { at: number; make: (order: number) => Message }[] = [];
  const stories = Array.from({ length: count }, (_, id): Story => {
    const cast = createCast(random, names, [random.pick(TOPICS)]);
    const claims = [{ figure: random.int(130, 989), official: names.official() }];
    const event: NewsEvent = {
      id,
      tag: cast.place,
      topics: cast.topics,
      cast,
      claims,
      coverage: [],
      market: null,
    };
    const story = { event, isForMembers: random.chance(MEMBERS), isTakenBack: random.chance(TAKEN_BACK) };
    const first = random.next() * 0.7;
    acts.push({ at: first, make: (order) => published(story, 0, order) });
    if (random.chance(CORRECTED)) {
      claims.push({ figure: random.int(130, 989), official: names.official() });
      acts.push({ at: first + random.next() * (1 - first), make: (order) => published(story, 1, order) });
    }
    if (story.isTakenBack)
      acts.push({ at: 1 + random.next() / 10, make: (order) => takenBack(story, order) });
    return story;
  });
  const messages = acts.toSorted((a, b) => a.at - b.at).map(({ make }, order) => make(order));
  return { stories, messages };
}

/** Some time ago by every clock, later for each message. */
function timeOf(order: number): string {
  return new Date(Date.now() - HOUR_MS / 2 + order * 1_000).toISOString();
}

function published({ event, isForMembers }: Story, version: number, order: number): Message {
  const claim = event.claims[version];
  if (event.cast === null || claim === undefined) throw new Error("There is nothing to tell");
  const { title, paragraphs } = copyOf(event.cast, claim, 0);
  return toMessage(event, order, {
    headline: title,
    articleBody: paragraphs.join("\n\n"),
    datePublished: timeOf(0),
    ...(isForMembers ? { isAccessibleForFree: false } : {}),
  });
}

function takenBack({ event }: Story, order: number): Message {
  return toMessage(event, order, { event: "unpublish" });
}

function toMessage({ id }: NewsEvent, order: number, parts: object): Message {
  const url = `https://press.example/${id}`;
  const body = { url, identifier: url, dateModified: timeOf(order), ...parts };
  return { id: `msg_${order}`, body: JSON.stringify(body) };
}
