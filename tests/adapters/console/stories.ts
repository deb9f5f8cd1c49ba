import type { Dropped } from "#src/core/brief.ts";

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
    {
      part: "fact",
      text: "The repair costs 12 million.",
      reason: "number",
      detail: "12 million",
      rule: "unit",
    },
    { part: "fact", text: "Mayor Olsen resigned.", reason: "no-evidence", detail: null, rule: null },
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

/** The same event as BRIDGE, by another outlet. */
export const PIER: Story = {
  url: "https://tribune.example/pier",
  title: "Crack in bridge pier is three metres long",
  paragraphs: [
    "The crack in the eastern pier of the harbour bridge is three metres long, an inspector said.",
    "Repairs will take at least six weeks, according to the port authority.",
  ],
  summary: "The crack in the bridge's pier is three metres long.",
  facts: [
    ["The crack is three metres long.", "is three metres long, an inspector said"],
    ["Repairs will take at least six weeks.", "Repairs will take at least six weeks"],
  ],
};
