/** Dutch classes; see the English ones for how a line is read. */
export const OPPOSITES = [
  "steeg stegen stijgt stijgen gestegen stijging toegenomen toename groeide groeit groeien gegroeid verhoogd* verhog* hoger | daalde daalden daalt dalen gedaald daling afgenomen afname kromp gekrompen verlaagd* verlag* zakte gezakt lager",
  "won wonnen gewonnen wint winnen overwinning zege | verloor verloren verliest verliezen nederlaag",
  "goedgekeurd goedkeur* keurde steunt steunde steunen aanvaard* | afgewezen wees verwierp verworpen weiger* geweigerd bekritiseer*",
  "opent opende openen geopend heropen* | sluit sloot sluiten gesloten dicht",
  "begon begonnen begint beginnen start startte gestart | eindig* stopt stopte gestopt beeindig* afgelopen",
  "toegestaan toestaan staat vergund | verbod verboden verbied* verbood",
  "schuldig veroordeeld | onschuldig vrijgesproken vrijspraak",
  "kocht kochten gekocht koopt kopen | verkocht verkochten verkoopt verkopen verkoop",
  "gearresteerd aangehouden opgepakt | vrijgelaten",
  "noord noorden noordelijk* | zuid zuiden zuidelijk*",
  "oost oosten oostelijk* | west westen westelijk*",
  "succes succesvol* geslaagd | mislukt* mislukking gefaald",
  "verbeterd* verbeter* beter | verslechter* slechter",
  "bevestigd* bevestigt | ontkend* ontkent ontken*",
  "verplicht* | vrijwillig* optioneel",
  "winst winsten | verlies verliezen",
  "tijdelijk* | permanent* definitief",
  "groot grote groter grootste | klein kleine kleiner kleinste",
  "meerderheid | minderheid",
  "veilig* | onveilig* gevaarlijk*",
  "legaal legale | illegaal illegale",
  "snel snelle sneller | langzaam langzame trager",
  "man mannen | vrouw vrouwen",
  "jongen jongens | meisje meisjes",
  "regering | oppositie",
] as const;

export const KINDS = [
  "rood rode | blauw blauwe | groen groene | geel gele | oranje | paars paarse | roze | bruin bruine | grijs grijze | wit witte | zwart zwarte",
  "dood doden gedood overleden | gewond* gewonden | gearresteerd aangehouden | vermist*",
  "school scholen | universiteit* | ziekenhuis* | kerk kerken | moskee moskeeen | gevangenis* | vliegveld luchthaven",
] as const;

export const THINGS = [
  "hond honden | kat katten | paard paarden | koe koeien | leeuw leeuwen | tijger tijgers",
] as const;

/** Units of time. */
export const UNITS = [
  "minuut minuten | uur uren | dag dagen | week weken | maand maanden | jaar jaren | decennium decennia | eeuw eeuwen",
] as const;
