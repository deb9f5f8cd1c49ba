import fc from "fast-check";
import { expect, test } from "vitest";
import { matchTopic } from "#src/core/topic-match.ts";
import { listExpansions } from "#src/core/topic-node.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject } from "#src/core/topic-subject.ts";
import { parseSynonyms } from "#src/core/topic-synonyms.ts";

test("lines, pairs, remarks and JSON are read", () => {
  const text = "# ours\nbattery: cell, lithium-ion pack\n\nlaptop = notebook # the computer\n";
  const table = { battery: ["cell", "lithium-ion pack"], laptop: ["notebook"], notebook: ["laptop"] };
  expect(parseSynonyms(text)).toEqual({ table, notes: [] });
  expect(parseSynonyms(JSON.stringify(table))).toEqual({ table, notes: [] });
});

test("names before a colon stand for each other and for what follows", () => {
  expect(parseSynonyms("car = auto: vehicle").table).toEqual({
    car: ["auto", "vehicle"],
    auto: ["car", "vehicle"],
  });
});

test.for([
  ["battery", "Line 1 names no synonyms"],
  [": x", "Line 1 names no synonyms"],
  ['{"a": 1}', "no JSON object of lists"],
  ["{oil", "no JSON object of lists"],
] satisfies [string, string][])("'%s' is left out with a note", ([text, note]) => {
  const { table, notes } = parseSynonyms(text);
  expect(table).toEqual({});
  expect(notes.join()).toContain(note);
});

test("any text is read without an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { table } = parseSynonyms(text.replaceAll("a", "\n").replaceAll("b", ":"));
      expect(() => parseTopicQuery("oil __proto__ constructor", table)).not.toThrow();
    }),
  );
});

const story = prepareSubject({ title: "Brent falls", paragraphs: [], site: null, url: null, language: "en" });
const matches = (query: string, table: Record<string, string[]>) =>
  matchTopic(parseTopicQuery(query, table), story) !== null;

test("a workspace's own entry goes before the shipped one, and an empty one switches it off", () => {
  expect(matches("oil", {})).toBe(true);
  expect(matches("oil", { oil: ["sunflower oil"] })).toBe(false);
  expect(matches("oil", parseSynonyms("Oil:").table)).toBe(false);
  expect(matches("black gold", parseSynonyms("black gold: Brent").table)).toBe(true);
  expect(matches('"oil"', {})).toBe(false);
});

test("an own entry of several words is found whatever its case and number", () => {
  const { table } = parseSynonyms("Rate Decisions: monetary policy");
  expect(listExpansions(parseTopicQuery("rate decision", table))).toEqual([
    { term: "rate decision", also: ["monetary policy"] },
  ]);
});
