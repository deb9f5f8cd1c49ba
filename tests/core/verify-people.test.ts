import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

const choir =
  "Mayor Ruth Calder opened the choir festival in Holm on Friday. “Nobody sang out of tune this year,” said conductor Iain Moss. He hopes for a second evening in the old barn. The judge Petra Vance gave the prize to Aldwick.";
const chor =
  "Bürgermeisterin Ruth Kalder hat das Chorfest eröffnet. „Niemand hat in diesem Jahr falsch gesungen“, sagte Trainer Nils Moos. Das nächste Fest findet im Juni in Erlstadt statt. Der Pokal ging an einen Chor aus Werbach.";

const ferry = "Captain Tom Ashby painted the old ferry in May. Engineer Lena Cole mended its pump.";

describe("an office goes to another person", () => {
  test.for<Row>([
    ["en", ferry, "In May engineer Tom Ashby painted the old ferry.", "office of another"],
    ["en", ferry, "In May captain Tom Ashby painted the old ferry.", null],
    ["de", chor, "Trainer Ruth Kalder hat das Chorfest eröffnet.", "office of another"],
    [
      "it",
      "La sindaca Elsa Ferri ha aperto il festival. L'avvocato Ugo Manni ha letto il verbale.",
      "L'avvocato Elsa Ferri ha aperto il festival.",
      "office of another",
    ],
    [
      "ar",
      "وافتتح وزير الزراعة ناصر الخطيب السوق صباح الأحد. وقال مدير السوق جابر الشامي إن الأسعار مستقرة.",
      "وافتتح مدير السوق ناصر الخطيب المبنى صباح الأحد.",
      "office of another",
    ],
    [
      "zh",
      "校长王立新上午宣布开学。县长李文华参观了新教室。",
      "县长王立新上午宣布开学。",
      "office of another",
    ],
    [
      "en",
      "Author Nils Berg presented the survey. Professor Ida Lund praised it.",
      "Nils Berg presented the survey. ",
      null,
    ],
    [
      "en",
      "Author Nils Berg presented the survey. Professor Ida Lund praised it.",
      "Professor Nils Berg presented the survey.",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("words in another mouth", () => {
  const harvest =
    "The apple harvest will be a third smaller than last year, farmer Ines Roth said. Her neighbour Karl Voss, a teacher, expects a better autumn. A spokesman for the dairy denied the report on cheaper milk.";
  test.for<Row>([
    ["en", choir, "“Nobody sang out of tune this year,” said Ruth Calder.", "speaker"],
    ["en", choir, "“Nobody sang out of tune this year,” said Iain Moss.", null],
    ["en", choir, "“Nobody sang out of tune this year,” the conductor said.", null],
    ["en", harvest, "Karl Voss said the apple harvest will be a third smaller than last year.", "speaker"],
    ["en", harvest, "According to Ines Roth the apple harvest will be a third smaller than last year.", null],
    [
      "en",
      harvest,
      "According to Karl Voss the apple harvest will be a third smaller than last year.",
      "speaker",
    ],
    [
      "en",
      "Lake Watch met in Holm. A Sand Ridge group says it will rebuild the old mill before winter.",
      "Lake Watch says it will rebuild the old mill before winter.",
      null,
    ],
    [
      "en",
      "Dora Quist runs the clinic. Ms Quist said it was time to hand over the old keys.",
      "Dora believes it was time to hand over the old keys.",
      null,
    ],
    [
      "en",
      "Anna Lund accused Rolf Hagen of hiding the letters of his sister in the barn. Mona Frey left the farm.",
      "Mona Frey is accused of hiding the letters of his sister in the barn.",
      null,
    ],
    ["de", chor, "„Niemand hat in diesem Jahr falsch gesungen“, sagte Ruth Kalder.", "speaker"],
    [
      "fr",
      "« Le lait manquera dès lundi », a prévenu l'éleveuse Maud Gilles. Le maire Alain Roche a promis une aide. Selon le maire Alain Roche, les fermes recevront deux camions de foin.",
      "Selon Maud Gilles, les fermes recevront deux camions de foin.",
      "speaker",
    ],
    [
      "ja",
      "山口市の木村市長は「橋の工事は三月に終わる」と述べた。県の中島部長は雪への備えを呼びかけた。",
      "中島部長は「橋の工事は三月に終わる」と述べた。",
      "speaker",
    ],
    [
      "zh",
      "校长王立新表示，新教室将在九月启用。县长李文华参观了学校。",
      "李文华表示，新教室将在九月启用。",
      "speaker",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("a name in the place of another", () => {
  test.for<Row>([
    ["de", chor, "Das nächste Fest findet im Juni in Werbach statt.", "name in the place of another"],
    [
      "de",
      "Der Zeuge blieb nach der Sitzung des Gerichts lange in Gewahrsam. Der Bruder ist in Haft.",
      "Der Zeuge blieb nach der Sitzung des Gerichts lange in Haft.",
      null,
    ],
    [
      "ja",
      "青葉駅では始発から電車が止まった。緑川駅は通常通りだった。",
      "緑川駅では始発から電車が止まった。",
      "slot name",
    ],
    [
      "zh",
      "因为下雪，青山站上午暂停服务。白石站照常开放。",
      "因为下雪，白石站上午暂停服务。",
      "name in the place of another",
    ],
    [
      "ar",
      "وصلت القافلة صباح الجمعة إلى مدينة الزهراء محملة بالدقيق. ونامت في مدينة الربيع.",
      "وصلت القافلة صباح الجمعة إلى مدينة الربيع محملة بالدقيق.",
      "name in the place of another",
    ],
    [
      "en",
      "The Pines host Oakham on Sunday after three wins in a row. The town of Redfield has no other club.",
      "Redfield host Oakham on Sunday after three wins in a row.",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});
