import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { articleId, revisionHash, revisionText } from "#src/core/article.ts";
import type { Brief, Dropped, Evidence } from "#src/core/brief.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { createLog } from "#src/log.ts";
import { deliverNext } from "#src/pipeline/deliver.ts";
import type { Platform, Post, Store } from "#src/ports.ts";

export interface Story {
  url: string;
  title: string;
  paragraphs: string[];
  summary: string;
  /** Each fact and the words of the article it rests on. */
  facts: [text: string, quote: string][];
  dropped?: Dropped[];
  caveats?: string[];
  /** What changed against the revision before, and the words that are new. */
  change?: { note: string; words: string };
}

export interface Newsdesk {
  store: Store;
  deliverTo: (platform: Platform) => void;
  /** Stores the article and its brief and delivers it through the platform, as a publication does. */
  publish: (story: Story) => Promise<Brief>;
  /** Stores the article and its brief, and delivers nothing. */
  write: (story: Story) => Promise<Pick<Post, "brief" | "article" | "revision">>;
}

export const SILENT = createLog({ level: "silent", format: "json" });

export const BRIDGE: Story = {
  url: "https://courier.example/bridge",
  title: "Harbour bridge closed after crack is found",
  paragraphs: [
    "The harbour bridge was closed on Tuesday after engineers found a crack in its eastern pier.",
    "Nine people were injured when a bus braked hard at the barrier, the fire service said. None is in danger of death.",
    "“We will not open it before every bolt was looked at,” said Mara Lindqvist, who heads the roads office.",
    "Ferries run every ten minutes until further notice. The bridge carries 41,000 vehicles a day.",
  ],
  summary:
    "The harbour bridge is closed after engineers found a crack in its eastern pier. Ferries run every ten minutes instead.",
  facts: [
    ["The bridge was closed on Tuesday.", "The harbour bridge was closed on Tuesday"],
    [
      "Nine people were injured when a bus braked hard.",
      "Nine people were injured when a bus braked hard at the barrier",
    ],
    ["The bridge carries 41,000 vehicles a day.", "The bridge carries 41,000 vehicles a day."],
  ],
  dropped: [
    { part: "fact", text: "The repair costs 12 million.", reason: "number", detail: "12 million" },
    { part: "fact", text: "Mayor Olsen resigned.", reason: "no-evidence", detail: null },
  ],
};

export const BRIDGE_CORRECTED: Story = {
  ...BRIDGE,
  paragraphs: BRIDGE.paragraphs.map((text) => text.replace("Nine people", "Eleven people")),
  facts: BRIDGE.facts.map(([text, quote]) => [
    text.replace("Nine people", "Eleven people"),
    quote.replace("Nine people", "Eleven people"),
  ]),
  change: { note: "nine → eleven people injured", words: "Eleven people" },
};

export const LIBRARY: Story = {
  url: "https://courier.example/library",
  title: "City library opens on Sundays",
  paragraphs: [
    "The city library will open on Sundays from 5 April, the council decided.",
    "It has 310,000 books and lends 2,400 of them on a usual day. The longer hours cost 180,000 a year.",
    "The council voted 31 to 14 for the plan after a debate of three hours.",
  ],
  summary: "The city library opens on Sundays from 5 April. The council voted 31 to 14 for the plan.",
  facts: [
    ["It opens on Sundays from 5 April.", "will open on Sundays from 5 April"],
    ["The longer hours cost 180,000 a year.", "The longer hours cost 180,000 a year."],
    ["The council voted 31 to 14 for the plan.", "The council voted 31 to 14 for the plan"],
  ],
  caveats: ["The headline says every Sunday; the article names no end of the trial."],
};

/** A store in memory and what publishing does with it. */
export async function openNewsdesk(clock: () => Date = () => new Date()): Promise<Newsdesk> {
  const store = await openSqliteStore({ path: ":memory:" });
  let platform: Platform | null = null;

  async function write(story: Story): Promise<Pick<Post, "brief" | "article" | "revision">> {
    const { article, revision } = await store.saveArticle(toSaveArticle(story, clock()));
    const brief = toBrief(story, { articleId: article.id, revision: revision.number, createdAt: clock() });
    await store.saveBrief(brief.id, brief);
    return { article, revision, brief };
  }

  return {
    store,
    write,
    deliverTo: (to) => {
      platform = to;
    },
    publish: async (story) => {
      if (platform === null) throw new Error("No platform to deliver to.");
      const { article, brief } = await write(story);
      await store.publish({
        brief,
        storyId: article.storyId,
        channels: [CONSOLE_CHANNEL],
        skip: null,
        now: clock(),
      });
      const platforms = new Map([["console" as const, platform]]);
      await deliverNext({ store, platforms, clock, log: SILENT }, AbortSignal.timeout(5_000));
      return brief;
    },
  };
}

function toSaveArticle(story: Story, now: Date): Parameters<Store["saveArticle"]>[0] {
  const extracted = {
    title: story.title,
    site: "The Harbour Courier",
    byline: "Ines Calloway",
    language: "en",
    publishedAt: new Date("2026-03-03T08:15:00Z"),
    modifiedAt: null,
    canonicalUrl: story.url,
    paragraphs: story.paragraphs,
    accessible: null,
  };
  return {
    id: articleId({ url: story.url }),
    url: story.url,
    extracted,
    visibility: "public",
    hash: revisionHash(extracted),
    now,
    compare: () =>
      story.change === undefined
        ? null
        : { note: story.change.note, ranges: [evidenceFor(story, story.change.words)] },
  };
}

function toBrief(story: Story, made: Pick<Brief, "articleId" | "revision" | "createdAt">): Brief {
  return {
    ...made,
    id: `${made.articleId}-${made.revision}`,
    headline: story.title,
    summary: story.summary,
    facts: story.facts.map(([text, quote]) => ({ text, evidence: [evidenceFor(story, quote)] })),
    dropped: story.dropped ?? [],
    caveats: story.caveats ?? [],
    topics: [],
    writer: { name: "openai", model: "gpt-5-mini", steppedDown: null },
    prompt: "brief.v1",
    language: "en",
    length: "standard",
    usage: { inputTokens: 2310, cachedTokens: 1024, outputTokens: 410, calls: 1 },
  };
}

function evidenceFor(story: Story, quote: string): Evidence {
  const start = revisionText(story).indexOf(quote);
  if (start === -1) throw new Error(`The article does not hold: ${quote}`);
  return { start, end: start + quote.length };
}
