import { baseLanguage } from "./normalise.ts";

/** A negation in a script without spaces, by its place in the text, with the stretch that it is about. */
export interface DenialSign {
  start: number;
  end: number;
  /** UTF-16 units; `to` exclusive. */
  focus: { from: number; to: number };
}

/** Words with such signs that deny nothing, or set a limit. */
const SPARED: Readonly<Record<string, RegExp>> = {
  zh: /不过|不過|不仅|不僅|不但|不只|不光|不少|不同|不断|不斷|不久|不管|不论|不論|无论|無論|不得不|不可避免|不愧|不料|不良|不等|不满|不止|不足|不到|不超过|不低于|不多于|不高于|不少于|未来|未來|未知|未成年|未满|非常|非洲|除非|无人机|无线|无数|差不多|要不|没收|沒收|没落|是否|不妨|不禁|不时|不幸|不动产|不利|不安|不稳|不满|不均|不排除/g,
  ja: /なければならな|なければな|かもしれな|かもしれません|ではないか|に過ぎな|にすぎな|ざるを得な|だけでなく|だけではなく|のみならず|ほかな|やむを得な|違いな|ちがいな|相違な|少な|危な|しかな|まもなく|間もなく|何気な|さりげな|とんでもな|申し訳な|つたな|はかな|幼な/g,
};
const SIGNS: Readonly<Record<string, RegExp>> = {
  zh: /没有|沒有|没能|沒能|尚未|从未|從未|并未|並未|未能|并不|並不|不会|不會|不能|不得|不再|不是|不曾|无法|無法|暂不|暫不|没|沒|未|不/g,
  ja: /ない|なかっ|ません|なく(?!な)|ず(?=に|、|。|$)|ぬ(?=。|まま)|無かっ/g,
};
/** What turns a statement round without being one of them. */
const OTHERWISE: Readonly<Record<string, RegExp>> = {
  zh: /[不没沒未无無非拒否停禁]|失败|取消|避免|缺/,
  ja: /[未無不非否拒禁]|中止|停止|失敗|取りやめ|見送|断念|できず|せず|免れ|避け|ない|なかっ|ません|なく|ず[、。に]/,
};
const CLAUSE = /[、，,。．；;：:！!？?「」『』“”（）()]/;
/** How far off a sign its word stands, in UTF-16 units. */
const REACH = 8;

/** The negations of a text in Chinese or Japanese; none for other languages. */
export function denialSigns(text: string, language: string): DenialSign[] {
  const base = baseLanguage(language);
  const [signs, spared] = [SIGNS[base], SPARED[base]];
  if (signs === undefined || spared === undefined) return [];
  const plain = text.replace(spared, (phrase) => "・".repeat(phrase.length));
  return [...plain.matchAll(signs)].flatMap(({ 0: raw, index }) => {
    const end = index + raw.length;
    const focus = base === "zh" ? focusBehind(plain, end) : focusBefore(plain, index);
    return focus === null ? [] : [{ start: index, end, focus }];
  });
}

/** Chinese: the two signs behind, an auxiliary left out. */
function focusBehind(text: string, end: number): DenialSign["focus"] | null {
  const skipped =
    /^(?:有|能够?|会|會|可以|被|得到|再|完全|正式|对|對|在|把|将|將)?/u.exec(text.slice(end))?.[0] ?? "";
  const from = end + skipped.length;
  return /^\p{Script=Han}{2}/u.test(text.slice(from, from + 2)) ? { from, to: from + 2 } : null;
}

/** Japanese: the last two signs before that are no endings. */
function focusBefore(text: string, start: number): DenialSign["focus"] | null {
  const clause = text.slice(Math.max(0, start - REACH), start);
  const own = clause.slice(lastMark(clause) + 1);
  const found = /[\p{Script=Han}\p{Script=Katakana}ー々]{1,2}(?=\p{Script=Hiragana}*$)/u.exec(own);
  if (found === null) return null;
  const from = start - own.length + found.index;
  return { from, to: from + found[0].length };
}

function lastMark(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) if (CLAUSE.test(text.charAt(i))) return i;
  return -1;
}

/** True when the clause says the thing at this stretch is not so: before it in Chinese, behind it in Japanese. */
export function isDeniedSign(
  text: string,
  { from, to }: { from: number; to: number },
  language: string,
): boolean {
  const base = baseLanguage(language);
  const before = text.slice(Math.max(0, from - REACH), from);
  const own = before.slice(lastMark(before) + 1);
  const pattern = OTHERWISE[base];
  if (pattern === undefined) return true;
  const rest = text.slice(to, to + 3 * REACH);
  const end = rest.search(CLAUSE);
  const behind = end < 0 ? rest : rest.slice(0, end + 1);
  return pattern.test(base === "ja" ? own.slice(-2) + "|" + behind : own + "|" + behind.slice(0, 3));
}
