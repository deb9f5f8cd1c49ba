/** V8 keeps a whole text alive for a longer piece cut out of it. */
const MAX_KEY = 12;
/** News has far fewer words, and what is no news must not fill the memory. */
const MAX_KNOWN = 20_000;

/** A function of a word that remembers its answers, since words repeat; it forgets them all when they are too many. */
export function remembered<T>(make: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const value = make(word);
    if (word.length > MAX_KEY) return value;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(word, value);
    return value;
  };
}
