import { describe, expect, test } from "vitest";
import type { DropReason } from "#src/core/brief.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { type Row, failed } from "./failed.ts";

describe("who did it and who said it", () => {
  const suit = "Vale sued Orlen over the harbour contract on Monday. Orlen called the claim baseless.";
  const said =
    "The bridge will stay closed until the autumn because two anchors are rusted, Halloran said. Reyes asked for buses.";
  test.for<Row>([
    ["en", suit, "Last week Orlen sued Vale over the harbour contract.", "roles swapped"],
    ["en", suit, "On Monday Vale was sued by Orlen over the harbour contract.", "roles swapped"],
    ["en", suit, "Over the harbour contract Orlen was sued by Vale.", null],
    ["en", "In May Vale met Orlen at the harbour.", "In May Orlen met Vale at the harbour.", null],
    [
      "en",
      said,
      "Because two anchors are rusted the bridge will stay closed until the autumn, Reyes said.",
      "speaker",
    ],
    [
      "en",
      said,
      "Halloran said the bridge will stay closed until the autumn because two anchors are rusted.",
      null,
    ],
    [
      "fr",
      "Selon le contrat, Vale a poursuivi Orlen lundi.",
      "Selon le contrat, Orlen a poursuivi Vale lundi.",
      "roles swapped",
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("a day, a year and a figure", () => {
  const tram =
    "The tram depot in the old harbour quarter opened its doors to visitors on Thursday. A choir sang for the council in the chapel on Friday. The first rail was laid in 1911 and the chapel was built in 1750.";
  test.for<Row>([
    ["en", tram, "The depot in the old harbour quarter opened its doors to visitors on Friday.", "date"],
    [
      "en",
      tram,
      "Visitors saw the doors of the tram depot in the old harbour quarter opened on Friday.",
      "weekday moved",
    ],
    [
      "en",
      "In 1750 the guild of bakers built the stone chapel above the old mill. In 1911 the first rail was laid on the quay.",
      "The guild built the stone chapel above the old mill in 1911.",
      "year moved",
    ],
    [
      "en",
      "In 1750 the guild of bakers built the stone chapel above the old mill. In 1911 the first rail was laid on the quay.",
      "The guild built the stone chapel above the old mill in 1750.",
      null,
    ],
    ["en", tram, "The depot opened to visitors on Thursday.", null],
    ["de", "Am Montagabend brannte in Orne ein Lager.", "Am Montag brannte in Orne ein Lager.", null],
    ["de", "Am Montag brannte in Orne ein Lager.", "Am Dienstagabend brannte in Orne ein Lager.", "date"],
    ["nl", "Op maandagavond brandde in Orne een loods.", "Op maandag brandde in Orne een loods.", null],
    [
      "en",
      "The strike in Orne began a one-year dispute over pay at the port.",
      "The strike in Orne began a one-month dispute over pay at the port.",
      "number unit",
    ],
    [
      "en",
      "The club sold around 870 tickets for the match in Orne.",
      "The club sold fewer than 870 tickets for the match in Orne.",
      "number bound",
    ],
    [
      "en",
      "The club sold around 870 tickets for the match in Orne.",
      "The club sold about 871 tickets for the match in Orne.",
      "number",
    ],
    [
      "en",
      "The club sold 872 tickets for the match in Orne.",
      "The club sold about 870 tickets for the match in Orne.",
      null,
    ],
    ["en", "The toll rose from 7 to 12 in Orne on Monday.", "The toll in Orne rose by 5 to 12.", null],
    ["en", "The toll rose from 7 to 12 in Orne on Monday.", "The toll in Orne rose by 6 to 12.", "number"],
    [
      "de",
      "Die Zahl der Verletzten stieg in Orne von 7 auf 12.",
      "Die Zahl der Verletzten stieg in Orne um 5 auf 12.",
      null,
    ],
    ["en", "Shares rose from 40 to 50 euros in Orne.", "Shares in Orne rose by 25% to 50 euros.", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    const found = failed(language, text, claim);
    const plain = found?.replace(/^slot kind$/, "date").replace(/^slot number$/, "number");
    expect(plain ?? null).toBe(rule);
  });
});

describe("what is not certain", () => {
  const may = "The council may have sold the old ferry terminal to a local trust.";
  const konnte = "Der Rat könnte den alten Hafen an einen Verein in Orne verkauft haben.";
  test.for<Row>([
    ["en", may, "The council has sold the old ferry terminal to a local trust.", "hedge dropped"],
    ["en", may, "The council could have sold the old ferry terminal to a local trust.", null],
    [
      "en",
      `${may} The council sold the old ferry terminal to a local trust in May.`,
      "The council has sold the old ferry terminal to a local trust.",
      null,
    ],
    ["de", konnte, "Der Rat soll den alten Hafen an einen Verein in Orne verkauft haben.", null],
    ["de", konnte, "Der Rat hat den alten Hafen an einen Verein in Orne verkauft.", "hedge dropped"],
    ["tr", "Konsey eski iskeleyi satmış olabilir.", "Konsey eski iskeleyi sattı.", null],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });

  test.for<[text: string, result: "shown" | DropReason]>([
    ["The operator hid two reports from the inspectors.", "no-evidence"],
    ["Reyes alleges the operator hid two reports from the inspectors.", "shown"],
    ["The operator is accused of hiding two reports from the inspectors.", "shown"],
  ])("as a fact: %s -> %s", ([text, result]) => {
    const sentence =
      "Reyes alleged that the operator hid two reports from the inspectors in the spring of last year.";
    const draft = { headline: "", summary: "", facts: [{ text, quote: sentence }], caveats: [], topics: [] };
    const { facts, dropped } = verifyDraft({
      draft,
      title: "Ferry inquiry opens in Orne",
      paragraphs: [sentence],
      language: "en",
      length: "standard",
    });
    const drop = dropped.find(({ part }) => part === "fact");
    expect(drop?.reason ?? (facts.some((fact) => fact.text === text) ? "shown" : null)).toBe(result);
  });
});

test("a quotation may spell out what was run together or failed, and nothing else", () => {
  const text = "The firm failed to get the balance right, and it hasn't paid the crew, its head said.";
  expect(failed("en", text, "Its head said the firm “did not get the balance right”.")).toBeNull();
  expect(failed("en", text, "Its head said the firm “did get the balance right”.")).toBe("quotation");
});
