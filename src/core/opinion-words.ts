/**
 * Verbs by which somebody calls, fears or blames, so that what follows is not said by the article; folded. English
 * sentences mention accusations in passing too often to be here.
 */
export const OPINING: Readonly<Record<string, RegExp>> = {
  en: /^(?:called|calls|described|describes|dubbed|fears|feared|blamed|blames)$/,
  de: /^(?:nannte|nennt|nannten|bezeichnete|bezeichnet|furchtet|furchten|befurchtet|befurchten|beschuldigte)$/,
  es: /^(?:llamo|califico|califica|considera|teme|temen|acuso|acusado|acusa)$/,
  fr: /^(?:qualifie|juge|craint|craignent|redoute|redoutent|accuse)$/,
  it: /^(?:definito|definisce|giudica|ritiene|teme|temono|accusato|accusa)$/,
  pt: /^(?:chamou|classificou|considera|teme|temem|acusou|acusa)$/,
  nl: /^(?:noemde|noemt|vindt|vreest|vrezen|beschuldigde|beschuldigt)$/,
};

/** Where a script without capitals leaves a thing open or with whoever claims it. */
export const OPEN: Readonly<Record<string, RegExp>> = {
  zh: /可能|或许|也许|据称|涉嫌|疑似|认为|声称|指控|担心/u,
  ja: /可能性|恐れ|おそれ|とみられ|かもしれない|疑い|容疑|とされ|主張/u,
  ar: /(?<!\p{L})(?:[وف]?قد\s+[يتنأ]\p{L}+|ربما|يحتمل|يُزعم|يزعم|مزعوم|يعتقد|تعتقد|اتهمت?|زعمت?|ادعت?)(?!\p{L})/u,
};

/** What shows that a claim in such a script keeps it open, or says whose it is. */
export const KEPT_OPEN: Readonly<Record<string, RegExp>> = {
  zh: /可能|或|也许|据|涉嫌|疑|认为|称|指控|担心|预计|有望|料|恐|表示|说|指出|计划|拟/u,
  ja: /可能|恐れ|おそれ|みられ|かもしれ|疑い|容疑|とされ|主張|だろう|見込|見通し|予定|よると|という|述べ|話し|語っ|ほしい|ほど/u,
  ar: /(?<!\p{L})[وف]?(?:قد|ربما|يحتمل|محتمل\p{L}*|المحتمل|يُزعم|يزعم|مزعوم|متوقع|المتوقع|المرجح|يرجح|يعتقد|تعتقد|اتهم\p{L}*|قالت?|أعلنت?|بحسب|وفقا|حسب|زعمت?|ادعت?)(?!\p{L})/u,
};
