import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

const STAND: readonly (readonly [language: string, text: string, claim: string])[] = [
  [
    "en",
    "The flood damaged 640 farms in the valley.",
    "The flood damaged in excess of 600 farms in the valley.",
  ],
  ["en", "The bridge cost 28 million euros.", "The bridge cost about 30 million euros."],
  ["en", "The festival drew 1.3 million visitors.", "The festival drew more than 1 million visitors."],
  ["en", "The fund paid 5.9 million pounds to farmers.", "The fund paid close to £6 million to farmers."],
  ["de", "Das Hochwasser beschädigte 640 Höfe.", "Das Hochwasser beschädigte mehr als 600 Höfe."],
  ["de", "Der Umbau kostet 48,7 Millionen Euro.", "Der Umbau kostet annähernd 50 Millionen Euro."],
  ["de", "Der Umbau kostet 48,7 Millionen Euro.", "Der Umbau kostet um die 49 Millionen Euro."],
  ["fr", "La crue a touché 640 fermes.", "La crue a touché plus de 600 fermes."],
  ["fr", "Le pont mesure 297 mètres.", "Le pont mesure à peu près 300 mètres."],
  ["fr", "Le stade accueille 9 800 spectateurs.", "Le stade accueille jusqu'à 10 000 spectateurs."],
  ["es", "La riada dañó 640 granjas.", "La riada dañó más de 600 granjas."],
  ["es", "El puente costó 28,6 millones de euros.", "El puente costó casi 30 millones de euros."],
  ["es", "El puente mide 304 metros.", "El puente mide cerca de 300 metros."],
  ["it", "L'alluvione ha colpito 640 fattorie.", "L'alluvione ha colpito più di 600 fattorie."],
  ["it", "L'alluvione ha colpito 640 fattorie.", "L'alluvione ha colpito oltre 600 fattorie."],
  ["it", "Il restauro costa 4,9 milioni di euro.", "Il restauro costa quasi 5 milioni di euro."],
  ["it", "Il coro conta 58 voci.", "Il coro conta circa 60 voci."],
  ["it", "Il coro conta 58 voci.", "Il coro conta poco meno di 60 voci."],
  ["it", "Si contano quarantatré feriti.", "Si contano 43 feriti."],
  ["it", "Si contano quasi duecentoventuno feriti.", "Si contano circa 220 feriti."],
  ["it", "La frana ha travolto una trentina di auto.", "La frana ha travolto circa 30 auto."],
  ["fr", "L'avalanche a emporté 97 skis.", "L'avalanche a emporté une centaine de skis."],
  ["es", "Un centenar de barcos salió del puerto.", "Unos 100 barcos salieron del puerto."],
  ["pt", "O porto recebeu duzentos e trinta navios.", "O porto recebeu 230 navios."],
  ["nl", "De haven kreeg zeventien schepen.", "De haven kreeg 17 schepen."],
  ["pt", "A cheia atingiu 640 quintas.", "A cheia atingiu mais de 600 quintas."],
  ["pt", "A ponte custou 28,6 milhões de euros.", "A ponte custou quase 30 milhões de euros."],
  ["nl", "De overstroming trof 640 boerderijen.", "De overstroming trof ruim 600 boerderijen."],
  ["nl", "De brug kostte 28,6 miljoen euro.", "De brug kostte bijna 30 miljoen euro."],
  ["ja", "洪水で640世帯が浸水した。", "洪水で600世帯以上が浸水した。"],
  ["ja", "洪水で588世帯が浸水した。", "洪水で600世帯近くが浸水した。"],
  ["ja", "橋の長さは297メートルだ。", "橋の長さは300メートルほどだ。"],
  ["zh", "洪水淹没了640个农场。", "洪水淹没了超过600个农场。"],
  ["zh", "洪水淹没了640个农场。", "洪水淹没了600多个农场。"],
  ["zh", "大桥耗资2.93亿元。", "大桥耗资近3亿元。"],
  ["zh", "大桥全长297米。", "大桥全长300米左右。"],
  ["ar", "ألحق الفيضان أضرارا بـ 640 مزرعة في الوادي.", "ألحق الفيضان أضرارا بأكثر من 600 مزرعة في الوادي."],
  ["ar", "بلغت كلفة الجسر 29 مليون يورو.", "بلغت كلفة الجسر ما يقرب من 30 مليون يورو."],
  ["ar", "يضم الفريق 58 عضوا.", "يضم الفريق نحو 60 عضوا."],
];

test.for(STAND)("%s: %s lets stand: %s", ([language, text, claim]) => {
  expect(failed(language, text, claim)).toBeNull();
});

describe("a number rounded the wrong way, too far or to another side", () => {
  test.for<Row>([
    ["it", "L'alluvione ha colpito 640 fattorie.", "L'alluvione ha colpito più di 700 fattorie.", "number"],
    ["it", "Il restauro costa 4,9 milioni di euro.", "Il restauro costa quasi 4 milioni di euro.", "number"],
    ["pt", "A cheia atingiu 640 quintas.", "A cheia atingiu cerca de 800 quintas.", "number"],
    ["nl", "De brug kostte 28,6 miljoen euro.", "De brug kostte ruim 30 miljoen euro.", "number"],
    ["ja", "洪水で640世帯が浸水した。", "洪水で700世帯以上が浸水した。", "number"],
    ["zh", "洪水淹没了640个农场。", "洪水淹没了800多个农场。", "number"],
    ["ar", "يضم الفريق 58 عضوا.", "يضم الفريق نحو 80 عضوا.", "number"],
    ["en", "The bridge cost 36 million euros.", "The bridge cost about 30 million euros.", "number"],
    ["de", "Das Feuer zerstörte 75 Boote.", "Das Feuer zerstörte weniger als 75 Boote.", "number bound"],
    ["it", "Il fuoco ha distrutto 75 barche.", "Il fuoco ha distrutto meno di 75 barche.", "number bound"],
    ["zh", "大火烧毁了75艘船。", "大火烧毁了不到75艘船。", "number bound"],
    ["ja", "火事で75隻が焼けた。", "火事で75隻未満が焼けた。", "number bound"],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("numbers with another unit", () => {
  test.for<Row>([
    ["en", "The dam holds 5 million litres of water.", "The dam holds 5 million gallons of water.", "number"],
    ["de", "Die Leitung ist 30 Kilometer lang.", "Die Leitung ist 30 Meilen lang.", "number"],
    ["de", "Der Park misst 12 Hektar.", "Der Park misst 12 Quadratkilometer.", "number"],
    ["fr", "L'aide atteint 7 millions de francs.", "L'aide atteint 7 millions de dollars.", "number"],
    ["es", "La multa es de 2 millones de pesos.", "La multa es de 2 millones de euros.", "number"],
    [
      "es",
      "El parque natural ocupa 40 kilómetros cuadrados de costa.",
      "El parque ocupa 40 kilómetros de costa.",
      "number",
    ],
    ["it", "Lo sciopero durerà 6 ore.", "Lo sciopero durerà 6 settimane.", "number"],
    ["it", "La frana è larga 90 metri.", "La frana è larga 90 chilometri.", "number"],
    ["pt", "A seca durou 8 meses.", "A seca durou 8 anos.", "number"],
    ["nl", "De dijk is 14 kilometer lang.", "De dijk is 14 meter lang.", "number"],
    ["ja", "トンネルの長さは9キロだ。", "トンネルの長さは9メートルだ。", "number"],
    ["zh", "隧道全长9公里。", "隧道全长9米。", "number"],
    ["ar", "يبلغ طول النفق 9 كيلومترات.", "يبلغ طول النفق 9 أمتار.", "number"],
    ["en", "The strike lasted 14 days.", "The strike lasted two weeks.", null],
    ["fr", "Le tunnel mesure 2 kilomètres.", "Le tunnel mesure 2 000 mètres.", null],
    ["es", "El contrato dura 24 meses.", "El contrato dura dos años.", null],
    ["en", "The fine is £4 million.", "The fine is 4 million pounds.", null],
    ["es", "La multa es de $2 millones.", "La multa es de 2 millones de pesos.", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

test.for<Row>([
  [
    "fr",
    "Le comité réclame 40 millions d'euros de dédommagement ; la ville en offre 15 millions.",
    "La ville offre 15 millions d'euros, tandis que le comité en réclame 40 millions.",
    null,
  ],
  ["zh", "南山区法院星期三开庭，全长3小时。", "历时3小时的南山区法院庭审在星期三举行。", null],
  ["zh", "东港市和青田区将合并。", "青田区将与东港市合并。", null],
  ["zh", "东港市和青田区将合并。", "青田区将与西港市合并。", "name"],
])("reordered, %s: %s / %s -> %s", ([language, text, claim, rule]) => {
  expect(failed(language, text, claim)).toBe(rule);
});

test.for<Row>([
  [
    "en",
    "The ferry line wants the fare to rise from 1 March. A hearing on the fare was set for June.",
    "The ferry line wants the fare to rise from 1 June.",
    "month moved",
  ],
  [
    "it",
    "Il traghetto riparte per le isole il 4 marzo. I lavori al molo finiranno a giugno.",
    "Il traghetto riparte per le isole il 4 giugno.",
    "month moved",
  ],
  [
    "de",
    "Die Fähre fährt ab dem 4. März wieder zu den Inseln. Die Arbeiten am Steg enden im Juni.",
    "Ab dem 4. März fährt die Fähre wieder zu den Inseln, im Juni enden die Arbeiten am Steg.",
    null,
  ],
])("a month taken from elsewhere, %s: %s / %s -> %s", ([language, text, claim, rule]) => {
  expect(failed(language, text, claim)).toBe(rule);
});
