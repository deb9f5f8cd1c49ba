import { baseLanguage } from "./normalise.ts";

/** Pairs of word lists that contradict each other when the article has only the other one; folded, "*" takes any ending. */
type Pair = readonly [RegExp, RegExp];

function pair(left: string, right: string): Pair {
  return [pattern(left), pattern(right)];
}

function pattern(words: string): RegExp {
  return new RegExp(
    `^(?:${words
      .split(" ")
      .map((word) => word.replace("*", "\\p{L}*"))
      .join("|")})$`,
    "u",
  );
}

const EN: readonly Pair[] = [
  pair(
    "rise rises rose risen rising increase* grew grow* growth climb* soar* surg* jump* gain* upward* upturn rall* swell* escalat* boost* expand* expansion",
    "fall falls fell fallen falling decreas* declin* drop* plung* slump* sank sink* shrank shrink* downward* downturn tumbl* dip* reduc* cut cuts slash* eas* contract*",
  ),
  pair("win wins won winning victor* triumph* beat beats beating", "lose loses lost losing loss losses"),
  pair(
    "accept* approv* agree* endors* backed backs welcom* support*",
    "reject* refus* oppos* denied denies dismiss* block* veto* condemn* criticis* criticiz*",
  ),
  pair("guilty convict* conviction", "innocent acquit* clear* cleared"),
  pair("arriv* enter* join*", "leav* left depart* quit* exit* resign* withdr*"),
  pair("open opens opened opening reopen*", "clos* shut*"),
  pair("begin* began begun start* launch*", "end ends ended ending finish* stop* halt* conclud*"),
  pair("before prior earlier", "after following later"),
  pair("more greater", "less fewer"),
  pair("most majority", "least minority few"),
  pair("first earliest", "last latest final"),
  pair("largest biggest highest greatest best most tallest longest", "smallest lowest worst least shortest"),
  pair("strong* stronger", "weak* weaker"),
  pair("legal legally lawful", "illegal illegally unlawful"),
  pair("able", "unable"),
  pair("likely", "unlikely"),
  pair("safe safely", "unsafe dangerous*"),
  pair("alive surviv*", "dead died killed"),
  pair("arrest* detain* jail* imprison*", "releas* freed"),
  pair("allow* permit* legalis* legaliz*", "ban banned bans banning prohibit* forb* outlaw*"),
  pair("buy* bought purchas* acquir*", "sell* sold"),
  pair("hire* hiring recruit*", "fire fired sack* dismiss* laid"),
  pair("north northern", "south southern"),
  pair("east eastern", "west western"),
  pair(
    "man men male boy boys husband father son brother",
    "woman women female girl girls wife mother daughter sister",
  ),
  pair("success* succeed* succeeded", "fail* failure unsuccessful*"),
  pair("improv* better", "worsen* worse deteriorat*"),
  pair("public publicly", "private privately"),
  pair("domestic", "foreign"),
  pair("increase* rais* higher up", "lower* cut cuts reduc* down"),
  pair("confirm* admit*", "den* refut*"),
  pair("include* including", "exclud*"),
  pair("accidental* unintentional*", "deliberate* intentional*"),
  pair("wet rainy", "dry"),
  pair("thriv* flourish* booming prosper*", "struggl* troubled ailing"),
  pair("add adds added adding", "remov* cut cutting reduc*"),
  pair("direct", "roundabout indirect"),
  pair("keep keeps keeping kept", "delet* remov* discard*"),
  pair("arrest* convict* charged", "acquit* exonerat* pardon*"),
  pair("forced required ordered obliged", "allowed permitted free"),
  pair("early earlier", "late later"),
  pair("positive", "negative"),
  pair("loosen* relax* eas*", "tighten*"),
  pair("hot hotter warm* hottest", "cold* cool*"),
  pair("rich* wealthy", "poor poorer poorest"),
  pair("young younger youngest", "old older oldest elderly"),
  pair("optimis*", "pessimis*"),
  pair("praise* hail* applaud*", "critic* condemn* slam* denounc*"),
  pair("profit* profitable", "loss losses unprofitable"),
  pair("surplus", "deficit shortage"),
  pair("temporar*", "permanent*"),
  pair("maximum", "minimum"),
  pair("peace* peaceful*", "war violent*"),
  pair("love* loved", "hate* hated"),
  pair("ally allies", "enemy enemies rival rivals"),
];
const DE: readonly Pair[] = [
  pair(
    "stieg stiegen steigt steigen gestiegen anstieg zunahme zunahm zugenommen wuchs wachsen gewachsen erhoht* kletter* mehr hoher",
    "sank sanken sinkt sinken gesunken fiel fielen fallt fallen gefallen ruckgang abnahm abgenommen schrumpf* gesenkt* senk* weniger niedriger",
  ),
  pair(
    "gewann gewannen gewonnen gewinnt sieg siegte siegten",
    "verlor verloren verliert niederlage unterlag unterlagen",
  ),
  pair(
    "stimmte zugestimmt zustimmung billigt* gebilligt angenommen befurwort* unterstutz*",
    "abgelehnt ablehnung lehnt lehnte lehnten verwarf verworfen ablehn*",
  ),
  pair("offnet* eroffnet* geoffnet", "schliess* schloss geschlossen gesperrt sperr*"),
  pair("begann begonnen beginnt gestartet", "endet* beendet* beenden gestoppt"),
  pair("erlaubt* genehmigt*", "verboten verbot verbiet* untersagt*"),
  pair("schuldig verurteilt*", "unschuldig freigesprochen freispruch"),
  pair("vor vorher", "nach nachher"),
  pair("gekauft kauft* erwarb", "verkauft* verkaufen"),
];
const ES: readonly Pair[] = [
  pair(
    "sub* aument* crec* increment* alza mas",
    "baj* disminu* cay* cae* caid* reduj* reduc* descend* menos",
  ),
  pair("gan* vencio victoria triunf*", "perd* derrota"),
  pair("aprob* acept* apoy* respald*", "rechaz* opon* opuso deneg*"),
  pair("abr* abierto abierta reabr*", "cerr* cierr* cierre"),
  pair("permit* autoriz*", "prohib* veto"),
  pair("culpable condenad*", "inocente absuelt*"),
  pair("antes", "despues tras"),
  pair("empez* comenz* inici*", "termin* acab* finaliz*"),
];
const FR: readonly Pair[] = [
  pair("augment* hausse* grimp* progress* croi* accru*", "baiss* diminu* recul* chut* rédui* redui*"),
  pair("gagn* remport* victoire vainqueur", "perd* defaite"),
  pair("approuv* accept* adopt* souten*", "rejet* refus* oppos* condamn*"),
  pair("ouvr* ouvert* rouvr*", "ferm*"),
  pair("autoris* permet* permis*", "interdi*"),
  pair("coupable condamn*", "innocent acquitt* relax*"),
  pair("avant", "apres"),
  pair("commenc* debut*", "termin* fini*"),
];
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

const SPACED: Record<string, readonly Pair[]> = { en: EN, de: DE, es: ES, fr: FR };

/** Pairs over single words, for languages with spaces. */
export function oppositeWords(language: string): readonly Pair[] {
  return SPACED[baseLanguage(language)] ?? [];
}

/** Pairs over running text, for languages without spaces. */
export function oppositePhrases(language: string): readonly (readonly [RegExp, RegExp])[] {
  return baseLanguage(language) === "ja" ? JA : [];
}

const NEGATION: Record<string, RegExp> = {
  en: /\b(?:not|no|never|without|none|nobody|nothing|neither|nor|cannot|nowhere|no-one)\b|n['’]t\b/i,
  de: /\b(?:nicht|kein|keine[mnrs]?|nie|niemals|ohne|niemand|nichts|weder)\b/i,
  es: /(?<![\p{L}])(?:no|nunca|jamás|sin|ningún|ninguna|ninguno|nadie|nada|tampoco|ni)(?![\p{L}])/iu,
  fr: /(?<![\p{L}])(?:pas|jamais|sans|aucun|aucune|personne|rien|ni|nullement)(?![\p{L}])/iu,
  it: /(?<![\p{L}])(?:non|mai|senza|nessun[oa]?|nulla|niente|né)(?![\p{L}])/iu,
  pt: /(?<![\p{L}])(?:não|nunca|jamais|sem|nenhum|nenhuma|ninguém|nada|nem)(?![\p{L}])/iu,
  nl: /\b(?:niet|geen|nooit|zonder|niemand|niets|noch)\b/i,
  ja: /ない|なかっ|ません|ず(?:に|、|。)|ぬ(?:まま)?。|未(?:定|確認|明|だ)|否定|無かっ/,
  zh: /不|没|無|未|非/,
};
/** What can lie behind a claim's "not" without a negation in the article. */
const LEXICAL: Record<string, RegExp> = {
  en: /\b(?:den(?:y|ies|ied|ying|ial)|refus\w+|fail\w*|reject\w*|lack\w*|unable|impossible|stop\w*|prevent\w*|ban(?:s|ned)?|avoid\w*|rul(?:e|es|ed|ing) out|unlikely|absen\w+|miss\w*|few|little|hardly|barely|rarely|scarcely|instead|rather|un\w{4,}|in(?:ability|valid|complete|sufficient|eligible|accurate)\w*|dis\w{4,}|il?legal\w*|non\w+|free of|innocent|only|until|yet to|against|oppos\w+|except|unless|despite|zero|end(?:s|ed)?|cancel\w*|withdr\w+|declin\w+|block\w*|suspend\w*|false\w*|wrong\w*|doubt\w*|too|remain\w*|still|anything but|far from|rid|without|lost|loses?|los(?:s|ing)|empty|abandon\w*|postpone\w*|halt\w*|prohibit\w*|forb\w+|shy of|short of|less)\b/i,
  de: /\b(?:bestritt\w*|bestreit\w*|dementier\w*|verweiger\w*|scheiter\w*|abgelehnt|ablehn\w*|lehnt\w*|verbot\w*|verbiet\w*|un\w{4,}|fehl\w*|kaum|wenig\w*|statt\w*|verhinder\w*|gestoppt|ausgeschlossen|ausschlie\w+|abgesagt|gegen|nur|erst|bislang|noch)\b/i,
  es: /(?<![\p{L}])(?:neg\p{L}+|nieg\p{L}+|rechaz\p{L}+|falt\p{L}*|imp\p{L}+|in\p{L}{5,}|des\p{L}{4,}|apenas|poc[oa]s?|contra|prohib\p{L}+|cancel\p{L}+|suspend\p{L}+|solo|sólo|descart\p{L}+)(?![\p{L}])/iu,
  fr: /(?<![\p{L}])(?:n[e'’]|refus\p{L}*|rejet\p{L}*|ni[eé]\p{L}*|démen\p{L}+|manqu\p{L}*|im\p{L}{4,}|in\p{L}{5,}|peu|contre|interdi\p{L}*|annul\p{L}*|exclu\p{L}*|seul\p{L}*)(?![\p{L}])/iu,
};
/** Phrases in which a negative word negates nothing. */
const NO_NEGATION: Record<string, RegExp> = {
  en: /\b(?:not only|no longer|no matter|no\. ?\d|no \d|nothing but|no doubt|no fewer|no less|no more than|not just|not least|why not|whether or not)\b/gi,
  de: /\b(?:nicht nur|nicht zuletzt|ohne weiteres|kein geringerer)\b/gi,
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
