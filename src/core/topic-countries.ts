/** A country in English: the names it goes by, what its people and things are called, its capital and best-known cities. */
interface Country {
  code: string;
  names: readonly string[];
  demonyms: readonly string[];
  cities: readonly string[];
}

/**
 * `code names | demonyms | capitals | cities that stand in datelines`, parted by commas. Places that mean something else in most articles (Victoria,
 * Georgetown, Hamilton) are left out. Written here because the published country tables bring no names that the news
 * uses (Britain, UAE, Kremlin).
 */
const TABLE = `AF Afghanistan|Afghan|Kabul
AL Albania|Albanian|Tirana
DZ Algeria|Algerian|Algiers
AD Andorra|Andorran|
AO Angola|Angolan|Luanda
AR Argentina|Argentine,Argentinian|Buenos Aires
AM Armenia|Armenian|Yerevan
AU Australia|Australian,Aussie|Canberra|Sydney,Melbourne,Brisbane,Perth
AT Austria|Austrian|Vienna|Salzburg
AZ Azerbaijan|Azerbaijani,Azeri|Baku
BS Bahamas|Bahamian|Nassau
BH Bahrain|Bahraini|Manama
BD Bangladesh|Bangladeshi|Dhaka
BB Barbados|Barbadian|Bridgetown
BY Belarus|Belarusian|Minsk
BE Belgium|Belgian|Brussels|Antwerp
BZ Belize|Belizean|Belmopan
BJ Benin|Beninese|Porto-Novo
BT Bhutan|Bhutanese|Thimphu
BO Bolivia|Bolivian|La Paz
BA Bosnia,Bosnia and Herzegovina|Bosnian|Sarajevo
BW Botswana|Botswanan|Gaborone
BR Brazil|Brazilian|Brasilia|Sao Paulo,Rio de Janeiro
BN Brunei|Bruneian|Bandar Seri Begawan
BG Bulgaria|Bulgarian|Sofia
BF Burkina Faso|Burkinabe|Ouagadougou
BI Burundi|Burundian|Bujumbura,Gitega
KH Cambodia|Cambodian|Phnom Penh
CM Cameroon|Cameroonian|Yaounde
CA Canada|Canadian|Ottawa|Toronto,Montreal,Vancouver,Calgary
CV Cape Verde|Cape Verdean|Praia
CF Central African Republic|Central African|Bangui
TD Chad|Chadian|N'Djamena
CL Chile|Chilean|
CN China|Chinese|Beijing,Peking|Shanghai,Guangzhou,Shenzhen,Wuhan
CO Colombia|Colombian|Bogota|Medellin
KM Comoros|Comorian|Moroni
CG Congo,Republic of the Congo|Congolese|Brazzaville
CD DR Congo,DRC,Democratic Republic of Congo,Democratic Republic of the Congo,Zaire|Congolese,Zairean|Kinshasa
CR Costa Rica|Costa Rican|
CI Ivory Coast,Côte d'Ivoire|Ivorian|Abidjan,Yamoussoukro
HR Croatia|Croatian,Croat|Zagreb
CU Cuba|Cuban|Havana
CY Cyprus|Cypriot|Nicosia
CZ Czech Republic,Czechia|Czech|Prague
DK Denmark|Danish,Dane|Copenhagen
DJ Djibouti|Djiboutian|
DO Dominican Republic|Dominican|Santo Domingo
EC Ecuador|Ecuadorian,Ecuadorean|Quito
EG Egypt|Egyptian|Cairo|Alexandria
SV El Salvador|Salvadoran,Salvadorean|San Salvador
GQ Equatorial Guinea|Equatoguinean|Malabo
ER Eritrea|Eritrean|Asmara
EE Estonia|Estonian|Tallinn
SZ Eswatini,Swaziland|Swazi|Mbabane
ET Ethiopia|Ethiopian|Addis Ababa
FJ Fiji|Fijian|Suva
FI Finland|Finnish,Finn|Helsinki
FR France|French,Frenchman,Frenchwoman|Paris|Marseille,Lyon,Toulouse
GA Gabon|Gabonese|Libreville
GM Gambia|Gambian|Banjul
GE Georgia|Georgian|Tbilisi
DE Germany,West Germany,East Germany|German,West German,East German|Berlin,Bonn|Frankfurt,Hamburg,Munich,Cologne,Düsseldorf
GH Ghana|Ghanaian|Accra
GR Greece|Greek|Athens
GD Grenada|Grenadian|
GT Guatemala|Guatemalan|
GN Guinea|Guinean|Conakry
GY Guyana|Guyanese|
HT Haiti|Haitian|Port-au-Prince
HN Honduras|Honduran|Tegucigalpa
HK Hong Kong|Hong Konger|
HU Hungary|Hungarian|Budapest
IS Iceland|Icelandic,Icelander|Reykjavik
IN India|Indian|New Delhi,Delhi|Mumbai,Bombay,Calcutta,Kolkata,Bangalore,Bengaluru,Chennai
ID Indonesia|Indonesian|Jakarta
IR Iran,Islamic Republic of Iran|Iranian|Tehran
IQ Iraq|Iraqi|Baghdad
IE Ireland,Republic of Ireland|Irish,Irishman|Dublin
IL Israel|Israeli|Jerusalem,Tel Aviv
IT Italy|Italian|Rome|Milan,Naples,Turin
JM Jamaica|Jamaican|
JP Japan|Japanese|Tokyo|Osaka,Kyoto,Nagoya,Fukushima
JO Jordan|Jordanian|Amman
KZ Kazakhstan|Kazakh|Astana
KE Kenya|Kenyan|Nairobi
KP North Korea,DPRK|North Korean|Pyongyang
KR South Korea,Republic of Korea|South Korean|Seoul|Busan
XK Kosovo|Kosovan,Kosovar|Pristina
KW Kuwait|Kuwaiti|Kuwait City
KG Kyrgyzstan|Kyrgyz|Bishkek
LA Laos|Laotian,Lao|Vientiane
LV Latvia|Latvian|Riga
LB Lebanon|Lebanese|Beirut
LS Lesotho|Basotho|Maseru
LR Liberia|Liberian|Monrovia
LY Libya|Libyan|Tripoli
LI Liechtenstein|Liechtensteiner|Vaduz
LT Lithuania|Lithuanian|Vilnius
LU Luxembourg|Luxembourger,Luxembourgish|
MO Macau,Macao|Macanese|
MG Madagascar|Malagasy|Antananarivo
MW Malawi|Malawian|Lilongwe
MY Malaysia|Malaysian|Kuala Lumpur
MV Maldives|Maldivian|
ML Mali|Malian|Bamako
MT Malta|Maltese|Valletta
MR Mauritania|Mauritanian|Nouakchott
MU Mauritius|Mauritian|Port Louis
MX Mexico|Mexican|Mexico City|Guadalajara,Monterrey
MD Moldova|Moldovan|Chisinau
MC Monaco|Monegasque|
MN Mongolia|Mongolian|Ulaanbaatar
ME Montenegro|Montenegrin|Podgorica
MA Morocco|Moroccan|Rabat
MZ Mozambique|Mozambican|Maputo
MM Myanmar,Burma|Burmese|Naypyidaw,Yangon
NA Namibia|Namibian|Windhoek
NP Nepal|Nepali,Nepalese|Kathmandu
NL Netherlands,Holland|Dutch,Dutchman|Amsterdam,The Hague|Rotterdam
NZ New Zealand|New Zealander,Kiwi|Wellington|Auckland,Christchurch
NI Nicaragua|Nicaraguan|Managua
NE Niger|Nigerien|Niamey
NG Nigeria|Nigerian|Abuja,Lagos
MK North Macedonia,Macedonia|Macedonian|Skopje
NO Norway|Norwegian|Oslo
OM Oman|Omani|Muscat
PK Pakistan|Pakistani|Islamabad|Karachi,Lahore
PS Palestine,Palestinian territories|Palestinian|Ramallah,Gaza
PA Panama|Panamanian|
PG Papua New Guinea|Papua New Guinean|Port Moresby
PY Paraguay|Paraguayan|Asuncion
PE Peru|Peruvian|Lima
PH Philippines|Philippine,Filipino,Filipina|Manila
PL Poland|Polish,Pole|Warsaw|Krakow,Gdansk
PT Portugal|Portuguese|Lisbon|Porto
PR Puerto Rico|Puerto Rican|San Juan
QA Qatar|Qatari|Doha
RO Romania|Romanian|Bucharest
RU Russia|Russian|Moscow,Kremlin|St Petersburg
RW Rwanda|Rwandan|Kigali
WS Samoa|Samoan|Apia
SA Saudi Arabia|Saudi,Saudi Arabian|Riyadh|Jeddah,Mecca
SN Senegal|Senegalese|Dakar
RS Serbia|Serbian,Serb|Belgrade
SC Seychelles|Seychellois|
SL Sierra Leone|Sierra Leonean|Freetown
SG Singapore|Singaporean|
SK Slovakia|Slovak,Slovakian|Bratislava
SI Slovenia|Slovenian,Slovene|Ljubljana
SB Solomon Islands|Solomon Islander|Honiara
SO Somalia|Somali|Mogadishu
ZA South Africa|South African|Pretoria,Johannesburg,Cape Town
SU Soviet Union,USSR|Soviet|Moscow,Kremlin
SS South Sudan|South Sudanese|Juba
ES Spain|Spanish,Spaniard|Madrid|Barcelona,Valencia,Seville
LK Sri Lanka|Sri Lankan|Colombo
SD Sudan|Sudanese|Khartoum
SR Suriname|Surinamese|Paramaribo
SE Sweden|Swedish,Swede|Stockholm|Gothenburg
CH Switzerland|Swiss|Bern,Berne,Geneva,Zurich
SY Syria|Syrian|Damascus
TW Taiwan|Taiwanese|Taipei
TJ Tajikistan|Tajik|Dushanbe
TZ Tanzania|Tanzanian|Dodoma,Dar es Salaam
TH Thailand|Thai|Bangkok
TL East Timor,Timor-Leste|Timorese|Dili
TG Togo|Togolese|Lome
TO Tonga|Tongan|
TT Trinidad and Tobago,Trinidad|Trinidadian|Port of Spain
TN Tunisia|Tunisian|Tunis
TR Turkey,Türkiye|Turkish,Turk|Ankara|Istanbul,Izmir
TM Turkmenistan|Turkmen|Ashgabat
UG Uganda|Ugandan|Kampala
UA Ukraine|Ukrainian|Kyiv,Kiev|Kharkiv,Odesa,Odessa,Lviv
AE United Arab Emirates,UAE,Emirates|Emirati|Abu Dhabi,Dubai
GB United Kingdom,UK,Britain,Great Britain|British,Briton|London,Westminster|Manchester,Birmingham,Edinburgh,Glasgow,Cardiff,Belfast,Liverpool
US United States,US,USA,United States of America,America|American|Washington|New York,Los Angeles,Chicago,Houston,Boston,San Francisco,Philadelphia,Dallas,Detroit,Miami,Seattle
UY Uruguay|Uruguayan|Montevideo
UZ Uzbekistan|Uzbek|Tashkent
VA Vatican,Holy See||Vatican City
VE Venezuela|Venezuelan|Caracas
VN Vietnam|Vietnamese|Hanoi|Ho Chi Minh City
YE Yemen|Yemeni|Sanaa,Aden
YU Yugoslavia|Yugoslav,Yugoslavian|Belgrade
ZM Zambia|Zambian|Lusaka
ZW Zimbabwe|Zimbabwean|Harare`;

export const COUNTRIES: readonly Country[] = TABLE.split("\n").map((row) => {
  const [names = "", demonyms = "", capitals = "", others = ""] = row.slice(3).split("|");
  const cities = [...split(capitals), ...split(others)];
  return { code: row.slice(0, 2), names: split(names), demonyms: split(demonyms), cities };
});

/** Words in capitals that would also be a common word, or part of one, in small letters. */
export const ACRONYMS: ReadonlySet<string> = new Set(
  "us uk eu un ai it who ice pip aids nato imf fed ev evs gp gps nhs".split(" "),
);

const NAMES = new Map<string, string | null>();

/**
 * A country's name in a language, as Unicode's locale data has it; null where there is none or it is a description
 * in parentheses.
 */
export function localCountryName(code: string, language: string): string | null {
  const at = `${language}-${code}`;
  const known = NAMES.get(at);
  if (known !== undefined) return known;
  const name = readName(code, language);
  NAMES.set(at, name);
  return name;
}

/** Languages in which countries are recognised by their own name; English has the table above. */
export const NAMED_LANGUAGES: ReadonlySet<string> = new Set(
  "ar bg bn ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv sw ta th tr uk vi zh".split(
    " ",
  ),
);

function readName(code: string, language: string): string | null {
  if (!NAMED_LANGUAGES.has(language) || code === "SU" || code === "YU") return null;
  const name = new Intl.DisplayNames([language], { type: "region", fallback: "none" }).of(code);
  return name === undefined || /[()（）]/.test(name) ? null : name;
}

function split(list: string): string[] {
  return list === "" ? [] : list.split(",");
}
