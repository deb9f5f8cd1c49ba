import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, type Ended } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const PASTED = `${HEADLINE}\n\n${articleBody()}`;

const Printed = z.looseObject({
  headline: z.string(),
  facts: z
    .array(
      z.looseObject({
        text: z.string(),
        evidence: z.array(z.object({ start: z.number(), end: z.number(), quote: z.string() })).min(1),
      }),
    )
    .min(1),
  article: z.looseObject({ text: z.string() }),
});

test("lede brief prints headline, facts and evidence of a pasted text", async () => {
  const { code, out, err } = await brief("-");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(HEADLINE);
  expect(out).toContain("No model call, no cost");
  expect(out).toMatch(/[“"«]/);
  expect(out).toContain("14 metres of steel plating");
});

test("lede brief --json gives each fact's evidence as a slice of the article", async () => {
  const { code, out } = await brief("-", "--json");
  expect(code).toBe(0);
  const { article, facts } = Printed.parse(JSON.parse(out));
  for (const { start, end, quote } of facts.flatMap((fact) => fact.evidence)) {
    expect(quote).not.toBe("");
    expect(article.text.slice(start, end)).toBe(quote);
    expect(PASTED).toContain(quote);
  }
});

test.for([
  { platform: "discord", part: "content" },
  { platform: "slack", part: "blocks" },
])("lede brief --as $platform prints the payload it would be sent", async ({ platform, part }) => {
  const { code, out } = await brief("-", "--as", platform);
  expect(code).toBe(0);
  const payload = z.record(z.string(), z.unknown()).parse(JSON.parse(out));
  expect(JSON.stringify(payload[part])).toContain(HEADLINE);
});

test("lede brief does not read a private address", async () => {
  const { code, out, err } = await brief("http://127.0.0.1:9/ferry");
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toContain("Lede only reads public http(s) pages");
});

function brief(...args: readonly string[]): Promise<Ended> {
  return stage.run(["brief", ...args], { LEDE_LOG_LEVEL: "silent" }, { stdin: PASTED }).ended;
}
