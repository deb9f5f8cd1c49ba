import { baseLanguage, isUnspaced } from "./normalise.ts";

/** Unspaced scripts: the words as they stand in the text. */
const JA: readonly (readonly [RegExp, RegExp])[] = [
  [/上昇|増加|増え|上が|上回|拡大|急騰|引き上げ/, /下落|減少|減っ|減り|下が|下回|縮小|急落|引き下げ/],
  [/勝利|勝っ|優勝/, /敗北|敗れ|負け/],
  [/承認|可決|賛成|支持/, /否決|拒否|反対|却下/],
  [/開始|始ま|始め/, /終了|終わ|終え|中止/],
  [/有罪/, /無罪/],
  [/許可|認め/, /禁止|認めな/],
  [/黒字/, /赤字/],
];

/** Pairs over running text, for languages without spaces. */
export function oppositePhrases(language: string): readonly (readonly [RegExp, RegExp])[] {
  return baseLanguage(language) === "ja" ? JA : [];
}

const NEGATION: Record<string, RegExp> = {
  en: /\b(?:not|no|never|without|none|nobody|nothing|neither|nor|cannot|nowhere|no-one)\b|n ?['’] ?t\b/i,
  de: /\b(?:nicht|kein|keine[mnrs]?|nie|niemals|ohne|niemand|nichts|weder)\b/i,
  es: /(?<![\p{L}])(?:no|nunca|jamás|sin|ningún|ninguna|ninguno|nadie|nada|tampoco|ni)(?![\p{L}])/iu,
  fr: /(?<![\p{L}])(?:pas|jamais|sans|aucun|aucune|personne|rien|ni|nullement)(?![\p{L}])/iu,
  it: /(?<![\p{L}])(?:non|mai|senza|nessun[oa]?|nulla|niente|né)(?![\p{L}])/iu,
  pt: /(?<![\p{L}])(?:não|nunca|jamais|sem|nenhum|nenhuma|ninguém|nada|nem)(?![\p{L}])/iu,
  nl: /\b(?:niet|geen|nooit|zonder|niemand|niets|noch|nergens|evenmin)\b/i,
  sv: /\b(?:inte|ingen|inget|inga|aldrig|utan|varken)\b/i,
  ar: /(?<![\p{L}])[وف]?(?:لم|لن|لا|ليس|ليست|ليسوا|بدون|دون|بلا|عدم|غير)(?![\p{L}])/u,
  ja: /ない|なかっ|ません|ず(?:に|、|。)|ぬ(?:まま)?。|未(?:定|確認|明|だ)|否定|無かっ/,
  zh: /不|没|無|未|非/,
};
/** What can lie behind a claim's "not" without a negation in the article. */
const LEXICAL: Record<string, RegExp> = {
  en: /\b(?:den(?:y|ies|ied|ying|ial)|refus\w+|fail\w*|reject\w*|lack\w*|unable|impossible|stop\w*|prevent\w*|ban(?:s|ned)?|avoid\w*|rul(?:e|es|ed|ing) out|unlikely|absen\w+|miss\w*|few|little|hardly|barely|rarely|scarcely|instead|rather|un(?!der|it|iv|iq|io|til|veil|manned|crewed)\w{4,}|in(?:ability|valid|complete|sufficient|eligible|accurate)\w*|dis(?!cuss|tri|play|tan|ast|eas|cover|pat|clos|counts?\b)\w{4,}|il?legal\w*|non\w+|free of|innocent|only|until|yet to|against|oppos\w+|except|unless|despite|zero|end(?:s|ed)?|cancel\w*|withdr\w+|declin\w+|block\w*|suspend\w*|false\w*|wrong\w*|doubt\w*|too|remain\w*|still|anything but|far from|rid|without|lost|loses?|los(?:s|ing)|empty|abandon\w*|postpone\w*|halt\w*|prohibit\w*|forb\w+|shy of|short of|less)\b/i,
  de: /\b(?:bestritt\w*|bestreit\w*|dementier\w*|verweiger\w*|scheiter\w*|abgelehnt|ablehn\w*|lehnt\w*|verbot\w*|verbiet\w*|un(?!ter|ion|i[a-z]|ser|gef|d)\w{4,}|fehl\w*|kaum|wenig\w*|statt\w*|verhinder\w*|gestoppt|ausgeschlossen|ausschlie\w+|abgesagt|gegen|nur|erst|bislang|noch)\b/i,
  es: /(?<![\p{L}])(?:neg\p{L}+|nieg\p{L}+|rechaz\p{L}+|falt\p{L}*|imp\p{L}+|in\p{L}{5,}|des\p{L}{4,}|apenas|poc[oa]s?|contra|prohib\p{L}+|cancel\p{L}+|suspend\p{L}+|solo|sólo|descart\p{L}+)(?![\p{L}])/iu,
  it: /(?<![\p{L}])(?:neg\p{L}+|nieg\p{L}+|smenti\p{L}+|rifiut\p{L}+|respin\p{L}+|manc\p{L}+|imp\p{L}{4,}|in\p{L}{5,}|dis\p{L}{4,}|poc[oahi]\p{L}*|contro|viet\p{L}+|annull\p{L}+|sospe\p{L}+|solo|esclu\p{L}+|ancora)(?![\p{L}])/iu,
  pt: /(?<![\p{L}])(?:neg\p{L}+|desment\p{L}+|recus\p{L}+|rejeit\p{L}+|falt\p{L}+|imp\p{L}{4,}|in\p{L}{5,}|des\p{L}{4,}|pouc[oa]s?|contra|proib\p{L}+|cancel\p{L}+|suspen\p{L}+|só|apenas|exclu\p{L}+|ainda)(?![\p{L}])/iu,
  nl: /\b(?:ontken\w*|weiger\w*|geweigerd|mislukt?\w*|afgewezen|verwierp|verbod\w*|verboden|verbied\w*|on\w{4,}|gebrek\w*|nauwelijks|weinig|tegen|geannuleerd|afgelast|uitgesloten|alleen|slechts|pas|nog)\b/i,
  ar: /(?<![\p{L}])[وف]?(?:[يتن]?نفى|نفت|[يت]نفي|رفض\p{L}*|[يت]رفض\p{L}*|ألغ\p{L}+|[يت]لغي|فشل\p{L}*|[يت]فشل|منع\p{L}*|[يت]منع\p{L}*|حظر\p{L}*|[يت]حظر|امتنع\p{L}*|[يت]متنع|استبعد\p{L}*|تعذر\p{L}*|توقف\p{L}*|نجا|نجت|خال\p{L}*|فقط|سوى|ضد|نقص|انعدام|قليل\p{L}*)(?![\p{L}])/u,
  fr: /(?<![\p{L}])(?:n[e'’]|refus\p{L}*|rejet\p{L}*|ni[eé]\p{L}*|démen\p{L}+|manqu\p{L}*|im\p{L}{4,}|in\p{L}{5,}|peu|contre|interdi\p{L}*|annul\p{L}*|exclu\p{L}*|seul\p{L}*)(?![\p{L}])/iu,
};
/** Phrases in which a negative word negates nothing. */
const NO_NEGATION: Record<string, RegExp> = {
  en: /\b(?:not only|no longer|no matter|no\. ?\d|no \d|nothing but|no doubt|no fewer|no less|no more than|not just|not least|why not|whether or not|not(?=[^.;]{1,60}\bbut (?:rather|instead)\b)|not(?=[^.;]{1,60}\brather\b))\b/gi,
  de: /\b(?:nicht nur|nicht zuletzt|ohne weiteres|kein geringerer)\b/gi,
  ar: /(?<![\p{L}])(?:لا سيما|لا [يت]زال\p{L}*|لا [يت]قل عن|لا [يت]زيد (?:عن|على)|لا [يت]تجاوز|لا بد|غير أن|دون سن|ليس فقط)(?![\p{L}])/gu,
  it: /(?<![\p{L}])(?:non solo|non soltanto|nonostante|senza dubbio|niente meno)(?![\p{L}])/giu,
  pt: /(?<![\p{L}])(?:não só|não apenas|não obstante|sem dúvida|nada menos)(?![\p{L}])/giu,
  nl: /\b(?:niet alleen|niet slechts|noch steeds|zonder twijfel|niets minder)\b/gi,
  es: /(?<![\p{L}])(?:no solo|no sólo|sin embargo|no obstante|sin duda|nada menos)(?![\p{L}])/giu,
  fr: /(?<![\p{L}])(?:pas seulement|ni plus ni moins|sans doute|rien de moins|personnes|une personne|la personne|cette personne|chaque personne|\p{L}+ personne)(?![\p{L}])/giu,
};

export function isNegated(text: string, language: string): boolean {
  const base = baseLanguage(language);
  const spared = NO_NEGATION[base];
  return NEGATION[base]?.test(spared === undefined ? text : text.replace(spared, " ")) ?? false;
}

/** True when a text denies something in any way, by a negation or by a word such as "refuse". */
export function deniesAnything(text: string, language: string): boolean {
  const base = baseLanguage(language);
  return (NEGATION[base]?.test(text) ?? false) || (LEXICAL[base]?.test(text) ?? false);
}

export function negationIn(text: string, language: string): string | null {
  return NEGATION[baseLanguage(language)]?.exec(text)?.[0] ?? null;
}

/** Every negation of a text with its place, those that negate nothing left out; none in a script without spaces. */
export function negationsIn(text: string, language: string): { at: number; word: string }[] {
  const base = baseLanguage(language);
  const pattern = NEGATION[base];
  if (pattern === undefined || isUnspaced(language)) return [];
  const spared = NO_NEGATION[base];
  const plain = spared === undefined ? text : text.replace(spared, (phrase) => " ".repeat(phrase.length));
  return [...plain.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map((match) => ({
    at: match.index,
    word: match[0],
  }));
}
