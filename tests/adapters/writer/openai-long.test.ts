import { describe, expect, test } from "vitest";
import { TOO_LONG } from "#src/adapters/writer/extractive.ts";
import { splitSections } from "#src/core/sections.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { Usage } from "#src/core/brief.ts";
import { honestAnswer } from "#tests/peers/openai/draft.ts";
import { failureOf, useBench, writeRequest } from "./openai-setup.ts";

const bench = useBench();

const SECTION_CHARS = 4_000;
const PLACES = ["Ansel", "Brode", "Corwick", "Dunmar", "Elsby", "Farle", "Garth", "Hollin"];

/** A report whose every paragraph gives a figure of its own. */
function report(paragraphs: number): string[] {
  return Array.from({ length: paragraphs }, (_, index) => {
    const place = PLACES[index % PLACES.length];
    return `The pumping station at ${place} number ${index} failed ${index + 20} times in the year. Engineers replaced ${index + 300} metres of pipe there, the commission wrote in its report on the flood.`;
  });
}

const LONG = report(100);
const TEXT = LONG.join("\n\n");
const SECTIONS = splitSections(LONG, { language: "en", sectionChars: SECTION_CHARS, mostSections: 12 });

function long(paragraphs: readonly string[] = LONG) {
  return writeRequest({ title: "Commission reports on the flood", paragraphs });
}

function users(): string[] {
  return bench.peer.requests.map((request) => request.asked?.messages[1]?.content ?? "");
}

describe("an article longer than one call", () => {
  test("is read in sections whose sentences are numbered through, then written as a whole", async () => {
    const { draft, prompt, usage } = await bench.writer({ sectionChars: SECTION_CHARS }).write(long());
    const count = SECTIONS.sections.length;
    expect(count).toBeGreaterThan(3);
    expect(bench.peer.requests).toHaveLength(count + 1);
    expect({ prompt, calls: usage.calls }).toEqual({ prompt: "brief-of-facts.v1", calls: count + 1 });
    const numbers = users()
      .slice(0, count)
      .flatMap((user) => [...user.matchAll(/^\[\w+:(\d+)\] /gm)].map(([, number]) => Number(number)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(draft.facts).toHaveLength(5);
  });

  test("gets facts from all of it, whose evidence lies in the whole text", async () => {
    const { draft } = await bench.writer({ sectionChars: SECTION_CHARS }).write(long());
    const { facts, dropped } = verifyDraft({
      draft,
      title: "Commission reports on the flood",
      paragraphs: LONG,
      language: "en",
      length: "standard",
    });
    expect(dropped).toEqual([]);
    const starts = facts.map(({ evidence }) => evidence[0]?.start ?? 0).toSorted((a, b) => a - b);
    expect(starts[0]).toBeLessThan(TEXT.length / 3);
    expect(starts.at(-1)).toBeGreaterThan((TEXT.length / 3) * 2);
    for (const [index, { text, evidence }] of facts.entries()) {
      expect(evidence.map(({ start, end }) => TEXT.slice(start, end)).join(" "), `fact ${index}`).toBe(text);
    }
  });

  test("is told about as it is read", async () => {
    const told: string[] = [];
    await bench
      .writer({ sectionChars: SECTION_CHARS })
      .write({ ...long(), progress: (text) => told.push(text) });
    const of = SECTIONS.sections.length;
    expect(told[0]).toBe(`Read part 1 of ${of}…`);
    expect(told.at(-1)).toBe("Writing the brief from the facts of all parts…");
  });

  test("keeps an invented quote out of what the brief is written from", async () => {
    bench.peer.answer("invented-quote");
    await bench.writer({ sectionChars: SECTION_CHARS }).write(long());
    const whole = users().at(-1) ?? "";
    expect(whole).toMatch(/^<facts-/);
    expect(whole).not.toContain("resigned");
  });

  test("is briefed without a part that the model refuses, and the reader is told", async () => {
    bench.peer.answer("draft");
    bench.peer.answer("refusal");
    const { draft, notes } = await bench.writer({ sectionChars: SECTION_CHARS }).write(long());
    expect(draft.facts.length).toBeGreaterThanOrEqual(3);
    expect(notes).toEqual([
      "The model gave nothing usable for a part of this long text; the brief rests on the other parts.",
    ]);
  });

  test("is given up when one part's call fails, with all calls on the bill and no more made", async () => {
    const { peer } = bench;
    peer.answer((asked) => {
      peer.fail({ status: 401 });
      return JSON.stringify(honestAnswer(asked));
    });
    const writer = bench.writer({ sectionChars: SECTION_CHARS / 4 });
    const error = await failureOf(writer.write(long()));
    expect(error.details).toMatchObject({ reason: "bad-key" });
    expect(Usage.parse(error.details["usage"]).inputTokens).toBeGreaterThan(0);
    // Time for the other readers to go on, if they did: there are over twenty parts.
    for (let times = 0; times < 20; times += 1) await writer.write(writeRequest());
    const parts = users().filter((user) => user.includes("Write the facts of this section"));
    // The first, one for each reader, and at most one more for the two that did not fail.
    expect(parts.length).toBeLessThanOrEqual(6);
  });

  test("past the most sections is read from its beginning, and the reader is told", async () => {
    const { notes } = await bench.writer({ sectionChars: SECTION_CHARS }).write(long(report(320)));
    expect(bench.peer.requests).toHaveLength(13);
    expect(notes).toEqual([TOO_LONG]);
  });

  test("of 300,000 characters takes five calls at the length set by default, and all of it can be proved", async () => {
    const paragraphs = report(1_800);
    expect(paragraphs.join("\n\n").length).toBeGreaterThan(300_000);
    const { draft, usage, notes } = await bench.writer().write(long(paragraphs));
    expect({ calls: usage.calls, notes, facts: draft.facts.length }).toEqual({
      calls: 5,
      notes: [],
      facts: 5,
    });
    const article = { title: "Commission reports on the flood", paragraphs, language: "en" };
    const { facts, dropped } = verifyDraft({ ...article, draft, length: "standard" });
    expect(dropped).toEqual([]);
    expect(Math.max(...facts.map(({ evidence }) => evidence[0]?.start ?? 0))).toBeGreaterThan(225_000);
  });

  test("of a million characters is read as far as it can be proved, and the reader is told", async () => {
    const { usage, notes } = await bench.writer().write(long(report(5_900)));
    expect({ calls: usage.calls, notes }).toEqual({ calls: 5, notes: [TOO_LONG] });
  });
});

test("an article that fits is asked about once, as a whole", async () => {
  const { notes } = await bench.writer().write(writeRequest());
  expect(bench.peer.requests).toHaveLength(1);
  expect(notes).toEqual([]);
});
