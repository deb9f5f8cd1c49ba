import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

const PLANT =
  "The dairy in Orne will close its cheese plant on Friday after sales of soy milk fell sharply. Workers at the plant were told on Monday.";
const TRIAL =
  "The court acquitted the banker of fraud on Tuesday. The banker had openly transferred the bonds to a secret fund in 2019.";
const DRONES =
  "The agency bought small uncrewed SF-20 aircraft for surveys over the coast, the ministry said.";

describe("a word that excludes the one in the evidence", () => {
  test.for<Row>([
    [
      "en",
      PLANT,
      "The dairy in Orne will close its cheese plant after sales of walnut milk fell sharply.",
      "thing",
    ],
    [
      "en",
      PLANT,
      "The dairy in Orne will close its cheese plant after sales of soy milk rose sharply.",
      "opposite",
    ],
    ["en", PLANT, "The dairy in Orne will open its cheese plant on Friday.", "opposite"],
    ["en", TRIAL, "The court convicted the banker of fraud on Tuesday.", "opposite"],
    ["en", TRIAL, "The banker had openly transferred the loans to a secret fund in 2019.", "kind"],
    ["en", PLANT, "The dairy in Orne is shutting its cheese plant as soy milk sales dropped.", null],
    ["en", TRIAL, "The court cleared the banker of fraud.", null],
    ["en", TRIAL, "The court did not convict the banker of fraud on Tuesday.", null],
    [
      "en",
      "Judge Green opened the new harbour bridge on Friday.",
      "The harbour bridge was opened by Judge Green.",
      null,
    ],
    [
      "de",
      "Die Preise für Strom sind im März deutlich gestiegen.",
      "Die Preise für Strom sind im März deutlich gesunken.",
      "opposite",
    ],
    [
      "de",
      "Die Feuerwehr rettete am Montag drei Pferde aus dem Stall.",
      "Die Feuerwehr rettete am Montag drei Katzen aus dem Stall.",
      "thing",
    ],
    [
      "de",
      "Die Preise für Strom sind im März deutlich gestiegen.",
      "Die Strompreise haben im März deutlich zugenommen.",
      null,
    ],
    [
      "es",
      "Las ventas de la empresa aumentaron en marzo.",
      "Las ventas de la empresa cayeron en marzo.",
      "opposite",
    ],
    [
      "es",
      "Las ventas de la empresa aumentaron en marzo.",
      "Las ventas de la empresa crecieron en marzo.",
      null,
    ],
    [
      "fr",
      "Les prix de l’énergie ont augmenté en mars.",
      "Les prix de l’énergie ont baissé en mars.",
      "opposite",
    ],
    [
      "it",
      "I prezzi dell’energia sono aumentati a marzo.",
      "I prezzi dell’energia sono diminuiti a marzo.",
      "opposite",
    ],
    [
      "it",
      "I prezzi dell’energia sono aumentati a marzo.",
      "I prezzi dell’energia sono cresciuti a marzo.",
      null,
    ],
    ["pt", "Os preços da energia subiram em março.", "Os preços da energia caíram em março.", "opposite"],
    [
      "nl",
      "De prijzen van stroom zijn in maart gestegen.",
      "De prijzen van stroom zijn in maart gedaald.",
      "opposite",
    ],
    ["ja", "株価は3月に大きく上昇した。", "株価は3月に大きく下落した。", "opposite"],
    ["pl", "Ceny energii wzrosły w marcu.", "Ceny energii spadły w marcu.", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    const found = failed(language, text, claim);
    expect(found === null ? null : found.replace(/^(?:nearer|slot) /, "")).toBe(rule);
  });

  test.for<Row>([
    [
      "en",
      "Exports of grain rose by a tenth in the spring quarter. Imports of steel and coal from overseas fell in the winter.",
      "Exports of grain fell by a tenth in the spring quarter.",
      "nearer opposite",
    ],
    [
      "en",
      "Exports of grain rose by a tenth in the spring quarter. Imports of steel and coal from overseas fell in the winter.",
      "Exports of grain rose by a tenth in spring.",
      null,
    ],
  ])("%s: is seen though the article has it elsewhere: %s / %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("another thing in a sentence's place", () => {
  const visit =
    "The mayor of Porto opened the tram line to Braga on Monday after a delay of 14 weeks. The mayor of Lisbon and 30 guests had stayed away from an earlier opening in Faro.";
  test.for<[claim: string, rule: string | null]>([
    ["The mayor of Porto opened the tram line to Faro on Monday after a delay.", "slot name"],
    ["The mayor of Porto opened the tram line to Braga on Monday after a delay of 30 weeks.", "number"],
    ["The mayor of Porto opened the tram line to Braga on Monday after a delay.", null],
    ["Porto's mayor opened a tram line to Braga.", null],
  ])("%s -> %s", ([claim, rule]) => {
    expect(failed("en", visit, claim)?.replace("slot number", "number") ?? null).toBe(rule);
  });
});

test("a word that another sentence about as near has in that place is no slip", () => {
  const text =
    "A boy was flown out by rescue helicopter on Friday with back pain. A girl was flown out by plane on Friday with chest pain.";
  expect(
    failed("en", text, "A girl was flown out by rescue helicopter on Friday with chest pain."),
  ).toBeNull();
});

describe("the form of a word and of a name", () => {
  test.for<Row>([
    ["en", DRONES, "The agency bought small crewed SF-20 aircraft for surveys over the coast.", "opposite"],
    [
      "en",
      "The move was popular with tenants of the tower.",
      "The move was unpopular with tenants of the tower.",
      "opposite",
    ],
    [
      "en",
      "Tenants called the rent plan workable and signed it.",
      "Tenants called the rent plan unworkable and signed it.",
      "negating form",
    ],
    ["en", DRONES, "The agency bought small uncrewed SF-40 aircraft for surveys over the coast.", "number"],
    ["en", "The 40 aircraft are SF-20 models, the ministry said.", "The aircraft are SF-40 models.", "code"],
    ["en", DRONES, "The agency bought uncrewed SF20 aircraft for coastal surveys.", null],
    [
      "de",
      "Der Ablauf war für die Gäste verständlich und klar.",
      "Der Ablauf war für die Gäste unverständlich und klar.",
      "negating form",
    ],
    [
      "de",
      "Der Betrieb unternimmt eine Reise nach Bern.",
      "Der Betrieb unternimmt eine Reise nach Bern im Herbst.",
      null,
    ],
    [
      "en",
      "Vale said America would pay for the bridge in Orne.",
      "Vale said the U.S. would pay for the bridge in Orne.",
      null,
    ],
    [
      "en",
      "Vale told us that Orne would pay for the bridge.",
      "Vale said the U.S. would pay for the bridge in Orne.",
      "name",
    ],
    [
      "en",
      "Nine British nationals were detained in Orne.",
      "None British nationals were detained in Orne.",
      "negation",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    const found = failed(language, text, claim)?.replace(/^(?:nearer|slot) /, "") ?? null;
    expect([rule, rule === "negation" ? "negation added" : rule]).toContain(found);
  });
});

describe("a negation", () => {
  const talks =
    "The operator has launched an inquiry into the fault, but it has not found any trace of sabotage at the mast.";
  test.for<Row>([
    ["en", talks, "The operator has not launched an inquiry into the fault.", "negation added"],
    ["en", talks, "The operator won't launch an inquiry into the fault at the mast.", "negation added"],
    ["en", talks, "The operator found no trace of sabotage at the mast.", null],
    ["en", talks, "The operator has launched an inquiry and did not find a trace of sabotage.", null],
    [
      "de",
      "Die Stadt hat den Vertrag mit dem Werk unterschrieben.",
      "Die Stadt hat den Vertrag mit dem Werk nicht unterschrieben.",
      "negation added",
    ],
    [
      "de",
      "Die Stadt lehnte den Vertrag mit dem Werk ab.",
      "Die Stadt hat den Vertrag mit dem Werk nicht angenommen.",
      null,
    ],
    [
      "it",
      "La città ha firmato il contratto con la fabbrica.",
      "La città non ha firmato il contratto con la fabbrica.",
      "negation added",
    ],
    [
      "pt",
      "A cidade assinou o contrato com a fábrica.",
      "A cidade não assinou o contrato com a fábrica.",
      "negation added",
    ],
    [
      "pt",
      "A cidade recusou o contrato com a fábrica.",
      "A cidade não aceitou o contrato com a fábrica.",
      null,
    ],
    [
      "nl",
      "De stad heeft het contract met de fabriek getekend.",
      "De stad heeft het contract met de fabriek niet getekend.",
      "negation added",
    ],
    [
      "sv",
      "Staden har skrivit under avtalet med fabriken.",
      "Staden har skrivit under avtalet med fabriken i dag.",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    const found = failed(language, text, claim);
    expect(found === "negation" ? "negation added" : found).toBe(rule);
  });
});
