import type { Random } from "./week-random.ts";

/** One word each, which no other topic's articles use. */
export const TOPICS = ["ferry", "hospital", "orchard", "glacier", "tramway"] as const;
export type Topic = (typeof TOPICS)[number];

/** What an event's articles are made of; each event has words that no other has. */
export interface Cast {
  topics: readonly Topic[];
  kind: "accident" | "strike" | "opening" | "closure";
  place: string;
  company: string;
  weekday: string;
  /** Money, and something else that is counted. */
  damage: number;
  count: number;
}

/** What a correction corrects. */
export interface Claim {
  figure: number;
  official: string;
}

export interface Copy {
  title: string;
  paragraphs: string[];
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const KINDS = ["accident", "strike", "opening", "closure"] as const;
const HEADS = "Vel Ost Quil Tar Bren Hal Nor Dun Kess Mor Ald Fen Gar Hol Jar Lind Pell Rav Stav Thorn".split(
  " ",
);
const TAILS =
  "mark rand by dorf wick stead haven moor gate holm vord burg vik sund nesse ley thorpe minster combe berg".split(
    " ",
  );
const FIRST = "Ines Tomas Ada Bruno Cleo Dario Edda Falk Greta Hugo Ivo Jana Kiril Lotte Marek Nadia".split(
  " ",
);
const LAST =
  "Calloway Reiner Voss Hale Marsh Finch Adler Bexley Corwin Danvers Elston Farrow Goddard Hobart Ivers Jessop Kellan Lorimer Maddox Nyberg Orwin Prewitt Quarles Rowntree Selwyn Tilney Upjohn Varley Whitlow Yardley".split(
    " ",
  );
const FIRMS =
  "Brandt Meridian Corvus Delphin Esker Fulmar Gannet Heron Isthmus Jasper Kestrel Linnet Marten Nimbus Osprey Petrel".split(
    " ",
  );
const TRADES = ["Logistics", "Works", "Partners", "Holdings", "Systems", "Carriers"];

export interface Names {
  place: () => string;
  official: () => string;
  company: () => string;
}

/** Names, each given once. */
export function createNames(random: Random): Names {
  const given = new Set<string>();
  const fresh = (make: () => string): string => {
    for (let tries = 0; tries < 10_000; tries += 1) {
      const name = make();
      if (given.has(name)) continue;
      given.add(name);
      return name;
    }
    throw new Error("The names ran out");
  };
  return {
    place: () => fresh(() => random.pick(HEADS) + random.pick(TAILS)),
    official: () => fresh(() => `${random.pick(FIRST)} ${random.pick(LAST)}`),
    company: () => random.pick(FIRMS) + " " + random.pick(TRADES),
  };
}

export function createCast(random: Random, names: Names, topics: readonly Topic[]): Cast {
  return {
    topics,
    kind: random.pick(KINDS),
    place: names.place(),
    company: names.company(),
    weekday: random.pick(WEEKDAYS),
    damage: random.int(12, 97) * 100,
    count: random.int(31, 119),
  };
}

/** The event in one outlet's words. */
export function copyOf(cast: Cast, claim: Claim, style: number): Copy {
  const told = STORIES[cast.kind](cast, claim);
  const { titles, leads } = told;
  const [thing = ""] = cast.topics;
  const things = cast.topics.join(" and ");
  const tail = [
    `The ${thing} company ${cast.company} put the cost at ${money(cast.damage)} crowns and promised a report.`,
    `In ${cast.place} ${cast.count} volunteers of ${cast.company} helped, which cost ${money(cast.damage)} crowns in all.`,
    `${cast.company}, which runs the ${thing}, expects to pay ${money(cast.damage)} crowns and thanked ${cast.count} helpers.`,
  ];
  const own = [
    `Residents near the ${things} had asked for a safer crossing since spring.`,
    `A hearing about the ${things} is planned in the town hall of ${cast.place}.`,
    `Photographs from ${cast.place} showed a long queue beside the ${things}.`,
  ];
  const at = style % 3;
  return {
    title: titles[at] ?? "",
    paragraphs: [leads[at] ?? "", ...told.middle(at), tail[at] ?? "", own[at] ?? ""],
  };
}

/** The same article with nothing in it that a reader has to be told. */
export function trivially({ title, paragraphs }: Copy): Copy {
  return { title, paragraphs: paragraphs.map((text) => text.replace("officials said", "Officials said")) };
}

/** A report that comes every day under much the same words. */
export function marketCopy({
  points,
  weekday,
  moved,
}: {
  points: string;
  weekday: string;
  moved: number;
}): Copy {
  return {
    title: `Market report: glacier water shares close at ${points} points on ${weekday}`,
    paragraphs: [
      `Shares in glacier water closed at ${points} points on ${weekday}, the exchange in Norhaven said.`,
      `The index moved by ${moved} points over the session as traders weighed the price of ice.`,
      `Analysts at the exchange expect a calm session on the day after ${weekday}, since no firm reports its results.`,
      "The exchange opens again in the morning, and trade in ice begins an hour later than trade in water.",
    ],
  };
}

export function weekdayOf(day: number): string {
  return WEEKDAYS[day % WEEKDAYS.length] ?? "";
}

interface Told {
  titles: string[];
  leads: string[];
  middle: (style: number) => string[];
}

function money(amount: number): string {
  return amount.toLocaleString("en");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const STORIES: Record<Cast["kind"], (cast: Cast, claim: Claim) => Told> = {
  accident: ({ topics, place, weekday, count }, { figure, official }) => {
    const things = topics.join(" and ");
    return {
      titles: [
        `${capital(things)} accident at ${place} injures ${figure} people`,
        `${figure} people injured as ${things} crashes in ${place}`,
        `Crash of ${things} in ${place}: ${figure} people injured`,
      ],
      leads: [
        `An accident with the ${things} at ${place} injured ${figure} people on ${weekday}, officials said.`,
        `In ${place} ${figure} people were injured on ${weekday} when the ${things} crashed, officials said.`,
        `A crash of the ${things} left ${figure} people injured in ${place} on ${weekday}, officials said.`,
      ],
      middle: (style) => [
        [
          `Rescuers with ${count} firefighters worked at ${place} until morning.`,
          `It took ${count} firefighters until morning to clear the wreck at ${place}.`,
          `The wreck at ${place} was cleared by ${count} firefighters before morning.`,
        ][style] ?? "",
        `Inspector ${official} named a worn brake of the ${things} as the likely cause of the crash.`,
      ],
    };
  },
  strike: ({ topics, place, weekday, count }, { figure, official }) => {
    const things = topics.join(" and ");
    return {
      titles: [
        `${capital(things)} strike in ${place}: ${figure} workers walk out`,
        `${figure} ${things} workers in ${place} go on strike`,
        `Strike of ${figure} workers halts ${things} in ${place}`,
      ],
      leads: [
        `At the ${things} of ${place} ${figure} workers walked out on ${weekday}, officials said.`,
        `A strike of ${figure} workers began at the ${things} in ${place} on ${weekday}, officials said.`,
        `The ${things} of ${place} stood still on ${weekday} as ${figure} workers joined a strike, officials said.`,
      ],
      middle: (style) => [
        [
          `The union wants ${count} crowns more a month for everyone in ${place}.`,
          `Workers in ${place} ask for ${count} crowns a month more, the union wrote.`,
          `At stake is a raise of ${count} crowns a month for the workers of ${place}.`,
        ][style] ?? "",
        `Union leader ${official} called the offer for the ${things} an insult to the strike.`,
      ],
    };
  },
  opening: ({ topics, place, weekday, count }, { figure, official }) => {
    const things = topics.join(" and ");
    return {
      titles: [
        `New ${things} opens in ${place} before ${figure} guests`,
        `${place} opens its ${things} with ${figure} guests`,
        `${figure} guests see ${place} open a ${things}`,
      ],
      leads: [
        `A new ${things} opened in ${place} before ${figure} guests on ${weekday}, officials said.`,
        `With ${figure} guests ${place} opened its ${things} on ${weekday}, officials said.`,
        `The ${things} of ${place} was opened before ${figure} guests on ${weekday}, officials said.`,
      ],
      middle: (style) => [
        [
          `Builders needed ${count} weeks for the work in ${place}.`,
          `The work in ${place} took ${count} weeks, longer than planned.`,
          `After ${count} weeks of building in ${place} the scaffolds are gone.`,
        ][style] ?? "",
        `Mayor ${official} cut the ribbon of the ${things} and praised the builders.`,
      ],
    };
  },
  closure: ({ topics, place, weekday, count }, { figure, official }) => {
    const things = topics.join(" and ");
    return {
      titles: [
        `${capital(things)} of ${place} to close with loss of ${figure} jobs`,
        `${figure} jobs go as ${place} closes its ${things}`,
        `${place} shuts ${things} and cuts ${figure} jobs`,
      ],
      leads: [
        `The ${things} of ${place} will close with the loss of ${figure} jobs, officials said on ${weekday}.`,
        `In ${place} ${figure} jobs will go as the ${things} closes, officials said on ${weekday}.`,
        `Closing the ${things} in ${place} will cost ${figure} jobs, officials said on ${weekday}.`,
      ],
      middle: (style) => [
        [
          `It had served ${place} for ${count} years.`,
          `After ${count} years the doors in ${place} will be locked.`,
          `The site in ${place} was in use for ${count} years.`,
        ][style] ?? "",
        `Director ${official} said that the closure of the ${things} could not be avoided.`,
      ],
    };
  },
};
