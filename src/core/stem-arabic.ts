/** Conjunction, preposition and article lean on an Arabic word; so do its plural and its gender. Takes a folded word. */
export function stemArabic(word: string): string {
  const plain = word
    .replace(/\p{Mn}|\u0640/gu, "")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه");
  const bare = plain.replace(/^و?(?:[بكف]?ال|لل)(?=.{3})/, "");
  const free = bare === plain ? plain.replace(/^و(?=.{3})/, "") : bare;
  return free.replace(/(?<=.{3})(?:ات|ون|ين|يه|ه|ي)$/, "");
}
