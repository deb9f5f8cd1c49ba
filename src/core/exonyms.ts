/** Places that languages call by unlike names: English, then what others say, in Latin letters. */
const PLACES = `jerusalem quds alquds yerushalaim ierosolyma
beijing pekin bijin
aleppo halab chalepi
damascus dimashq
athens atina afiny
alexandria iskandaria
bethlehem vifleem baytlahm
nazareth nasra natsrat
hebron khalil chevron
istanbul stambul konstantinoupoli kusta
florence firenze florentsia
naples napoli neapol
cologne keln koln kolonia
munich munchen myunkhen monacho
warsaw varshava varsovia
lisbon lishbuna lissabona
brussels bryussel vryxelles
geneva zheneva jenif
bucharest bukarest voukouresti
belgrade beograd veligradi
thessaloniki saloniki selanik
corfu kerkyra
nicosia lefkosia
moscow moskva moscha musku moskau
kremlin kreml krimlin
petersburg peterburg petroupoli
chisinau kishinev
tbilisi tiflida tiflis
yerevan erevan
mumbai bombey
kolkata kalkutta
chennai madras
bengaluru bangalor
varanasi banaras
algiers aljazair alger alzhir
tripoli trablus tarabulus
casablanca daralbayda
tangier tanja tanzher
euphrates furat evfrat prat
tigris dijla
danube dunay dounavis danub
vistula visla
edinburgh edimvourgo
hague gaaga lahay
paris bariz parizh
london londino
piraeus pireas pirey
heraklion iraklio
crimea krym qirm
transnistria pridnestrovie
caucasus kavkaz qafqaz
dnipro dnepr
kharkiv kharkov
mykolaiv nikolaev
siberia sibir
copenhagen kopengagen kopenchagi
vatican vatikan
athens athina`;

/** Names that are translated, not taken over: of feasts and seas, and those of kings and saints. */
const TRANSLATED =
  "christmas easter ramadan passover hanukkah diwali mediterranean europe eurozone eurovision antarctica scandinavia francis charles william james paul benedict elizabeth nicholas catherine constantine joseph stephen michael matthew andrew anthony eugene jesus moses mary philip george alexander henry louis frederick eve adam internet covid coronavirus christianity islam judaism lord christ virgin macedonia jerusalemite gospel bible koran quran torah byzantium renaissance holocaust volodymyr mykola";

const ELSEWHERE = new Map<string, readonly string[]>();
for (const row of PLACES.split("\n")) {
  const [english = "", ...others] = row.split(" ");
  ELSEWHERE.set(english, [...(ELSEWHERE.get(english) ?? []), ...others]);
}
const NOT_TAKEN_OVER: ReadonlySet<string> = new Set(TRANSLATED.split(" "));

/** What a place is called elsewhere, in Latin letters; none for one that goes by one name. */
export function elsewhere(key: string): readonly string[] {
  return ELSEWHERE.get(key) ?? [];
}

/** True for a name whose other forms share too few sounds to be known by them. */
export function isTranslated(key: string): boolean {
  return NOT_TAKEN_OVER.has(key);
}
