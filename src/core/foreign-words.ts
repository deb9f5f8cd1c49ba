import { baseLanguage } from "./normalise.ts";

/** What a sentence does rather than what it is about, in one language. */
export interface Address {
  /** Speaks of the text it stands in. */
  own: RegExp;
  /** Speaks of a shorter or other telling of a text. */
  retelling: RegExp;
  /** Who passes news on or takes it in, people and machines. */
  hearers: RegExp;
  /** Saying, adding, leaving out, and what is the first or the main thing to say. */
  tells: RegExp;
  /** Asks, obliges or wishes. */
  asks: RegExp;
  /** Speaks to its reader, or as its own writer. */
  person: RegExp;
  /** Offers goods. */
  offers: RegExp;
}

type Sources = Record<keyof Address, string>;

/**
 * Closed classes of words, not phrases of attacks: what a text is called, what a shorter one is called, modal verbs,
 * pronouns, words of trade. `~` stands for the rest of a word. No class means anything alone; see `foreign-text.ts`.
 */
const SOURCES: Readonly<Record<string, Sources>> = {
  en: {
    hearers:
      "(?:readers?|subscribers?|followers?|viewers?|audiences?|recipients?|whoever|anyone|anybody|everyone|everybody|ai|ais|bots?|chatbots?|models?|llms?|assistants?|software|programs?|programmes?|algorithms?|systems?|machines?|tools?|crawlers?|parsers?|agents?|editors?|copywriters?)",
    tells:
      "(?:mention~|say|saying|noting|noted|stating|stated|tell|telling|told|reporting|write|writing|written|repeat~|relay|relays|relayed|share|shares|sharing|pass(?:es|ed|ing)? on|quotes?|quoting|quoted|cites?|citing|cited|publish|publishes|published|highlight~|emphasi[sz]e~|stress|stressed|includes?|including|included|adds?|added|omit~|left out|leave out|leaving out|put|point out|replace~|reproduc~|carry|carried|know|known|aware|trust|ignore|prefer|instead|supersed~|outdated|obsolete|void|the words?|the phrase|first (?:line|sentence|word|point|fact)|last (?:line|sentence|word|point)|(?:key|main|central|top|most important|only) (?:points?|facts?|messages?|findings?|news|things?))",
    own: "(?:this|these|the (?:present|above|following|preceding|current|entire|whole)|our|my) (?:[a-z]+ )?(?:text|article|lines?|paragraph|passage|page|piece|post|item|note|message|content|write-up|channel)s?|(?:said|given|stated|written|mentioned|shown|printed|reported) (?:above|below|here)|(?:the|all|everything|nothing|anything|what is) above|reads along|in the loop",
    retelling:
      "summar~|digests?|recaps?|recapitulat~|retell~|retold|abridg~|condens~|paraphras~|(?:short|shorter|shortened|brief|briefer) (?:versions?|forms?|accounts?|texts?)|shorten~|synops~|abstracts?|overviews?|gist|takeaways?|tl;?dr|headlines?|briefings?|bullet points?|rewrit~|reword~|rephras~|renditions?|opening (?:line|sentence|words)",
    asks: "must|should|ought|shall|would|needs?|has to|have to|had better|please|kindly|let|do not|don't|never|may only|want|wish~|hope~|beg~|(?:is|are) (?:to|asked|required|expected|requested|advised|urged|invited|supposed|encouraged|reminded)|asks?|remember|forget|fail|deserves?|worth (?:a|the|saying|noting|mentioning|adding|its)|make sure|be sure|advisable",
    person:
      "you|your|yours|yourself|yourselves|you're|you'll|you've|i|i'm|i've|i'd|i'll|my|me|mine|we|our|ours|us|we're|we've",
    offers:
      "buy~|offers?|order~|free|discount~|sale|price~|shop~|store|savings?|save|deal|bonus~|coupon~|voucher~|promo~|code|deliver~|win|prize~|guarantee~|bargain~|claim~|off",
  },
  de: {
    hearers:
      "(?:leser~|abonnent~|empfänger~|publikum|jeder|alle|wer|ki|kis|bots?|modell~|sprachmodell~|assistent~|software|programm~|algorithm~|system~|maschine~|werkzeug~|redakteur~|redaktion)",
    tells:
      "(?:erwähn~|sagen|gesagt|notier~|mitteil~|mitgeteilt|meld~|bericht~|schreib~|geschrieben|wiederhol~|weitergeb~|weitergegeben|zitier~|veröffentlich~|hervorheb~|hervorgehoben|beton~|aufnehm~|aufgenommen|hinzufüg~|weglass~|weggelassen|nenn~|genannt|festhalt~|festgehalten|hinweis~|ersetz~|überholt|ungültig|statt~|wissen|den? worten?|erster? (?:satz|zeile|punkt)|letzte[rn]? (?:satz|zeile)|(?:wichtigste|zentrale|einzige)[nrs]? (?:punkt~|fakt~|tatsache~|botschaft~|nachricht~))",
    own: "(?:diese[rnms]?|des vorliegenden|der vorliegende|dem vorliegenden|obige[rnms]?|unser~|mein~) (?:\\p{L}+ )?(?:text~|artikel~|zeilen?|absatz~|absätze~|seite|beitrag~|meldung|bericht~|stück~|kanal~)|(?:oben|unten|hier) (?:genannt|gesagt|steh|geschrieben|angegeben)~",
    retelling:
      "zusammenfass~|kurzfassung~|kurzform~|kurzversion~|zusammenzieh~|nacherzähl~|wiedergabe~|wiedergeb~|kürz(?:en|t|ung~)|gekürzt~|überblick~|inhaltsangabe~|schlagzeile~|überschrift~|fazit|umschreib~|umformulier~|paraphras~|(?:kurze|gekürzte)[rn]? (?:fassung|version|text)~",
    asks: "soll~|muss|müssen|müsste~|darf|dürfen|dürfte~|möge~|bitte~|gebeten|wäre~|würde~|könnte~|nicht fehlen|verdien~|wünsch~|erwarte~|gehör~|empfehl~|empfiehlt|vergess~|vergiss|denk~ daran|gut daran|lasst|lass",
    person:
      "du|dich|dir|dein~|ihr|euch|euer|eure~|ich|mich|mir|mein~|wir|uns|unser~|holen sie|sie sich|sparen sie|sichern sie|ihre[nmrs]?|ihnen",
    offers:
      "kauf~|angebot~|bestell~|gratis|kostenlos~|rabatt~|preis~|laden|sparen|spar~|gutschein~|gewinn~|hälfte|nur heute|aktion~|liefer~|bonus",
  },
  fr: {
    hearers:
      "(?:lect(?:eur|rice)s?|abonnés?|destinataires?|public|quiconque|ceux|celles|chacun|tous|ia|robots?|modèles?|assistants?|logiciels?|programmes?|algorithmes?|systèmes?|machines?|outils?|rédact(?:eur|rice)s?)",
    tells:
      "(?:mentionn~|dire|dite?s?|not(?:er|ez|é|ée)|signal~|indiqu~|écri(?:re|vez|t|te)|répét~|relay~|partag~|transmet~|cit(?:er|ez|é|ée)|publi(?:er|ez|é|ée)|soulign~|insist~|inclu~|ajout~|omett~|omis~|précis~|remplac~|périmé~|obsolète~|caduc~|nul~|plutôt|savoir|sachez|retenir|retenez|les mots|première (?:phrase|ligne)|dernière (?:phrase|ligne)|(?:fait|point|message) (?:principal|clé|essentiel|central)|l'essentiel)",
    own: "(?:ce|cet|cette|ces|du présent|le présent|la présente|notre|mon) (?:\\p{L}+ )?(?:textes?|articles?|lignes?|paragraphes?|pages?|billets?|passages?|chaîne|canal)|(?:présent|présente)s? (?:texte|article|page|billet)|(?:dit|donné|écrit|indiqué|mentionné)\\p{L}* (?:ci-dessus|plus haut|ici)|ci-dessus",
    retelling:
      "résum~|synthèse~|abrég~|version (?:courte|brève|abrégée)~|versions (?:courtes|brèves|abrégées)|raccourci~|condens~|reformul~|paraphras~|aperçu~|compte[- ]rendu~|gros titre|titrer|accroche",
    asks: "doit|doivent|devra~|devrai~|faut|faudra~|faudrai~|veuillez|prière|merci de|pri[eé]~|demand~|convien~|conviendrai~|serai~|voudr~|souhait~|mérit~|gagnerai~|rappel~|n'oubli~|attend~",
    person: "vous|votre|vos|tu|ton|ta|tes|toi|je|mon|ma|mes|moi|nous|notre|nos",
    offers:
      "achet~|offre~|offrez|command~|gratuit~|remise~|rabais|prix|boutique~|magasin~|économis~|promo~|bonus|code|livraison~|gagn~|cadeau~|profitez",
  },
  es: {
    hearers:
      "(?:lector~|suscriptor~|destinatari~|público|quien|quienes|cualquiera|todos|ia|robots?|bots?|modelos?|asistentes?|programas?|algoritmos?|sistemas?|máquinas?|herramientas?|redactor~)",
    tells:
      "(?:mencion~|decir|diga~|dicho|anot~|señal~|indi(?:car|que)~|escrib~|repet~|repit~|compart~|transmit~|cit(?:ar|e|en)|public(?:ar|ado|ada)|publique~|destac~|destaqu~|subray~|inclu~|añad~|agreg~|omit~|precis~|sustitu~|reemplaz~|obsolet~|anulad~|en lugar|saber|sepa~|las palabras|primera (?:frase|línea)|última (?:frase|línea)|(?:punto|hecho|dato|mensaje) (?:principal|clave|esencial|central)|lo (?:más importante|esencial|principal))",
    own: "(?:este|esta|estos|estas|del presente|el presente|la presente|nuestro|mi) (?:\\p{L}+ )?(?:textos?|artículos?|líneas?|párrafos?|páginas?|notas?|pasajes?|piezas?|entradas?|canal)|(?:dicho|escrito|indicado|mencionado|dado)\\p{L}* (?:arriba|aquí|antes)",
    retelling:
      "res[uú]m~|síntesis|sintetiz~|versi(?:ón|ones) (?:corta|breve|abreviada|reducida)s?|abrevi~|acort~|extracto~|condens~|parafras~|reformul~|recapitul~|titulares?|sinopsis",
    asks: "debe~|debía~|deberí~|hay que|habría que|tiene~ que|conviene~|convendr~|sería~|por favor|ruega~|pide~|pedi~|solicit~|quisiér~|dese~|merece~|recuerd~|olvid~|espera~|agradec~|cabe",
    person: "usted~|vosotr~|tú|tu|tus|te|ti|yo|mi|mis|me|nosotros|nuestr~|llévese|aproveche",
    offers:
      "compr~|ofert~|pedid~|gratis|gratuit~|descuent~|preci~|tienda~|ahorr~|promoci~|bono~|código|envío~|gan[ae]~|premio~|regal~|aproveche~",
  },
  it: {
    hearers:
      "(?:lettor~|lettric~|abbonat~|destinatari~|pubblico|chiunque|chi|tutti|ia|robot|bot|modell[oi]|assistent[ei]|software|programm[ai]|algoritm[oi]|sistem[ai]|macchin[ae]|strument[oi]|redattor~)",
    tells:
      "(?:menzion~|dire|detto|not(?:are|ato|i)|segnal~|indicar~|scriv~|scritt~|ripet~|condivid~|trasmet~|cit(?:are|ato|i)|pubblic~|evidenzi~|sottoline~|includ~|inser~|aggiung~|omett~|precis~|sostitu~|superat~|obsolet~|invece|sapere|sappia~|le parole|prima (?:frase|riga)|ultima (?:frase|riga)|(?:punto|fatto|messaggio) (?:principale|chiave|essenziale|centrale)|l'essenziale)",
    own: "(?:questo|questa|questi|queste|quest'|del presente|il presente|la presente|nostro|mio) ?(?:\\p{L}+ )?(?:test[oi]|articol[oi]|righe|paragraf[oi]|pagin[ae]|bran[oi]|pezz[oi]|canale)|(?:detto|scritto|indicato|riportato)\\p{L}* (?:sopra|qui)",
    retelling:
      "riassun~|riassum~|sintesi|sintetizz~|version[ei] (?:brev[ei]|cort[ae]|ridott[ae])|abbrevi~|accorci~|condens~|parafras~|riformul~|riepilog~|sommari~|compendi~",
    asks: "deve|devono|dovr~|bisogn~|occorr~|si prega|prego|per favore|sarebbe|chied~|vorr~|desider~|merit~|ricord~|dimentic~|convien~|guasterebb~|va (?:detto|ricordato)",
    person: "tu|tuo|tua|tuoi|tue|ti|voi|vostr~|vi|io|mio|mia|miei|mie|mi|noi|nostr~",
    offers:
      "compr~|offert~|ordin~|gratis|gratuit~|scont~|prezz~|negozi~|risparmi~|promozion~|bonus|codice|consegn~|vinc~|premi~|regal~|approfitt~|scopri~",
  },
  pt: {
    hearers:
      "(?:leitor~|assinante~|destinatári~|público|quem|qualquer|todos|ia|robôs?|modelos?|assistentes?|programas?|algoritmos?|sistemas?|máquinas?|redator~)",
    tells:
      "(?:mencion~|dizer|dito|not(?:ar|ado)|indic~|escrev~|escrit~|repet~|partilh~|compartilh~|transmit~|cit(?:ar|ado)|public~|destac~|sublinh~|inclu~|acrescent~|omit~|precis~|substitu~|obsolet~|em vez|saber|as palavras|primeira (?:frase|linha)|(?:ponto|facto|fato|mensagem) (?:principal|chave|essencial|central))",
    own: "(?:este|esta|estes|estas|deste|desta|destes|destas|neste|nesta|do presente|nosso|meu) (?:\\p{L}+ )?(?:textos?|artigos?|linhas?|parágrafos?|páginas?|trechos?|peças?|canal)",
    retelling:
      "resum~|síntese~|sintetiz~|vers(?:ão|ões) (?:curta|breve|abreviada|reduzida)s?|abrevi~|encurt~|condens~|parafras~|reformul~|recapitul~|manchete~|sinopse~",
    asks: "deve~|deveri~|há que|tem de|têm de|precis~|convém|conviria|seria~|faria~|deixari~|por favor|pede~|pedi~|gostar~|desej~|merec~|lembr~|esque~",
    person: "você~|tu|teu|tua|te|eu|meu|minha|me|nós|nosso~|nossa~",
    offers:
      "compr~|ofer~|encomend~|grátis|gratuit~|descont~|preço~|loja~|poup~|promo~|bónus|bônus|código|entrega~|ganh~|prémio~|prêmio~|presente~|aproveit~",
  },
  nl: {
    hearers:
      "(?:lezers?|abonnees?|publiek|wie|iedereen|ai|bots?|modellen|model|assistent~|software|programma~|algoritme~|syste(?:em|men)|machines?|redacteur~)",
    tells:
      "(?:vermeld~|zeggen|gezegd|noteren|melden|gemeld|schrijven|geschreven|herhal~|doorgev~|citer~|publicer~|benadruk~|opnemen|toevoeg~|weglat~|vervang~|achterhaald|ongeldig|weten|de woorden|eerste (?:zin|regel)|(?:belangrijkste|centrale|enige) (?:punt~|feit~|boodschap))",
    own: "(?:deze|dit|het bovenstaande|bovenstaande|onze|mijn) (?:\\p{L}+ )?(?:tekst~|artikel~|regels|alinea~|pagina~|stuk|bericht~|kanaal)",
    retelling:
      "samenvat~|samengevat~|korte versie~|ingekort~|inkort~|overzicht~|navertel~|parafras~|herschrijv~|kop(?:pen)?",
    asks: "moet~|zou|zouden|dien~|graag|gelieve|alstublieft|alsjeblieft|verzoek~|wens~|verdien~|vergeet|hoort|behoort",
    person: "jij|je|jou|jouw|u|uw|jullie|ik|mij|mijn|wij|we|ons|onze",
    offers: "koop~|aanbieding~|bestel~|gratis|korting~|prijs~|winkel~|bespaar~|bon|code|bezorg~|win|prijzen",
  },
  ru: {
    hearers:
      "(?:читател~|подписчик~|получател~|публик~|кто|тем|тот|все|всем|ии|бот~|робот~|модел~|ассистент~|программ~|алгоритм~|систем~|машин~|редактор~)",
    tells:
      "(?:упомян~|упомин~|сказать|сказано|отмет~|сообщ~|напис~|повтор~|передат~|цитир~|опубликов~|подчеркн~|включ~|добав~|опуст~|указать|замен~|устаревш~|недействител~|вместо|знать|слова(?:ми)?|перв\\p{L}+ (?:фраз~|строк~)|(?:главн|ключев|важн)\\p{L}+ (?:факт~|мысл~|новост~))",
    own: "(?:эт[аоуи]\\p{L}*|настоящ\\p{L}+|данн\\p{L}+|наш\\p{L}*|мо[йяёеи]\\p{L}*) (?:\\p{L}+ )?(?:текст~|стать~|строк~|абзац~|страниц~|материал~|заметк~|публикаци~|канал~)|(?:сказанн|написанн|указанн|приведённ)\\p{L}* (?:выше|здесь)",
    retelling:
      "пересказ~|резюме|резюмир~|сокращ~|кратк\\p{L}+ (?:верси~|изложени~|содержани~|форм~)|изложени~|выжимк~|сводк~|обзор~|конспект~|перефраз~|заголов~",
    asks: "долж~|следует|следовало~|нужно|надо|необходимо|стоит|стоило~|пусть|просьб~|прос(?:им|ят|ьба)|пожалуйста|желательн~|хотел~|заслужив~|\\p{L}+йте",
    person: "вы|вас|вам|ваш~|ты|тебя|тебе|твой|твоя|я|меня|мне|мой|моя|мы|нас|нам|наш~",
    offers:
      "куп~|предлож~|заказ~|бесплатн~|скидк~|цен~|магазин~|эконом~|акци~|бонус~|промокод~|доставк~|выигр~|приз~|подар~",
  },
  ar: {
    hearers:
      "(?:القراء|القارئ|المشتركين|الجمهور|من|كل|جميع|الروبوت\\p{L}*|النموذج|النماذج|المساعد|البرنامج|البرامج|الخوارزمي\\p{L}*|الأنظمة|المحرر\\p{L}*)",
    tells:
      "\\p{L}{0,3}(?:ذكر|قول|كتاب|كتب|نشر|اقتباس|نقل|إشار|شير|تأكيد|ؤكد|إضاف|ضيف|حذف|استبدال|معرف)\\p{L}{0,3}",
    own: "هذا (?:النص|المقال|الخبر|الموضوع)|لهذا (?:النص|المقال|الخبر)|هذه (?:المقالة|السطور|الصفحة|الفقرة|المادة)|لهذه (?:المقالة|السطور|الصفحة)|أعلاه",
    retelling: "\\p{L}{0,3}(?:ملخص|تلخيص|يلخص|يختصر|اختصار|مختصر|موجز|خلاصة|إيجاز|عنوان|صياغة)\\p{L}*",
    asks: "\\p{L}{0,2}(?:يجب|ينبغي|يرجى|نرجو|الرجاء|يستحسن|يفضل|يتعين|عليك|عليكم|لا بد|فليذكر|فليكتب)",
    person: "أنت|أنتم|لكم|لك|\\p{L}+كم|أنا|نحن|لنا",
    offers: "\\p{L}{0,2}(?:عرض|عروض|خصم|مجانا|سعر|أسعار|اشتر|شراء|متجر|جائزة|هدية|قسيمة|توصيل)\\p{L}*",
  },
  ja: {
    hearers:
      "読者|購読者|フォロワー|視聴者|皆|誰でも|AI|ai|ボット|モデル|アシスタント|ソフト|プログラム|アルゴリズム|システム|ツール|編集者",
    tells:
      "触れ|書い|書く|記載|記す|伝え|述べ|言及|引用|紹介|強調|加え|含め|省|繰り返|公表|添え|置き換|最初の(?:文|行)|最も重要|一番大事|知って",
    own: "(?:この|本|当|上記の|以上の)(?:文章|記事|文|稿|ページ|段落|報道|チャンネル)|上の文",
    retelling: "要約|要旨|まとめ|概要|短縮|抜粋|見出し|あらすじ|言い換え|書き直|紹介文|ダイジェスト|要点",
    asks: "べき|ください|下さい|なければならない|必要がある|ほしい|欲しい|望ましい|お願い|助かり|求め|いただ|忘れずに|ように(?:する|して)",
    person: "あなた|皆さん|皆様|みなさん|私|当社|弊社|我々|ください|ませんか|お試し|お電話|お早め",
    offers: "半額|割引|無料|特価|送料|購入|注文|申し込み|お試し|限定|プレゼント|キャンペーン|お得|価格",
  },
  zh: {
    hearers:
      "读者|订阅者|关注者|受众|任何人|所有人|大家|人工智能|机器人|模型|助手|软件|程序|算法|系统|工具|编辑",
    tells:
      "提到|提及|说明|写到|写上|写明|指出|强调|重复|引用|转达|转发|发布|加上|加入|包括|省略|替换|取代|作废|第一句|最重要|关键(?:事实|信息)|知道|了解",
    own: "(?:本|此|这篇|该|上述|以上)(?:文章|文|报道|段落|页面|内容|稿|频道)",
    retelling: "摘要|总结|概述|概要|简述|缩写|转述|简版|梗概|要点|标题|改写|综述|简介",
    asks: "应当|应该|应|必须|务必|请|需要|须|不要|勿|希望|最好|值得|建议|别忘",
    person: "你|您|我|我们|咱们|大家",
    offers: "免费|优惠|折扣|半价|特价|购买|抢购|领取|赠送|价格|促销|热线|红包|中奖|订购",
  },
};

const BOUND = { before: "(?<![\\p{L}\\p{N}])", after: "(?![\\p{L}\\p{N}])" } as const;
const UNBOUND = new Set(["ja", "zh"]);
const MADE = new Map<string, Address | null>();

/** The classes of a language, for text in lower case; null for a language without them. */
export function addressOf(language: string): Address | null {
  const base = baseLanguage(language);
  const known = MADE.get(base);
  if (known !== undefined) return known;
  const sources = SOURCES[base];
  const made = sources === undefined ? null : compile(sources, UNBOUND.has(base));
  MADE.set(base, made);
  return made;
}

function compile(sources: Sources, unbound: boolean): Address {
  const of = (source: string): RegExp => {
    const whole = source.replaceAll("~", "\\p{L}*");
    return new RegExp(unbound ? whole : `${BOUND.before}(?:${whole})${BOUND.after}`, "gu");
  };
  return {
    own: of(sources.own),
    retelling: of(sources.retelling),
    hearers: of(sources.hearers),
    tells: of(sources.tells),
    asks: of(sources.asks),
    person: of(sources.person),
    offers: of(sources.offers),
  };
}
