/** Verbs that put words into a mouth; folded. */
export const SAYING: Readonly<Record<string, RegExp>> = {
  en: /^(?:said|says|say|saying|told|tells|added|adds|stated|states|claimed|claims|argued|argues|insisted|insists|explained|explains|announced|announces|warned|warns|admitted|admits|wrote|writes|tweeted|commented|testified|alleged|alleges|called|calls|promised|promises|fears|feared|hopes|thinks|believes|believed|denies|denied|accused|accuses|replied|responded|confirmed|confirms|noted|suggested|predicted|described|describes|acknowledged|vowed|pledged|demanded|demands|criticised|criticized|praised)$/,
  de: /^(?:sagte|sagt|sagten|erklarte|erklart|erklarten|betonte|betont|teilte|teilten|berichtete|berichtet|berichteten|warnte|warnt|behauptete|behauptet|kundigte|kundigt|schrieb|schreibt|nannte|nennt|versprach|verspricht|furchtet|befurchtet|hofft|bestreitet|bestritt|antwortete|bestatigte|bestatigt|meinte|meint|fordert|forderte|kritisierte|kritisiert|lobte|wirft|warf|bezeichnete|bezeichnet)$/,
  es: /^(?:dijo|dice|dijeron|afirmo|afirma|aseguro|asegura|senalo|senala|explico|explica|anuncio|anuncia|advirtio|advierte|declaro|declara|anadio|escribio|informo|informa|respondio|conto|cuenta|prometio|promete|teme|espera|niega|nego|califico|califica|llamo|acuso|acusa|confirmo|confirma|denuncio|denuncia|critico|pidio|reconocio|insistio)$/,
  fr: /^(?:dit|declare|affirme|affirmait|explique|indique|assure|annonce|averti|avertit|ajoute|souligne|ecrit|repondu|repond|craint|redoute|espere|promis|promet|nie|qualifie|juge|accuse|confirme|estime|precise|raconte|critique|denonce|deplore)$/,
  it: /^(?:detto|dice|affermato|afferma|spiegato|spiega|annunciato|annuncia|avvertito|avverte|dichiarato|dichiara|aggiunto|scritto|risposto|promesso|promette|teme|spera|nega|negato|definito|definisce|accusato|accusa|confermato|conferma|sostiene|sostenuto|raccontato|denunciato|criticato|ammesso|precisato)$/,
  pt: /^(?:disse|diz|disseram|afirmou|afirma|explicou|explica|anunciou|anuncia|alertou|alerta|declarou|declara|acrescentou|escreveu|respondeu|prometeu|promete|teme|espera|nega|negou|classificou|chamou|acusou|acusa|confirmou|confirma|informou|informa|contou|ressaltou|criticou|admitiu|garantiu|garante)$/,
  nl: /^(?:zei|zegt|zeiden|verklaarde|verklaart|meldde|meldt|waarschuwde|waarschuwt|beweerde|beweert|schreef|schrijft|noemde|noemt|beloofde|belooft|vreest|hoopt|ontkent|ontkende|antwoordde|bevestigde|bevestigt|vertelde|vertelt|benadrukte|vindt)$/,
};

/** What names a source without a verb, before the name; folded text. */
export const ACCORDING: Readonly<Record<string, RegExp>> = {
  en: /\baccording to\b/g,
  de: /\b(?:laut|nach angaben (?:von|des|der)|nach aussage (?:von|des|der))\b/g,
  es: /\bsegun\b/g,
  fr: /\b(?:selon|d['’]apres)\b/g,
  it: /\bsecondo\b/g,
  pt: /\b(?:segundo|de acordo com)\b/g,
  nl: /\bvolgens\b/g,
};

/**
 * Scripts without capitals: where a speaker stands. Groups "before" and "after" hold the stretch that names one; the
 * first that matches counts.
 */
export const SPEAKERS: Readonly<Record<string, readonly RegExp[]>> = {
  ja: [
    /(?:^|[、。])(?<before>[^、。「」]{2,30}?)(?:によると|によれば)/u,
    /(?:^|[、。])(?<before>[^、。「」は]{2,30})は.*(?:と|を)(?:述べ|話し|語っ|説明|発表|強調|指摘|明らかに|コメント|訴え|主張|呼びかけ|批判|約束)/u,
  ],
  zh: [
    /据(?<before>[^，。、“”]{2,20}?)(?:称|说|报道|介绍|透露|表示|，)/u,
    /(?:^|[，。；])(?<before>[^，。；“”：]{2,30}?)(?:在[^，。“”]{0,15})?(?:表示|指出|认为|宣布|强调|透露|承诺|说|称|警告|介绍|回应|批评|呼吁|否认|担心|要求)/u,
  ],
  ar: [
    /(?<!\p{L})(?:بحسب|وفقا ل|وفق|حسب)(?<after>[^،.؛:«»]{2,50})/u,
    /(?<!\p{L})[وف]?(?:قالت?|أعلنت?|أكدت?|أوضحت?|أضافت?|صرحت?|ذكرت?|أشارت?|اعتبرت?|وصفت?|وعدت?|توقعت?|اتهمت?)\s(?<after>[^،.؛:«»]{2,60}?)(?=\s(?:إن|أن|إنه|إنها|بأن)|[،.؛:«]|$)/u,
  ],
};

/** Words that stand for a speaker named before; folded. */
export const PRONOUN =
  /^(?:he|she|they|his|her|its|their|er|sie|ihr|ihre|ihrer|sein|seine|seiner|el|ella|ellos|ellas|su|sus|il|elle|ils|elles|t-il|t-elle|son|sa|ses|leur|leurs|lui|lei|loro|suo|sua|ele|ela|eles|elas|seu|hij|zij|ze|zijn|haar|hun)$/;

/** What stands before such a verb where it tells of whom is spoken: "are accused". */
export const BEING =
  /^(?:is|are|was|were|be|been|being|est|sont|etait|etaient|ete|es|son|fue|fueron|sido|e|stato|stata|stati|state|viene|foi|foram)$/;

/** What may stand for anybody who speaks. */
export const ANYBODY =
  /^(?:man|woman|men|women|people|person|official|officials|source|sources|group|company|firm|organi[sz]ation|agency|authorit|statement|report|team|others|experts?|mann|frau|leute|behorde\w*|unternehmen|firma|konzern|bericht|mitteilung|hombre|mujer|empresa|compania|grupo|comunicado|fuente\w*|informe|homme|femme|entreprise|societe|groupe|communique|source\w*|rapport|uomo|donna|azienda|societa|gruppo|fonti|comunicato|rapporto|homem|mulher|companhia|nota|relatorio|bedrijf|vrouw|bron\w*|rapport)$/;
