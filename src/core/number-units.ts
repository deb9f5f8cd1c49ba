import { baseLanguage } from "./normalise.ts";

/** Units that a number may not swap for another one of the same class. */
const UNIT_CLASSES: Record<string, readonly string[]> = {
  share: ["%", "point", "basis"],
  money: ["usd", "eur", "gbp", "jpy", "cny", "inr", "rub", "krw", "chf", "cad", "aud", "mxn", "sek"],
  time: ["second", "minute", "hour", "day", "week", "month", "year", "decade"],
  length: ["mm", "cm", "m", "km", "inch", "foot", "yard", "mile"],
  mass: ["g", "kg", "tonne", "pound", "ounce"],
};
const CLASS_OF = new Map(
  Object.entries(UNIT_CLASSES).flatMap(([name, units]) => units.map((unit) => [unit, name] as const)),
);

const SYMBOLS: Record<string, string> = {
  $: "usd",
  "€": "eur",
  "£": "gbp",
  "¥": "jpy",
  "₹": "inr",
  "₽": "rub",
  "₩": "krw",
  "￥": "jpy",
};

/** Words that name a unit, per language; folded, as they stand after a number. */
const UNIT_WORDS: Record<string, Record<string, string>> = {
  en: {
    percent: "%",
    pct: "%",
    per: "",
    dollar: "usd",
    dollars: "usd",
    euro: "eur",
    euros: "eur",
    yen: "jpy",
    yuan: "cny",
    rupees: "inr",
    roubles: "rub",
    rubles: "rub",
    won: "",
    francs: "chf",
    pesos: "mxn",
    seconds: "second",
    second: "",
    minute: "minute",
    minutes: "minute",
    hour: "hour",
    hours: "hour",
    day: "day",
    days: "day",
    week: "week",
    weeks: "week",
    month: "month",
    months: "month",
    year: "year",
    years: "year",
    decades: "decade",
    kilometers: "km",
    kilometres: "km",
    km: "km",
    miles: "mile",
    mile: "mile",
    metres: "m",
    meters: "m",
    feet: "foot",
    inches: "inch",
    yards: "yard",
    kg: "kg",
    kilograms: "kg",
    kilos: "kg",
    tonnes: "tonne",
    tons: "tonne",
    ounces: "ounce",
    eur: "eur",
    usd: "usd",
    gbp: "gbp",
  },
  de: {
    prozent: "%",
    prozentpunkte: "point",
    prozentpunkten: "point",
    euro: "eur",
    dollar: "usd",
    pfund: "",
    franken: "chf",
    yen: "jpy",
    sekunden: "second",
    minute: "minute",
    minuten: "minute",
    stunde: "hour",
    stunden: "hour",
    tag: "day",
    tage: "day",
    tagen: "day",
    woche: "week",
    wochen: "week",
    monat: "month",
    monate: "month",
    monaten: "month",
    jahr: "year",
    jahre: "year",
    jahren: "year",
    kilometer: "km",
    kilometern: "km",
    meter: "m",
    metern: "m",
    kilo: "kg",
    kilogramm: "kg",
    tonnen: "tonne",
  },
  es: {
    euros: "eur",
    euro: "eur",
    dolares: "usd",
    dolar: "usd",
    pesos: "mxn",
    libras: "gbp",
    segundos: "second",
    minutos: "minute",
    horas: "hour",
    hora: "hour",
    dia: "day",
    dias: "day",
    semanas: "week",
    semana: "week",
    mes: "month",
    meses: "month",
    ano: "year",
    anos: "year",
    kilometros: "km",
    metros: "m",
    kilos: "kg",
    toneladas: "tonne",
  },
  fr: {
    euros: "eur",
    euro: "eur",
    dollars: "usd",
    livres: "",
    francs: "chf",
    secondes: "second",
    minutes: "minute",
    heures: "hour",
    heure: "hour",
    jour: "day",
    jours: "day",
    semaine: "week",
    semaines: "week",
    mois: "month",
    an: "year",
    ans: "year",
    annees: "year",
    kilometres: "km",
    metres: "m",
    kilos: "kg",
    tonnes: "tonne",
  },
};
const JAPANESE_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:%|％|パーセント|割)/, "%"],
  [/^ポイント/, "point"],
  [/^円/, "jpy"],
  [/^(?:ドル|米ドル)/, "usd"],
  [/^ユーロ/, "eur"],
  [/^(?:元|人民元)/, "cny"],
  [/^秒/, "second"],
  [/^分(?!の)/, "minute"],
  [/^時間/, "hour"],
  [/^日間/, "day"],
  [/^週間/, "week"],
  [/^(?:か月|カ月|ヶ月|ヵ月)/, "month"],
  [/^年間/, "year"],
  [/^(?:キロメートル|km)/, "km"],
  [/^メートル/, "m"],
  [/^トン/, "tonne"],
  [/^キログラム/, "kg"],
];
/** Percent in two words, and points, which are not percent. */
const SHARE_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^[\s-]*(?:percentage[\s-]points?|points? de pourcentage|puntos? porcentual(?:es)?)/i, "point"],
  [/^[\s-]*basis[\s-]points?/i, "basis"],
  [/^\s*[%％]/, "%"],
  [/^[\s-]*(?:per\s?cent|percent|por\s?ciento|pour\s?cent|per\s?cento|procent)(?![\p{L}])/iu, "%"],
];

/** The currency sign right before a number, or null. */
export function unitBefore(before: string): string | null {
  const sign = /([$€£¥₹₽₩￥])\s?$/.exec(before)?.[1];
  return sign === undefined ? null : (SYMBOLS[sign] ?? null);
}

/** The unit right after a number, or null. `word` is the folded word that follows. */
export function unitAfter(after: string, word: string, language: string): string | null {
  for (const [pattern, unit] of SHARE_PHRASES) if (pattern.test(after)) return unit;
  const sign = /^\s?([$€£¥₹₽₩])/.exec(after)?.[1];
  if (sign !== undefined) return SYMBOLS[sign] ?? null;
  const base = baseLanguage(language);
  if (base === "ja" || base === "zh")
    return JAPANESE_UNITS.find(([pattern]) => pattern.test(after))?.[1] ?? null;
  if (!/^[\s-]{0,2}\p{L}/u.test(after)) return null;
  const unit = UNIT_WORDS[base]?.[word] ?? (base === "en" ? null : (UNIT_WORDS["en"]?.[word] ?? null));
  return unit === "" ? null : unit;
}

/** True when both are units of one class and yet differ: 12 months for 12 years, € for $. */
export function unitsClash(left: string | null, right: string | null): boolean {
  if (left === null || right === null || left === right) return false;
  const name = CLASS_OF.get(left);
  return name !== undefined && name === CLASS_OF.get(right);
}

export function unitClass(unit: string | null): string | null {
  return unit === null ? null : (CLASS_OF.get(unit) ?? null);
}
