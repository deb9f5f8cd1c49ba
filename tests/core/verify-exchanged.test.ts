import { describe, expect, test } from "vitest";
import { type Row, failed } from "./failed.ts";

describe("two figures that change places", () => {
  test.for<Row>([
    [
      "en",
      "The ferry carried 212 passengers and 48 cars on its last trip to Holm.",
      "The ferry carried 48 passengers and 212 cars on its last trip to Holm.",
      "numbers exchanged",
    ],
    [
      "de",
      "Von den 940 Wohnungen in dem Viertel stehen 65 seit dem Winter leer.",
      "Von den 65 Wohnungen in dem Viertel stehen 940 seit dem Winter leer.",
      "numbers exchanged",
    ],
    [
      "fr",
      "La bibliothèque prête 5200 livres et 730 films par mois.",
      "La bibliothèque prête 730 livres et 5200 films par mois.",
      "numbers exchanged",
    ],
    [
      "ja",
      "合唱団には女性が31人、男性が12人いる。",
      "合唱団には女性が12人、男性が31人いる。",
      "numbers exchanged",
    ],
    ["zh", "图书馆有5200本书和730部电影。", "图书馆有730本书和5200部电影。", "numbers exchanged"],
    [
      "en",
      "The ferry carried 212 passengers and 48 cars on its last trip to Holm.",
      "On its last trip to Holm the ferry carried 48 cars and 212 passengers.",
      null,
    ],
    [
      "es",
      "El sindicato pide 9 días libres; la empresa ofrece 4 días.",
      "La empresa ofrece 4 días, mientras que el sindicato pide 9 días libres.",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("two words that change places", () => {
  const loan =
    "The port authority lent the shipyard of Holm two cranes for the summer, although the harbour board objected.";
  test.for<Row>([
    [
      "en",
      loan,
      "The shipyard of Holm lent the port authority two cranes for the summer, although the harbour board objected.",
      "words exchanged",
    ],
    [
      "de",
      "Der Imker hat die Gärtnerei am Montag wegen des Giftes verklagt.",
      "Die Gärtnerei hat den Imker am Montag wegen des Giftes verklagt.",
      null,
    ],
    [
      "it",
      "Il comune ha venduto alla cooperativa il vecchio mulino per 40 mila euro.",
      "La cooperativa ha venduto al comune il vecchio mulino per 40 mila euro.",
      "words exchanged",
    ],
    [
      "pt",
      "O clube emprestou ao museu a taça dourada durante seis meses.",
      "O museu emprestou ao clube a taça dourada durante seis meses.",
      "words exchanged",
    ],
    [
      "en",
      "The shipyard lent two cranes and three barges to the port authority in May.",
      "The shipyard lent three barges and two cranes to the port authority in May.",
      null,
    ],
    [
      "en",
      "Anders Falk, chairman of the Harbour Board, opened the new quay on Monday.",
      "Harbour Board chairman Anders Falk opened the new quay on Monday.",
      null,
    ],
    [
      "en",
      "The shipyard sued the harbour board over the cranes in the spring.",
      "The harbour board was sued by the shipyard over the cranes in the spring.",
      null,
    ],
    [
      "en",
      "Two people were hurt when an empty tram was hit by a van near the harbour.",
      "Two people were hurt near the harbour when a van hit an empty tram.",
      null,
    ],
    [
      "en",
      "The harbour board met the shipyard over the cranes in the spring.",
      "The shipyard met the harbour board over the cranes in the spring.",
      null,
    ],
    ["zh", "新桥连接东湖区和老城区，全长三公里。", "新桥全长三公里，连接老城区和东湖区。", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});
