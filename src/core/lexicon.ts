import { baseLanguage } from "./normalise.ts";

/** The words of a language that bind rather than say; folded forms. */
const FUNCTION_WORDS: Record<string, string> = {
  en: "a an the and or but nor so yet if then than as of in on at by for from to with without into onto over under after before during since until between among against about around through out off up down is are was were be been being am has have had having do does did will would shall should can could may might must it its he she they them his her their theirs him hers we us our you your i me my mine this that these those there here who whom whose which what when where why how all any both each few more most other others some such no not only own same too very just also now one s t said says say according while because although though despite per via amid among within across along near upon still even ever never again once",
  de: "der die das den dem des ein eine einer einen einem eines und oder aber denn doch sondern wenn als wie ob dass weil da so dann nicht kein keine keinen keiner ist sind war waren sein gewesen wird werden wurde wurden worden hat haben hatte hatten kann konnen konnte soll sollen sollte muss mussen will wollen wollte es er sie wir ihr ich du man sich ihm ihn ihnen ihre ihren ihrem ihrer seine seinen seinem seiner sein mein unser dieser diese dieses diesen diesem jener in im an am auf aus bei beim mit nach von vom vor zu zum zur uber unter um durch fur gegen ohne bis seit wahrend zwischen hinter neben auch noch schon nur sehr mehr hier dort was wer wo wann warum welche welcher sagte sagt laut etwa rund",
  es: "el la los las un una unos unas lo y e o u pero sino si que como cuando donde quien cual cuyo cuya de del a al en con sin por para sobre entre hasta desde hacia contra durante tras segun ante bajo es son era eran fue fueron ser sido sera esta estan estaba estado ha han habia haber hay habra se le les me te nos su sus mi tu este esta estos estas ese esa esos esas aquel aquella esto eso no ni ya mas muy tambien solo asi porque aunque mientras tan todo toda todos todas otro otra otros otras dijo dice unos",
  fr: "le la les l un une des d de du et ou mais ni car donc si que qu qui quoi dont quand comme ou a au aux en dans par pour sur sous avec sans vers chez entre depuis pendant apres avant contre selon est sont etait etaient etre ete sera seront a ont avait avaient avoir eu il elle ils elles on nous vous je tu se s me m te lui leur leurs son sa ses mon ma mes notre votre ce cet cette ces c cela ceux celle ne n pas plus moins tres aussi y tout tous toute toutes autre autres meme deja encore puis ainsi dit",
  it: "il lo la i gli le un uno una e o ma se che chi cui non ne di del della dei delle dello degli a al alla ai alle in nel nella nei nelle con su sul sulla per tra fra da dal dalla dai dalle e sono era erano essere stato stata ha hanno aveva si ci lui lei loro suo sua suoi questo questa quello quella come quando dove anche piu molto gia ancora dopo prima",
  pt: "o a os as um uma uns umas e ou mas se que quem qual nao de do da dos das em no na nos nas com sem por para pelo pela sobre entre ate desde e sao era foi foram ser sido esta estao tem tinha ha se ele ela eles elas seu sua seus suas este esta esse essa isso como quando onde tambem mais muito ja ainda apos antes",
  nl: "de het een en of maar als dan dat die dit deze in op aan bij met van voor naar uit over onder tegen tot om door is zijn was waren wordt worden werd heeft hebben had kan kunnen zal zou niet geen ook nog al er hij zij ze we wij ik je u hun haar zijn wat wie waar hoe meer veel",
  ar: "من في على إلى عن أن إن أنه إنه أنها إنها التي الذي الذين ما لا لم لن قد كان كانت يكون تكون هذا هذه ذلك تلك هو هي هم مع بين عند عندما حيث كما أو ثم بل لكن حتى منذ خلال كل بعض أي غير عبر نحو لدى وفي ومن وعلى وأن وإن وقد وكان وكانت ولا ولم وهو وهي وما فيه فيها منها منه له لها به بها عليه عليها إليه إليها أكثر أقل",
  ja: "の は が を に へ と で も や か ら し て た だ い る す れ な り あ さ こ そ よ う ま つ っ く き ん",
  zh: "的 了 在 是 和 与 也 就 都 而 及 着 或 于 之 为 有 这 那 他 她 它 们 我 你",
};

// As the keys of tokens are: Arabic letters with a hamza come apart.
const SETS = new Map(
  Object.entries(FUNCTION_WORDS).map(([language, words]) => [
    language,
    new Set(words.normalize("NFKD").split(" ")),
  ]),
);
const NONE: ReadonlySet<string> = new Set();

/** Function words of a language, folded; empty for a language without a list. */
export function functionWords(language: string): ReadonlySet<string> {
  return SETS.get(baseLanguage(language)) ?? NONE;
}

/** Words that make a sentence lean on the one before it. */
const LEANING_STARTS: Record<string, RegExp> = {
  en: /^(?:but|and|or|so|yet|he|she|it|they|this|that|these|those|his|her|its|their|however|also|still|meanwhile|then|another|others|both|instead|moreover|furthermore|nevertheless|too|such|there|we|i|you|the (?:latter|former|two))\b/i,
  de: /^(?:aber|und|oder|doch|denn|er|sie|es|dies|diese[rsnm]?|das(?! [A-ZÄÖÜ])|sein[e]?|ihr[e]?|zudem|außerdem|dennoch|jedoch|auch|dabei|damit|dann|wir|ich|danach|daher|deshalb)\b/i,
  es: /^(?:pero|y|o|él|ella|ellos|ellas|esto|eso|este|esta|estos|estas|ese|esa|su|sus|además|sin embargo|también|no obstante|así|luego|entonces|yo|nosotros)(?![\p{L}])/iu,
  fr: /^(?:mais|et|ou|il|elle|ils|elles|on|ce|cela|c['’]est|cet|cette|ces|son|sa|ses|leur|leurs|cependant|toutefois|aussi|puis|ainsi|je|nous|en outre|de plus)(?![\p{L}])/iu,
  ja: /^(?:しかし|だが|また|さらに|一方|そして|これ|それ|この|その|彼|同|ただ|なお)/,
  zh: /^(?:但|而|他|她|它|这|那|此外|另外|同时|不过|然而)/,
};

/** True when a sentence begins with a pronoun or connective and so cannot stand alone. */
export function leansOnPrevious(sentence: string, language: string): boolean {
  return LEANING_STARTS[baseLanguage(language)]?.test(sentence.replace(/^["'“‘„«「]+/, "")) ?? false;
}

/** Connectives that can be taken off the front without changing what is said. */
const CONNECTIVES: Record<string, RegExp> = {
  en: /^(?:but|and|so|yet|also|however|meanwhile|moreover|furthermore|nevertheless|still),? (?=[\p{L}\d])/iu,
  es: /^(?:pero|y|además|sin embargo|también|no obstante),? (?=[\p{L}\d])/iu,
  fr: /^(?:mais|et|cependant|toutefois|en outre|de plus),? (?=[\p{L}\d])/iu,
};

/** The sentence without its leading connective, its first letter raised. */
export function withoutConnective(sentence: string, language: string): string {
  const pattern = CONNECTIVES[baseLanguage(language)];
  const bare = pattern === undefined ? sentence : sentence.replace(pattern, "");
  return bare === sentence ? sentence : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** Scripts that tell a language, or at least that it is another one. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["zh", /\p{Script=Han}/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["th", /\p{Script=Thai}/gu],
];
/** Share of a text's letters that settles its script, and of its words that settles its language. */
const SCRIPT_SHARE = 0.2;
const WORD_SHARE = 0.2;
const CLEARLY_MORE = 1.5;

/** The language a text is written in where its small words or its script say so; else the one expected. */
export function guessLanguage(text: string, keys: readonly string[], expected: string): string {
  const sample = text.slice(0, 4_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, script] of SCRIPTS) {
    if ((sample.match(script)?.length ?? 0) < letters * SCRIPT_SHARE || letters === 0) continue;
    return sameScript(language, expected) ? expected : language;
  }
  let best = hasOwnScript(expected)
    ? { language: "en", share: 0 }
    : { language: expected, share: shareOf(keys, functionWords(expected)) * CLEARLY_MORE };
  for (const [language, words] of SETS) {
    const share = shareOf(keys, words);
    if (share > WORD_SHARE && share > best.share) best = { language, share };
  }
  return best.language;
}

const SHARED_SCRIPTS: Record<string, readonly string[]> = {
  ru: ["ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"],
  ar: ["ar", "fa", "ur", "ps"],
  hi: ["hi", "mr", "ne"],
  he: ["he", "yi"],
};

/** A language of these scripts is not what a text without their letters is written in. */
function hasOwnScript(language: string): boolean {
  return SCRIPTS.some(([own]) => sameScript(own, language));
}

function sameScript(found: string, expected: string): boolean {
  return (SHARED_SCRIPTS[found] ?? [found]).includes(baseLanguage(expected));
}

function shareOf(keys: readonly string[], words: ReadonlySet<string>): number {
  if (keys.length === 0) return 0;
  return keys.filter((key) => words.has(key)).length / keys.length;
}
