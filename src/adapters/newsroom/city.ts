import { clockTime, dayAndMonth, hoursAfter, paragraphs, weekday } from "./copy.ts";
import type { Copy, Moment } from "./copy.ts";

/** The accident; its count of injured is what the newsroom corrects. */
export function tramDerailment({ publishedAt, corrected }: Moment): Copy {
  const happenedAt = hoursAfter(publishedAt, -2);
  const [injured, Injured] = corrected ? ["eleven", "Eleven"] : ["nine", "Nine"];
  const body = paragraphs(`
    ${Injured} people were injured on ${weekday(happenedAt)} when a tram left the rails at Customs Square in central
    Halvern and struck a parked delivery van, the city’s fire service said. Two of them were in a serious but stable
    condition.

    The Line 4 tram, bound for the old harbour with 64 passengers on board, derailed at ${clockTime(happenedAt)} on a
    curve where the speed limit is 15 kilometres an hour. All ${injured} of the injured were being treated at St Orla’s
    Hospital, the fire service said.

    “We heard a long scraping noise, and then the whole carriage leaned to one side,” said Mirela Tanning, 41, a
    passenger who had been standing near the rear doors. “People helped each other out through the windows.”

    The driver, a 36-year-old woman, was not hurt and was being questioned as a witness, police spokesman Edvin Carrow
    said. He said there was no indication that alcohol or drugs had played a part.

    Fire chief Johan Pellwick said that 38 firefighters and 12 ambulances had been sent to the square. It took 50
    minutes to bring everyone out, he said, because an overhead cable had come down and the power had to be cut first.

    Halvern Tramways, which is owned by the city, said that lines 4 and 7 would be suspended until
    ${weekday(hoursAfter(happenedAt, 48))} at the earliest. Buses will run between Customs Square and the old harbour
    every 10 minutes.

    The tram, built in 2009, passed its last inspection on ${dayAndMonth(hoursAfter(happenedAt, -33 * 24))}, the company
    said. Its data recorder, which stores the speed and the use of the brakes, has been handed to the Office for Rail
    Safety.

    “It is far too early to say whether speed, the track or the vehicle was the cause,” said the office’s lead
    investigator, Signe Aldermoor. “We expect to publish a first finding within 30 days.”
  `);
  const correction =
    "Correction: An earlier version of this article said that nine people had been injured. The number is eleven: " +
    "two passengers who had gone home on foot later went to hospital, the fire service said.";
  return {
    headline: `${Injured} injured as tram derails in central Halvern`,
    description: `A Line 4 tram left the rails at Customs Square. ${Injured} people were injured, two of them seriously.`,
    paragraphs: corrected ? [...body, correction] : body,
  };
}

/** The budget vote; its headline says three bridges, its text two: a brief has to flag that. */
export function budgetVote({ publishedAt }: Moment): Copy {
  const year = publishedAt.getUTCFullYear();
  return {
    headline: "Halvern council passes budget with money for three new bridges",
    description:
      "Councillors voted by 31 to 24 for a budget of 1.84 billion crowns after a debate of seven hours.",
    paragraphs: paragraphs(`
      Halvern’s city council on ${weekday(publishedAt)} approved a budget of 1.84 billion crowns for ${year + 1},
      including 212 million crowns to build two bridges across the River Orrel. The vote, after a debate of seven hours,
      was 31 to 24.

      The two bridges, at Tanner’s Quay and at Weirside, are to replace ferries that carry about 9,000 people a day. Work
      is due to begin in March and to last 26 months, according to the plan put to the council.

      “Half this city has waited at a ferry landing for forty years,” the mayor, Dagny Holmrey, told councillors before
      the vote. “Today we stop waiting.”

      To pay for the plan, the property tax will rise by 2.6%, which is about 48 crowns a year for an average flat.
      Parking in the centre will cost 2.50 crowns an hour instead of 2 crowns.

      The leader of the opposition, Casper Thornley, said that the plan counted on a state grant of 70 million crowns
      that nobody had promised. “If that money does not come, we will have two bridges that end in the middle of the
      river,” he said.

      The finance director, Ruta Ambersley, said that the city would hear about the grant by 15 June. Without it, she
      said, the bridge at Weirside would be put off by a year while the one at Tanner’s Quay went ahead.

      The budget also sets aside 96 million crowns for schools, 41 million crowns for repairs to the tram network and 18
      million crowns for the public library, whose reading room has been closed since a flood in ${year - 2}.

      A motion to drop both bridges and to spend the money on housing was rejected by 37 votes to 18. Residents may
      inspect the full plan at city hall for the next 28 days.
    `),
  };
}

/** The German-language article. */
export function islandFerry({ publishedAt }: Moment): Copy {
  const day = weekday(publishedAt, "de");
  return {
    headline: "Fähre nach Wellenhaag fährt nach 14 Monaten wieder",
    description:
      "Nach einem Sturm war die Insel 14 Monate lang ohne Fähre. Der neue Anleger kostete 26 Millionen Kronen.",
    paragraphs: paragraphs(`
      Die Fähre zwischen Halvern und der Insel Wellenhaag hat am ${day} nach 14 Monaten Pause den Betrieb wieder
      aufgenommen. Der Bau eines neuen Anlegers kostete nach Angaben der Hafenbehörde 26 Millionen Kronen; den alten
      hatte ein Sturm zerstört.

      Das Schiff „Seeschwalbe“ braucht für die 19 Kilometer lange Strecke 42 Minuten und bietet Platz für 180 Fahrgäste
      und 32 Autos. In den ersten vier Wochen fährt es sechsmal am Tag, danach achtmal.

      „Für uns ist heute ein zweites Neujahr“, sagte die Bürgermeisterin von Wellenhaag, Wiebke Harmsloh. „Vierzehn
      Monate lang haben wir jeden Liter Milch mit dem Kutter geholt.“

      Auf der Insel leben 1.260 Menschen. Während der Sperrung gaben nach Angaben der Gemeinde neun von 31 Pensionen auf,
      und die Zahl der Übernachtungen sank um 58 Prozent.

      Der neue Anleger ruht auf 44 Stahlpfählen und liegt 1,20 Meter höher als der alte. Er soll Wellen von fünf Metern
      standhalten, wie der Leiter der Hafenbehörde, Arvid Quandel, erklärte. „Wir haben für den Sturm gebaut, den wir
      noch nicht gesehen haben“, sagte er.

      Die einfache Fahrt kostet künftig 6,40 Kronen und damit 90 Heller mehr als vor dem Sturm. Bewohner der Insel zahlen
      weiterhin die Hälfte.

      Kritik kam vom Fahrgastverband Küste. Dessen Sprecherin Jorun Eckelt bemängelte, dass die letzte Fähre schon um
      19.30 Uhr ablegt. „Wer in Halvern ins Theater will, muss weiterhin in Halvern übernachten“, sagte sie.

      Die Hafenbehörde will nach der ersten Saison entscheiden, ob es eine spätere Abfahrt gibt. Bei der ersten
      Überfahrt am ${day} waren nach ihren Angaben 174 Fahrgäste an Bord.
    `),
  };
}
