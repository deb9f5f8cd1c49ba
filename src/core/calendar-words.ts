type Forms = Readonly<Record<string, readonly (readonly [RegExp, number])[]>>;

/** Short forms of newsrooms that Intl does not know. */
export const SHORT_MONTHS: Record<string, Record<string, number>> = {
  en: { sept: 9, jan: 1, feb: 2, aug: 8, oct: 10, nov: 11, dec: 12, apr: 4, jun: 6, jul: 7 },
  // August in the Levant, told from "father" by its mark alone.
  ar: { "ا\u0653ب": 8 },
};
export const SHORT_WEEKDAYS: Record<string, Record<string, number>> = {
  en: { tues: 2, weds: 3, wed: 3, thurs: 4, thur: 4, mon: 1, fri: 5 },
};

/** Weekdays in the cases that Intl does not give; folded. */
export const WEEKDAY_FORMS: Forms = {
  ru: [
    [/^воскресень[еяюи]/, 0],
    [/^понедельник/, 1],
    [/^вторник/, 2],
    [/^сред[уы]$/, 3],
    [/^четверг/, 4],
    [/^пятниц[уыае]/, 5],
    [/^суббот[уыае]/, 6],
  ],
  uk: [
    [/^недiл|^неділ/, 0],
    [/^понеділ[ко]/, 1],
    [/^вівтор[ко]/, 2],
    [/^серед[уи]$/, 3],
    [/^четвер/, 4],
    [/^п.?ятниц/, 5],
    [/^субот/, 6],
  ],
  pl: [
    [/^niedziel[eaiy]/, 0],
    [/^poniedzial[ek]/, 1],
    [/^wtor[ek]/, 2],
    [/^srod[eayi]$/, 3],
    [/^czwart[ek]/, 4],
    [/^piat[ek]/, 5],
    [/^sobot[eayi]/, 6],
  ],
};

/** Months in other cases, and the Arabic names of the Levant, of two words, and of the Maghreb; folded. */
export const MONTH_FORMS: Forms = {
  ru: [
    [/^январ[еья]/, 1],
    [/^феврал[еья]/, 2],
    [/^март[еау]?$/, 3],
    [/^апрел[еья]/, 4],
    [/^ма[йея]$|^маи$/, 5],
    [/^июн[еья]/, 6],
    [/^июл[еья]/, 7],
    [/^август/, 8],
    [/^сентябр[еья]/, 9],
    [/^октябр[еья]/, 10],
    [/^ноябр[еья]/, 11],
    [/^декабр[еья]/, 12],
  ],
  ar: [
    [/^كانون الثاني|^جانفي /, 1],
    [/^شباط |^فيفري /, 2],
    [/^اذار /, 3],
    [/^نيسان |^ابريل |^افريل /, 4],
    [/^ايار |^ماي /, 5],
    [/^حزيران |^جوان |^يونيه /, 6],
    [/^تموز |^جويلية |^يوليه /, 7],
    [/^اوت |^اغسطس /, 8],
    [/^ايلول /, 9],
    [/^تشرين الاول/, 10],
    [/^تشرين الثاني/, 11],
    [/^كانون الاول/, 12],
  ],
};
