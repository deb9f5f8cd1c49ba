/** The two spellings of English that newsrooms choose between. */
export type Spelling = "en-GB" | "en-US";

/** Verbs in -ize (American) and -ise (British newspapers), without the ending. Those that are -ise everywhere are not here. */
const IZE =
  "agon apolog author capital categor central character civil colon critic crystall decentral demon emphas equal final fantas general harmon hospital ideal immun industrial item legal liberal local maxim memor minim mobil modern monopol national neutral normal optim organ reorgan patron penal personal polar popular priorit privat public rational real recogn revolution scrutin social special stabil destabil standard steril subsid summar symbol sympath synchron terror traumat util vandal victim visual weapon".split(
    " ",
  );
const YZE = "anal paral catal".split(" ");
const OUR =
  "arm behavi clam col demean endeav fav fav flav harb hon hum lab neighb od parl rum sav savi splend tum val vap vig".split(
    " ",
  );
const DOUBLED =
  "cancel channel counsel cruel dial duel fuel refuel grovel jewel label level libel marvel model panel pedal quarrel rival shovel signal snorkel spiral stencil total travel tunnel unravel".split(
    " ",
  );

/** American to British, word by word; only words that mean the same wherever they stand. */
const PAIRS: readonly [american: string, british: string][] = [
  ...IZE.flatMap((stem) =>
    endings(`${stem}iz`, `${stem}is`, ["e", "es", "ed", "ing", "er", "ers", "ation", "ations"]),
  ),
  ...YZE.flatMap((stem) => endings(`${stem}yz`, `${stem}ys`, ["e", "es", "ed", "ing", "er", "ers"])),
  ...OUR.flatMap((stem) =>
    endings(`${stem}or`, `${stem}our`, [
      "",
      "s",
      "ed",
      "ing",
      "er",
      "ers",
      "ful",
      "less",
      "hood",
      "hoods",
      "able",
      "ably",
      "ite",
      "ites",
      "ly",
      "al",
    ]),
  ),
  ...DOUBLED.flatMap((stem) =>
    endings(stem, `${stem}l`, ["ed", "ing", "er", "ers", "or", "ors", "ous", "ously"]),
  ),
  ...[
    "cent",
    "theat",
    "lit",
    "fib",
    "calib",
    "spect",
    "somb",
    "lust",
    "kilomet",
    "centimet",
    "millimet",
    "amphitheat",
    "epicent",
  ].flatMap((stem) => endings(`${stem}er`, `${stem}re`, ["", "s"])),
  ...["def", "off", "pret"].flatMap((stem) => endings(`${stem}ense`, `${stem}ence`, ["", "s", "less"])),
  ...["catal", "dial", "anal", "monol"].flatMap((stem) => endings(`${stem}og`, `${stem}ogue`, ["", "s"])),
  ...[
    ["gray", "grey"],
    ["plow", "plough"],
    ["skeptic", "sceptic"],
    ["maneuver", "manoeuvre"],
    ["pajama", "pyjama"],
    ["mustache", "moustache"],
    ["installment", "instalment"],
    ["enrollment", "enrolment"],
    ["fulfillment", "fulfilment"],
    ["aluminum", "aluminium"],
    ["hemorrhage", "haemorrhage"],
    ["leukemia", "leukaemia"],
    ["anemia", "anaemia"],
    ["estrogen", "oestrogen"],
    ["airplane", "aeroplane"],
  ].flatMap(([american = "", british = ""]) => endings(american, british, ["", "s"])),
  ["centered", "centred"],
  ["skeptical", "sceptical"],
  ["skepticism", "scepticism"],
  ["skillful", "skilful"],
  ["willful", "wilful"],
  ["pediatric", "paediatric"],
  ["orthopedic", "orthopaedic"],
  ["gynecologist", "gynaecologist"],
  ["archeologist", "archaeologist"],
  ["archeologists", "archaeologists"],
  ["archeology", "archaeology"],
];

/** British words that have one American spelling, which itself means more in British: a parking meter is none in metres. */
const ONE_WAY: readonly [british: string, american: string][] = [
  ...endings("metre", "meter", ["", "s"]),
  ...endings("programme", "program", ["", "s"]),
  ...endings("tyre", "tire", ["", "s"]),
  ...endings("kerb", "curb", ["", "s"]),
  ...endings("cheque", "check", ["", "s"]),
];

const BRITISH = new Map(PAIRS);
const AMERICAN = new Map([
  ...PAIRS.map(([american, british]): [string, string] => [british, american]),
  ...ONE_WAY,
]);

/** A word in lower case, spelled as wanted; as it is where both spell it alike or it may mean something else. */
export function respell(word: string, spelling: Spelling): string {
  return (spelling === "en-GB" ? BRITISH : AMERICAN).get(word) ?? word;
}

export function isSpelling(word: string, spelling: Spelling): boolean {
  return respell(word, spelling) === word;
}

function endings(from: string, to: string, list: readonly string[]): [string, string][] {
  return list.map((ending) => [from + ending, to + ending]);
}
