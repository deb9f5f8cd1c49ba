import { AppError } from "./errors.ts";

const NAMES = { type: "language", fallback: "none" } as const;
/** Gives a regional kind of a language a name of its own ("Brazilian Portuguese"); the other one never does. */
const dialects = new Intl.DisplayNames(["en"], { ...NAMES, languageDisplay: "dialect" });
const plainly = new Intl.DisplayNames(["en"], { ...NAMES, languageDisplay: "standard" });
const scripts = new Intl.DisplayNames(["en"], { type: "script", fallback: "none" });
const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/**
 * A language tag as Lede writes in it, so that tags that mean the same writing are one: the language; its script where
 * that is not the usual one; its region where its kind of the language has a name. Null for what the runtime does not
 * know, or knows no writing of.
 */
export function canonicalLanguage(text: string): string | null {
  const tag = toLocale(text.trim());
  if (tag === null || dialects.of(tag.language) === undefined) return null;
  const usual = new Intl.Locale(tag.language).maximize().script;
  if (usual === undefined) return null;
  const { region, script } = tag;
  if (region !== undefined && regions.of(region) === undefined) return null;
  if (script !== undefined && script !== usual && !isWrittenIn(tag.language, script)) return null;
  const written = script ?? tag.maximize().script ?? usual;
  const base = written === usual ? tag.language : `${tag.language}-${written}`;
  return region !== undefined && isDialect(tag.language, region) ? `${base}-${region}` : base;
}

/** A language that was typed. Throws AppError `command/bad-options`. */
export function parseLanguage(text: string): string {
  const language = canonicalLanguage(text);
  if (language !== null) return language;
  throw new AppError("command/bad-options", { say: `“${text.slice(0, 35)}” ${NO_LANGUAGE}` });
}

export const NO_LANGUAGE = "is not a language that Lede knows. Use a code such as en, de, pt-BR or zh-Hant.";

function toLocale(text: string): Intl.Locale | null {
  try {
    const locale = new Intl.Locale(text);
    return locale.language === "und" ? null : locale;
  } catch {
    return null;
  }
}

/** Whether the runtime has the language in this script. */
function isWrittenIn(language: string, script: string): boolean {
  if (scripts.of(script) === undefined) return false;
  const tag = `${language}-${script}`;
  return new Intl.DateTimeFormat(tag).resolvedOptions().locale === tag;
}

function isDialect(language: string, region: string): boolean {
  const tag = `${language}-${region}`;
  return dialects.of(tag) !== plainly.of(tag);
}
