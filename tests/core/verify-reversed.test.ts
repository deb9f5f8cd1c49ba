import { describe, expect, test } from "vitest";
import { failed } from "./failed.ts";

describe("a word in the place of its opposite", () => {
  test.for<readonly [string, string, string]>([
    [
      "en",
      "Rents in the old town rose by 9 percent, more than in any other district.",
      "Rents in the old town rose by 9 percent, less than in any other district.",
    ],
    [
      "en",
      "The council votes on the plan before the summer recess.",
      "The council votes on the plan after the summer recess.",
    ],
    [
      "de",
      "Die Mieten in der Altstadt stiegen schneller als im Rest der Stadt.",
      "Die Mieten in der Altstadt stiegen langsamer als im Rest der Stadt.",
    ],
    [
      "de",
      "Der Stadtrat stimmt vor den Sommerferien über den Plan ab.",
      "Der Stadtrat stimmt nach den Sommerferien über den Plan ab.",
    ],
    [
      "fr",
      "Le loyer moyen de la vieille ville est plus bas que celui du port.",
      "Le loyer moyen de la vieille ville est plus haut que celui du port.",
    ],
    [
      "fr",
      "La mairie veut prolonger la ligne de tram du port.",
      "La mairie veut raccourcir la ligne de tram du port.",
    ],
    [
      "es",
      "El precio del trigo cayó un 8 % en la bolsa de Altamar.",
      "El precio del trigo subió un 8 % en la bolsa de Altamar.",
    ],
    ["es", "La cosecha de trigo fue la peor desde 1984.", "La cosecha de trigo fue la mejor desde 1984."],
    [
      "it",
      "Il prezzo del grano è raddoppiato in due anni nella provincia.",
      "Il prezzo del grano è dimezzato in due anni nella provincia.",
    ],
    [
      "it",
      "Il consiglio vota il piano prima della pausa estiva.",
      "Il consiglio vota il piano dopo la pausa estiva.",
    ],
    ["pt", "A colheita de trigo foi a maior desde 1984.", "A colheita de trigo foi a menor desde 1984."],
    [
      "nl",
      "De huren in de oude stad liggen hoger dan in de haven.",
      "De huren in de oude stad liggen lager dan in de haven.",
    ],
    ["ja", "旧市街の家賃は港の地区より高い。", "旧市街の家賃は港の地区より低い。"],
    ["ja", "市議会は夏休みの前に計画を採決する。", "市議会は夏休みの後に計画を採決する。"],
    ["zh", "老城区的房租比港区高三成。", "老城区的房租比港区低三成。"],
    ["zh", "小麦价格上涨了百分之八。", "小麦价格下跌了百分之八。"],
    [
      "ar",
      "ارتفع سعر القمح في بورصة المرفأ بنسبة 8 في المئة.",
      "انخفض سعر القمح في بورصة المرفأ بنسبة 8 في المئة.",
    ],
    [
      "ar",
      "الإيجار في المدينة القديمة أعلى من الإيجار في الميناء.",
      "الإيجار في المدينة القديمة أدنى من الإيجار في الميناء.",
    ],
  ])("%s: %s / %s", ([language, text, claim]) => {
    expect(failed(language, text, claim)).toMatch(/^(?:reversed|(?:nearer |slot )?opposite)$/);
  });
});

describe("an opposite that changes nothing", () => {
  test.for<readonly [string, string, string]>([
    [
      "en",
      "Rents rose in the old town. After the vote, the mayor spoke; before it, the choir sang.",
      "Before the vote the choir sang; after it, the mayor spoke.",
    ],
    ["en", "The mayor did not accept the offer of the port.", "The mayor rejected the offer of the port."],
    ["de", "Der Hafen hat weniger Schiffe als Altmar.", "Altmar hat mehr Schiffe als der Hafen."],
    ["en", "Orlen is stronger than Vale in the air.", "Vale is weaker than Orlen in the air."],
    [
      "es",
      "Altamar ganó a Belmar en la final del domingo.",
      "Belmar perdió ante Altamar en la final del domingo.",
    ],
    ["es", "El puerto no aceptó la oferta del alcalde.", "El puerto rechazó la oferta del alcalde."],
    ["zh", "港口没有接受这项提议。", "港口拒绝了这项提议。"],
  ])("%s: %s / %s", ([language, text, claim]) => {
    expect(failed(language, text, claim)).toBeNull();
  });
});
