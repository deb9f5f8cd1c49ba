import { baseLanguage } from "./normalise.ts";

/** Words that join the members of a list, whose order says nothing. */
const COORDINATORS: Readonly<Record<string, RegExp>> = {
  en: /^(?:and|or|nor|as|well)$/,
  de: /^(?:und|oder|sowie|wie|noch)$/,
  es: /^(?:y|e|o|u|ni)$/,
  fr: /^(?:et|ou|ni)$/,
  it: /^(?:e|ed|o|od|ne)$/,
  pt: /^(?:e|ou|nem)$/,
  nl: /^(?:en|of|noch)$/,
  ja: /^[とや及]$/,
  zh: /^[和与及或]$/,
};
/** Small words that may stand before a member of a list: "between Oslo and the harbour". */
const DETERMINERS =
  /^(?:the|a|an|der|die|das|den|dem|des|el|la|los|las|le|les|l|il|lo|gli|i|o|os|as|de|del|di|du|da|do|het|een|in|of|von|al|a)$/;

export function isCoordinator(key: string, language: string): boolean {
  return COORDINATORS[baseLanguage(language)]?.test(key) === true || DETERMINERS.test(key);
}

/** Beginnings of verbs that are true both ways, and of what makes two sides alike. */
const MUTUAL: Readonly<Record<string, RegExp>> = {
  en: /^(?:met$|meet|marr|wed|divorc|join|fac|play|talk|spoke|speak|fight|fought|clash|compet|merg|agree|negotiat|discuss|shar|dat|kiss|hug|embrac|draw|drew|tie|rival|resembl|match|equal|trad|swap|border|visit|colli)/,
  de: /^(?:traf|treff|heirat|spiel|sprach|sprech|kampf|verhandel|einig|grenz|gleich|fusion|kollid|zusammen)/,
  es: /^(?:reun|encontr|cas(?:o|aron|ado)|juga|jugo|empat|negoci|habl|enfrent|fusion|chocar|choco|igual|limit)/,
  fr: /^(?:rencontr|epous|mari|jou(?:e|ent|era)$|negoci|discut|parl|affront|fusionn|percut|egal)/,
  it: /^(?:incontr|spos|gioc|pareggi|negozi|trattat|parl|affront|scontr|fus|ugual)/,
  pt: /^(?:reun|encontr|cas(?:ou|aram)|jog|empat|negoci|fal(?:ou|aram)|enfrent|fundi|igual)/,
  nl: /^(?:ontmoet|trouw|speel|sprak|spreek|onderhandel|grens|gelijk|fuse|bots)/,
};

export function isMutual(key: string, language: string): boolean {
  return MUTUAL[baseLanguage(language)]?.test(key) === true;
}

/** What turns a verb round, or stands before whoever acts in a verb turned round. */
const PASSIVE: Readonly<Record<string, RegExp>> = {
  en: /^(?:by|from)$/,
  de: /^(?:von|vom|durch|wird|wurde|wurden|werden|worden)$/,
  es: /^(?:por|fue|fueron|sido)$/,
  fr: /^(?:par|ete|fut)$/,
  it: /^(?:da|dal|dalla|dallo|dai|viene|venne|stato|stata)$/,
  pt: /^(?:por|pelo|pela|foi|foram|sido)$/,
  nl: /^(?:door|wordt|werd|werden)$/,
  ja: /^[れら]$/,
  zh: /^[被由让把]$/,
  ar: /^(?:قبل|يد)$/,
};

export function isPassive(key: string, language: string): boolean {
  return PASSIVE[baseLanguage(language)]?.test(key) === true;
}

/** Articles, and prepositions grown together with one, which change with the gender of the noun behind them. */
const GENDERED: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  fr: [
    [/^(?:le|la|les|un|une)$/, "le"],
    [/^(?:au|aux)$/, "a"],
    [/^(?:du|des)$/, "de"],
  ],
  es: [
    [/^(?:el|la|los|las|un|una)$/, "el"],
    [/^al$/, "a"],
    [/^del$/, "de"],
  ],
  it: [
    [/^(?:il|lo|la|i|gli|le|un|uno|una)$/, "il"],
    [/^(?:al|allo|alla|ai|agli|alle)$/, "a"],
    [/^(?:del|dello|della|dei|degli|delle)$/, "di"],
    [/^(?:dal|dallo|dalla|dai|dagli|dalle)$/, "da"],
    [/^(?:nel|nello|nella|nei|negli|nelle)$/, "in"],
    [/^(?:sul|sullo|sulla|sui|sugli|sulle)$/, "su"],
  ],
  pt: [
    [/^(?:o|os|um|uma)$/, "o"],
    [/^(?:ao|aos)$/, "ao"],
    [/^(?:do|da|dos|das)$/, "de"],
    [/^(?:no|na|nos|nas)$/, "em"],
    [/^(?:pelo|pela|pelos|pelas)$/, "por"],
  ],
};

/** A small word without the gender of what follows it: Italian "alla" is "al". German articles tell who acts and stay. */
export function withoutGender(key: string, language: string): string {
  return GENDERED[baseLanguage(language)]?.find(([pattern]) => pattern.test(key))?.[1] ?? key;
}
