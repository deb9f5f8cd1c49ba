import type { Sketched } from "#src/core/story-sketch.ts";

function article(title: string, text: string, language = "en"): Sketched {
  return { title, paragraphs: text.trim().split(/\n\s*\n/), language };
}

/** Two outlets on one event, each in its own words. */
export const FERRY_COAST = article(
  "Ferry carrying 140 runs aground off Maroa island",
  `A passenger ferry with 140 people on board ran aground off the island of Maroa early on Saturday, injuring nine of them, the coastguard said.

The Santa Lucia hit rocks near the lighthouse at Punta Negra shortly after 5 a.m. in thick fog. All passengers were brought ashore by fishing boats and two lifeboats within three hours.

“We heard a bang and the lights went out,” said Elena Duarte, a teacher who was travelling with her class of 22 pupils. The captain, Ramon Vidal, was questioned by police. The company that runs the ferry, Islas Lines, suspended its service to Maroa.`,
);
export const FERRY_HERALD = article(
  "Nine hurt as Santa Lucia ferry hits rocks near Maroa",
  `Nine passengers were taken to hospital after the ferry Santa Lucia struck rocks at Punta Negra on Maroa in dense fog on Saturday morning.

Rescuers said fishermen from the village had been first at the scene and had taken dozens of the 140 passengers off the ship. Among them was a school class led by Elena Duarte.

Police are looking at why the vessel left its route. Its captain, Ramon Vidal, has worked for Islas Lines for 12 years, a spokesman for the company said. Divers will examine the hull on Sunday.`,
);
/** The same event in another language. */
export const FERRY_GERMAN = article(
  "Fähre Santa Lucia läuft vor Maroa auf Grund",
  `Die Fähre Santa Lucia ist am Samstag mit 140 Menschen an Bord vor der Insel Maroa auf Grund gelaufen. Neun Menschen wurden verletzt.

Das Schiff prallte bei Punta Negra im Nebel auf Felsen. Kapitän Ramon Vidal wurde von der Polizei befragt. Islas Lines stellte den Verkehr ein.`,
  "de",
);
/** The text of the first outlet as an agency's customer prints it. */
export const FERRY_COPY = article(
  "Nine injured in ferry accident",
  `${FERRY_COAST.paragraphs.join("\n\n").replace("early on Saturday", "on Saturday").replace("thick fog", "heavy fog")}\n\nAdditional reporting by our staff.`,
);
export const BUDGET = article(
  "Parliament in Lerin passes budget after night of talks",
  `Lerin's parliament passed the budget for next year on Saturday by 88 votes to 61 after a debate that lasted through the night.

The finance minister, Paula Henning, said the plan would bring down the deficit to 2.4 percent. The opposition leader, Tom Araki, called it a budget of broken promises.

The vote had been put off twice because two parties of the coalition could not agree on the tax on fuel.`,
);

/** Parts of series, each with the next one: alike in words, about different events. */
export const SERIES: readonly (readonly [
  what: string,
  first: Sketched,
  next: Sketched,
  hoursApart: number,
])[] = [
  [
    "market reports",
    article(
      "Wall Street closes lower on Tuesday as tech shares slip",
      `U.S. stocks closed lower on Tuesday as technology shares slipped and investors waited for the Federal Reserve. The Dow Jones Industrial Average fell 112.4 points, or 0.3%, to 38,512.2, the S&P 500 lost 0.5% to 5,021.3 and the Nasdaq Composite dropped 0.9% to 15,801.7.`,
    ),
    article(
      "Wall Street closes higher on Wednesday as tech shares gain",
      `U.S. stocks closed higher on Wednesday as technology shares gained and investors waited for the Federal Reserve. The Dow Jones Industrial Average rose 204.1 points, or 0.6%, to 38,716.3, the S&P 500 added 0.7% to 5,056.4 and the Nasdaq Composite climbed 1.1% to 15,975.5.`,
    ),
    24,
  ],
  [
    "forecasts",
    article(
      "Weather in Northgate: rain and wind on Monday",
      `Rain will reach Northgate on Monday morning with wind of up to 60 km/h from the west. Highs of 12 degrees are expected, falling to 5 at night, the weather service said.`,
    ),
    article(
      "Weather in Northgate: sun and wind on Tuesday",
      `Sun will reach Northgate on Tuesday morning with wind of up to 35 km/h from the west. Highs of 15 degrees are expected, falling to 7 at night, the weather service said.`,
    ),
    24,
  ],
  [
    "live pages",
    article(
      "Live: election campaign in Lerin, latest updates",
      `Follow the latest updates of the election campaign in Lerin with our reporters. Paula Henning speaks in Alder Quay at noon, Tom Araki is in Millbrook.`,
    ),
    article(
      "Live: election campaign in Lerin, latest updates",
      `Follow the latest updates of the election campaign in Lerin with our reporters. Paula Henning visits Westmoor at ten, Tom Araki answers questions on television.`,
    ),
    24,
  ],
  [
    "obituaries",
    article(
      "Actor Marek Dolan dies at 91",
      `Marek Dolan, the actor who became famous in the 1960s for his roles in films about the sea, has died at the age of 91. He died at his home on Thursday, surrounded by his family, his agent said.`,
    ),
    article(
      "Actress Helga Brandt dies at 85",
      `Helga Brandt, the actress who became famous in the 1970s for her roles in films about the war, has died at the age of 85. She died at her home on Thursday, surrounded by her family, her agent said.`,
    ),
    2,
  ],
  [
    "matches of the same teams",
    article(
      "Alder Rovers beat Millbrook City 2-1",
      `Alder Rovers beat Millbrook City 2-1 on Saturday with goals by Jonas Ekholm and Priya Raman. Millbrook City took the lead through Tomas Herrera after 12 minutes.`,
    ),
    article(
      "Alder Rovers and Millbrook City draw 0-0",
      `Alder Rovers and Millbrook City drew 0-0 on Tuesday in a match without many chances. Jonas Ekholm hit the post for Alder Rovers after 67 minutes, Tomas Herrera was sent off.`,
    ),
    72,
  ],
  [
    "lottery draws",
    article(
      "Lotto results for March 5: winning numbers",
      `The winning numbers in the national lotto draw on March 5 were 4, 11, 17, 23, 38 and 41. The jackpot stood at 3.2 million. Nobody had all six numbers right, the lottery said.`,
    ),
    article(
      "Lotto results for March 8: winning numbers",
      `The winning numbers in the national lotto draw on March 8 were 2, 9, 20, 31, 36 and 44. The jackpot stood at 4.1 million. Nobody had all six numbers right, the lottery said.`,
    ),
    71,
  ],
  [
    "timetables",
    article(
      "Ferry timetable for Monday",
      `Ferries to Maroa leave Alder Quay every hour in the morning and every two hours in the afternoon. Passengers with cars are asked to be at the quay early, Islas Lines said.`,
    ),
    article(
      "Ferry timetable for Tuesday",
      `Ferries to Maroa leave Alder Quay every hour in the morning and every three hours in the afternoon. Passengers without cars need not be at the quay early, Islas Lines said.`,
    ),
    2,
  ],
  [
    "figures of the week",
    article(
      "Grain exports of Lerin fell, ministry says",
      `Grain exports of Lerin fell to 412,000 tonnes in the week to Monday from 466,000 a week before, the farm ministry said. Wheat made up 280,000 tonnes of the grain exports.`,
    ),
    article(
      "Ministry: more grain exports from Lerin",
      `Grain exports of Lerin rose to 431,000 tonnes in the week to Thursday from 399,000 a week before, the farm ministry said. Wheat made up 305,000 tonnes of the grain exports.`,
    ),
    70,
  ],
  [
    "notices on two people",
    article(
      "Marek Dolan charged with theft",
      `A man has been charged with the theft of copper cable from a railway depot, police said. Marek Dolan, 34, was arrested at the depot at night and will appear in court.`,
    ),
    article(
      "Helga Brandt charged with theft",
      `A woman has been charged with the theft of copper cable from a railway depot, police said. Helga Brandt, 41, was arrested at the depot at night and will appear in court.`,
    ),
    2,
  ],
];
