import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

describe("figures that follow from others", () => {
  const third = "In Orne 30 of the 90 residents left their homes on Monday.";
  const half = "In Orne 30 of the 40 ferry passengers were rescued on Monday.";
  const share = "The fund paid 20% of the 500 claims in Orne.";
  const parts = "In Orne 9 men and 2 women were hurt in the fire.";
  test.for<Row>([
    ["en", third, "A third of the 90 residents in Orne left their homes.", null],
    ["en", third, "Two thirds of the 90 residents in Orne left their homes.", "fraction"],
    [
      "en",
      "A third of the 90 residents in Orne left their homes.",
      "In Orne 30 of the 90 residents left their homes.",
      null,
    ],
    [
      "en",
      "A third of the 90 residents in Orne left their homes.",
      "In Orne 40 of the 90 residents left their homes.",
      "number",
    ],
    ["en", half, "Half of the 40 ferry passengers in Orne were rescued.", "fraction"],
    ["en", half, "Three quarters of the 40 ferry passengers in Orne were rescued.", null],
    ["en", half, "About 75% of the 40 ferry passengers in Orne were rescued.", null],
    ["en", half, "Some 60% of the 40 ferry passengers in Orne were rescued.", "number"],
    ["en", share, "The fund in Orne paid 100 of the 500 claims.", null],
    ["en", share, "The fund in Orne paid 150 of the 500 claims.", "number"],
    ["en", parts, "In Orne 11 people, 9 men and 2 women, were hurt in the fire.", null],
    ["en", parts, "In Orne 12 people, 9 men and 2 women, were hurt in the fire.", "number"],
    ["en", parts, "In Orne 11 people were hurt in the fire.", "number"],
    [
      "en",
      "Vale got 100 votes in Orne and Reyes got 92.",
      "Vale got 100 votes in Orne, 8 more than Reyes.",
      null,
    ],
    [
      "en",
      "Vale got 100 votes in Orne and Reyes got 92.",
      "Vale got 100 votes in Orne, 9 more than Reyes.",
      "number",
    ],
    [
      "en",
      "Orne had 20 fires last year and 60 this year.",
      "Orne had 60 fires this year, three times the 20 of last year.",
      null,
    ],
    [
      "en",
      "Orne had 20 fires last year and 60 this year.",
      "Orne had 60 fires this year, four times the 20 of last year.",
      "number",
    ],
    [
      "en",
      "Orne had 20 fires last year and 45 this year.",
      "Orne had 45 fires this year, twice as many as the 20 of last year.",
      "multiple",
    ],
    [
      "en",
      "Orne had 20 fires last year and 40 this year.",
      "Orne had 40 fires this year, twice as many as the 20 of last year.",
      null,
    ],
    [
      "de",
      "In Orne verließen 30 von 90 Bewohnern ihre Häuser.",
      "In Orne verließ ein Drittel der 90 Bewohner ihre Häuser.",
      null,
    ],
    [
      "de",
      "In Orne verließen 30 von 90 Bewohnern ihre Häuser.",
      "In Orne verließ die Hälfte der 90 Bewohner ihre Häuser.",
      "fraction",
    ],
    [
      "fr",
      "À Orne 30 des 90 habitants ont quitté leur maison.",
      "À Orne un tiers des 90 habitants ont quitté leur maison.",
      null,
    ],
    [
      "es",
      "En Orne 30 de los 90 vecinos dejaron su casa.",
      "En Orne dos tercios de los 90 vecinos dejaron su casa.",
      "fraction",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("why it happened", () => {
  const masts =
    "Crews could not reach 212 damaged masts because roads were still under water, the operator said.";
  test.for<Row>([
    ["en", masts, "Crews could not reach 212 damaged masts because of a strike.", "cause"],
    ["en", masts, "Crews could not reach 212 damaged masts because their drivers had resigned.", "cause"],
    ["en", masts, "Crews could not reach 212 damaged masts because streets were flooded.", null],
    [
      "en",
      "The judge rejected the appeal because two laboratories agreed.",
      "The judge rejected the appeal because it came too late.",
      "cause",
    ],
    ["en", masts, "Crews could not reach 212 damaged masts because of flooded roads.", null],
    ["en", masts, "Crews could not reach 212 damaged masts because of the flood.", null],
    [
      "en",
      masts,
      "Crews failed to get to 212 broken masts because streets had vanished below the surface.",
      null,
    ],
    [
      "en",
      `${masts} A strike kept crews from the damaged masts as well.`,
      "Crews could not reach 212 damaged masts because of a strike.",
      null,
    ],
    [
      "de",
      "Wegen eines Streiks fielen in Orne 640 Fahrten aus.",
      "Wegen eines Sturms fielen in Orne 640 Fahrten aus.",
      "cause",
    ],
    [
      "de",
      "Wegen eines Streiks fielen in Orne 640 Fahrten aus.",
      "Wegen eines Warnstreiks fielen in Orne 640 Fahrten aus.",
      null,
    ],
    [
      "fr",
      "La centrale a réduit sa production de 30 % à cause d'une panne.",
      "La centrale a réduit sa production de 30 % à cause d'une grève.",
      "cause",
    ],
    [
      "fr",
      "La centrale a réduit sa production de 30 % à cause d'une panne.",
      "La centrale a réduit sa production de 30 % en raison d'une panne.",
      null,
    ],
    [
      "es",
      "La junta rechazó 45 papeletas porque no llevaban sello.",
      "La junta rechazó 45 papeletas porque llegaron tarde.",
      "cause",
    ],
    [
      "it",
      "Il ponte è chiuso da lunedì a causa di un incendio.",
      "Il ponte è chiuso da lunedì a causa di uno sciopero.",
      "cause",
    ],
    [
      "nl",
      "De brug in Orne is dicht vanwege een storing.",
      "De brug in Orne is dicht vanwege een staking.",
      "cause",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});
