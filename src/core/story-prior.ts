import { stem } from "./normalise.ts";

/** In how many of the articles at hand a term stands. */
export interface Background {
  /** Number of articles counted. */
  articles: number;
  /** Articles among them that hold the term of a language. */
  holders: (key: string, language: string) => number;
}

/** A background for when nothing has come in yet. */
export const NO_BACKGROUND: Background = { articles: 0, holders: () => 0 };

/** The prior counts as much as this many articles; once a window holds thousands it no longer shows. */
const PRIOR_ARTICLES = 200;
/** Share of articles, by the hundred, whose title and lead hold one of the words. Rounded; what is rarer is told by the window. */
const COMMON: Record<string, readonly (readonly [percent: number, words: string])[]> = {
  en: [
    [25, "year new two first say said tell told last report"],
    [
      12,
      "people three week month time day made government state man world group company country city police official president plan unit share include",
    ],
    [
      6,
      "four five six home work set show old end march april back left lead take took high form call meet expect today follow manage close base open office market international national pay service minister record part million accord law court woman family former add ago",
    ],
    [
      3,
      "get second long move due continue late late cut offer change member house start help firm issue win right result west product price remain use deal system final complete point recent capital american board support term interest seven see look net allow department file fire receive however put period name control way cost gain night life face run increase operate early half general public quarter ask fund top head found find held believe place good area figure program low buy foreign previous give hear business talk senior hold want charge fall play hit fight chairman south north east force mark announce rule number develop eight nine ten return decision director major team picture league play season game coach campaign local sign need feel security industry spokesman future power union provide launch central drop alone earn live claim third line free list past range decide executive reach death die died dead kill killed injure attack murder suspect arrest accuse investigate victim child children school university hospital social media video news statement release party election vote leader white house nation united states american british europe european street road car water health money bank big great best american star film",
    ],
    [
      1.5,
      "like britain involve fail case oil clear invest hour agree commission raise financial main hope food design date morn level annual tax value food road test available count sold agency network real build present demand authority try target save aid source vote account decline position contract strike strong economy economic leave community council light research detail consider german france french china chinese russia russian india cause bring stop key weekend reduce speak average concern role warn amount order private inform information appear trust require reflect property begin nature growth manufacture describe join purchase hand step staff canada air view rise visit significant press confirm special europe interview effort cash potential job health center treat match facility read problem damage improve declare represent estimate approve dollar direct urge condition deliver prepare possible accept commercial park economy television large ground goal drug able war vehicle equip affect challenge fight judge trial prison sentence lawyer attorney bomb shoot shot gun storm flood quake weather player club champion cup final army military border deal climate energy technology online user internet phone",
    ],
  ],
  de: [
    [12, "jahr neu sagen sagte sei prozent euro deutschland deutsche menschen land"],
    [
      4,
      "million milliarde uhr tag woche monat zeit stadt polizei regierung prasident unternehmen mann frau kinder ende erst zwei drei vier berlin mitteilen mitgeteilt angaben sprecher ministerium minister partei bericht welt teil haus",
    ],
  ],
  es: [
    [12, "ano nuevo decir dijo gobierno presidente pais espana personas dia primero"],
    [
      4,
      "millon euros semana mes tiempo ciudad policia empresa hombre mujer ninos dos tres cuatro asegurar informar explicar ministro partido estado nacional mundo parte caso segun",
    ],
  ],
  fr: [
    [12, "an nouveau dire dit gouvernement president pays france francais personnes jour premier"],
    [
      4,
      "million euros semaine mois temps ville police entreprise homme femme enfants deux trois quatre annoncer indiquer expliquer ministre parti etat national monde partie selon",
    ],
  ],
};

const SHARES = new Map(
  Object.entries(COMMON).map(([language, rows]) => [
    language,
    new Map(
      rows
        .toReversed()
        .flatMap(([percent, words]) =>
          words.split(" ").map((word) => [stem(word, language), percent / 100] as const),
        ),
    ),
  ]),
);

/** How much a term tells, from the share of articles that hold it: those of the background and 200 of the prior. */
export function tellingOf(key: string, language: string, background: Background): number {
  const prior = SHARES.get(language)?.get(key) ?? 0;
  const held = background.holders(key, language) + PRIOR_ARTICLES * prior + 0.5;
  return Math.max(0, Math.log((background.articles + PRIOR_ARTICLES + 1) / held));
}
