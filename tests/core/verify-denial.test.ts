import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

const DROPPED = "negation dropped";
const ADDED = /^negation(?: added)?$/;

describe("a denial that is left out", () => {
  test.for<readonly [string, string, string]>([
    [
      "en",
      "Nobody in the tunnel was injured, the fire chief told the paper.",
      "Many people were injured in the tunnel, the fire chief told the paper.",
    ],
    ["en", "The divers did not find the anchor in the bay.", "The divers found the anchor in the bay."],
    [
      "de",
      "Der Tunnel ist gesperrt, Autofahrer waren nicht im Berg.",
      "Autofahrer waren im Berg, als der Tunnel gesperrt wurde.",
    ],
    [
      "de",
      "Der Verein sucht keine neuen Spieler für die Saison.",
      "Der Verein sucht für die Saison neue Spieler.",
    ],
    [
      "fr",
      "Le tunnel est fermé, mais les cyclistes ne sont pas visés.",
      "Le tunnel est fermé et les cyclistes sont visés.",
    ],
    [
      "es",
      "El túnel sigue cerrado; ninguno de los heridos está en peligro.",
      "El túnel sigue cerrado y los heridos están en peligro.",
    ],
    [
      "es",
      "El gremio insiste en que la compañía no reparó el ascensor en mayo.",
      "El gremio insiste en que la compañía reparó el ascensor en mayo.",
    ],
    [
      "it",
      "Il tunnel di Serra non era stato controllato negli ultimi dieci anni.",
      "Il tunnel di Serra era stato controllato negli ultimi dieci anni.",
    ],
    [
      "pt",
      "O túnel da serra não foi inspecionado nos últimos dez anos.",
      "O túnel da serra foi inspecionado nos últimos dez anos.",
    ],
    [
      "nl",
      "De tunnel werd de afgelopen tien jaar niet gecontroleerd.",
      "De tunnel werd de afgelopen tien jaar gecontroleerd.",
    ],
    ["ja", "トンネルでけが人は確認されていない。", "トンネルでけが人が確認された。"],
    ["zh", "市政府没有批准隧道的扩建计划。", "市政府批准了隧道的扩建计划。"],
    ["zh", "隧道尚未通过安全检查。", "隧道已经通过安全检查。"],
    ["ar", "لم تدخل فرق الإنقاذ النفق الغربي.", "دخلت فرق الإنقاذ النفق الغربي."],
  ])("%s: %s / %s", ([language, text, claim]) => {
    expect(failed(language, text, claim)).toBe(DROPPED);
  });
});

describe("a denial that is put in", () => {
  test.for<readonly [string, string, string]>([
    ["en", "The tunnel opened to cyclists in May.", "The tunnel did not open to cyclists in May."],
    ["de", "Der Verein verbietet Feuerwerk im Stadion.", "Der Verein verbietet Feuerwerk im Stadion nicht."],
    [
      "fr",
      "La baignade est interdite, mais les pêcheurs ne sont pas visés.",
      "La baignade n'est pas interdite.",
    ],
    ["es", "El jurado rechazó nueve poemas.", "El jurado no rechazó nueve poemas."],
    ["it", "La giuria ha premiato il coro di Serra.", "La giuria non ha premiato il coro di Serra."],
    ["ja", "市はトンネルの工事を認めると発表した。", "市はトンネルの工事を認めないと発表した。"],
    ["zh", "市政府批准了隧道的扩建计划。", "市政府没有批准隧道的扩建计划。"],
    ["ar", "دخلت فرق الإنقاذ النفق الغربي.", "لم تدخل فرق الإنقاذ النفق الغربي."],
  ])("%s: %s / %s", ([language, text, claim]) => {
    expect(failed(language, text, claim)).toMatch(ADDED);
  });
});

describe("the same said with or without a denial", () => {
  test.for<Row>([
    ["en", "The tunnel will not reopen before May.", "The tunnel will reopen in May.", null],
    [
      "en",
      "The divers did not reach the wreck because of waves.",
      "Waves kept the divers away from the wreck.",
      null,
    ],
    ["en", "The council did not approve the plan.", "The council refused to approve the plan.", null],
    ["en", "The storm cut power to 80 farms in the valley.", "The storm left 80 farms without power.", null],
    ["de", "Der Tunnel öffnet nicht vor Mai.", "Der Tunnel öffnet im Mai.", null],
    ["fr", "Le tunnel ne rouvrira pas avant mai.", "Le tunnel rouvrira en mai.", null],
    ["es", "El túnel no reabrirá hasta mayo.", "El túnel reabrirá en mayo.", null],
    [
      "it",
      "Il consiglio non ha approvato il piano.",
      "Il consiglio ha rifiutato di approvare il piano.",
      null,
    ],
    ["ja", "トンネルの点検は少なくとも3回行われた。", "トンネルの点検は3回以上行われた。", null],
    ["zh", "隧道不仅连接两城，还缩短了路程。", "隧道连接两城，缩短了路程。", null],
    ["ar", "لا يزال النفق مغلقا أمام السيارات.", "النفق مغلق أمام السيارات.", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});
