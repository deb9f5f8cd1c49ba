/** Values of number words by their folded form. */
export type Words = Readonly<Record<string, number>>;

function read(list: string): Words {
  return Object.fromEntries(
    list.split(" ").map((entry) => {
      const at = entry.indexOf(":");
      return [fold(entry.slice(0, at)), Number(entry.slice(at + 1))];
    }),
  );
}

/** As the keys of tokens are. */
function fold(word: string): string {
  return word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}

/** Number words of each language: below hundred, hundred, and the scales from thousand on. */
export const NUMBER_WORDS: Record<string, Words> = {
  en: read(
    "one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100 hundreds:100 dozen:12 thousand:1e3 million:1e6 millions:1e6 billion:1e9 billions:1e9 trillion:1e12 trillions:1e12 m:1e6 mn:1e6 mln:1e6 bn:1e9 tn:1e12 k:1e3 crore:1e7 lakh:1e5",
  ),
  de: read(
    "null:0 ein:1 eins:1 eine:1 einen:1 einer:1 zwei:2 zwo:2 drei:3 vier:4 funf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 elf:11 zwolf:12 sechzehn:16 siebzehn:17 zwanzig:20 dreissig:30 vierzig:40 funfzig:50 sechzig:60 siebzig:70 achtzig:80 neunzig:90 hundert:100 dutzend:12 tausend:1e3 tsd:1e3 million:1e6 millionen:1e6 mio:1e6 milliarde:1e9 milliarden:1e9 mrd:1e9 billion:1e12 billionen:1e12",
  ),
  es: read(
    "un:1 uno:1 una:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 trece:13 catorce:14 quince:15 dieciseis:16 diecisiete:17 dieciocho:18 diecinueve:19 veinte:20 veintiun:21 veintiuno:21 veintiuna:21 veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 veintiseis:26 veintisiete:27 veintiocho:28 veintinueve:29 treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 cien:100 ciento:100 doscientos:200 doscientas:200 trescientos:300 trescientas:300 cuatrocientos:400 cuatrocientas:400 quinientos:500 quinientas:500 seiscientos:600 seiscientas:600 setecientos:700 ochocientos:800 novecientos:900 docena:12 decena:10 quincena:15 veintena:20 treintena:30 cuarentena:40 centenar:100 millar:1e3 mil:1e3 millon:1e6 millones:1e6 billon:1e12 billones:1e12",
  ),
  fr: read(
    "un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16 vingt:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 nonante:90 cent:100 cents:100 dizaine:10 douzaine:12 quinzaine:15 vingtaine:20 trentaine:30 quarantaine:40 cinquantaine:50 soixantaine:60 centaine:100 millier:1e3 mille:1e3 million:1e6 millions:1e6 milliard:1e9 milliards:1e9",
  ),
  it: read(
    "un:1 uno:1 una:1 due:2 tre:3 quattro:4 cinque:5 sei:6 sette:7 otto:8 nove:9 dieci:10 undici:11 dodici:12 tredici:13 quattordici:14 quindici:15 sedici:16 diciassette:17 diciotto:18 diciannove:19 venti:20 trenta:30 quaranta:40 cinquanta:50 sessanta:60 settanta:70 ottanta:80 novanta:90 decina:10 dozzina:12 quindicina:15 ventina:20 trentina:30 quarantina:40 cinquantina:50 sessantina:60 settantina:70 ottantina:80 novantina:90 centinaio:100 migliaio:1e3 cento:100 mille:1e3 mila:1e3 milione:1e6 milioni:1e6 miliardo:1e9 miliardi:1e9",
  ),
  pt: read(
    "um:1 uma:1 dois:2 duas:2 tres:3 quatro:4 cinco:5 seis:6 sete:7 oito:8 nove:9 dez:10 onze:11 doze:12 treze:13 catorze:14 quatorze:14 quinze:15 dezesseis:16 dezasseis:16 dezessete:17 dezassete:17 dezoito:18 dezenove:19 dezanove:19 vinte:20 trinta:30 quarenta:40 cinquenta:50 sessenta:60 setenta:70 oitenta:80 noventa:90 dezena:10 duzia:12 centena:100 milhar:1e3 cem:100 cento:100 duzentos:200 duzentas:200 trezentos:300 trezentas:300 quatrocentos:400 quatrocentas:400 quinhentos:500 quinhentas:500 seiscentos:600 seiscentas:600 setecentos:700 setecentas:700 oitocentos:800 oitocentas:800 novecentos:900 novecentas:900 mil:1e3 milhao:1e6 milhoes:1e6 bilhao:1e9 bilhoes:1e9",
  ),
  nl: read(
    "twee:2 drie:3 vier:4 vijf:5 zes:6 zeven:7 acht:8 negen:9 tien:10 elf:11 twaalf:12 dertien:13 veertien:14 vijftien:15 zestien:16 zeventien:17 achttien:18 negentien:19 twintig:20 dertig:30 veertig:40 vijftig:50 zestig:60 zeventig:70 tachtig:80 negentig:90 dozijn:12 honderd:100 duizend:1e3 miljoen:1e6 miljard:1e9",
  ),
  ru: read(
    "один:1 одна:1 одно:1 одного:1 одной:1 два:2 две:2 двух:2 двое:2 двоих:2 три:3 трех:3 трое:3 троих:3 четыре:4 четырех:4 четверо:4 четверых:4 пять:5 пяти:5 пятеро:5 пятерых:5 шесть:6 шести:6 шестеро:6 семь:7 семи:7 семеро:7 восемь:8 восьми:8 девять:9 девяти:9 десять:10 десяти:10 одиннадцать:11 двенадцать:12 тринадцать:13 четырнадцать:14 пятнадцать:15 шестнадцать:16 семнадцать:17 восемнадцать:18 девятнадцать:19 двадцать:20 двадцати:20 тридцать:30 тридцати:30 сорок:40 пятьдесят:50 шестьдесят:60 семьдесят:70 восемьдесят:80 девяносто:90 сто:100 тыс:1e3 тысяча:1e3 тысячу:1e3 тысячи:1e3 тысяч:1e3 млн:1e6 миллион:1e6 миллиона:1e6 миллионов:1e6 млрд:1e9 миллиард:1e9 миллиарда:1e9 миллиардов:1e9 трлн:1e12",
  ),
  ar: read(
    "واحد:1 واحدة:1 اثنان:2 اثنين:2 اثنتان:2 اثنتين:2 ثلاث:3 ثلاثة:3 أربع:4 أربعة:4 خمس:5 خمسة:5 ست:6 ستة:6 سبع:7 سبعة:7 ثمان:8 ثماني:8 ثمانية:8 تسع:9 تسعة:9 عشر:10 عشرة:10 عشرون:20 عشرين:20 ثلاثون:30 ثلاثين:30 أربعون:40 أربعين:40 خمسون:50 خمسين:50 ستون:60 ستين:60 سبعون:70 سبعين:70 ثمانون:80 ثمانين:80 تسعون:90 تسعين:90 مئة:100 مائة:100 ألف:1e3 آلاف:1e3 ألفا:1e3 مليون:1e6 ملايين:1e6 مليار:1e9 مليارات:1e9 تريليون:1e12",
  ),
  fa: read("دو:2 سه:3 چهار:4 پنج:5 شش:6 هفت:7 هشت:8 نه:9 ده:10 هزار:1e3 میلیون:1e6 میلیارد:1e9 تریلیون:1e12"),
  hi: read(
    "एक:1 दो:2 तीन:3 चार:4 पांच:5 पाँच:5 छह:6 छः:6 सात:7 आठ:8 नौ:9 दस:10 सौ:100 हजार:1e3 हज़ार:1e3 लाख:1e5 करोड़:1e7 अरब:1e9",
  ),
  bn: read("দুই:2 তিন:3 চার:4 পাঁচ:5 ছয়:6 সাত:7 আট:8 নয়:9 দশ:10 হাজার:1e3 লাখ:1e5 কোটি:1e7"),
  uk: read(
    "тис:1e3 тисячі:1e3 тисяч:1e3 млн:1e6 мільйон:1e6 мільйони:1e6 мільйонів:1e6 млрд:1e9 мільярда:1e9 мільярдів:1e9",
  ),
  pl: read(
    "tys:1e3 tysiące:1e3 tysięcy:1e3 mln:1e6 miliony:1e6 milionów:1e6 mld:1e9 miliardy:1e9 miliardów:1e9",
  ),
  tr: read("bin:1e3 milyon:1e6 milyar:1e9 trilyon:1e12"),
  id: read("ribu:1e3 juta:1e6 miliar:1e9 triliun:1e12"),
  sv: read("tusen:1e3 miljon:1e6 miljoner:1e6 miljard:1e9 miljarder:1e9"),
};

/** Words that join the parts of one number. */
export const NUMBER_JOINERS: Record<string, string> = { en: "and", es: "y", fr: "et", pt: "e" };

/** Ordinals from the first on; the endings of gender and case are taken off before. */
export const ORDINAL_WORDS: Record<string, string> = {
  en: "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
  de: "erst zweit dritt viert funft sechst siebt acht neunt zehnt elft zwolft",
  es: "primer segund tercer cuart quint sext septim octav noven decim",
  fr: "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
};

/** Words that stand for a number in an article without being one: they support a claim, and never need support. */
export const STANDING_FOR: Record<string, Words> = {
  en: read(
    "both:2 pair:2 couple:2 duo:2 twin:2 twins:2 twice:2 double:2 doubled:2 doubling:2 doubles:2 brace:2 treble:3 trio:3 triple:3 tripled:3 triplets:3 thrice:3 hat:3 quartet:4 quadruple:4 quarter:4 half:2 decade:10 decades:10 century:100 centuries:100 centenary:100 dozens:12 dual:2 bi:2 tri:3 fortnight:2 noon:12 midday:12 midnight:12",
  ),
  de: read(
    "beide:2 beiden:2 paar:2 doppelt:2 doppelte:2 verdoppelt:2 zweimal:2 dreimal:3 trio:3 jahrzehnt:10 jahrhundert:100",
  ),
  es: read("ambos:2 ambas:2 par:2 pareja:2 doble:2 duo:2 trio:3 triple:3 decada:10 siglo:100"),
  fr: read("double:2 couple:2 paire:2 duo:2 trio:3 triple:3 decennie:10 siecle:100"),
};
