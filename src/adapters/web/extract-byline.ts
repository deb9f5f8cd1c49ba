import { cleanText, lettersOf, stripTags } from "./text.ts";

const BY_PREFIX =
  /^(?:(?:written|reported|story|text|article|analysis|opinion|foto|photos?)\s+by|by|von|vom|de|da|di|par|por|door|av|af|od|przez|autore?n?|autor(?:ka|in|es)?|author|redaktion|text|oleh|penulis|автор|от|bởi|تحریر|글|文|記者|记者)\s*[:：]?\s+(?=\S)/iu;
const BY_LINE =
  /^(?:By|BY|Written by|Von|Par|Por|Di|Door|Av|Af|Text|Oleh|Автор|Autor(?:in|a)?|Auteur)\s*:?\s+(?:(?:Dr|Prof|Mag)\.\s*)?\p{Lu}[\p{L}'’.-]+(?:\s+(?:\p{Lu}[\p{L}'’.-]*|de|van|von|der|den|el|al|da|di|la|and|und|et|y|e|og|och|i)|,(?=\s\p{Lu})){0,9}$/u;
const MAX_AUTHORS = 8;
const MAX_BYLINE_LENGTH = 200;
const MAX_NAME_WORDS = 7;

/** Names of the first source that has a person's; the site's own name only where there is no other. */
export function pickByline(
  sources: readonly (readonly string[])[],
  own: readonly (string | null)[],
): string | null {
  const sites = new Set(own.flatMap((name) => (name === null ? [] : [lettersOf(name)])));
  let fallback: string | null = null;
  for (const source of sources) {
    const names = new Map(
      source
        .slice(0, MAX_AUTHORS)
        .flatMap(splitNames)
        .map((name) => [lettersOf(name), name] as const),
    );
    const people = [...names].filter(([key]) => !sites.has(key)).map(([, name]) => name);
    if (people.length > 0) return people.join(", ").slice(0, MAX_BYLINE_LENGTH);
    fallback ??= [...names.values()][0] ?? null;
  }
  return fallback;
}

/** Whether a short line of the page is a byline: "By" in some language and capitalised words. */
export function isByLine(text: string): boolean {
  return text.length <= MAX_BYLINE_LENGTH / 2 && BY_LINE.test(text);
}

/** The names in a byline, without "By", roles, addresses and dates. */
export function splitNames(raw: string): string[] {
  const text = cleanText(stripTags(raw)).replace(BY_PREFIX, "");
  if (/^https?:|^@|\.(?:com|html?)\b/i.test(text)) return [];
  return text
    .split(/\s*(?:[,;|/·•、]|\s(?:and|und|et|y|e|en|og|och|i|a|dan|ja|и|та|ve|&)\s|\s[–—-]\s)\s*/iu)
    .map((name) =>
      name
        .replace(BY_PREFIX, "")
        .replace(/\S+@\S+/g, "")
        .replace(/^[\s:.]+|[\s:.]+$/g, ""),
    )
    .filter(isName);
}

function isName(name: string): boolean {
  return (
    name.length >= 2 &&
    name.split(" ").length <= MAX_NAME_WORDS &&
    /\p{L}{2}/u.test(name) &&
    !/\d{2}/.test(name)
  );
}
