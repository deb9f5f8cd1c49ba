import { remembered } from "./memo.ts";

/**
 * What people are called by their work or office in all languages with capitals; folded, a beginning with "*" before it
 * may have more in front, as in "Polizeisprecherin". What one person may well be called on different occasions stands on
 * one line: an author is a professor, a head of state a leader.
 */
const KINDS = `minist *ministr *minister secretary
presiden *prasident direct director direttor diretor *direktor manager *manager gerent chief chef *chef *leiter *leiterin *vorstand *vorstandin *vorsitzend chair chairman chairwoman head leader *fuhrer lider dirigent dirigeant owner *besitzer *inhaber propriet propiet eigenaar founder *grunder fondat fundador oprichter
mayor mayoress *burgermeister maire alcald sindac burgemeester
prefe *prafekt
governor gobernador gouverneur governator governador
senator senateur senador deputy deput abgeordnet *abgeordnet lawmaker congress diputad deputat candidat *kandidat
*sprecher spokes portavoc portavoz portavoce woordvoer
lawyer attorney *anwalt *anwaltin avocat abogad avvocat advogad advocaat
prosecutor *staatsanwalt procureur fiscal procurator promotor
judge *richter *richterin juge juez jueza giudic juiz juiza rechter
coach manager *manager *trainer entraineu entrenador allenator treinador
captain *kapitan capitan capitain kapitein goalkeeper *torwart *torhuter gardien portero portier
engineer *ingenieur ingenier ingegner engenheir
doctor physician surgeon *arzt *arztin medecin medic dottor profes researcher *forscher chercheu investigador ricercator pesquisador onderzoeker scientist *wissenschaft scientifi cientific scienziat author *autor auteur autrice autric analyst *analyst analist analista economist *okonom economista hydrolog *hydrolog geolog *geolog seismolog *seismolog meteorolog *meteorolog biolog *biolog epidemiolog *epidemiolog archaeolog archeolog *archaolog arqueolog historian *historiker historien historiador storic
farmer *bauer *bauerin *landwirt agricult fermier boer shepherd *schafer pastor
teacher *lehrer enseignant maestr insegnant leraar
miner mineu miner bergmann minator
nurse *pfleger *krankenschwester infirmi enfermer infermier
*sekretar secretair secretari segretari *verhandlungsfuhrer negotiator negociador negociateur negoziator
*kanzler chancellor chancelier canciller cancellier
ambassador *botschafter ambassad embajador ambasciat embaixador
*kommissar commissair comisari commissari comissari
bishop archbishop *bischof eveque archeveque obispo arzobispo vescov bispo *pfarrer cure parroc
driver *fahrer conducteur autista motorista
pilot *pilot
actor actress *schauspieler acteur actrice attor attric singer *sanger chanteu cantant
firefighter *feuerwehr pompier bomber
fisherman *fischer pecheu pescador pescator
treasurer *schatzmeister tresorier tesorer tesorier
curator *kurator conservateur conservador`
  .split("\n")
  .map((line) => line.split(" "));

/** The kinds of office a folded word may name; none for any other word. */
export const titleKinds = remembered(readKinds);

const NONE: readonly number[] = [];

function readKinds(key: string): readonly number[] {
  if (key.length < 4) return NONE;
  const kinds = KINDS.flatMap((words, kind) => (words.some((word) => isTitle(key, word)) ? [kind] : []));
  return kinds.length === 0 ? NONE : kinds;
}

/** Longest ending of number, gender and case behind a beginning of the table. */
const LONGEST_ENDING = 6;

function isTitle(key: string, word: string): boolean {
  const bare = word.startsWith("*") ? word.slice(1) : word;
  const at = word.startsWith("*") ? key.lastIndexOf(bare) : key.startsWith(bare) ? 0 : -1;
  return at >= 0 && key.length - at - bare.length <= LONGEST_ENDING;
}

/** Offices in scripts without capitals, one line a kind; where they stand and what a name looks like is the language's. */
const JA_KINDS =
  "課長 部長 局長 署長|市長 町長 村長 区長|知事|大臣 首相 長官 官房長官|社長 会長 代表 理事長 総裁 委員長|教授 学長 医師 研究員 院長|容疑者 被告|監督|選手|議員 幹事長|大統領|所長 館長 店長 駅長 工場長|校長|記者|弁護士|組合長";
const ZH_KINDS =
  "总统 主席 总理 首相|部长 局长 主任 书记|市长 省长 州长 县长 区长 镇长|总经理 董事长 首席执行官 总裁 会长 创始人|院长 校长 教授 专家 分析师 研究员 医生|发言人|律师|法官|检察官|教练|队长|记者|大使|将军|议员|秘书长|工程师|司机|所长 站长 馆长|导演 演员 歌手|村民 居民|船长";
const ZH_SURNAMES =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施洪严";
const AR_KINDS =
  "وزير|مدير رئيس أمين|محافظ عمدة|متحدث ناطق|نائب|قائد عميد عقيد لواء نقيب|سفير|محامي|قاضي|مدرب|مهندس|طبيب أستاذ باحث خبير|ملك أمير|مفوض|لاعب حارس|قبطان|مزارع|معلم|صحفي";
const AR_NO_NAME =
  "إن|أن|في|من|على|عن|إلى|مع|بعد|قبل|أمس|اليوم|خلال|كما|هذا|هذه|التي|الذي|لم|لا|قد|كان|كانت|بأن|ان";

const longestFirst = (kinds: string) =>
  kinds
    .split(/[ |]/)
    .sort((a, b) => b.length - a.length)
    .join("|");
const byKind = (kinds: string) => kinds.split("|").map((line) => line.split(" "));

/** Offices with their bearers; groups "title" and "name". */
export const BEARERS: Readonly<Record<string, { pattern: RegExp; kinds: readonly (readonly string[])[] }>> = {
  ja: {
    pattern: new RegExp(
      `(?<!\\p{Script=Han})(?<name>\\p{Script=Han}{1,4}?|[\\p{Script=Katakana}ー・]{2,})(?<title>${longestFirst(JA_KINDS)})`,
      "gu",
    ),
    kinds: byKind(JA_KINDS),
  },
  zh: {
    pattern: new RegExp(
      `(?<title>${longestFirst(ZH_KINDS)})(?<name>[${ZH_SURNAMES}]\\p{Script=Han}{1,2})`,
      "gu",
    ),
    kinds: byKind(ZH_KINDS),
  },
  ar: {
    pattern: new RegExp(
      `(?<!\\p{L})[وفبل]?(?:ال)?(?<title>${longestFirst(AR_KINDS)})ة?(?:\\s+(?:ال|لل|بال|وال)\\p{L}+){0,4}\\s+(?<name>(?!(?:ال|${AR_NO_NAME})(?:\\p{L}*(?<=ال\\p{L}+)|(?!\\p{L})))\\p{L}+\\s+\\p{L}+)`,
      "gu",
    ),
    kinds: byKind(AR_KINDS),
  },
};
