import { baseLanguage } from "./normalise.ts";

/** Titles of what comes again every day or week under much the same words. */
const ROUTINE: Record<string, RegExp> = {
  en: /\b(?:live(?: (?:blog|updates?|coverage|text|report))?\s*[:|–-]|(?:live|as it happened)$|as it happened|(?:live|rolling) (?:blog|updates|coverage)|weather|forecast|(?:stocks?|shares|markets?|wall street|ftse|dow|nasdaq|nikkei|dax|futures|sterling|oil prices?|gold) (?:[\p{L}-]+ ){0,3}(?:close[sd]?|open(?:s|ed)?|rise[sn]?|rose|falls?|fell|gains?|gained|slips?|slipped|edges?|edged|end(?:s|ed)?|higher|lower|flat|mixed|report|wrap|update|today)|market (?:report|wrap|update|close)|morning (?:briefing|call|update|headlines)|(?:daily|weekly|evening|morning) (?:briefing|digest|roundup|round-up|report|update|recap|quiz|podcast)|briefing:|horoscopes?|lottery|lotto|powerball|crossword|wordle|sudoku|quiz|tv (?:guide|listings|tonight)|fixtures|team news|line-?ups?|how to watch|what to watch|obituar(?:y|ies)|death notices|traffic (?:report|update)|letters to the editor|your letters|in pictures|photos of the (?:day|week)|newsletter|podcast|recap|transfer (?:news|rumou?rs|gossip)|police (?:log|blotter)|court (?:list|report)|earnings calendar|things to (?:know|do))\b/iu,
  de: /(?:^|[^\p{L}])(?:wetter(?:bericht|vorhersage)?|liveticker|live-?ticker|live-?blog|newsblog|börsen?(?:bericht|ticker|schluss)?|dax (?:schließt|legt|fällt|steigt|startet|im)\b|marktbericht|horoskop|lottozahlen|tv-programm|presseschau|morgen(?:briefing|lage)|kurzmeldungen|verkehrsmeldungen|polizei(?:bericht|meldungen)|quiz|podcast|nachrichten des tages)/iu,
  es: /(?:^|[^\p{L}])(?:en (?:directo|vivo)|última hora|tiempo (?:hoy|mañana|en)|pronóstico|previsión|el ibex|bolsa (?:hoy|cierra|abre)|horóscopo|lotería|sorteo|once|primitiva|euromillones|programación|horario y dónde ver|resumen (?:del|de la)|quiz|pódcast|podcast)(?![\p{L}])/iu,
  fr: /(?:^|[^\p{L}])(?:en direct|direct|météo|prévisions|le cac ?40|bourse|wall street|horoscope|loto|euromillions|programme tv|revue de presse|l['’]essentiel|matinale|quiz|podcast|nécrologie)(?![\p{L}])/iu,
};
/** Characters of a title that are searched: the patterns try every start. */
const MAX_TITLE = 200;

/** True for the title of a series: market report, forecast, live page, briefing, notices. */
export function isRoutine(title: string, language: string): boolean {
  return ROUTINE[baseLanguage(language)]?.test(title.slice(0, MAX_TITLE)) ?? false;
}
