/** Words that put something more to what a sentence says; folded. */
export const ADDING: Readonly<Record<string, RegExp>> = {
  en: /^(?:and|plus|including)$/,
  de: /^(?:und|sowie|samt|einschliesslich)$/,
  es: /^(?:y|e|ademas|incluid[oa]s?)$/,
  fr: /^(?:et|ainsi|dont)$/,
  it: /^(?:e|ed|oltre|compres[oaie])$/,
  pt: /^(?:e|alem|inclusive)$/,
  nl: /^(?:en|plus|inclusief)$/,
};

/** Words that say why, or in spite of what; folded. */
export const CAUSAL: Readonly<Record<string, RegExp>> = {
  en: /^(?:because|due|owing|amid|after|following|despite)$/,
  de: /^(?:durch|wegen|aufgrund|infolge|weil|nach|trotz)$/,
  es: /^(?:por|debido|porque|tras|pese)$/,
  fr: /^(?:par|parce|cause|raison|apres|malgre)$/,
  it: /^(?:per|perche|causa|dopo|nonostante)$/,
  pt: /^(?:por|pela|pelo|porque|devido|apos|apesar)$/,
  nl: /^(?:door|wegens|vanwege|omdat|na|ondanks)$/,
};

/** Words that go on about somebody or tell in what circumstances; folded. */
export const ATTACHING: Readonly<Record<string, RegExp>> = {
  en: /^(?:with|without|under|despite|amid|after|before|mostly|mainly|while|where|which|who|in|on|for|from)$/,
  de: /^(?:mit|ohne|unter|trotz|nach|vor|vor allem|wahrend|wo|der|die|das|in|auf|fur|aus)$/,
  es: /^(?:con|sin|bajo|pese|tras|ante|mientras|donde|que|en|para|desde)$/,
  fr: /^(?:avec|sans|sous|malgre|apres|avant|pendant|ou|qui|que|en|pour|lors)$/,
  it: /^(?:con|senza|sotto|nonostante|dopo|prima|mentre|dove|che|in|per|durante)$/,
  pt: /^(?:com|sem|sob|apesar|apos|antes|enquanto|onde|que|em|para|durante)$/,
  nl: /^(?:met|zonder|onder|ondanks|na|voor|terwijl|waar|die|dat|in|op|uit)$/,
};

/** What adds nothing that could be wrong: "and others"; folded. */
export const EMPTY =
  /^(?:others?|more|elsewhere|etc|thus|therefore|weitere[nrs]?|andere[nrs]?|mehr|usw|otr[oa]s?|mas|demas|autres?|encore|altr[oie]|ancora|outr[oa]s?|mais|anderen|meer|overall|respectively|also|auch|tambien|egalement|anche|tambem|ook|however|jedoch|allerdings)$/;
