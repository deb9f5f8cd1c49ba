import anyAscii from "any-ascii";

const SYLLABLE =
  "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|a|o|e|i|u|v)|er";
const WHOLE = new RegExp(`^(?:${SYLLABLE})+$`);
const SYLLABLES = new RegExp(SYLLABLE, "g");
const SURNAMES = new Set(
  "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin yi chang qiao lai gong wen pang ni niu xi nie chai ruan lan ji pei miao ke zuo sheng zhan mei tong bao guan ge you yue ning".split(
    " ",
  ),
);
/** Places of China that go by names of their own in English. */
const OTHERWISE = /^(?:hong|kong|hongkong|macau|macao|tibet)$/;
/** Characters of names that are read in more than one way. */
const READINGS: Readonly<Record<string, string>> = Object.fromEntries(
  "重chong 长chang 都du 厦xia 曾zeng 单shan 解xie 乐yue 行hang 朝chao 藏zang 柏bo 覃tan 仇qiu 朴piao 盖ge 盛cheng 蔚yu 六lu 番pan 大dai 查zha 尉yu 洞dong 任ren 呂lv 吕lv 陆lu 卢lu 晟sheng 廈xia 長chang 樂yue"
    .split(" ")
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
/** A place with a sound that few other languages write so, or one of the best known. */
const PLACE =
  /zh|x|q|[aeiou]ng|^(?:tianjin|wuhan|taiwan|hainan|hunan|henan|hubei|hebei|fujian|jilin|gansu|yunnan|anhui|dalian|jinan|suzhou|foshan)$/;

/** A Chinese name in Latin letters by its words, as far as it can only be one; null for any other. */
export function pinyinOf(keys: readonly string[]): string[] | null {
  const plain = keys.map((key) =>
    anyAscii(key)
      .toLowerCase()
      .replace(/[^a-z]/g, ""),
  );
  if (plain.some((key) => !WHOLE.test(key) || OTHERWISE.test(key))) return null;
  const syllables = plain.join("").match(SYLLABLES)?.length ?? 0;
  if (syllables < 2 || syllables > 4) return null;
  const [first = ""] = plain;
  const person = plain.length > 1 && (SURNAMES.has(first) || SURNAMES.has(plain.at(-1) ?? ""));
  return person || (plain.length === 1 && PLACE.test(first)) ? plain : null;
}

/** Whether a text says the words of a name one after the other; the surname may stand at either end. */
export function saysPinyin(text: string, words: readonly string[]): boolean {
  const orders = [
    words,
    [...words.slice(1), ...words.slice(0, 1)],
    [...words.slice(-1), ...words.slice(0, -1)],
  ];
  const wanted = [...new Set(orders.map((order) => order.join("")))];
  const read = text.split("").map(readingsOf);
  return wanted.some((name) => read.some((_, at) => isReadAs(name, read, at)));
}

function isReadAs(name: string, read: readonly (readonly string[])[], at: number): boolean {
  if (name === "") return true;
  return (read[at] ?? []).some(
    (syllable) => name.startsWith(syllable) && isReadAs(name.slice(syllable.length), read, at + 1),
  );
}

function readingsOf(character: string): string[] {
  if (!/\p{Script=Han}/u.test(character)) return [];
  const other = READINGS[character];
  const usual = anyAscii(character).toLowerCase();
  return [usual, ...(other === undefined ? [] : [other]), usual.replace(/^([ln])(?:v|u:)/, "$1u")];
}
