import type { Newsroom } from "./newsroom.ts";
import { countAt, type Desk, MOST_AN_HOUR } from "./week-desks.ts";
import { DAY, HOUR, type Plan } from "./week-plan.ts";
import { isQuiet } from "./week-truth.ts";

/** How late a digest may be when the platforms refuse it, in steps. */
const DIGEST_LATE = 3 * HOUR;

interface Secret {
  word: string;
  /** Until this step nobody may be sent it; null where only cleared channels may be sent it at all. */
  until: number | null;
}

/** Looks at every request and every channel after each step; `wrong` says in words what should not have been. */
export function createWatch(newsroom: Newsroom, desks: readonly Desk[], plan: Plan) {
  const wrong: string[] = [];
  const counts = new Map<Desk, number[]>();
  const secrets = secretsOf(plan);
  const cleared = new Set(desks.filter(({ isCleared }) => isCleared).map(({ id }) => id));
  let [onDiscord, onSlack] = [0, 0];

  function isCleared(path: string): boolean {
    const id = /^\/channels\/(\d+)/.exec(path)?.[1];
    if (id === undefined) return false;
    return cleared.has(id) || cleared.has(newsroom.discord.channel(id).parentId ?? "");
  }

  function lookAtRequests(now: number): void {
    const { discord, slack } = newsroom;
    const sent = [
      ...discord.requests
        .slice(onDiscord)
        .map(({ body, path }) => ({ text: JSON.stringify(body ?? null), where: path, may: isCleared(path) })),
      ...slack.requests
        .slice(onSlack)
        .map(({ args, method }) => ({ text: JSON.stringify(args), where: method, may: false })),
    ];
    onDiscord = discord.requests.length;
    onSlack = slack.requests.length;
    for (const { text, where, may } of sent)
      for (const { word, until } of secrets)
        if ((until === null ? !may : now < until) && text.includes(word))
          wrong.push(`step ${now}: ${where} was sent ${word}: ${text.slice(0, 300)}`);
  }

  function lookAtDesk(desk: Desk, now: number): void {
    const seen = counts.get(desk) ?? [];
    const count = countAt(newsroom, desk);
    const fresh = count - (seen.at(-1) ?? 0);
    counts.set(desk, [...seen, count]);
    if (fresh === 0) return;
    const problem = unruly(desk, now, count - (seen.at(-HOUR) ?? 0));
    if (problem !== null) wrong.push(`step ${now}: ${desk.name} got ${fresh} posts ${problem}`);
  }

  return {
    wrong,
    /** To be called when the clock has reached the step. */
    look: (now: number): void => {
      lookAtRequests(now);
      for (const desk of desks) lookAtDesk(desk, now);
    },
  };
}

/** Why a channel must get no new post at the time; null where it may. */
function unruly({ digestHour, pause, rhythm }: Desk, now: number, withinHour: number): string | null {
  if (rhythm === "quiet" && isQuiet(now)) return "in quiet hours";
  if (rhythm === "digest") {
    const late = (now % DAY) - (digestHour ?? 0) * HOUR;
    if (late < 0 || late > DIGEST_LATE) return "outside its digest's hour";
  }
  // What was refused in its hour comes in the next one.
  if (rhythm === "capped" && withinHour > MOST_AN_HOUR + 1) return `of ${withinHour} within an hour`;
  if (pause !== null && now > pause.from + DIGEST_LATE && now <= pause.to) return "while it was paused";
  return null;
}

function secretsOf({ events }: Plan): Secret[] {
  return events.flatMap(({ coverage, tag }) => {
    const markers = coverage.flatMap(({ marker }) => marker ?? []);
    const isForMembers = coverage.every(({ visibility }) => visibility === "members");
    const words = isForMembers ? [...markers, tag] : markers;
    const embargoed = coverage.filter(({ isEmbargoed }) => isEmbargoed);
    return [
      ...words.map((word) => ({ word, until: null })),
      ...embargoed.map(({ seen }) => ({ word: tag, until: seen })),
    ];
  });
}
