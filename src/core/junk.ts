import { baseLanguage, isUnspaced, tokenize } from "./normalise.ts";

/** Fewest words of a sentence worth showing, and fewest characters in a script without spaces. */
const MIN_WORDS = 6;
const MIN_UNSPACED = 14;

const FURNITURE: readonly RegExp[] = [
  /^(?:by|written by|words by|reporting by|additional reporting|edited by|editing by|compiled by|photography by|story by|from our correspondent)\b[^.!?]{0,120}$/i,
  /^(?:von|par|por|di|door) \p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,4}$/u,
  /^(?:photo|photos|image|images|picture|pictures|video|watch|listen|credit|source|file photo|photograph|caption|foto|bild|quelle|fuente|photo d['’]archives|crédit|写真|画像|動画)\s?[:：©|/]/i,
  /^(?:[▶►•*#>|]|©|\(c\)|copyright|all rights reserved|advertisement|anzeige|publicidad|publicité|sponsored|trending|most (?:read|popular|viewed)|related|recommended|read (?:more|also|next)|more (?:on|from|about)|also read|see also|lees ook|lire aussi|à lire aussi|lea también|le puede interesar|mehr zum thema|lesen sie auch|関連記事|広告)\b/i,
  /^(?:関連記事|広告|写真|あわせて読みたい|続きを読む)/,
  /\b(?:scroll down|click here|click to|sign up|subscribe|newsletter|log in|register (?:now|here|for)|follow us|follow @|share this|send this page|download the app|story continues below|article continues below|cookie|watch the video|see video|for confidential support|leave a comment|join the conversation|terms of (?:use|service)|privacy policy|buy tickets|use the promo|t\.co\/|pic\.twitter\.com|video (?:below|above))\b/i,
  /\b(?:abonnieren|newsletter|jetzt (?:anmelden|lesen|registrieren)|hier klicken|abonnez-vous|inscrivez-vous|cliquez ici|suscr[ií]b(?:ete|ase)|haga clic|haz clic|regístrese)\b/i,
  /(?:会員登録|無料登録|続きを読むには|メールマガジン|購読)/,
  /^(?:published|updated|last updated|posted|first published|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|stand)\b[^.!?]{0,80}$/i,
  /^(?:correction|clarification|editor['’]?s['’]? note|korrektur|korrekturhinweis|correctif|rectificatif|corrección|fe de errores|訂正)\s?[:：]/i,
  /(?:https?:\/\/|www\.)\S+\s*$/i,
  /^\W*(?:\(?(?:reuters|ap|afp|dpa|pa|upi|efe|ansa|bloomberg|getty(?: images)?|共同|時事)\)?)\W*$/i,
];
const CAPTION =
  /\((?:left|right|centre|center|above|below|pictured|top|bottom|back|front|far left|far right|l|r|file|links|rechts|izquierda|derecha|à gauche|à droite)\)|\b(?:pictured (?:here|above|below|left|right|with|in|at|on)|is pictured|are pictured|file pictures?|file photo|seen here|photo by|photo:|photograph:|image:|getty images|shutterstock|courtesy of)\b/i;
const DATELINE =
  /^(?:\p{Lu}[\p{Lu}\p{M} .,'’/-]{2,40}(?:, (?:[\p{L}.]+ ?\d{0,2}|[\p{L}. ]{2,20}))?\s*)?(?:\((?:[^()]{2,40})\)\s*)?[–—-]{1,2}\s+(?=["“'‘„«]?[\p{Lu}\d])/u;
const CITY_DATELINE =
  /^(?:\p{Lu}[\p{L} .'’-]{1,30})(?:, [\p{L}. ]{2,20}\d{0,2})? \((?:Reuters|AP|AFP|dpa|PA|UPI|CNN|EFE|ANSA|Bloomberg|Xinhua|Kyodo|WDR)[^()]{0,20}\)\s*[–—:-]*\s*/u;
const BRACKETED_DATELINE =
  /^【[^】]{1,20}】\s*|^［[^］]{1,20}］\s*|^\([^()]{1,20}=[^()]{1,20}\)\s*|^\(CNN\)\s*[–—-]*\s*/u;

/** True for what stands on a page without being part of the report: bylines, captions, calls to subscribe, scraps. */
export function isJunk(sentence: string, language: string): boolean {
  const text = sentence.trim();
  return (
    isFurniture(text) ||
    CAPTION.test(text) ||
    isScrap(text, language) ||
    isBareQuote(text) ||
    isShouting(text, language)
  );
}

/** Furniture of the page alone: what no revision note and no summary should ever show. */
export function isFurniture(text: string): boolean {
  return FURNITURE.some((pattern) => pattern.test(text.trim()));
}

/** The length of a dateline such as "LONDON (Reuters) - " at the front, 0 without one. */
export function datelineLength(sentence: string): number {
  for (const pattern of [BRACKETED_DATELINE, CITY_DATELINE, DATELINE]) {
    const found = pattern.exec(sentence)?.[0] ?? "";
    if (found.length > 0 && found.length < sentence.length - 20) return found.length;
  }
  return 0;
}

function isScrap(text: string, language: string): boolean {
  const tokens = tokenize(text);
  if (isUnspaced(language)) return tokens.length < MIN_UNSPACED || !/[。！？!?」]$/.test(text);
  if (tokens.length < MIN_WORDS) return true;
  const ended = /[.!?…]["'”’»)\]]*$/.test(text);
  return !ended && tokens.length < 12;
}

/** Somebody's words and nothing else: who said it stands elsewhere. */
function isBareQuote(text: string): boolean {
  return (
    (/^["“„«‘'「]/u.test(text) &&
      /["”“»’'」][.!?,]?$/u.test(text) &&
      !/["”»’]\s+\p{L}[^"“”]{8,}$/u.test(text.replace(/^.[^"”»]*/u, ""))) ||
    (/^["“„«]/.test(text) && !/["”“»]/.test(text.slice(1))) ||
    /\?["”'’]?$/.test(text)
  );
}

function isShouting(text: string, language: string): boolean {
  if (baseLanguage(language) === "ja" || baseLanguage(language) === "zh") return false;
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu) ?? [];
  return letters.length > 20 && capitals.length > letters.length * 0.6;
}
