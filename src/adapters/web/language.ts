import { eld } from "eld";

/** Enough of a text to be sure; more only costs time. */
const LOOKED_AT = 1500;
/** Codes that name one written language for this purpose. */
const SAME: Record<string, string> = {
  nb: "no",
  nn: "no",
  iw: "he",
  in: "id",
  ji: "yi",
  hr: "sr",
  bs: "sr",
  tl: "fil",
  id: "ms",
};

// The smallest of the data sets: article bodies are long, and the larger ones cost 70 to 100 MB more.
if ("load" in eld) await eld.load("extrasmall");
const KNOWN = new Set(Object.values(eld.info().Languages).map(canonical));

/**
 * BCP-47 primary language of a text: what the page declares when the text agrees or cannot be told, else what the
 * text is in. Null when neither says.
 */
export function languageOf(text: string, declared: string | null): string | null {
  const claimed = /^[a-z]{2,3}(?=$|[-_])/.exec((declared ?? "").trim().toLowerCase())?.[0] ?? null;
  // The detector knows 60 languages; of one outside them it can only be wrong.
  if (claimed !== null && !KNOWN.has(canonical(claimed))) return claimed;
  const result = eld.detect(text.slice(0, LOOKED_AT));
  const detected = result.language === "" || !result.isReliable() ? null : result.language;
  if (detected === null) return claimed;
  return claimed !== null && canonical(claimed) === canonical(detected) ? claimed : detected;
}

function canonical(code: string): string {
  return SAME[code] ?? code;
}
