/** Words that say on which side of a number the truth lies, each group as alternatives of a pattern. */
export interface BoundWords {
  over: string;
  under: string;
  /** A little less, as a rule: "nearly", "close to". */
  near: string;
  about: string;
}

/** What may stand between such a word and its number. */
export const BETWEEN: Readonly<Record<string, string>> = {
  en: "an?",
  de: "den|die|das|der|dem|einen?|einem|einer",
  es: "el|la|los|las|un|una|unos|unas",
  fr: "les?|la|l|des?|d|une?",
  it: "il|lo|la|i|gli|le|l|un|uno|una|ai|ad",
  pt: "o|a|os|as|uma?|de",
  nl: "de|het|een",
};

/** Before a number, in languages that part words; folded, apostrophes as spaces. */
export const WORDS_BEFORE: Readonly<Record<string, BoundWords>> = {
  en: {
    over: "more than|over|at least|above|exceeding|exceeds?|exceeded|in excess of|upwards? of|no fewer than|no less than|not less than|greater than|topped|topping|surpass(?:es|ed|ing)?|a minimum of",
    under:
      "less than|fewer than|under|below|at most|up to|no more than|not more than|as many as|as much as|within|just short of|not quite|shy of|a maximum of",
    near: "almost|nearly|close to|close on|approaching|nearing",
    about:
      "about|around|roughly|approximately|some|an estimated|estimated|approx|circa|or so|in the region of|in the order of|on the order of",
  },
  de: {
    over: "mehr als|uber|mindestens|wenigstens|gut|ab|jenseits von|oberhalb von|nicht weniger als|zumindest",
    under:
      "weniger als|unter|unterhalb von|hochstens|maximal|bis zu|nicht mehr als|nicht ganz|hochstenfalls|allenfalls",
    near: "knapp|fast|nahezu|beinahe|annahernd|bald|an die",
    about: "etwa|rund|ungefahr|circa|ca|zirka|gegen|schatzungsweise|um|in etwa|grob",
  },
  es: {
    over: "mas de|mas que|mas del|al menos|por lo menos|como minimo|un minimo de|superior(?:es)? a|por encima de|super(?:o|a|an|aron|aba|aban|ando)|rebas(?:o|a|an|aron)|sobrepas(?:o|a|an|aron)|no menos de",
    under:
      "menos de|menos del|hasta|como maximo|un maximo de|inferior(?:es)? a|por debajo de|no mas de|a lo sumo",
    near: "casi|cerca de|proxim[oa]s? a|practicamente|cercan[oa]s? a|roz(?:o|a|an|ando)",
    about: "unos|unas|alrededor de|aproximadamente|en torno a|aprox|mas o menos",
  },
  fr: {
    over: "plus d|plus de|plus des|au moins|superieure?s? a|au dela d|au dela de|depass(?:e|ent|ant|ait|aient)|pas moins d|pas moins de|au minimum|un minimum de",
    under:
      "moins d|moins de|jusqu a|au plus|tout au plus|au maximum|un maximum de|inferieure?s? a|en dessous de|a peine",
    near: "pres d|pres de|presque|quasiment|quasi|proches? de|fr[oe]l(?:e|ent|ant)",
    about: "environ|quelque|quelques|autour de|autour d|a peu pres|approximativement|aux alentours de|une",
  },
  it: {
    over: "piu di|piu del|piu dell|piu della|piu dei|oltre|oltre il|almeno|perlomeno|come minimo|un minimo di|non meno di|superior[ei] a|superior[ei] al|super(?:a|ano|ato|ava|ando|o)|al di sopra di",
    under:
      "meno di|meno del|meno dell|meno della|fino a|fino al|sotto|al massimo|un massimo di|non piu di|inferior[ei] a|inferior[ei] al|al di sotto di|non oltre|appena",
    near: "quasi|vicin[oaie] a|vicin[oaie] ai|prossim[oaie] a|sfior(?:a|ano|ato|ando)|pressoche|praticamente",
    about:
      "circa|attorno a|attorno al|attorno ai|intorno a|intorno al|intorno ai|all incirca|approssimativamente|pressappoco|grosso modo|piu o meno",
  },
  pt: {
    over: "mais de|mais que|mais do que|acima de|pelo menos|ao menos|no minimo|um minimo de|superior(?:es)? a|super(?:ou|a|am|aram|ava)|ultrapass(?:ou|a|am|aram)|nao menos de|nao menos que",
    under:
      "menos de|menos que|menos do que|ate|abaixo de|no maximo|um maximo de|inferior(?:es)? a|nao mais de|nao mais que",
    near: "quase|perto de|proxim[oa]s? de|praticamente|a beira de",
    about: "cerca de|aproximadamente|em torno de|por volta de|uns|umas|mais ou menos|a volta de",
  },
  nl: {
    over: "meer dan|ruim|minstens|ten minste|minimaal|boven|zeker|op zijn minst|niet minder dan|over",
    under: "minder dan|onder|hooguit|hoogstens|ten hoogste|maximaal|tot|niet meer dan|net geen|tot wel",
    near: "bijna|nagenoeg|haast|krap|dicht bij|tegen",
    about: "ongeveer|circa|ca|rond|zo n|omstreeks|om en nabij|naar schatting|grofweg|een stuk of",
  },
};

/** The same in scripts without spaces, or whose letters carry marks: as the text has them. */
export const SIGNS_BEFORE: Readonly<Record<string, BoundWords>> = {
  zh: {
    over: "(?<!不)超过|(?<!不)超過|逾|(?<!不)多于|(?<!不)多於|至少|突破|(?<!不)超出|(?<!不)超|不少于|不少於|不低于|不低於|(?<!不)高于|(?<!不)高於|最少",
    under:
      "不到|不足|(?<!不)少于|(?<!不)少於|最多|至多|(?<!不)低于|(?<!不)低於|不超过|不超過|不多于|未满|未滿|未达",
    near: "(?<![附最靠])近|将近|將近|接近|逼近|几乎|幾乎|快要?",
    about: "约|約|大约|大約|大概|估计有?|左右|差不多",
  },
  ja: {
    over: "少なくとも|最低(?:でも)?",
    under: "最大(?:で)?|多くて(?:も)?|せいぜい",
    near: "ほぼ",
    about: "約|およそ|おおよそ|推定|推計|概算で|ざっと",
  },
  ko: {
    over: "최소(?:한)?|적어도",
    under: "최대|많아야",
    near: "거의|가까이",
    about: "약|대략|어림잡아",
  },
  ar: {
    over: "[أا]كثر من|ما لا يقل عن|لا يقل عن|لا تقل عن|على ال[أا]قل|ما يزيد (?:على|عن)|(?<!لا )[يت]زيد (?:على|عن)|زاد(?:ت)? (?:على|عن)|(?<!لا )[يت]تجاوز|تجاوز(?:ت)?|[يت]فوق|[أا]زيد من|[أا]على من",
    under: "[أا]قل من|ما يصل [إا]لى|[يت]صل [إا]لى|لا [يت]تجاوز|لا [يت]زيد (?:على|عن)|ما دون|دون|حد [أا]قصى",
    near: "قرابة|ما يقرب من|[يت]قارب|[يت]قترب من|زهاء",
    about: "نحو|حوالي|حوالى|بنحو|بحوالي|تقريبا|تقريبًا|في حدود",
  },
  fa: { over: "بیش از|دست کم|حداقل", under: "کمتر از|حداکثر", near: "نزدیک به", about: "حدود" },
  ru: {
    over: "(?:более|больше|свыше|не менее|не меньше|как минимум|минимум)(?: чем)?",
    under: "менее|меньше|не более|не больше|до|максимум",
    near: "почти|без малого|близко к",
    about: "около|примерно|порядка|приблизительно",
  },
};

/** Right behind a number, or behind it and the word for what it counts. */
export const WORDS_AFTER: Readonly<Record<string, BoundWords>> = {
  en: { over: "or more|plus|\\+", under: "or (?:less|fewer)|at most", near: "", about: "or so|ish" },
  de: { over: "oder mehr|und mehr", under: "oder weniger|hochstens", near: "", about: "etwa|circa" },
  es: { over: "o mas|como minimo", under: "o menos|como maximo", near: "", about: "aproximadamente" },
  fr: { over: "ou plus|au moins", under: "ou moins|au plus", near: "", about: "environ" },
  it: { over: "o piu|almeno", under: "o meno|al massimo", near: "", about: "circa" },
  pt: { over: "ou mais", under: "ou menos|no maximo", near: "", about: "aproximadamente" },
  nl: { over: "of meer", under: "of minder", near: "", about: "ongeveer" },
  ar: { over: "على ال[أا]قل|ف[أا]كثر|[أا]و [أا]كثر", under: "على ال[أا]كثر", near: "", about: "تقريبا" },
};

/** Behind a number and its counter, where no space parts them. */
export const SIGNS_AFTER: Readonly<Record<string, BoundWords>> = {
  ja: {
    over: "以上|超(?!え)|余り|あまり|を超|を上回",
    under: "未満|足らず|以下|を下回",
    near: "近く|に迫|弱",
    about: "前後|程度|ほど|くらい|ぐらい|内外",
  },
  zh: { over: "以上|之多|多(?![次于於])", under: "以下|以内|之内", near: "", about: "左右|上下|许" },
  ko: {
    over: "이상|넘|여(?=\\s?명|\\s?개)",
    under: "미만|이하",
    near: "가까이|에 육박",
    about: "가량|정도|안팎|내외|쯤",
  },
};

/** Words that are a number and say that it is a round one: "une trentaine", "un centinaio". */
export const ROUND_NUMBERS =
  /(?:[dtz]aine|millier|(?:ent|ant|ec|ic)ina|centinaio|migliaio|decena|quincena|veintena|treintena|centenar|millar|dezena|centena|milhar)$/;
