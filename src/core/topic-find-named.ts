import { AppError } from "./errors.ts";
import type { Decisions } from "./moderation.ts";
import type { Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/** A topic as an option names it, and the version of the decisions that the person saw. */
export interface NamedTopic {
  topic: Topic;
  subscriptions: Subscription[];
  /** Null where it was typed, which says nothing about what was seen. */
  seen: number | null;
}

/** Finds a topic by `<id>@<version>` as menus give it, by id, or by name. Throws AppError `command/bad-options`. */
export function namedTopic({ topics, subscriptions }: Decisions, given: string): NamedTopic {
  const [, id = given, seen] = /^([0-9a-f]{24})(?:@(\d+))?$/.exec(given) ?? [];
  const wanted = fold(given);
  const topic =
    topics.find((one) => one.id === id) ??
    topics.find(({ name }) => fold(name) === wanted) ??
    onlyOne(topics.filter(({ name }) => fold(name).startsWith(wanted)));
  if (topic === undefined) {
    const names = topics
      .map(({ name }) => name)
      .sort()
      .join(", ");
    throw new AppError("command/bad-options", {
      say:
        topics.length === 0
          ? "There are no topics yet. Begin with /topics add."
          : `${missing(given, id)} There are: ${names}.`,
    });
  }
  return {
    topic,
    subscriptions: subscriptions.filter(({ topicId }) => topicId === topic.id),
    seen: seen === undefined ? null : Number(seen),
  };
}

function missing(given: string, id: string): string {
  return id === given ? `There is no topic “${given}”.` : "That topic is no longer there.";
}

/** For comparing names: case, accents and outer space do not matter. */
export function fold(text: string): string {
  return text.trim().normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
