import fc from "fast-check";
import { expect, test } from "vitest";
import { isStemmed, stemWord } from "#src/core/stem.ts";

test.for([
  ["en", "election elections"],
  ["en", "bank banks banking banked"],
  ["en", "policy policies"],
  ["en", "movie movies"],
  ["en", "rate rates rated rating"],
  ["en", "control controls controlled controlling"],
  ["en", "plan plans planned planning"],
  ["en", "crisis crises"],
  ["en", "virus viruses"],
  ["en", "boss bosses"],
  ["en", "tax taxes taxed"],
  ["en", "woman women"],
  ["en", "strike strikes striking struck"],
  ["en", "agree agreed agrees"],
  ["de", "wahl wahlen"],
  ["de", "haus hauser hausern"],
  ["de", "regierung regierungen"],
  ["de", "lehrerin lehrerinnen"],
  ["de", "land landes lander landern"],
  ["fr", "election elections"],
  ["fr", "journal journaux"],
  ["fr", "social sociale sociaux sociales"],
  ["fr", "employe employee employes employees"],
  ["es", "eleccion elecciones"],
  ["es", "juez jueces"],
  ["es", "economico economica economicos economicas"],
  ["es", "padre padres"],
  ["it", "banca banche"],
  ["it", "elezione elezioni"],
  ["it", "economico economica economici economiche"],
  ["pt", "eleicao eleicoes"],
  ["pt", "animal animais"],
  ["pt", "homem homens"],
  ["pt", "juiz juizes"],
  ["nl", "school scholen"],
  ["nl", "huis huizen"],
  ["nl", "brief brieven"],
  ["nl", "man mannen"],
  ["ar", "اقتصاد الاقتصاد والاقتصاد بالاقتصاد"],
] satisfies [string, string][])("%s: %s share a stem", ([language, words]) => {
  expect(new Set(words.split(" ").map((word) => stemWord(word, language))).size).toBe(1);
});

test.for([
  ["en", "import important"],
  ["en", "university universe"],
  ["en", "policy police"],
  ["en", "organ organisation"],
  ["en", "general generation"],
  ["en", "car care"],
  ["en", "rat rate"],
  ["en", "plan plane"],
  ["en", "bar bare"],
  ["en", "house housing"],
  ["en", "train training"],
  ["en", "new news"],
  ["en", "unit united"],
  ["en", "wale wales"],
  ["es", "caso casa"],
  ["es", "banco banca"],
  ["de", "wahl wal"],
] satisfies [string, string][])("%s: %s keep stems of their own", ([language, words]) => {
  const list = words.split(" ");
  expect(new Set(list.map((word) => stemWord(word, language))).size).toBe(list.length);
});

test.for(["sv", "ja", "und", "", "xx-YY", "constructor"])("words of '%s' stay as they are", (language) => {
  expect(stemWord("elections", language)).toBe("elections");
  expect(isStemmed(language)).toBe(false);
});

test("regions of a language are stemmed as the language", () => {
  expect(stemWord("elections", "en-GB")).toBe("election");
  expect(isStemmed("pt-BR")).toBe(true);
});

test("any word gives a stem that is not empty", () => {
  const languages = fc.constantFrom("en", "de", "fr", "es", "it", "pt", "nl", "ar");
  const letters = fc.string({
    unit: fc.constantFrom(..."a b c d e g i n o r s t u v y z ا ل و".split(" ")),
    minLength: 1,
  });
  const words = fc.oneof(
    fc.string({ minLength: 1 }),
    letters,
    fc.constantFrom("constructor", "__proto__", "toString"),
  );
  fc.assert(
    fc.property(words, languages, (word, language) => {
      expect(stemWord(word, language)).not.toBe("");
    }),
  );
});
