import type { Claim, Context, Failure } from "./claims.ts";
import { baseLanguage, foldText, stem } from "./normalise.ts";

/** Beginnings that turn a word into its opposite, and words that only look as if they had one; folded. */
const NEGATING: Record<string, { prefixes: readonly string[]; but: RegExp }> = {
  en: {
    prefixes: ["un", "non", "dis"],
    but: /^(?:under|unit|uniq|univ|union|until|unveil|unto|unless|uncle|uninstall|unlock|unload|unpack|unfold|unplug|undo|unseal|unmask|unearth|uniform|unison|nonsense|discover|disease|discuss|distri|distan|display|dispatch|dispos|disaster|discount|discharg|disclos|disguis|dismiss|dispute|dissent|distill|disturb|disciple|disciplin|distract|disrupt|disperse|disk)/,
  },
  de: {
    prefixes: ["un", "nicht"],
    but: /^(?:unter|unser|union|uni|unfall|ungefahr|unternehm|ungarn|untersuch)/,
  },
  nl: { prefixes: ["on", "niet"], but: /^(?:onder|ons|ont|onge)/ },
  es: {
    prefixes: ["des", "in", "im", "i"],
    but: /^(?:desde|desp|dest|desc|desa|inter|inform|indi|inic|inv|ins|int|impo|impu|impr|imag)/,
  },
};
/** Shortest word that a beginning is taken off. */
const MIN_ROOT = 5;

/** A claim may not have "uncrewed" where its evidence has "crewed", nor the other way round, if the article never has its own form. */
export function checkForms(claim: Claim, context: Context): Failure | null {
  const forms = NEGATING[baseLanguage(claim.language)];
  if (claim.translated || forms === undefined) return null;
  const cited = new Set(context.cited.flatMap(({ stems }) => [...stems]));
  for (const token of claim.tokens) {
    const own = stem(token.key, claim.language);
    if (context.article.stems.has(own)) continue;
    const fail: Failure = {
      reason: "contradiction",
      detail: claim.text.slice(token.start, token.end),
      rule: "negating form",
    };
    for (const prefix of forms.prefixes) {
      const root = token.key.slice(prefix.length);
      const negated = token.key.startsWith(prefix) && root.length >= MIN_ROOT && !forms.but.test(token.key);
      if (negated && cited.has(stem(root, claim.language))) return fail;
      const plain = token.key.length >= MIN_ROOT && !forms.but.test(`${prefix}${token.key}`);
      if (plain && cited.has(stem(`${prefix}${token.key}`, claim.language))) return fail;
    }
  }
  return null;
}

/** Names with a figure in them: SARS-CoV-2, A320, F-16. What stands before a plain figure is none. */
const CODE =
  /(?<![\p{L}\p{N}-])(?=[\p{L}-]*\p{Lu})\p{L}{1,8}(?:-\p{L}{1,8})*-?\p{Nd}{1,4}(?:-?\p{L}{1,2})?(?![\p{L}\p{N}])/gu;
const NO_CODE =
  /^(?:mid|pre|post|over|under|top|non|sub|early|late|q[1-4]|h[12]|covid|fy|u\d|no|us|uk|eu|gp)/i;

/** A name with a figure in it must be the article's, figure and all, with or without its hyphens. */
export function checkCodes(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  for (const [code] of claim.text.matchAll(CODE)) {
    if (NO_CODE.test(code)) continue;
    if (!joined(context.article.folded).includes(joined(foldText(code))))
      return { reason: "name", detail: code, rule: "code" };
  }
  return null;
}

function joined(text: string): string {
  return text.replace(/[\s-]/g, "");
}
