/** Nothing of a word on either side; `\b` knows ASCII alone. */
const L = String.raw`(?<![\p{L}\p{N}])`;
const R = String.raw`(?![\p{L}\p{N}])`;

/**
 * Where an order can begin: at the start, after a mark that ends a clause, or after a word that leads to it. A verb that
 * follows its subject or "to" is told of, not ordered.
 */
const START = String.raw`(?:^|[.!?:;,…—–"“”«»„‘’(\[{*#>|。！？、，：؛،।「『]\s*|- |${L}(?:please|kindly|now|then|and|instead|just|simply|must|should|shall|bitte|jetzt|y|et|e|und|por favor|veuillez|per favore|por gentileza|alsjeblieft|lütfen|пожалуйста|请|من فضلك|कृपया)\s*)`;

/** One language's way to call off what was said before: verb, what it is about, and its extent. */
interface Override {
  verb: string;
  scope: string;
  noun: string;
}

const OVERRIDES: readonly Override[] = [
  {
    verb: "(?:ignore|disregard|forget|override|bypass|discard|skip)",
    scope: "(?:previous|prior|above|earlier|preceding|all|any|your|these|those|every|original|initial)",
    noun: "(?:instructions?|prompts?|guidelines?|directives?|(?:system|developer|safety) \\p{L}+|(?<=(?:previous|prior|above|earlier|preceding|your|original|initial) )(?:rules?|directions?|context|constraints?|messages?|training|orders?|text))",
  },
  {
    verb: "(?:ignorier(?:e|en Sie|t)?|vergiss|vergesst|vergessen Sie|missachte(?:n Sie)?|verwirf)",
    scope:
      "(?:alle[sn]?|bisherige\\p{L}*|vorherige\\p{L}*|vorige\\p{L}*|obige\\p{L}*|früher\\p{L}*|deine|Ihre|sämtliche)",
    noun: "(?:Anweisung\\p{L}*|Instruktion\\p{L}*|Vorgaben|Regeln|Befehle|Prompts?|Systemprompt)",
  },
  {
    verb: "(?:ignore[rz]?|oublie[rz]?|néglige[rz]?|ne tiens pas compte|ne tenez pas compte)",
    scope: "(?:toutes?|tous|précédent\\p{L}*|antérieur\\p{L}*|vos|tes|ci-dessus)",
    noun: "(?:instructions?|consignes?|directives?|règles?|prompts?)",
  },
  {
    verb: "(?:ignora|ignore|ignoren|olvida|olvide|descarta|haz caso omiso de|haga caso omiso de)",
    scope: "(?:todas?|todos|anterior\\p{L}*|previ\\p{L}*|tus|sus)",
    noun: "(?:instrucciones|indicaciones|órdenes|reglas|directrices|prompts?)",
  },
  {
    verb: "(?:ignora(?:te)?|ignori|dimentica(?:te)?|dimentichi|trascura(?:te)?)",
    scope: "(?:tutt[ei]|precedent\\p{L}*|tue|vostre)",
    noun: "(?:istruzioni|indicazioni|regole|direttive|prompt)",
  },
  {
    verb: "(?:ignore|ignora|esqueça|esquece|desconsidere)",
    scope: "(?:todas?|todos|anterior\\p{L}*|prévi\\p{L}*|suas|tuas)",
    noun: "(?:instruções|orientações|regras|diretrizes|prompts?)",
  },
  {
    verb: "(?:negeer|vergeet|sla)",
    scope: "(?:alle|eerdere|vorige|voorgaande|bovenstaande|je|uw)",
    noun: "(?:instructies|opdrachten|aanwijzingen|regels|prompts?)",
  },
  {
    verb: "(?:ignorera|ignorer|glöm|glem|bortse från)",
    scope: "(?:alla|alle|tidigare|tidligere|föregående|foregående|ovanstående|dina|dine)",
    noun: "(?:instruktioner|instruksjoner|anvisningar|anvisninger|regler|prompter?)",
  },
  {
    verb: "(?:zignoruj(?:cie)?|ignoruj(?:cie)?|zapomnij(?:cie)?|pomiń)",
    scope: "(?:wszystki\\p{L}*|poprzedni\\p{L}*|wcześniejsz\\p{L}*|powyższ\\p{L}*|swoje)",
    noun: "(?:instrukcj\\p{L}*|polece\\p{L}*|wytyczn\\p{L}*|zasad\\p{L}*)",
  },
  {
    verb: "(?:(?:про)?игнорируй(?:те)?|забудь(?:те)?|не обращай(?:те)? внимания на)",
    scope: "(?:все|всех|предыдущи\\p{L}*|прежни\\p{L}*|свои|ваши)",
    noun: "(?:инструкци\\p{L}*|указани\\p{L}*|команд\\p{L}*|правил\\p{L}*|промпт\\p{L}*)",
  },
  {
    verb: "(?:تجاهل|تجاهلي|تجاهلوا|انس|انسَ)",
    scope: "(?:جميع|كل|كافة)?",
    noun: "(?:التعليمات|الأوامر|الإرشادات|القواعد)",
  },
  {
    verb: "(?:(?:про)?ігноруй(?:те)?|забудь(?:те)?)",
    scope: "(?:усі|всі|попередні\\p{L}*|свої)",
    noun: "(?:інструкці\\p{L}*|вказівк\\p{L}*|команд\\p{L}*|правил\\p{L}*)",
  },
  {
    verb: "(?:игнорирай(?:те)?|забрави|забравете)",
    scope: "(?:всички|предишни\\p{L}*|горни\\p{L}*)",
    noun: "(?:инструкци\\p{L}*|указани\\p{L}*)",
  },
  {
    verb: "(?:ignoruj(?:te)?|zapomeň(?:te)?|zabudni(?:te)?)",
    scope: "(?:všechn\\p{L}*|všetk\\p{L}*|předchozí\\p{L}*|predchádzajúc\\p{L}*)",
    noun: "(?:pokyn\\p{L}*|instrukc\\p{L}*|inštrukci\\p{L}*|příkaz\\p{L}*)",
  },
  {
    verb: "(?:abaikan|lupakan|abai)",
    scope: "(?:semua|segala|sebelumnya|terdahulu)",
    noun: "(?:instruksi|perintah|arahan|petunjuk)",
  },
  {
    verb: "(?:ignoră|ignorați|uită|uitați)",
    scope: "(?:toate|anterioare|precedente)",
    noun: "(?:instrucțiuni\\p{L}*|indicați\\p{L}*|reguli\\p{L}*)",
  },
  {
    verb: "(?:αγνόησε|αγνοήστε|ξέχασε|ξεχάστε)",
    scope: "(?:όλες|προηγούμεν\\p{L}*)",
    noun: "(?:οδηγίες|εντολές)",
  },
  {
    verb: "(?:bỏ qua|phớt lờ|quên)",
    scope: "(?:tất cả|mọi|trước)",
    noun: "(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh)",
  },
  {
    verb: "(?:ohita|unohda|jätä huomiotta)",
    scope: "(?:kaikki|aiemmat|edelliset)",
    noun: "(?:ohjeet|käskyt|ohjeistukset)",
  },
  {
    verb: "(?:hagyd figyelmen kívül|felejtsd el)",
    scope: "(?:összes|minden|korábbi|előző)",
    noun: "(?:utasítás\\p{L}*|parancs\\p{L}*)",
  },
  { verb: "(?:התעלם|התעלמו|שכח)", scope: "(?:מכל|כל)", noun: "(?:ההוראות|הוראות)" },
];

/** Languages in which the verb ends the sentence, or that are written without spaces. */
const OVERRIDES_AS_THEY_ARE: readonly string[] = [
  "(?:以前|これまで|上記|前|すべて|全て|元)の?(?:すべての|全ての)?(?:指示|命令|プロンプト|ルール).{0,12}(?:無視|忘れ)",
  "(?:忽略|无视|忘记|忘掉|忽視|無視).{0,10}(?:之前|以上|先前|所有|前面|全部).{0,8}(?:指令|指示|提示|规则|要求)",
  "(?:이전|위의|모든|앞의).{0,10}(?:지시|명령|지침|프롬프트).{0,8}(?:무시|잊)",
  "(?:önceki|yukarıdaki|tüm|bütün) .{0,25}(?:talimat|komut|yönerge)\\p{L}* .{0,15}(?:yok say|görmezden gel|unut|dikkate alma)",
  "(?:เพิกเฉย|ละเว้น|ไม่ต้องสนใจ).{0,15}(?:คำสั่ง|คำแนะนำ)",
  "(?:पिछले|सभी|ऊपर).{0,15}(?:निर्देश|आदेश)\\p{L}*.{0,15}(?:अनदेखा|नज़रअंदाज़|भूल|ध्यान न)",
];

/** A reader that is no person. "AI companies" and "the chatbot's maker" are people. */
const MACHINE = String.raw`(?:${L}(?:AIs?|A\.I\.|LLMs?|(?:large )?language models?|chat ?bots?|robots?|automated readers?|ChatGPT|GPT(?:-?\d)?|(?:AI |digital |automated |virtual )?assistants?|summari[sz]ers?|bots?|KI|KIs|KI-(?:Assistent|Modell|System)\p{L}*|Sprachmodelle?n?|Assistenten|IA|IAs|modèles? de langage|modelos? de (?:lenguaje|linguagem)|modell[oi] linguistic[oi]|asistentes?|assistenti|assistentes?|taalmodel(?:len)?|språkmodell\p{L}*|sprogmodel\p{L}*|model\p{L}* językow\p{L}*|asystent\p{L}*|ИИ|языков\p{L}+ модел\p{L}+|ассистент\p{L}*|yapay zek[âa]|dil model\p{L}*)${R}(?!['’]s\b)(?! (?:compan|firm|maker|developer|start|lab|research|expert|chip|industr|sector|act|bill|law|minister|provider|operator|engineer|summit|project|investor|polic|rival|boom|race|coach|manager|editor|professor|secretar|director|referee|attorney|prosecutor|generated|écran|de direction|technique|entraîneur))|言語モデル|アシスタント|生成AI|AI(?=は|が|へ|に|向け|の皆|読者)|人工智能|语言模型|AI助手|언어 ?모델|인공지능|نموذج(?:ا)? لغوي\p{L}*|الذكاء الاصطناعي|भाषा मॉडल)`;

/** What points at the very text a reader has before it. */
const THIS_TEXT = String.raw`(?:${L}(?:(?:this|the following|the above) (?:page|article|text|document|content|story|message|website|post|passage)|(?:reading|read|processing|summari[sz]ing|parsing|indexing) this|(?:your|the|any|each) (?:summar(?:y|ies)|brief(?:ing)?|output|reply|response|answer)|diese[nrms]? (?:Seite|Artikel|Text|Beitrag|Dokument)s?|(?:cet|cette|ce) (?:page|article|texte|document)|est[ae] (?:página|artículo|texto|documento|artigo)|quest[aoe'’] ?(?:pagina|articolo|testo|documento)|deze (?:pagina|tekst)|dit artikel|den här (?:artikeln|sidan|texten)|(?:tę|ten|tej|tego) (?:stron\p{L}*|artykuł\p{L}*|tekst\p{L}*)|эт(?:у|от|ой|ого) (?:страниц\p{L}*|стать\p{L}*|текст\p{L}*)|bu (?:sayfa|makale|metin|haber)\p{L}*)${R}|この(?:記事|ページ|文章|テキスト)|(?:本|这篇|此|该)(?:文章|页面|文|网页)|이 (?:기사|글|페이지)|هذ[هاا] (?:المقال|الصفحة|النص)\p{L}*|इस (?:लेख|पृष्ठ))`;

/** Verbs of saying and writing as orders, at the start of a clause. */
const SAY = String.raw`(?:${L}(?:respond|reply|answer|output|print|write|state|say|include|mention|add|insert|append|repeat|report|recommend|praise|tell|describe|replace|begin|start|end|finish|conclude|link|use|put|give|make|claim|schreib(?:e|en Sie|t)?|füge?(?:n Sie)?|erwähne?(?:n Sie)?|nenne?(?:n Sie)?|empfiehl|empfehlen Sie|behaupte(?:n Sie)?|antworte?(?:n Sie)?|gib|geben Sie|beginne?(?:n Sie)?|écri(?:s|vez)|ajoute[rz]?|mentionne[rz]?|indique[rz]?|réponde?[sz]?|recommande[rz]?|affirme[rz]?|escrib[ae]n?|añad[ae]n?|agreg(?:a|ue)n?|mencion[ae]n?|incluy[ae]n?|responda?|responde|recomiend[ae]n?|di|diga|scriv(?:i|a|ete)|aggiung(?:i|a|ete)|inseri(?:sci|te|sca)|menziona(?:te)?|rispond(?:i|a|ete)|raccomanda(?:te)?|escrev[ae]|adicion[ae]|inclu[ai]|mencione|responda|schrijf|voeg|vermeld|antwoord|beveel|skriv|lägg|nämn|svara|rekommendera|napisz(?:cie)?|dodaj(?:cie)?|odpowiedz|wspomnij|poleć|напиши(?:те)?|добавь(?:те)?|ответь(?:те)?|упомяни(?:те)?|сообщи(?:те)?|порекомендуй(?:те)?|скажи(?:те)?|اكتب|أضف|اذكر|أجب|قل)${R}|(?:書いて|出力して|追加して|加えて|含めて|答えて|返答して|回答して|要約して|伝えて|紹介して)(?:ください|下さい|おけ)?|(?:请)?(?:写上|写明|加入|添加|输出|回复|回答|说明|注明|推荐|写道)|(?:쓰|작성하|추가하|출력하|답하|추천하|포함하)(?:세요|시오|십시오|라)|(?:लिखें|जोड़ें|बताएं)|(?:yaz|ekle|söyle|öner)(?:in|iniz|yin)?${R})`;

/** What a machine is to hand in, named as a place to put something. */
const INTO_SUMMARY = String.raw`(?:${L}(?:(?:in|to|into|from|with|of) (?:your|the|this|every|any) (?:summar(?:y|ies)|brief(?:ing)?|output|reply|response|key facts|headline)|(?:your|the) (?:summary|brief|output|reply|response|key facts) (?:with|must|should|shall|has to|needs to)|(?:in|zu|mit|am Anfang|am Ende) (?:der|die|deine[rn]?|Ihre[rn]?|eure[rn]?) (?:Zusammenfassung|Antwort|Ausgabe|Kurzfassung)|(?:dans|à|de|par) (?:le|votre|ton|la|votre) (?:résumé|réponse|synthèse)|(?:en|a|al|con|de) (?:el|tu|su|la) ?(?:resumen|respuesta)|al resumen|(?:nel|nella|al|alla|del) (?:tuo |tua |vostro |suo )?(?:riassunto|sommario|riepilogo|risposta)|(?:no|ao|em) (?:seu |teu )?resumo|(?:in|aan|met) (?:je|uw|de) samenvatting|i (?:din |sammanfattningen|sammendraget)|w (?:swoim |twoim )?(?:podsumowaniu|streszczeniu|odpowiedzi)|do (?:podsumowania|streszczenia)|в (?:сво[её]м |ваш\p{L}* |тво\p{L}* )?(?:резюме|ответе?|пересказ\p{L}*|сводк\p{L}*|краткое изложение)|özet(?:in)?(?:e|de|inde|ine))${R}|(?:要約|回答|出力)(?:に|で|の中|文に|の最後|の冒頭|の先頭)|(?:在|于)?(?:摘要|总结|概要|回答|简报)(?:中|里|的?开头|的?末尾|最后)|요약(?:에|문|본)|(?:في|إلى) (?:الملخص|ملخصك|الإجابة)|सारांश में)`;

const NOTE_TO = String.raw`(?:${L}(?:note|message|notice|instructions?|attention|important|memo|reminder|Hinweis|Nachricht|Anweisung(?:en)?|Achtung|Wichtig|avis|consignes?|nota|mensaje|aviso|atención|instrucciones|messaggio|avviso|istruzioni|mensagem|atenção|bericht|opmerking|meddelande|wiadomość|uwaga|сообщение|примечание|внимание|указание|not|dikkat)(?: (?:to|for|an|für|à|pour|a|al|para|per|aan|voor|till|do|dla|для))?[:,]? (?:the |any |all |every |alle |die |das |toutes? les |tous les |les |l['’]|los |las |la |el |gli |i |le |il |de |het |wszystki\p{L}* |всех )?)`;

/** Making a text shorter, in several languages. */
const SHORTEN = String.raw`(?:summ(?:ari[sz]\w*|ary|aries)|sums? (?:this |it |all this )?up|condens\w+|digests?|shorten\w*|abridg\w+|brief(?:s|ing)?|recap\w*|zusammenfass\p{L}*|kürz(?:t|en)|résum\p{L}+|resum\p{L}+|riassum\p{L}+|sintetizz\p{L}+|samenvat\p{L}*|streszcza\p{L}*|sammanfatt\p{L}*|пересказ\p{L}*|резюмир\p{L}*|özetle\p{L}*)`;

/** Calling out to somebody. */
const CALL = String.raw`(?:${L}(?:dear|hey|hello|hi|attention|to all|to any|to every|liebe[rs]?|hallo|achtung|an alle|chers?|chères?|bonjour|à l['’]attention d(?:e|es|u)|estimad[oa]s?|querid[oa]s?|atención|hola|car[oai]|gentil[ei]|attenzione|ciao|prezad[oa]s?|olá|beste|hoi|kära|hej|drogi|uwaga|уважаем\p{L}+|дорог\p{L}+|sayın)${R}|亲爱的|尊敬的)`;

export const WORDS = { L, R, START, MACHINE, THIS_TEXT, SAY, INTO_SUMMARY, NOTE_TO, SHORTEN, CALL } as const;

/** Each language's "ignore all previous instructions", as the sources of patterns. */
export function overrideSources(): string[] {
  const spaced = OVERRIDES.map(
    ({ verb, scope, noun }) =>
      // Romance languages name the extent after the noun: "les consignes précédentes".
      `${START}${L}${verb}${R}(?=[^.!?]{0,90}?${L}${scope})[^.!?]{0,60}?${L}${noun}${R}`,
  );
  return [...spaced, ...OVERRIDES_AS_THEY_ARE];
}
