import { getEncoding } from "encoding-sniffer";
import { detect } from "jschardet";

/** Where neither header, mark nor meta names an encoding: a label the sniffer accepts and no page uses. */
const NONE = "x-user-defined";
/** The detector needs no more to decide, and its cost grows with the length. */
const DETECTED_BYTES = 64 * 1024;
/** Replacement characters per character that is not ASCII, above which the named encoding is not the real one. */
const MAX_DAMAGE = 0.1;

/** The detector speaks Python's names; these have no decoder under theirs. */
const DECODERS: Readonly<Record<string, string>> = {
  big5hkscs: "big5",
  cp932: "shift_jis",
  shift_jis_2004: "shift_jis",
  cp949: "euc-kr",
  johab: "euc-kr",
  euc_kr: "euc-kr",
  euc_jis_2004: "euc-jp",
  iso2022_jp_2: "iso-2022-jp",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  gb2312: "gb18030",
  "hz-gb-2312": "gb18030",
};

export interface DecodedText {
  text: string;
  /** WHATWG name of the encoding that was used. */
  charset: string;
}

/**
 * Text of a page or feed. A byte-order mark wins, then the header, then what the document says of itself; a document
 * that says nothing or something untrue is UTF-8 when its bytes are, else whatever they look like.
 */
export function decodeText(body: Uint8Array, contentType: string | null): DecodedText {
  const header = /charset\s*=\s*["']?([\w:.()-]+)/i.exec(contentType ?? "")?.[1];
  const named = getEncoding(body, {
    defaultEncoding: NONE,
    ...(header === undefined ? {} : { transportLayerEncodingLabel: header }),
  });
  const label = decoderName(named);
  // Pages are re-encoded without their labels; bytes of another encoding are next to never valid UTF-8 by chance.
  if (label === null || !label.startsWith("utf-16")) {
    const utf8 = strictUtf8(body);
    if (utf8 !== null && (label === null || /\P{ASCII}/u.test(utf8))) return { text: utf8, charset: "utf-8" };
  }
  if (label !== null) {
    const text = new TextDecoder(label).decode(body);
    if (damage(text) <= MAX_DAMAGE) return { text, charset: label };
  }
  const guess = decoderName(detect(body.subarray(0, DETECTED_BYTES)).encoding) ?? label ?? "windows-1252";
  return { text: new TextDecoder(guess).decode(body), charset: guess };
}

function strictUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** The decoder's own name for a label, null when there is no such decoder. */
function decoderName(label: string | null): string | null {
  if (label === null || label === NONE) return null;
  try {
    const name = label.toLowerCase();
    const known = DECODERS[name] ?? name.replace(/^cp(125\d)$/, "windows-$1").replace(/^mac-/, "x-mac-");
    return new TextDecoder(known).encoding;
  } catch {
    return null;
  }
}

function damage(text: string): number {
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  if (broken === 0) return 0;
  const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return broken / foreign;
}
