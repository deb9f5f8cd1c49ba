/** The ways a model gets a quote slightly wrong, made from a sentence; the digit one must not be found. */
export function corrupted(sentence: string): [kind: string, quote: string][] {
  const words = sentence.split(/\s+/);
  const middle = Math.floor(words.length / 2);
  const quotes: [string, string][] = [
    ["verbatim", sentence],
    [
      "typography",
      sentence
        .replaceAll('"', "”")
        .replaceAll("'", "’")
        .replaceAll(" - ", " — ")
        .replaceAll(" ", "\u00a0")
        .toUpperCase()
        .normalize("NFD"),
    ],
  ];
  if (words.length >= 8) {
    quotes.push([
      "elided",
      `${words.slice(0, middle - 1).join(" ")} ... ${words.slice(middle + 1).join(" ")}`,
    ]);
    const plain = words.findIndex((word, i) => i >= middle && /^\p{Ll}{3,}$/u.test(word));
    if (plain > 0) {
      quotes.push(["word dropped", words.toSpliced(plain, 1).join(" ")]);
      quotes.push(["word replaced", words.toSpliced(plain, 1, "whatever").join(" ")]);
    }
  }
  if (/\d/.test(sentence))
    quotes.push([
      "digit altered",
      sentence.replace(/\d(?!.*\d)/, (digit) => String((Number(digit) + 3) % 10)),
    ]);
  return quotes;
}
