/** Text that speaks to a reader's machine instead of reporting: it is neither quoted as evidence nor used as a fact. */
const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|preceding|all|any|your|these|the)\b.{0,25}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context)\b/i,
  /\b(?:you are|act as|pretend to be|behave as)\b.{0,20}\b(?:an? )?(?:AI|A\.I\.|language model|LLM|assistant|chatbot|bot|GPT)\b/i,
  /\bas an? (?:AI|A\.I\.|artificial intelligence|large language model|language model|LLM)\b(?! (?:company|firm|researcher|expert|tool|start-?up|engineer|chip|hub|leader|powerhouse|superpower|safety))/i,
  /\b(?:system|developer) prompt\b/i,
  /\b(?:note|message|instructions?|attention|important|memo) (?:to|for) (?:the |any |all )?(?:AIs?|A\.I\.|language models?|LLMs?|assistants?|chatbots?|bots?|summari[sz]ers?|models?)\b/i,
  /\b(?:AI|LLM|assistant|chatbot|summari[sz]er|language model|model)s?\b.{0,40}\b(?:must|should|shall|are (?:asked|told|instructed|required) to|is (?:asked|told|instructed|required) to|has to|have to|please)\b.{0,30}\b(?:respond|reply|answer|output|write|say|state|summari[sz]e|include|mention|ignore|repeat|report)\b/i,
  /^["'“‘([*#>\s-]*(?:please |now |instead,? |then )?(?:respond|reply|answer|output|print|summari[sz]e|repeat|translate|rewrite)\b.{0,50}\b(?:only|with|as|the following|this (?:article|page|text)|exactly|verbatim|in (?:json|all caps|english))\b/i,
  /\b(?:in|for|include in|add to|at the (?:top|start|end) of) (?:your|the) (?:summary|brief|response|answer|output|reply)\b.{0,60}/i,
  /\b(?:when|if|while|before) (?:you are |you )?(?:summari[sz]ing|summari[sz]e|briefing)\b.{0,40}\b(?:this|the|it)\b/i,
  /\b(?:do not|don['’]t|never) (?:mention|reveal|summari[sz]e|disclose)\b.{0,40}\b(?:this|these|instructions?|prompt|text|article|the following)\b/i,
  /<\/?(?:system|assistant|user|instructions?|prompt)>|\[\/?INST\]|<\|(?:im_start|im_end|system|endoftext)\|>|^\s*#{2,}\s*(?:system|instruction)/i,
  /\b(?:ignorier\w*|vergiss|vergessen Sie|missachte\w*)\b.{0,30}\b(?:Anweisung|Anweisungen|Instruktionen|Vorgaben|Regeln)\b/i,
  /\b(?:als KI|als Sprachmodell|an die KI|an das Sprachmodell|Hinweis für (?:KI|Sprachmodelle))\b/i,
  /(?:ignora|ignore|olvida|haz caso omiso)\b.{0,30}\b(?:instrucciones|indicaciones|reglas)\b/i,
  /(?:eres|actúa como|como) (?:una? )?(?:IA|inteligencia artificial|modelo de lenguaje|asistente)\b.{0,40}\b(?:debes|debe|responde|escribe|di)\b/i,
  /(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte)\b.{0,30}\b(?:instructions|consignes|règles)\b/i,
  /(?:en tant qu['’]IA|en tant que modèle de langage|note à l['’]IA)/i,
  /(?:以前|これまで|上記|前)の?(?:指示|命令|プロンプト).{0,12}(?:無視|忘れ)/,
  /(?:AI|言語モデル|アシスタント)(?:として|は).{0,20}(?:要約|回答|出力|返答)して(?:ください|下さい)/,
  /(?:忽略|无视|忘记).{0,10}(?:之前|以上|先前|所有).{0,6}(?:指令|指示|提示)/,
];

/** True when a text gives orders to a reader or a machine, such as "ignore all previous instructions". */
export function isInstruction(text: string): boolean {
  const plain = text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g, "")
    .replace(/\s+/g, " ");
  return PATTERNS.some((pattern) => pattern.test(plain));
}
