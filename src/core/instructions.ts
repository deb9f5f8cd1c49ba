import { overrideSources, WORDS } from "./instruction-words.ts";
import { decodedRuns, plainLetters, rot13 } from "./plain-letters.ts";

const { L, R, START, MACHINE, THIS_TEXT, SAY, INTO_SUMMARY, NOTE_TO, SHORTEN, CALL } = WORDS;

/**
 * What makes a sentence an order to whoever processes the text: it calls off earlier orders, names a machine as its
 * reader, says what a summary is to hold, gives the reader another part to play, or copies the marks of a chat.
 */
const ORDERS: readonly string[] = [
  ...overrideSources(),
  `${MACHINE}[^.!?]{0,60}${THIS_TEXT}[^.!?]{0,80}(?:${L}(?:must|should|shall|please|have to|has to|need to|are (?:asked|told|instructed|required) to|müssen|sollen|soll|muss|doivent|doit|deben|debe|devono|deve|devem|moeten|moet|måste|ska|mus(?:i|zą)|powin\\p{L}+|должн\\p{L}+|gerekir|zorunda)${R}|${SAY})`,
  `${THIS_TEXT}[^.!?。]{0,60}${MACHINE}[^.!?。]{0,60}(?:${L}(?:must|should|shall|please|müssen|soll(?:en)?|doi(?:t|vent)|deben?|dev(?:e|ono|em)|moet(?:en)?|måste|ska|musi|powin\\p{L}+|долж\\p{L}+)${R}|${SAY})`,
  `${NOTE_TO}${MACHINE}(?=\\s*(?:[:,.!—–-]|reading|that|who|which|summari|processing|must|should|die|der|das|qui|que|che|das|which|która|что|$))`,
  `^${MACHINE}\\s*[:,—–][^.!?。]{0,80}${SAY}`,
  `${START}${SAY}[^.!?。]{0,80}${INTO_SUMMARY}`,
  `${INTO_SUMMARY}[^.!?。]{0,60}${START}?${L}(?:must|should|include|mention|add|say|write|recommend|state|change|replace|open|begin)${R}`,
  `(?:要約|回答|出力)(?:に|で|の中|文に|の最後|の冒頭|の先頭).{0,60}(?:書いて|出力して|追加して|加えて|含めて|答えて|返答して|伝えて|紹介して|書け|入れて)`,
  `(?:摘要|总结|概要|回答|简报)(?:中|里|的?开头|的?末尾|最后).{0,40}(?:写上|写下|写明|加入|添加|输出|推荐|说明|注明)`,
  `요약(?:에|문|본).{0,50}(?:쓰|작성하|추가하|넣|추천하|포함하)(?:세요|시오|십시오|으세요|라)`,
  `सारांश में.{0,60}(?:लिखें|जोड़ें|बताएं)|özet(?:in)?(?:e|de|inde|ine)${R}.{0,60}(?:yaz|ekle|söyle|öner)(?:in|iniz|yin)?${R}`,
  `${START}${L}(?:respond|reply|answer|output|print|repeat)${R}[^.!?]{0,50}${L}(?:only with|with the (?:word|phrase|text|following)|as (?:json|follows)|the following|exactly|verbatim|in (?:all caps|json)|nothing (?:but|else))${R}`,
  `${START}${L}(?:antworte(?:n Sie)?|réponde[sz]|responde|responda|rispondi|rispondete|antwoord|svara|odpowiedz|ответь(?:те)?|отвечай(?:те)?|أجب)${R}[^.!?]{0,30}${L}(?:nur mit|ausschließlich|seulement|uniquement|solo con|sólo con|solamente|soltanto|apenas|alleen|endast|tylko|только|فقط)${R}`,
  `(?:AI|言語モデル|アシスタント)(?:として|は|へ).{0,30}(?:要約|回答|出力|返答|紹介|記載)して(?:ください|下さい)|(?:作为|身为)(?:一个)?(?:AI|人工智能|语言模型).{0,30}(?:请|必须|应)`,
  `(?:^|[.!?:;] )(?:please |instead,? |now,? )?${L}(?:report|state|write|claim|say|announce|pretend|mention|tell (?:the |your )?(?:readers?|users?)|assure (?:the |your )?readers?)${R} (?:instead )?that${R} (?!again|to|it${R}|you)`,
  `${L}(?:you are|you['’]re|you will be|act as|behave as|pretend (?:to be|you are|that you)|imagine (?:that )?you are|role-?play as|from now on,? (?:you|your)|henceforth,? you)${R}[^.!?]{0,40}${L}(?:AI|A\\.I\\.|language model|LLM|assistant|chat ?bot|bot|GPT|DAN|jailbroken|unrestricted|uncensored|(?:developer|debug|god|admin) mode|no (?:rules|restrictions|limits|filters|guidelines)|persona|copywriter|salesperson)${R}`,
  `${L}(?:du bist|Sie sind|ab jetzt bist du|verhalte dich wie|tu es(?: maintenant)?|vous êtes(?: maintenant)?|agis comme|agissez comme|eres(?: ahora)?|actúa como|sei(?: ora)?|agisci come|comportati come|você é(?: agora)?|aja como|je bent(?: nu)?|ты(?: теперь)?|вы(?: теперь)?|представь, что ты)${R},?[^.!?]{0,30}(?:${MACHINE}|${L}(?:ohne (?:Regeln|Einschränkungen)|sans (?:règles|restrictions|limites)|sin (?:reglas|restricciones|límites)|senza (?:regole|restrizioni|limiti)|sem (?:regras|restrições)|zonder regels|без (?:правил|ограничений))${R})`,
  `${L}as an? (?:AI|A\\.I\\.|artificial intelligence|large language model|(?:AI )?language model|LLM)(?: (?:assistant|model|language model))?(?:,|${R} (?:you|I)${R})`,
  `${L}als (?:KI|Sprachmodell),? (?:musst|sollst|müssen|sollen)|${L}(?:en tant qu['’]IA|en tant que modèle de langage|como (?:IA|modelo de lenguaje|modelo de linguagem)|come (?:IA|modello linguistico))${R},? ?(?:tu|vous|debe\\p{L}*|deve\\p{L}*|responde|rispondi|escribe|scrivi)`,
  `(?:${L}(?:when|if|while|before|after)${R} (?:you (?:are )?|an? \\p{L}+ )?(?:summari[sz](?:e|ing|es)|brief(?:ing)?|translat(?:e|ing)|process(?:ing)?|index(?:ing)?)|${L}(?:wenn|falls) (?:du|Sie|ihr)${R}|${L}si (?:tu|vous|usted|resumes|resume)|${L}(?:se|quando) (?:riassumi|riassumete|resumir)|${L}als je)[^.!?]{0,30}${THIS_TEXT}`,
  `${START}${L}(?:do not|don['’]t|never)${R} (?:mention|reveal|summari[sz]e|disclose|brief|include|quote|report on)${R}[^.!?]{0,40}(?:${THIS_TEXT}|${L}(?:these instructions|this (?:instruction|prompt|note)|your (?:instructions|prompt))${R})`,
  `${START}${L}(?:reveal|print|show|repeat|output|leak|disclose|send|post)${R}[^.!?]{0,60}${L}(?:your (?:system |developer |hidden |initial |secret )?(?:prompt|instructions?)|the (?:system|developer|hidden|initial|secret) (?:prompt|instructions?)|api keys?|environment variables|your (?:secrets?|tokens?|credentials|memory|configuration))${R}`,
  `${START}${L}(?:decode|decrypt|unscramble|decipher|base64-decode)${R}[^.!?]{0,40}${L}(?:following|this|string|text|below|it|and)${R}`,
  `</?(?:system|assistant|user|instructions?|prompt|developer|tool_result|article(?:-\\w+)?)>|\\[/?(?:INST|SYS)\\]|<</?SYS>>|<\\|\\s*(?:im_start|im_end|system|user|assistant|endoftext|end_of_turn|start_header_id)\\s*\\|>|^[\\s*#>\\[\\-=\\u0060]*(?:system|developer|assistant)(?: (?:message|prompt|override|note|update|notice|instructions?))?\\s*[\\]*=]*\\s*[:>](?!\\d)|"role"\\s*:\\s*"(?:system|developer|assistant)"|(?:^|[.\\]=*#-] ?)(?:begin (?:system|admin|developer)|end of (?:article|prompt|document|context|user input)\\s*(?:[.:=*#\\]]|$))`,
  `^[\\s*>"“(\\[-]*#{2,}\\s*(?:system|instruction|new task|task|prompt|response|assistant)`,
  `(?:^|[.!?:;] )${CALL}[ :,]+(?:\\p{L}+ ){0,2}?(?:${MACHINE}|${L}models?${R})`,
  `${L}(?:whoever|anyone (?:who|that)|those (?:who|that)|(?:ro)?bots? (?:who|that)|wer|celui qui|ceux qui|quien|chi|wie)${R}[^.!?]{0,30}${L}${SHORTEN}${R}(?:[^.!?]{0,20}${L}(?:this|it|that|story|article|page|text)${R}|[^.!?]{0,20}:|[^.!?]{0,60}${SAY})`,
  `${MACHINE}[^.!?]{0,20}${L}${SHORTEN}${R}[^.!?]{0,20}${L}(?:this|these|diese\\p{L}*|cet(?:te)?|ce|est[ae]|quest[aoe]|deze|dit)${R}`,
  `${START}${L}(?:set aside|forget|leave (?:aside|behind)|drop|discard|lass|vergiss|vergessen Sie|oublie[rz]?|olvida|lascia perdere|dimentica|esqueça|vergeet|forget about)${R}[^.!?]{0,30}${L}(?:what(?:ever)?|everything|all that|was|alles|ce qu['’]\\p{L}+|(?:todo )?lo que|(?:tutto )?quello che|tudo o que|wat)${R}[^.!?]{0,40}${L}(?:told|asked|instructed|been given|gesagt|aufgetragen|dit|demandé|dicho|pedido|detto|chiesto|dito|gezegd|gevraagd)${R}`,
  `${L}(?:the|your|any|all) (?:rules|instructions|guidelines|orders|prompt) (?:that )?you (?:were|have been|had been|have|got|received|follow)${R}[^.!?]{0,40}`,
  `${L}${SHORTEN}${R}[^.!?]{0,50}${L}(?:ends?|begins?|closes?|opens?|starts?|concludes?) with (?:the |this |these )?(?:words?|phrase|sentence|line)${R}`,
  `${START}${L}(?!in${R}|to${R}|of${R}|and${R}|or${R})\\p{L}+ (?:your|every|each) (?:summar(?:y|ies)|brief|digest|output)${R}`,
  `(?:from now on|henceforth|a partir de ahora|ab jetzt|ab sofort|désormais|dorénavant|d['’]ora in poi|da ora in poi|a partir de agora|vanaf nu|od teraz|отныне|с этого момента),? (?:you|your|du|Sie|tu|vous|respond|contest|actúa|act|eres|rispond|sei|você|je|ty|ты|вы)|从现在(?:开始|起)，?你|これから(?:は)?あなたは`,
  `${START}${L}(?:write|say|speak|report|talk|publish)${R}[^.!?]{0,25}${L}(?:(?:one|a single) (?:line|sentence|word)|only (?:of|about)|nothing but)${R}`,
  `${L}(?:new|updated|revised|real|actual) (?:task|instructions?|objective|prompt|system prompt)\\s*:`,
];

/** No order is without one of these; most sentences are, and are not looked at any further. */
const HINTS = of(
  [
    `ignor|disregard|forget|overrid|bypass|discard|skip${R}|set aside|leave aside|vergiss|vergess|missacht|verwirf|lass${R}|oubli|néglig|pas compte|olvid|descart|caso omiso|dimentic|trascur|lascia perdere|esque[çc]|desconsid|negeer|vergeet|glöm|glem${R}|bortse|zapomn|pomiń|забуд|забрав|ігнор|игнор|внимания|zapome|zabud|abai|lupakan|uită|uitați|αγνό|ξέχα|bỏ qua|phớt lờ|quên|ohita|unohda|huomiotta|figyelmen|felejtsd|תעלם|שכח|تجاهل|انس`,
    `指示|命令|プロンプト|ルール|指令|提示|规则|要求|지시|명령|지침|프롬프트|निर्देश|आदेश|talimat|komut|yönerge|คำ`,
    `${L}(?:AIs?|A\\.I\\.|LLMs?|KIs?|IAs?|DAN|ИИ|models?)${R}|GPT|language model|sprachmodel|linguistic|lenguaje|linguagem|langage|taalmodel|språkmodel|sprogmodel|językow|языков|yapay zek|dil model|assistant|assistent|asistent|asystent|ассистент|bots?${R}|automated reader|AI(?=[は-ん読向助])|言語モデル|アシスタント|人工|语言模型|助手|언어|인공|اصطناعي|نموذج|भाषा`,
    `summar|summing|sums? |briefs?${R}|briefing|digest|condens|shorten|abridg|recap|output|repl(?:y|ies)|response|answer|key facts|headline|zusammenf|antwort|ausgabe|kurzfass|résum|réponse|répond|synthèse|resum|respuesta|respond|riass|sommar|riepil|rispos|rispond|samenvat|antwoord|sammanf|sammendr|svara|streszcz|podsumow|odpowied|резюме|ответ|отвеча|пересказ|сводк|изложени|özet|要約|回答|出力|返答|摘要|总结|概要|简报|요약|ملخص|الإجابة|أجب|सारांश`,
    `instruct|anweisung|prompt|api key|environment variable|your (?:secret|token|credential|memory|configuration)|you (?:are|will be)|you['’]re|act as|behave as|pretend|imagine|role-?play|henceforth|from now on|a partir de a|ab jetzt|ab sofort|désormais|dorénavant|ora in poi|vanaf nu|od teraz|отныне|с этого момента|从现在|これから|(?:rules|guidelines|orders) (?:that )?you|decode|decrypt|unscramble|decipher|translating|processing|indexing|print|repeat|(?:do not|don['’]t|never) (?:mention|reveal|disclose|include|quote|report)|(?:one|a single) (?:line|sentence|word)|only (?:of|about)|nothing but|(?:task|objective)\\s*:|[<\\[][/<|]?\\p{L}|#{2}|role"|BEGIN |END OF|^[^\\p{L}]*(?:system|developer)|(?:^|[.!?:;] )(?:please |now,? |instead,? )?(?:report|state|write|claim|say|announce|pretend|mention|tell|assure)${R}`,
  ].join("|"),
);
/** Core words of such orders in ROT13, so that only what may be one is read twice. */
const ROT13_HINT = /vafgehpgvba|vtaber|qvfertneq|fhzznel|cebzcg/i;
/** The same from right to left. */
const REVERSED_HINT = /snoitcurtsni|tpmorp|erongi|dragersid/i;
const QUOTED =
  /“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|"[^"]{3,}"|「[^「」]{2,}」|『[^『』]{2,}』|‘[^‘’]{3,}’/gu;
/** Words around a quotation that make it a report of what somebody said. */
const LEAST_FRAME_WORDS = 3;

/**
 * True when a text gives orders to whoever processes it, such as "ignore all previous instructions", in any of some
 * twenty languages, however the letters are disguised. A report that quotes such an order in quotation marks is none.
 */
export function isInstruction(text: string): boolean {
  const known = judged.get(text);
  if (known !== undefined) return known;
  if (judged.size >= MAX_JUDGED) judged.clear();
  const isOne = givesOrders(text);
  judged.set(text, isOne);
  return isOne;
}

/** The same sentence is asked about by the screening, by the built-in writer and as evidence. */
const judged = new Map<string, boolean>();
/** As many as a few articles have, which is as long as they are asked about again. */
const MAX_JUDGED = 1_000;

function givesOrders(text: string): boolean {
  const plain = plainLetters(text);
  if (decodedRuns(text).length > 0) return true;
  if (ROT13_HINT.test(plain) && isOrder(rot13(plain))) return true;
  if (REVERSED_HINT.test(plain) && isOrder(Array.from(plain).reverse().join(""))) return true;
  const frame = frameOf(plain);
  return isOrder(frame ?? plain);
}

/** The words in quotation marks that would be an order without them, for a text that is none itself. */
export function quotedOrders(text: string): string[] {
  const plain = plainLetters(text);
  if (frameOf(plain) === null) return [];
  return [...plain.matchAll(QUOTED)].map(([quoted]) => quoted.slice(1, -1).trim()).filter(isOrder);
}

/**
 * For text in lower case: patterns that ignore case over all letters take nearly three times as long to make ready
 * (measured: 0.45 s against 0.17 s for all of them), and the first brief would wait for it.
 */
function of(source: string): RegExp {
  const lower = source.replace(/\\p\{[^}]*\}|\\.|[^\\]+/gu, (part) =>
    part.startsWith("\\") ? part : part.toLowerCase(),
  );
  return new RegExp(lower, "u");
}

/** Made ready at the first sentence that has a hint. */
const patterns: RegExp[] = [];

function isOrder(plain: string): boolean {
  const lower = plain.toLowerCase();
  if (!HINTS.test(lower)) return false;
  if (patterns.length === 0) patterns.push(...ORDERS.map(of));
  return patterns.some((pattern) => pattern.test(lower));
}

/** What stands around the quotations of a report; null where there is no quotation or hardly anything around it. */
function frameOf(plain: string): string | null {
  const frame = plain.replace(QUOTED, " … ");
  if (frame === plain) return null;
  const words = frame.match(/[\p{L}\p{N}]+/gu) ?? [];
  const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{4,}/u.test(frame);
  return words.length >= LEAST_FRAME_WORDS || unspaced ? frame : null;
}
