import { decodeHTML } from "entities";
import { isInstruction } from "#src/core/instructions.ts";

/** Format characters a reader sees: Arabic and Syriac number marks, Kaithi signs (Unicode, prepended concatenation marks). */
const INVISIBLE =
  /[[\p{Cf}--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u200C\u200D]]\u034F\u3164\uFFA0]/gv;
/** Zero-width joiners mean something only inside scripts that join and between emoji. */
const STRAY_JOINER =
  /(?<![\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{Emoji_Presentation}\p{Extended_Pictographic}\uFE0F\p{Emoji_Modifier}])[\u200C\u200D]+|[\u200C\u200D]+(?=[\s\p{P}]|$)/gv;
const SPACE = /[\s\p{Cc}\p{Zs}\u2028\u2029]+/gu;
const PLAIN = /^[\u0021-\u007E\u00A1-\u00AC\u00AE-\u02FF]+(?: [\u0021-\u007E\u00A1-\u00AC\u00AE-\u02FF]+)*$/;
const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}]/gv;

/**
 * One line of plain text: NFC, whitespace collapsed, no control, bidi or zero-width characters. Applied to every
 * string that leaves this folder, since such characters hide or reorder what a reader sees.
 */
export function cleanText(raw: string): string {
  if (PLAIN.test(raw)) return raw.normalize("NFC");
  return raw
    .toWellFormed()
    .replace(INVISIBLE, "")
    .replace(SPACE, " ")
    .replace(STRAY_JOINER, "")
    .normalize("NFC")
    .trim();
}

/** `cleanText` of a field that may be missing; null when nothing is left or it gives orders instead of a name. */
export function cleanOrNull(raw: string | null | undefined): string | null {
  const text = cleanText(raw ?? "");
  return text === "" || isInstruction(text) ? null : text;
}

/** Length in Latin letters: a character of Chinese, Japanese, Korean or Thai says as much as two. */
export function readingLength(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Letters and digits alone, in lower case: for telling whether two lines say the same. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** A head field or a value of JSON-LD without the markup and entities that were escaped into it; empty when it gives orders. */
export function stripTags(text: string): string {
  const decoded = text.includes("&") ? decodeHTML(text) : text;
  const plain = decoded.includes("<") ? decoded.replace(/<\/?[a-z][^<>]*>/gi, " ") : decoded;
  return isInstruction(plain) ? "" : plain;
}
