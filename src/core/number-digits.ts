import { baseLanguage } from "./normalise.ts";

/** Readings of a run of digits with separators; the language says which separator is which. */
export function digitValues(raw: string, language: string): number[] {
  const key = raw.replace(/[\u00a0\u202f' ]/g, "").replace(/[-+]$/, "");
  const separators = key.replace(/[^.,]/g, "");
  if (separators === "") return [Number(key)];
  const last = separators.at(-1) ?? "";
  if (new Set(separators).size > 1) {
    const at = key.lastIndexOf(last);
    return [Number(`${key.slice(0, at).replace(/[.,]/g, "")}.${key.slice(at + 1)}`)];
  }
  if (separators.length > 1) return [Number(key.replace(/[.,]/g, ""))];
  const decimal = Number(key.replace(",", "."));
  if (!/^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(key)) return [decimal];
  const whole = Number(key.replace(/[.,]/, ""));
  const groupsByDot = ["de", "es", "it", "pt", "nl", "da", "tr", "id", "el"].includes(baseLanguage(language));
  return (last === ".") === groupsByDot ? [whole] : [decimal, whole];
}

/** Hours, with minutes as their fraction. */
export function clockValues(key: string): number[] {
  const [hours = 0, minutes = 0] = key.split(":").map(Number);
  return [hours + minutes / 60];
}

/** Takes the noise of binary fractions off a product such as 1.1 × 1000. */
export function precise(value: number): number {
  return Number(value.toPrecision(12));
}
