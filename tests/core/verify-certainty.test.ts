import { describe, expect, test } from "vitest";
import { verifyDraft } from "#src/core/verify.ts";
import { type Row, failed } from "./failed.ts";

describe("what may be does not become what is", () => {
  const sell = "The council plans to sell the old ferry terminal to a local trust.";
  test.for<Row>([
    [
      "en",
      "Schools in Orne may stay closed until Monday.",
      "Schools in Orne will stay closed until Monday.",
      "hedge dropped",
    ],
    ["en", sell, "The council sells the old ferry terminal to a local trust.", "hedge dropped"],
    ["en", sell, "The council will sell the old ferry terminal to a local trust.", null],
    ["en", sell, "The council wants to sell the old ferry terminal to a local trust.", null],
    [
      "de",
      "Der Mann soll die Bank in Orne am Montag überfallen haben.",
      "Der Mann hat die Bank in Orne am Montag überfallen.",
      "hedge dropped",
    ],
    [
      "de",
      "Das Auto wurde vermutlich in Orne gestohlen.",
      "Das Auto wurde in Orne gestohlen.",
      "hedge dropped",
    ],
    ["de", "Das Auto wurde vermutlich in Orne gestohlen.", "Das Auto wurde wohl in Orne gestohlen.", null],
    [
      "de",
      "Der mutmaßliche Täter wurde in Orne gefasst.",
      "Der Täter wurde in Orne gefasst.",
      "hedge dropped",
    ],
    [
      "fr",
      "L'homme aurait tué sa voisine mardi à Orne.",
      "L'homme a tué sa voisine mardi à Orne.",
      "hedge dropped",
    ],
    ["fr", "L'homme aurait tué sa voisine mardi à Orne.", "L'homme aurait tué sa voisine à Orne.", null],
    [
      "fr",
      "D'autres coupures pourraient suivre à Orne avant juillet.",
      "D'autres coupures suivront à Orne avant juillet.",
      "hedge dropped",
    ],
    [
      "es",
      "El alcalde podría vender el viejo muelle de Orne.",
      "El alcalde vende el viejo muelle de Orne.",
      "hedge dropped",
    ],
    [
      "es",
      "El alcalde habría vendido el viejo muelle de Orne.",
      "El alcalde ha vendido el viejo muelle de Orne.",
      "hedge dropped",
    ],
    [
      "it",
      "Il sindaco avrebbe venduto il vecchio molo di Orne.",
      "Il sindaco ha venduto il vecchio molo di Orne.",
      "hedge dropped",
    ],
    [
      "it",
      "Il sindaco avrebbe venduto il vecchio molo di Orne.",
      "Il sindaco potrebbe aver venduto il vecchio molo di Orne.",
      null,
    ],
    [
      "pt",
      "O autarca teria vendido o velho cais de Orne.",
      "O autarca tem vendido o velho cais de Orne.",
      "hedge dropped",
    ],
    [
      "nl",
      "De man zou de bank in Orne maandag hebben beroofd.",
      "De man heeft de bank in Orne maandag beroofd.",
      "hedge dropped",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("what somebody is accused of stays with the accuser", () => {
  test.for<[language: string, sentence: string, text: string, shown: boolean]>([
    [
      "de",
      "Die Gewerkschaft wirft dem Werk vor, zwei Berichte versteckt zu haben.",
      "Das Werk hat zwei Berichte versteckt.",
      false,
    ],
    [
      "de",
      "Die Gewerkschaft wirft dem Werk vor, zwei Berichte versteckt zu haben.",
      "Laut Gewerkschaft hat das Werk zwei Berichte versteckt.",
      true,
    ],
    [
      "de",
      "Der Verein behauptet, das Werk habe zwei Berichte versteckt.",
      "Das Werk habe zwei Berichte versteckt.",
      false,
    ],
    [
      "fr",
      "Le syndicat accuse la société d'avoir caché deux rapports.",
      "La société a caché deux rapports.",
      false,
    ],
    [
      "fr",
      "Le syndicat accuse la société d'avoir caché deux rapports.",
      "Selon le syndicat, la société a caché deux rapports.",
      true,
    ],
    [
      "es",
      "El sindicato acusa a la empresa de ocultar dos informes.",
      "La empresa ha logrado ocultar dos informes.",
      true,
    ],
    [
      "es",
      "El sindicato acusa a la empresa de ocultar dos informes.",
      "A la empresa, de ocultar dos informes.",
      false,
    ],
    [
      "it",
      "Il sindacato accusa l'azienda di aver nascosto due rapporti.",
      "L'azienda ha nascosto due rapporti.",
      false,
    ],
    [
      "pt",
      "O sindicato acusa a empresa de ter escondido dois relatórios.",
      "A empresa tem escondido dois relatórios.",
      false,
    ],
    [
      "nl",
      "De bond beschuldigt het bedrijf ervan twee rapporten verborgen te hebben.",
      "Het bedrijf heeft twee rapporten verborgen.",
      false,
    ],
    [
      "nl",
      "De bond beschuldigt het bedrijf ervan twee rapporten verborgen te hebben.",
      "Volgens de bond heeft het bedrijf twee rapporten verborgen.",
      true,
    ],
  ])("%s: %s / %s -> %s", ([language, sentence, text, shown]) => {
    const draft = { headline: "", summary: "", facts: [{ text, quote: sentence }], caveats: [], topics: [] };
    const { dropped } = verifyDraft({
      draft,
      title: "",
      paragraphs: [sentence],
      language,
      length: "standard",
    });
    expect(dropped.map(({ reason }) => reason)).toEqual(shown ? [] : ["no-evidence"]);
  });
});
