import { describe, expect, test } from "vitest";
import type { BriefDraft } from "#src/core/brief.ts";
import { dropText } from "#src/core/drop-text.ts";
import { verifyDraft } from "#src/core/verify.ts";

const TITLE = "Two bridges over the Orne closed after floods";
const PARAGRAPHS = [
  "Two bridges over the Orne were closed on Monday after a night of floods, the county said.",
  "Detours are listed at https://orne.example/roads and by mail from roads@orne.example, it added.",
  "The county asked drivers to look at www.traffic.example before they leave.",
  "Its maps are at https://valley.example/maps/north for now.",
  "Engineers from the U.S. firm Node.js Works will look at both bridges at 3.5 metres of water.",
];
const SAID = "Two bridges over the Orne were closed on Monday";
const QUOTE = PARAGRAPHS[0] ?? "";

function verify(draft: Partial<BriefDraft>) {
  return verifyDraft({
    draft: { headline: TITLE, summary: "", facts: [], caveats: [], topics: [], ...draft },
    title: TITLE,
    paragraphs: PARAGRAPHS,
    language: "en",
    length: "standard",
  });
}

function dropOf(text: string) {
  return verify({ facts: [{ text, quote: QUOTE }] }).dropped.map(({ reason, detail }) => [reason, detail]);
}

describe("an address in a claim", () => {
  test.for([
    ["https://bad.example/orne?a=1", "https://bad.example/orne?a=1"],
    ["www.bad.example", "www.bad.example"],
    ["bad.example", "bad.example"],
    ["(bad.example)", "bad.example"],
    ["-bad.com", "bad.com"],
    ["bad[.]example", "bad[.]example"],
    ["bad (dot) com", "bad (dot) com"],
    ["hxxps://bad.example", "hxxps://bad.example"],
    ["https[:]//bad.example", "https[:]//bad.example"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["help@bad.example", "help@bad.example"],
    ["BAD.EXAMPLE/x", "BAD.EXAMPLE/x"],
    ["t.co/abc", "t.co/abc"],
    ["помощь.рф", "помощь.рф"],
    // The article's own host, but another page, a longer name or a piece of it.
    ["https://orne.example/pay", "https://orne.example/pay"],
    ["https://orne.example/road", "https://orne.example/road"],
    ["https://valley.example/maps", "https://valley.example/maps"],
    ["orne.example.bad.com", "orne.example.bad.com"],
    ["rne.example", "rne.example"],
    ["pay@orne.example", "pay@orne.example"],
  ])("drops the claim where it is the draft's own: %s", ([address, detail]) => {
    expect(dropOf(`${SAID}: ${address}.`)).toEqual([["address", detail]]);
  });

  test.for([
    "https://orne.example/roads",
    "orne.example",
    "roads@orne.example",
    "www.traffic.example",
    "traffic.example",
    "Traffic.example",
  ])("keeps it where the article has it: %s", (address) => {
    expect(dropOf(`${SAID}: ${address}.`).filter(([reason]) => reason === "address")).toEqual([]);
  });

  test.for([
    "U.S. firm",
    "No.5",
    "3.5 metres",
    "Node.js",
    "9 p.m.",
    "10.am",
    "closed.It",
    "floods...so",
    "e.g. both",
    "S.p.A.",
    "Ph.D.",
  ])("takes %s for none", (words) => {
    expect(dropOf(`${SAID}, ${words}`).filter(([reason]) => reason === "address")).toEqual([]);
  });
});

describe("an address of the draft's own in each part", () => {
  test("headline, summary and facts are dropped for it, caveats and topics left out", () => {
    const verified = verify({
      headline: "Two bridges over the Orne closed: bad.example",
      summary: `${SAID} after floods, see https://bad.example/a. ${QUOTE}`,
      facts: [{ text: `${QUOTE.slice(0, -1)} (bad.example).`, quote: QUOTE }],
      caveats: ["The county's figures are early.", "More at bad.example."],
      topics: ["floods", "bad.example"],
    });
    expect(JSON.stringify({ ...verified, dropped: [] })).not.toContain("bad.example");
    expect(verified.dropped.map(({ part, reason }) => [part, reason])).toEqual([
      ["headline", "address"],
      ["summary", "address"],
      ["fact", "address"],
    ]);
    expect(verified.headline).toBe(TITLE);
    expect(verified.caveats).toEqual(["The county's figures are early."]);
    expect(verified.topics).toEqual(["floods"]);
    expect(verified.dropped.map(dropText)[2]).toBe(
      "It gives an address that is not in the article (bad.example)",
    );
  });
});
