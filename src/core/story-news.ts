import { type Passage, overlap, passage } from "./article-index.ts";
import { guessLanguage } from "./lexicon.ts";
import { calendarWords, findNames } from "./names.ts";
import { tokenize } from "./normalise.ts";
import { type Figure, countsIn, countsSame, figuresIn } from "./story-tolls.ts";
import { supports } from "./number-support.ts";

/** A verified fact of an outlet's brief, with the runs of the article it rests on. */
export interface KnownFact {
  text: string;
  quotes: string[];
  outlet: string;
}

/** The same thing counted differently by two outlets. */
export interface StoryConflict {
  /** What is counted, in the known fact's words: "injured". */
  about: string;
  /** The figure of the known fact and that of the arriving one, as each has it: "nine" and "11". */
  mine: string;
  theirs: string;
}

export interface StoryNews {
  /** Indexes of the arriving facts that say something new. */
  additions: number[];
  conflicts: StoryConflict[];
  /** For each conflict the outlet of the known fact and that of the arriving one. */
  between: { mine: string; theirs: string }[];
}

/** Share of a statement's words that one known fact must hold for it to be known, and where it has a new name or number. */
const COVERED = 0.4;
const COVERED_WITH_NEWS = 0.85;
/** Words that two facts must share beside what is counted for two figures to be about the same. */
const SHARED_FOR_TOLL = 1;
const SHARED_FOR_THING = 2;
/** A statement of fewer words says too little to be news. */
const MIN_WORDS = 4;
/** Facts of each side that are compared at most. */
const MAX_FACTS = 60;
/** What was counted at another time is another figure. */
const ANOTHER_TIME =
  /\b(?:(?:1[89]|20)\d\d|last (?:year|month|week|season)|ago|previous(?:ly)?|earlier (?:this|in)|initial(?:ly)?|at first|letztes Jahr|zunächst|año pasado|l['’]an dernier)\b/iu;

/**
 * What an arriving article's facts add to those known of a story, and where its figures differ. Both are conservative:
 * what is said in other words is no news, and two figures are in conflict only where they count the same thing, come from
 * different outlets, and neither outlet knows the other's figure too. A later figure of the same outlet is an update.
 */
export function storyNews(told: { known: readonly KnownFact[]; arriving: readonly KnownFact[] }): StoryNews {
  const known = told.known.slice(-MAX_FACTS).map(read);
  const arriving = told.arriving.slice(0, MAX_FACTS).map(read);
  const news: StoryNews = { additions: [], conflicts: [], between: [] };
  for (const [at, fact] of arriving.entries()) {
    const disputes = known.flatMap((rival) => disputesOf(rival, fact, { known, arriving }));
    for (const { conflict, between } of disputes) {
      if (
        news.conflicts.some(
          ({ about, mine, theirs }) =>
            about === conflict.about && mine === conflict.mine && theirs === conflict.theirs,
        )
      )
        continue;
      news.conflicts.push(conflict);
      news.between.push(between);
    }
    if (disputes.length === 0 && isNews(fact, [...known, ...arriving.slice(0, at)])) news.additions.push(at);
  }
  return news;
}

interface Read {
  outlet: string;
  language: string;
  /** The fact itself, and all that it says together with its quotes. */
  claim: Passage;
  all: Passage;
  figures: Figure[];
  names: ReadonlySet<string>;
}

function read({ text, quotes, outlet }: KnownFact): Read {
  const keys = tokenize(text).map(({ key }) => key);
  const language = guessLanguage(text, keys, "en");
  const claim = passage(text, language);
  const all = passage([text, ...quotes].join("\n"), language);
  const dates = calendarWords(language);
  const names = findNames(claim, language).flatMap((name) => name.keys.filter((key) => !dates.has(key)));
  const figures = countsIn(language) ? figuresIn(claim, language) : [];
  return { outlet, language, claim, all, figures, names: new Set(names) };
}

/** True when a fact says what none of the others says: a new name, a new number, or a statement of its own. */
function isNews(fact: Read, others: readonly Read[]): boolean {
  if (fact.claim.stems.size < MIN_WORDS) return false;
  const comparable = others.filter(({ language }) => language === fact.language);
  // Words of two languages cannot be compared, and to say a thing twice is worse than to leave it behind the link.
  if (comparable.length === 0) return others.length === 0;
  const most = Math.max(...comparable.map(({ all }) => overlap(fact.claim, all.stems)));
  return (
    most < (hasNewNumber(fact, comparable) || hasNewName(fact, comparable) ? COVERED_WITH_NEWS : COVERED)
  );
}

function hasNewNumber({ claim }: Read, others: readonly Read[]): boolean {
  return claim.numbers.some(
    (number) =>
      number.values[0] !== 1 &&
      !others.some(({ all }) => all.numbers.some((other) => supports(number, other))),
  );
}

function hasNewName({ names }: Read, others: readonly Read[]): boolean {
  return [...names].some((key) => !others.some(({ all }) => all.keys.has(key)));
}

interface Dispute {
  conflict: StoryConflict;
  between: StoryNews["between"][number];
}

interface Sides {
  known: readonly Read[];
  arriving: readonly Read[];
}

function disputesOf(rival: Read, fact: Read, sides: Sides): Dispute[] {
  if (rival.outlet === fact.outlet || rival.language !== fact.language) return [];
  if (rival.names.size > 0 && fact.names.size > 0 && rival.names.isDisjointFrom(fact.names)) return [];
  if (ANOTHER_TIME.test(rival.claim.text) !== ANOTHER_TIME.test(fact.claim.text)) return [];
  return fact.figures.flatMap((theirs) => {
    const same = rival.figures.filter((figure) => countsSame(figure, theirs));
    const [mine] = same;
    if (mine === undefined || same.length > 1 || mine.value === theirs.value) return [];
    const needed = theirs.toll ? SHARED_FOR_TOLL : SHARED_FOR_THING;
    if (sharedWords(rival, fact, mine) < needed) return [];
    if (knows(sides, rival.outlet, theirs) || knows(sides, fact.outlet, mine)) return [];
    return [
      {
        conflict: { about: mine.about, mine: mine.raw, theirs: theirs.raw },
        between: { mine: rival.outlet, theirs: fact.outlet },
      },
    ];
  });
}

/** True when one of an outlet's facts or quotes gives the figure for the same thing: it has both, as a part or an update. */
function knows({ known, arriving }: Sides, outlet: string, figure: Figure): boolean {
  return [...known, ...arriving].some(
    (fact) =>
      fact.outlet === outlet &&
      figuresIn(fact.all, fact.language).some(
        (other) => other.value === figure.value && countsSame(other, figure),
      ),
  );
}

/** Words that both facts or their quotes have, without numbers, what is counted, and words for people. */
function sharedWords(left: Read, right: Read, figure: Figure): number {
  const shared = left.all.stems.intersection(right.all.stems);
  const counted = passage(
    `${figure.about} people persons menschen personen personas personnes`,
    left.language,
  ).stems;
  return [...shared].filter((each) => !/\p{Nd}/u.test(each) && !figure.keys.has(each) && !counted.has(each))
    .length;
}
