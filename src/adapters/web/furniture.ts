import { LABELS } from "./furniture-labels.ts";

/** Lines of a page that are not its article, in the languages news is read in. Longer lines are never furniture. */
const MAX_LINE_LENGTH = 260;
const MAX_LABEL_LENGTH = 70;

const LABEL_ALONE = new RegExp(`^[\\s\\p{P}\\p{S}\\d]*(?:${LABELS})[\\s\\p{P}\\p{S}\\d]*$`, "iu");
const LABEL_BEFORE = new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${LABELS})\\s*[:：|»›>▶►→–—-]`, "iu");
/** Labels after which a link's title follows without a colon. */
const LABEL_LINK = new RegExp(`^[\\s\\p{P}\\p{S}]*(?:${LABELS})\\s`, "iu");

/** Heads of a comment section; what follows is no longer the article. */
const COMMENTS =
  /^(?:(?:alle |show |view |\d[\d.,]* )?(?:reader |leser|user)?(?:comments?|kommentare?r?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze|komentáře|diskuse|комментари[ий]|коментарі|評論|评论|コメント|댓글|komentar)(?:\s*[(:]?\s*\d[\d.,]*\s*\)?)?|leave a (?:comment|reply)|join the (?:conversation|discussion)|(?:diskutieren sie mit|ihre meinung|schreiben sie einen kommentar)[^.]{0,30})$/iu;

const CREDIT =
  /(?:^|[\s(|[])(?:photo(?:graph)?s?|picture|image|foto|fotos|bild(?:er)?|bildrechte|bildquelle|quelle|grafik|imagen?|crédits?|fotografía|zdjęcie|zdj\.|фото|снимка|фотография|kuva|görsel|写真|撮影|图片|圖|사진)(?:\s?(?:by|credit|courtesy|von|de|par|source|来源))?\s?[:：©/]\s?\S|©\s?\S|\bgetty images?\b|\b(?:shutterstock|istock|alamy|picture alliance|imago images|unsplash|depositphotos)\b|\((?:AP|AFP|Reuters|EPA|dpa|ANSA|EFE|Photo|File)[^()]{0,40}\)$|\|\s?[^|]{2,40}\s?(?:\||via)\s?[^|]{2,30}$/iu;

/** Sentences of a page about itself: consent, subscription, apps, tips to the desk. */
const HOUSEKEEPING =
  /\b(?:all rights reserved|cookies?|privacy (?:policy|notice|statement)|terms (?:of (?:use|service)|and conditions)|unsubscribe|our newsletters?|sign up (?:for|to) (?:our|the|receive)|subscribe to (?:our|the)|this site is protected by recaptcha|enable javascript|your browser|bookmark our|google news (?:to|and)|follow (?:us|our) (?:on|channel)|whatsapp[- ](?:channel|kanal)|download (?:our|the) app|affiliate[- ]links?|we may earn (?:a )?commission|datenschutz(?:erklärung|richtlinie|bestimmungen|hinweis\w*)|drittplattformen|personenbezogene daten|newsletter (?:abonnieren|anmelden)|kostenlos (?:testen|registrieren|abonnieren|herunterladen)|abonniere (?:den|unser)|externen? inhalt|inhalte? von (?:youtube|twitter|instagram|facebook|x) |réservée? aux abonnés|politique de confidentialité|abonnez-vous|il vous reste [\d.,]+ ?%|suscríbete|política de privacidad|aviso legal|informativa sulla privacy|tutti i diritti riservati|polityk[aię] prywatności|personvern|integritetspolicy|политик[аи] конфиденциальности|подпи(?:шитесь|сывайтесь) на|kebijakan privasi|ikuti (?:kami|whatsapp))|無断(?:転載|複製)|転載を禁|会員限定|有料会員|無料会員|版权所有|未经授权|著作權|무단 ?전재|저작권자|재배포 금지/iu;

/** Whether a line is a label or prompt of the page rather than a sentence of the article. */
export function isFurniture(text: string): boolean {
  if (text.length > MAX_LINE_LENGTH) return false;
  if (text.length <= MAX_LABEL_LENGTH && LABEL_ALONE.test(text)) return true;
  return LABEL_BEFORE.test(text) || !/\p{L}/u.test(text);
}

/** Whether a linked line starts with a label that asks to read something else. */
export function isLabelledLink(text: string): boolean {
  return text.length <= MAX_LINE_LENGTH && LABEL_LINK.test(text);
}

/** Whether a line alone is a label: what stands in its box belongs to it. */
export function isLabel(text: string): boolean {
  return text.length <= MAX_LABEL_LENGTH && LABEL_ALONE.test(text);
}

export function isCommentsHead(text: string): boolean {
  return text.length <= MAX_LABEL_LENGTH && COMMENTS.test(text);
}

/** Whether a line is the caption or credit of a picture. */
export function isCredit(text: string): boolean {
  return text.length <= MAX_LINE_LENGTH && CREDIT.test(text);
}

/** Whether a line speaks about the site (consent, subscription, app) rather than the news. */
export function isHousekeeping(text: string): boolean {
  return text.length <= 2 * MAX_LINE_LENGTH && HOUSEKEEPING.test(text);
}
