import { dayAndMonth, hoursAfter, paragraphs, weekday } from "./copy.ts";
import type { Copy, Moment } from "./copy.ts";

/** The science result. */
export function lakeDrought({ publishedAt }: Moment): Copy {
  return {
    headline: "Lake mud reveals 140-year drought behind fall of ancient city",
    description:
      "A core from the bed of Lake Sorrel suggests that lack of rain, not war, emptied the city of Orushet.",
    paragraphs: paragraphs(`
      A drought that lasted 140 years drove the people of the ancient city of Orushet from their homes about 3,200 years
      ago, according to a study of mud from the bed of Lake Sorrel. Rainfall in the region fell by 35% in that time, the
      researchers reported on ${weekday(publishedAt)} in the journal Annals of Lake Science.

      The team from the University of Brannick drilled a core 11.4 metres long from the deepest part of the lake, in
      water 62 metres deep. Each year had left a layer little more than a millimetre thick, which allowed the scientists
      to count back 9,000 years.

      “The lake kept a diary, and nobody had read it,” said Amara Quillon, the geologist who led the work. “When the rain
      stopped, the mud turned white with gypsum, and it stayed white for five generations.”

      Archaeologists had long thought that Orushet, a city of perhaps 20,000 people 18 kilometres south of the lake, was
      destroyed in a war. But 40 years of digging have turned up neither weapons nor burnt layers. The wells tell another
      story: the oldest are 6 metres deep, the last ones 23 metres.

      To date the dry layers, the team measured the radiocarbon in 27 seeds and leaves from the core. The result places
      the start of the drought within 25 years either way, the study says.

      Not everyone is convinced. “The dates fit, and the wells fit,” said Leopold Farrimond, an archaeologist at the
      Halvern City Museum, who was not involved in the study. “But people have left cities in good weather too. I would
      like to see a second lake.”

      He may not have to wait long. Quillon said that her team would drill in Lake Ember, 70 kilometres to the west, next
      spring. The work on Lake Sorrel cost 1.3 million crowns and was paid for by the National Science Fund.
    `),
  };
}

/** The company results. */
export function tidalResults({ publishedAt }: Moment): Copy {
  return {
    headline: "Orrelund Tidal lifts profit 18% as orders for turbines double",
    description:
      "The maker of tidal turbines raised its forecast for the year to 1.65 billion crowns of revenue.",
    paragraphs: paragraphs(`
      Orrelund Tidal, which builds turbines for tidal power stations, said on ${weekday(publishedAt)} that its quarterly
      profit had risen by 18% to 46.2 million crowns as orders doubled. The company raised its forecast for the full
      year.

      Revenue in the quarter grew by 11% to 402 million crowns, the company said at its headquarters in Port Merrow. New
      orders came to 1.1 billion crowns, against 550 million crowns a year earlier, and include 24 turbines for a power
      station in Tessaly Sound.

      Orrelund now expects revenue of 1.65 billion crowns this year, up from a forecast of 1.5 billion crowns. It will
      pay a dividend of 0.55 crowns a share, after 0.50 crowns last year.

      “Our customers have stopped asking whether tidal power works and started asking how soon we can deliver,” chief
      executive Henrike Valdor told reporters.

      Delivery takes 19 months at present, compared with 14 months a year ago, according to finance director Jonas
      Tremby. He said that steel had become 9% more expensive in the same period.

      The company will spend 120 million crowns on a second assembly hall in Port Merrow, Valdor said. The hall is to
      create 260 jobs; Orrelund employs 1,940 people.

      Shares in the company rose by 6.4% to 31.60 crowns on the Halvern exchange, their highest price since the company
      was listed in 2019.

      Lucan Ashdale, an analyst at Merrow Savings Bank, called the results better than expected. “Demand is no longer the
      question,” he said. “A waiting list of 19 months is a compliment and a warning.”

      Orrelund’s main rival, Deepwell Currents, is due to report its results on
      ${dayAndMonth(hoursAfter(publishedAt, 9 * 24))}.
    `),
  };
}

/** The sports final; its page carries the hostile reader comment. */
export function coastCupFinal({ publishedAt }: Moment): Copy {
  return {
    headline: "Merrowick beat Halvern on penalties to win first Coast Cup",
    description:
      "Two goals down at half-time, Merrowick drew 2–2 and won the shoot-out 4–3 before 23,418 spectators.",
    paragraphs: paragraphs(`
      Merrowick won the Coast Cup for the first time on ${weekday(publishedAt)}, beating the holders Halvern Rovers 4–3 on
      penalties after the final had ended 2–2. Goalkeeper Lotte Farnaby saved Halvern’s last two kicks in front of 23,418
      spectators at Saltmarsh Stadium.

      Halvern led after 11 minutes through a free kick by their captain, Ines Corvall, and went 2–0 up in the 38th minute
      when Juno Matthewick finished a counter-attack. Sabine Lundry pulled one back for Merrowick in the 64th minute.
      Substitute Freya Dunmarsh, 19, headed the equaliser in the 89th, four minutes after coming on.

      “At half-time I told them that we had nothing left to protect,” said Merrowick’s coach, Bram Yelland. “They played
      the second half as if it were a game on the beach.”

      Halvern hit the post twice in extra time but finished with ten players: defender Klara Vennholt was sent off in the
      112th minute for her second yellow card.

      The Rovers, who have won the cup in four of the past six years, were without striker Ada Rennick, who injured her
      knee in the semi-final. Their coach, Otto Lindgarde, made no excuses. “We had it in our hands and we let it go,” he
      said.

      Merrowick, seventh in the league, receive 250,000 crowns and a place in next season’s Northern Trophy. The town of
      41,000 inhabitants will welcome the team at the harbour on ${weekday(hoursAfter(publishedAt, 24))}.

      Farnaby, who works part-time as a nurse, said that she had studied 60 Halvern penalties on her phone during night
      shifts. “I guessed right twice, and that was enough,” she said. “Next week I am back on the ward.”
    `),
  };
}
