/** An article as generated: every number makes another one. */
export interface GeneratedArticle {
  url: string;
  headline: string;
  articleBody: string;
}

const PLACES = ["Northgate", "Alder Quay", "Millbrook", "Eastfield", "Stonebridge", "Westmoor", "Larkhill"];
const WORKS = ["library", "tram line", "swimming hall", "footbridge", "covered market"];
const WHO = ["the council", "the planning office", "the works department"];
const PEOPLE = ["Mara Lindqvist", "Jonas Ekholm", "Priya Raman", "Tomas Herrera"];

/** The article of a number, in English, about as long as a short news item (some 900 characters). */
export function generateArticle(number: number): GeneratedArticle {
  const place = pick(PLACES, number);
  const work = pick(WORKS, number);
  const who = pick(WHO, number);
  const person = pick(PEOPLE, number);
  const cost = 100_000 + number * 137;
  const paragraphs = [
    `The ${work} in ${place} will be rebuilt for ${cost} euros, ${who} decided on Tuesday after a debate of ${2 + (number % 5)} hours.`,
    `Work is planned to last ${6 + (number % 19)} months. About ${200 + number} people use the ${work} on a usual day, according to a count that was made in spring.`,
    `“We looked at ${3 + (number % 7)} other plans before this one,” said ${person}, who led the study. Two of them would have cost more and closed the road for a whole summer.`,
    `The vote was ${20 + (number % 11)} to ${5 + (number % 9)}. Shops along the street asked for an entrance that stays open, and the plan now holds one on its eastern side.`,
    `A first section of ${40 + (number % 60)} metres is to open early. The report numbered ${number} names the builders, and residents may comment on it until the end of the month.`,
  ];
  return {
    url: `https://courier.example/works/${number}`,
    headline: `${place} ${work} to be rebuilt for ${cost} euros`,
    articleBody: paragraphs.join("\n\n"),
  };
}

function pick(words: readonly string[], number: number): string {
  return words[number % words.length] ?? "";
}
