import { expect, test } from "vitest";
import { tokenize } from "#src/core/normalise.ts";
import { findNumbers } from "#src/core/numbers.ts";

test.for<[language: string, text: string, numbers: string[]]>([
  ["en", "more than two hundred and fifty thousand people", ["250000 over"]],
  ["en", "£3.4m, 5bn and half a million", ["3400000 gbp", "5000000000", "500000"]],
  ["en", "from 4 to 5 percent, up to 30 km", ["4 %", "5 %", "30 km under"]],
  ["en", "a dozen, twenty-three, the 21st, five and six", ["12", "23", "21", "5", "6"]],
  ["en", "1,234 and 1.5 and 12,345,678", ["1234", "1.5", "12345678"]],
  ["de", "dreiundzwanzig, zweihundertfünfzig, siebenhunderttausend", ["23", "250", "700000"]],
  ["de", "1.234 Euro, 3,5 Millionen und knapp 30 Prozent", ["1234 eur", "3500000", "30 % near"]],
  [
    "es",
    "treinta y dos, más de 1.500 euros, doscientos mil, cinco por ciento",
    ["32", "1500 eur over", "200000", "5 %"],
  ],
  [
    "fr",
    "quatre-vingt-dix-sept, soixante et onze, 3 millions d’euros, près de 5 %",
    ["97", "71", "3000000 eur", "5 % near"],
  ],
  ["it", "tre milioni, venti, 2,5 euro", ["3000000", "20", "2.5 eur"]],
  ["ja", "3万5000人、三十五人、約20%、12億円", ["35000", "35", "20 % about", "1200000000 jpy"]],
])("%s: reads the numbers of “%s”", ([language, text, numbers]) => {
  const found = findNumbers(text, tokenize(text), language);
  const shown = found.map(({ values, unit, bound }) =>
    [values[0], unit, bound].filter((part) => part !== null).join(" "),
  );
  expect(shown).toEqual(numbers);
});
