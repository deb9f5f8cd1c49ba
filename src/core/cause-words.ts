/** How a language says why; the second pattern tells the markers that a whole clause follows. */
export const CAUSE_MARKERS: Readonly<Record<string, { pattern: RegExp; clause: RegExp }>> = {
  en: { pattern: /\b(?:because(?: of)?|due to|owing to|caused by|as a result of)\b/gi, clause: /because$/i },
  de: { pattern: /\b(?:weil|wegen|aufgrund|infolge|verursacht durch)\b/gi, clause: /weil/i },
  fr: {
    pattern:
      /(?<!\p{L})(?:parce qu(?:e|['’])|à cause d(?:e|u|es|['’])|en raison d(?:e|u|es|['’])|causée?s? par|faute d(?:e|['’]))/giu,
    clause: /parce/i,
  },
  es: {
    pattern: /(?<!\p{L})(?:porque|debido al?|a causa del?|causad[oa]s? por)(?!\p{L})/giu,
    clause: /porque/i,
  },
  it: {
    pattern:
      /(?<!\p{L})(?:perch[ée]|a causa d(?:i|el|ella|ei|elle|ell['’])|dovut[oaie] a(?:l|lla|lle|i)?|causat[oaie] da(?:l|lla)?)(?!\p{L})/giu,
    clause: /perch/i,
  },
  pt: {
    pattern: /(?<!\p{L})(?:porque|devido (?:a|à|ao|aos|às)|por causa d[aeo]s?|causad[oa]s? por)(?!\p{L})/giu,
    clause: /porque/i,
  },
  nl: {
    pattern: /\b(?:omdat|doordat|wegens|vanwege|als gevolg van|veroorzaakt door)\b/gi,
    clause: /omdat|doordat/i,
  },
  ar: { pattern: /(?<!\p{L})(?:بسبب|نتيجة|لأن\p{L}*)(?!\p{L})/gu, clause: /لأن/ },
};

/** How a script without spaces says why: the group "cause" is what stands beside the marker. */
export const UNSPACED_CAUSES: Readonly<Record<string, RegExp>> = {
  zh: /(?:由于|因为|原因是|是因为|(?<![\p{Script=Han}])因)(?<cause>[^，。；、]{2,30})/u,
  ja: /(?:^|[、。は])(?<cause>[^、。は]{1,30}?)(?:のため|ため|により|によって|の影響で|が原因で|のせいで|ことから)(?=[、にでだ])/u,
};

/** Kinds of causes that are not each other, in the languages above; folded beginnings of words. */
export const CAUSE_KINDS: readonly RegExp[] = [
  /^(?:strike|walkout|\w*streik|greve|huelga|sciopero|staking|اضراب)/,
  /^(?:storm|rain|flood|snow|wind|hail|weather|heat|hot$|drought|water|\w*sturm|unwetter|\w*regen|schnee|hochwasser|uberschwemm|hitze|heiss|orage|tempete|pluie|inondation|neige|vent$|chaleur|chaude?s?$|secheresse|tormenta|lluvia|inundac|nieve|viento|calor|calido|sequia|maltempo|piogg|alluvion|tempest|neve|vento|caldo|cald[aie]$|overstrom|sneeuw|chuva|عاصفة|سيول)/,
  /^(?:fire$|fires$|blaze|smoke|\w*brand$|feuer|rauch|feu$|incend|fumee|fuego|humo|fumo|vuur|حريق)/,
  /^(?:explo|blast|bomb|انفجار)/,
  /^(?:fault|failure|defect|breakdown|glitch|panne|\w*ausfall|defekt|averia|fallo|fallad|guasto|storing|defeito|avaria|عطل)/,
  /^(?:price|cost|sales|demand|wage|budget|\w*preis|kosten|nachfrage|lohn|lohne|prix|cout|vente|salaire|precio|coste|venta|prezz|vendit|salari|prijs|preco|custo)/,
  /^(?:illness|virus|disease|infection|covid|flu$|krank|maladie|enfermed|malatti|ziekt|doenca)/,
  /^(?:theft|attack|hack|sabotage|vandal|diebstahl|angriff|attaque|robo$|ataque|furto|attacc|aanval)/,
  /^(?:pollut|contamin|verschmutz|inquin|cigarette|cigarett|سيجارة)/,
];
