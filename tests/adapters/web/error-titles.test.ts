import { expect, test } from "vitest";
import { extractArticle } from "#src/adapters/web/extract.ts";

const TEXT = [
  "A strike began at the tramway of Lindholm on Sunday, and the depot stayed closed until the evening, officials said.",
  "The union asks for 61 crowns a month more for everyone who works on the trams or in the depot of Lindholm.",
  "A hearing is planned in the town hall on Monday, and buses will run in place of the trams until it is over.",
];

function read(title: string): string {
  const paragraphs = TEXT.map((text) => `<p>${text}</p>`).join("\n");
  const html = `<html lang="en"><head><title>${title}</title></head><body><main><article><h1>${title}</h1>${paragraphs}</article></main></body></html>`;
  return extractArticle({ html, url: "https://tideway.example/news/strike" }).title;
}

test.for([
  "546 tramway workers in Lindholm go on strike",
  "500 jobs go as Lindholm closes its tramway",
  "404 people walk out in Lindholm",
  "503 Lindholm tramway workers strike",
])("a headline that begins with a number is no error page: %s", (title) => {
  expect(read(title)).toBe(title);
});

test.for([
  "404",
  "503",
  "404 - Tideway",
  "500 | Tideway",
  "Error 502",
  "404 Not Found",
  "503 Service Unavailable",
])("an error page is none for its text: %s", (title) => {
  expect(() => read(title)).toThrow(expect.objectContaining({ code: "article/none" }));
});
