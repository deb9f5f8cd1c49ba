import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlainText } from "#src/adapters/web/pasted.ts";
import { AppError } from "#src/core/errors.ts";

const BRIDGE = [
  "The bridge over the Lume will stay shut until August, the county said on Tuesday.",
  "Engineers found rust in nine of its 64 cables. Replacing them will cost 1.8 million euros.",
  "“We cannot promise a day,” said Noor Halden, who leads the works.",
];

test("markdown loses its marks and keeps its words", () => {
  const text = [
    "# Bridge over the Lume stays *shut*",
    "**By Ada Moll**",
    "![the bridge](https://news.example/bridge.jpg)",
    `The **bridge** over the [Lume](https://news.example/lume_(river)) will stay shut until August, the county said on Tuesday.`,
    `> ${BRIDGE[2]}`,
    `- ${BRIDGE[1]}`,
    "---",
    "[Read more](https://news.example/more)",
  ].join("\n\n");
  expect(parsePlainText(text)).toMatchObject({
    title: "Bridge over the Lume stays shut",
    byline: "Ada Moll",
    paragraphs: [BRIDGE[0], BRIDGE[2], BRIDGE[1]],
  });
});

test("lines that a mail program wrapped become paragraphs again", () => {
  const text = `Bridge over the Lume stays shut

The bridge over the Lume will stay shut until August, the county
said on Tuesday. It had been closed since the flood of early March,
when a barge tore itself loose.

Engineers found rust in nine of its 64 cables. Replacing them will
cost 1.8 million euros.`;
  expect(parsePlainText(text).paragraphs).toEqual([
    "The bridge over the Lume will stay shut until August, the county said on Tuesday. It had been closed since the flood of early March, when a barge tore itself loose.",
    "Engineers found rust in nine of its 64 cables. Replacing them will cost 1.8 million euros.",
  ]);
});

test("lines without blank lines between them are paragraphs of their own", () => {
  expect(parsePlainText(["Bridge over the Lume stays shut", ...BRIDGE].join("\r\n")).paragraphs).toEqual(
    BRIDGE,
  );
});

test("a text without a headline is given its first sentence for one", () => {
  const long = `${BRIDGE[0]} ${BRIDGE[1]}`;
  const article = parsePlainText(`${long}\n\n${BRIDGE[2]}`);
  expect(article.title).toBe(BRIDGE[0]);
  expect(article.paragraphs).toEqual([long, BRIDGE[2]]);
});

test("what stands above the headline and between the paragraphs of a German page goes", () => {
  const text = `Anzeige

Wirtschaft

Brücke über die Lume bleibt bis August gesperrt

Von Marlene Vogt

Aktualisiert am 14.11.2023, 18:30 Uhr

Die Brücke über die Lume bleibt bis August gesperrt, teilte der Landkreis am Dienstag mit.

Lesen Sie auch: Warum die Ampel am Markt nie grün wird

Fachleute fanden Rost an neun von 64 Seilen. Der Austausch soll 1,8 Millionen Euro kosten.

Foto: Uferarchiv

12 Kommentare

So etwas hätte es früher nicht gegeben, und das sage ich seit Jahren.`;
  expect(parsePlainText(text)).toMatchObject({
    title: "Brücke über die Lume bleibt bis August gesperrt",
    byline: "Marlene Vogt",
    language: "de",
    modifiedAt: new Date("2023-11-14T18:30:00Z"),
    paragraphs: [
      "Die Brücke über die Lume bleibt bis August gesperrt, teilte der Landkreis am Dienstag mit.",
      "Fachleute fanden Rost an neun von 64 Seilen. Der Austausch soll 1,8 Millionen Euro kosten.",
    ],
  });
});

test.for([
  ["", "article/empty"],
  ["  \n\t\n ", "article/empty"],
  ["\u200B\u202E\u2066", "article/empty"],
  ["Only a headline", "article/none"],
  ["ok thanks\n\nsee you", "article/none"],
  ["Trending Now\n\nMost Read\n\nAdvertisement", "article/none"],
] as const)("%j is %s", ([text, code]) => {
  expect(() => parsePlainText(text)).toThrow(expect.objectContaining({ code }));
});

test("whatever is pasted, the answer is clean paragraphs or a clear error", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(
      "\n",
      "\n\n",
      "# ",
      "> ",
      "**",
      "[a](b)",
      "By ",
      "\u202E",
      "\u2067",
      "\u0007",
      "\uD800",
      ...BRIDGE,
    ),
  );
  const holds = fc.check(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        const article = parsePlainText(pieces.join(""));
        return [article.title, ...article.paragraphs].every(
          (text) =>
            !/[\p{Cc}\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(text) &&
            text.isWellFormed() &&
            text === text.trim(),
        );
      } catch (error) {
        return error instanceof AppError;
      }
    }),
    { numRuns: 500 },
  );
  expect(holds.counterexample).toBeNull();
});
