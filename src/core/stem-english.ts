const VOWEL = /[aeiouy]/;
/** Words that only look inflected, or whose base form means something else in the news. */
const WHOLE = new Set(
  "news series species during evening morning housing training wedding ceiling beijing united nothing something anything everything lens always perhaps whereas politics economics physics athletics olympics texas wales paris brussels athens kansas arkansas illinois dallas honduras philippines netherlands maldives seychelles bahamas cyprus laos reuters mercedes forbes nations hundred sacred naked".split(
    " ",
  ),
);
/** `plural or past base` pairs that no rule makes. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  "men man,women woman,children child,feet foot,teeth tooth,mice mouse,geese goose,crises crisis,analyses analysis,hypotheses hypothesis,bases base,criteria criterion,phenomena phenomenon,wives wife,knives knife,wolves wolf,thieves thief,halves half,shelves shelf,loaves loaf,buses bus,gases gas,viruses virus,campuses campus,bonuses bonus,statuses status,surpluses surplus,dying die,lying lie,tying tie,bought buy,sold sell,fell fall,fallen fall,rose rise,risen rise,grew grow,grown grow,won win,lost lose,struck strike,fought fight,spent spend,shot shoot,stolen steal,stole steal"
    .split(",")
    .map((pair): [string, string] => {
      const [form = "", base = ""] = pair.split(" ");
      return [form, base];
    }),
);

/**
 * Porter's English stemmer (Porter2) without the steps that take derivations off: `elections` and `election` are one,
 * `important` and `import` or `university` and `universe` are not.
 */
export function stemEnglish(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word) || WHOLE.has(word)) return word;
  const base = IRREGULAR.get(word) ?? withoutVerbEnding(withoutPlural(word));
  return WHOLE.has(base) ? base : withoutFinalE(withFinalI(base));
}

function withoutPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[sd]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (!word.endsWith("s") || /[us]s$/.test(word) || /[^aeiou]is$/.test(word)) return word;
  return VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function withoutVerbEnding(word: string): string {
  const ending = /(?:eed|ed|ing)$/.exec(word)?.[0];
  if (ending === undefined) return word;
  const rest = word.slice(0, -ending.length);
  if (ending === "eed") return region(rest) < rest.length ? `${rest}ee` : word;
  if (!VOWEL.test(rest) || WHOLE.has(word)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return rest.slice(0, -1);
  return endsShort(rest) && region(rest) >= rest.length ? `${rest}e` : rest;
}

/** `policy` and `policies`, `cried` and `cry`, written with one ending. */
function withFinalI(word: string): string {
  return word.length > 2 && /[^aeiouy]y$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

function withoutFinalE(word: string): string {
  const second = region(word, region(word));
  const rest = word.slice(0, -1);
  if (word.endsWith("ll") && second < word.length) return rest;
  if (!word.endsWith("e")) return word;
  if (second < word.length) return rest;
  return region(word) < word.length && !endsShort(rest) ? rest : word;
}

/** Where Porter's region begins: after the first consonant that follows a vowel. */
function region(word: string, from = 0): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found === null ? word.length : from + found.index + 2;
}

function endsShort(word: string): boolean {
  return /[^aeiouy][aeiouy][^aeiouywx]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word);
}
