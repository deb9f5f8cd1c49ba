/** What stands right behind a place's or an institution's name in scripts without spaces. */
export const PLACE_ENDINGS: Readonly<Record<string, RegExp>> = {
  ja: /^(?:都|道|府|県|市|区|町|村|駅|港|島|湖|川|山|空港|大学|病院|地区|半島|電力|新聞|銀行)/,
  zh: /^(?:省|市|区|县|镇|乡|村|站|港|岛|湖|河|江|山|州|国|路|街|大学|医院|机场|地区|半岛|法院|公司|银行|大桥)/,
};

/** What stands right before a place's name in Arabic. */
export const PLACE_HEADS: Readonly<Record<string, RegExp>> = {
  ar: /^[وفبل]?(?:ال)?(?:مدينة|ميناء|جزيرة|مطار|منطقة|محافظة|بلدة|قرية|شارع|مستشفى|ولاية|دولة|حي|إقليم|مقاطعة|ضاحية|جامعة|نهر|جبل|بحيرة|ملعب|محطة|سد|جسر|نادي|حقل)$/u,
};

/** What stands right before a bare name of a place in German. */
export const BARE_BEFORE =
  /^(?:in|aus|nach|bei|von|zwischen|bis|uber|nahe|richtung|stadt|bahnhof|flughafen)$/;

/** German nouns that stand without an article behind those and are no place. */
export const BARE_NO_PLACE =
  /^(?:haft|betrieb|kraft|brand|fuhrung|sicherheit|gefahr|hohe|kauf|frage|bewegung|\w*angaben|freiheit|bau|rente|planung|arbeit|zukunft|ordnung|not|form|zeit|kontakt|anspruch|beziehung|zusammenhang|folge|ruhe|stucken|teilen|zahlen|flammen|prozent|hause|tagen|wochen|monaten|jahren|stunden|minuten|metern|kilometern|euro|menschen|leuten|kindern|frauen|mannern|geld|wasser|holz|stahl|\w+ungen|\w+heit|\w+keit|\w+schaft|\w+tion)$/;
