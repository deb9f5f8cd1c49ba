import type { ArticleIndex } from "./article-index.ts";
import { baseLanguage, foldText, intlLanguage } from "./normalise.ts";
import { hasSounds, soundOf, strongIn } from "./sounds.ts";
import { COUNTRIES, localCountryName } from "./topic-countries.ts";
import { distanceOf } from "./verify-names-across.ts";

/** Fewer consonants than these may be any word's. */
const TELLING = 4;
/** Share of a country's consonants that may differ: there is its own name to go by, so little. */
const TOLERANCE = 0.1;

/** Peoples called by neither, as their forms begin. */
const PEOPLE: Readonly<Record<string, readonly string[]>> = { DE: ["немц", "німц"] };

/**
 * Whether an article of another script speaks of a country: by its name or its language there ("немецкий" of Germany), or by
 * a word that sounds like what English calls it, its people or its cities.
 */
export function speaksOf(code: string, article: ArticleIndex): boolean {
  const language = baseLanguage(article.language);
  const own = [localCountryName(code, language), languageName(code, language)];
  const roots = [
    ...own.flatMap((name) => (name === null ? [] : [rootOf(name, language)])),
    ...(PEOPLE[code] ?? []),
  ];
  const inflected = /^(?:ru|uk|bg|el)$/.test(language);
  const named = roots.some((root) =>
    inflected ? [...article.keys].some((key) => key.startsWith(root)) : article.folded.includes(root),
  );
  return named || (hasSounds(language) && soundsLike(code, article));
}

function soundsLike(code: string, article: ArticleIndex): boolean {
  const language = baseLanguage(article.language);
  const country = COUNTRIES.find((each) => each.code === code);
  const words = country === undefined ? [] : [...country.names, ...country.demonyms, ...country.cities];
  return words.some((word) => {
    const key = word.toLowerCase();
    const telling = strongIn(soundOf(key, language), language) >= TELLING && !key.includes(" ");
    return telling && distanceOf(key, article) <= TOLERANCE;
  });
}

/** What stays of a name under the endings of its language. */
function rootOf(name: string, language: string): string {
  const [first = ""] = name.split(" ");
  const bare = first.replace(/^ال/u, "").replace(/(?:ية|ת|어)$/u, "");
  const folded = foldText(bare);
  return /^(?:ru|uk|bg|el)$/.test(language) ? folded.slice(0, Math.max(4, folded.length - 3)) : folded;
}

/** What the language of most people of a country is called in an article's language. */
function languageName(code: string, language: string): string | null {
  const spoken = new Intl.Locale("und", { region: code }).maximize().language;
  const names = new Intl.DisplayNames([intlLanguage(language)], { type: "language", fallback: "none" });
  return names.of(spoken) ?? null;
}
