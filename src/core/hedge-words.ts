/** Words that say that something is not certain, not done or somebody's claim; folded. */
export const HEDGES: Readonly<Record<string, RegExp>> = {
  en: /^(?:may|might|could|can|would|should|possibl[ey]|perhaps|maybe|likely|unlikely|probabl[ey]|potential(?:ly)?|expected|expects?|plans?|planned|planning|plan|hopes?|hoped|hoping|wants?|wanted|seeks?|seeking|sought|intends?|intended|aims?|aimed|proposes?|proposed|proposal|considers?|considering|considered|threatens?|threatened|alleged(?:ly)?|alleges?|allegations?|accused?|accuses|claims?|claimed|reported(?:ly)?|suspects?|suspected|believed?|believes|thought|thinks|apparently|appears?|appeared|seems?|seemed|suggests?|suggested|according|says?|said|told|rumou?red|estimated?|feared|if|unless|whether|would-be|denie[sd]|deny|try|trying|tried|attempted|attempts?|agreed|vowed|promised|pledged|set|due|scheduled|ordered|asked|able|will|soon|ready|risk|risks|warned|warns)$/,
  de: /^(?:konnte|konnten|kann|konnen|durfte|durften|soll|sollen|sollte|sollten|will|wollen|mutmasslich\w*|angeblich\w*|moglicherweise|vielleicht|wahrscheinlich|voraussichtlich|vermut\w*|offenbar|laut|zufolge|plant|planen|geplant\w*|wurde|wurden|sagte|sagt|erklarte|behauptet\w*|vorwurf\w*|vorwirft|wirft|werfen|warf|beschuldig\w*|verdachtig\w*|verdacht|womoglich|wohl|angaben|erwartet|erwarten)$/,
  es: /^(?:podria|podrian|puede|pueden|habria|habrian|quizas?|tal|posible\w*|presunt\w*|supuest\w*|planea\w*|preve\w*|espera\w*|segun|dijo|afirmo|asegura|aseguro|alega|alego|acusad\w*|acusan?|acuso|sospech\w*|aparentemente|quiere\w*|propone\w*|propuso|probable\w*|seria|serian)$/,
  fr: /^(?:pourrait|pourraient|peut|peuvent|serait|seraient|aurait|auraient|devrait|devraient|presume\w*|pretend\w*|possible\w*|probable\w*|selon|envisage\w*|prevoit|prevoient|accuse\w*|soupconn\w*|propose\w*|veut|veulent|espere\w*|estim\w*)$/,
  it: /^(?:potrebbe|potrebbero|puo|possono|avrebbe|avrebbero|sarebbe|sarebbero|dovrebbe|dovrebbero|vorrebbe|forse|presunt\w*|possibil\w*|probabil\w*|secondo|accus\w*|sospett\w*|sosten\w*|sembra|vuole|vogliono|prevede|intende|propone|dice|detto)$/,
  pt: /^(?:poderia|poderiam|podera|poderao|pode|podem|teria|teriam|seria|seriam|deveria|talvez|supost\w*|alegad\w*|aleg\w*|possivel\w*|provavel\w*|segundo|conforme|acus\w*|suspeit\w*|planeja|pretende|quer|propoe|propos|disse|afirm\w*)$/,
  nl: /^(?:zou|zouden|kan|kunnen|kon|wil|willen|mogelijk|misschien|waarschijnlijk|vermoedelijk\w*|vermeend\w*|verluidt|volgens|beweert|beweren|beweerde|beschuldig\w*|verdenk\w*|verdacht\w*|verwijt|verwijten|overweegt|zegt|zei|plan\w*|lijkt|wellicht)$/,
};

/** Of those, the words that stand inside what they make uncertain and change all of it. */
export const STRONG: Readonly<Record<string, RegExp>> = {
  en: /^(?:may|might|could|allegedly|alleged|reportedly|suspected|possibly|perhaps|proposed|considering)$/,
  de: /^(?:konnte|konnten|durfte|durften|soll|sollen|mutmasslich\w*|angeblich\w*|moglicherweise|womoglich|vielleicht|vermutlich|wahrscheinlich|plant|planen)$/,
  es: /^(?:podria|podrian|habria|habrian|presunt\w*|supuest\w*|quizas?|posiblemente|probablemente|planea|planean)$/,
  fr: /^(?:pourrait|pourraient|serait|seraient|aurait|auraient|presume\w*|envisage|envisagent|prevoit|prevoient)$/,
  it: /^(?:potrebbe|potrebbero|avrebbe|avrebbero|sarebbe|sarebbero|forse|presunt[oaie]|presuntamente|probabilmente)$/,
  pt: /^(?:poderia|poderiam|podera|poderao|teria|teriam|seriam|talvez|supostamente|alegadamente|possivelmente|provavelmente)$/,
  nl: /^(?:zou|zouden|mogelijk|misschien|wellicht|vermoedelijk|waarschijnlijk|vermeende?)$/,
};

/** Verbs that make a mere intention of what follows them with "to". */
export const INTENDING: Readonly<Record<string, RegExp>> = {
  en: /^(?:plans|planned|hopes|hoped|intends|intended|aims|seeks|wants|wanted|threatens|threatened|proposes)$/,
};

/** Words of what is to come, which are surer than "may": they excuse no hedge that stands in their place. */
export const TO_COME: Readonly<Record<string, RegExp>> = {
  en: /^(?:will|soon)$/,
};

/** Words by which an article leaves a claim with whoever makes it. */
export const CONTESTED: Readonly<Record<string, RegExp>> = {
  en: /^(?:alleges?|alleged|claims|claimed|accuses|accused|insists|insisted|denies|denied|suspects?|suspected|believes|believed)$/,
  de: /^(?:behauptet|behauptete|behaupten|bestreitet|bestritt|vermutet|vermuten|wirft|werfen|vorwirft|beschuldigt\w*)$/,
  es: /^(?:alega|alego|asegura|aseguro|acusan?|acuso|niega|nego|sospecha\w*|cree)$/,
  fr: /^(?:pretend|pretendent|accuse|accusent|accusait|nie|soupconne\w*|estime)$/,
  it: /^(?:sostiene|sostengono|accusa|accusano|nega|negano|sospetta|sospettano|ritiene)$/,
  pt: /^(?:alega|alegam|alegou|acusa|acusam|acusou|nega|negou|suspeita|suspeitam)$/,
  nl: /^(?:beweert|beweren|beweerde|beschuldigt|beschuldigen|beschuldigde|ontkent|verdenkt|verwijt|verwijten)$/,
};

/** Of those, the accusations: what follows them is never a fact, however the claim turns the sentence round. */
export const ACCUSING: Readonly<Record<string, RegExp>> = {
  en: /^(?:accuses|accused|alleges|alleged)$/,
  de: /^(?:wirft|werfen|vorwirft|beschuldigt|beschuldigen)$/,
  es: /^(?:acusan?|acuso)$/,
  fr: /^(?:accuse|accusent)$/,
  it: /^(?:accusa|accusano)$/,
  pt: /^(?:acusa|acusam|acusou)$/,
  nl: /^(?:beschuldigt|beschuldigen|verwijt|verwijten)$/,
};
