import { afterEach, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { createStage, type Environment } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const DAY_MS = 86_400_000;
const MODEL = "gpt-6-luna";
const SMALL = "gpt-6-small";

function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function doctor(peer: OpenAiPeer, environment: Environment = {}) {
  const { code, out } = await stage.run(["doctor"], {
    LEDE_DATA: await stage.dataDir(),
    OPENAI_BASE_URL: peer.url,
    OPENAI_MODEL: MODEL,
    ...environment,
  }).ended;
  expect(peer.violations).toEqual([]);
  return { code, out, last: out.trimEnd().split("\n").at(-1) };
}

/** Also those that this machine gives cause for. */
function warningsIn(out: string): number {
  return out.split("\n").filter((line) => line.startsWith("! ")).length;
}

async function peerWith(models: string[] | null): Promise<OpenAiPeer> {
  const peer = stage.closing(await startOpenAiPeer(), (open) => open.stop());
  peer.models = models;
  return peer;
}

test("doctor finds nothing wrong with a model that stays", async () => {
  const peer = await peerWith([MODEL, SMALL]);
  peer.shutdowns.set(MODEL, seconds(inDays(100)));
  const { code, last, out } = await doctor(peer, { OPENAI_FALLBACK_MODEL: SMALL });
  expect(out).toContain(`the model ${MODEL} is there`);
  expect(code).toBe(0);
  expect(Number.parseInt(last ?? "", 10) || 0).toBe(warningsIn(out));
});

test.for([
  ["seconds", seconds],
  ["a date", dayOf],
  ["a time", (date: Date) => date.toISOString()],
] as const)(
  "doctor warns of the end of each model, told as %s, and counts the warnings",
  async ([, told]) => {
    const peer = await peerWith([MODEL, SMALL]);
    const [first, second] = [inDays(17), inDays(80)];
    peer.shutdowns.set(MODEL, told(first));
    peer.shutdowns.set(SMALL, told(second));
    const { code, last, out } = await doctor(peer, { OPENAI_FALLBACK_MODEL: SMALL });
    expect(out).toContain(`the model ${MODEL} is shut down on ${dayOf(first)}`);
    expect(out).toContain("Set OPENAI_MODEL to");
    expect(out).toContain(`the model ${SMALL} is shut down on ${dayOf(second)}`);
    expect(out).toContain("Set OPENAI_FALLBACK_MODEL to");
    expect(warningsIn(out)).toBeGreaterThanOrEqual(2);
    expect({ code, last }).toEqual({
      code: 0,
      last: `${warningsIn(out)} warnings, nothing that stops Lede. Start Lede with: npm start`,
    });
  },
);

test("doctor ends non-zero for a model that was shut down or is not there", async () => {
  const peer = await peerWith([SMALL]);
  peer.shutdowns.set(SMALL, seconds(inDays(-1)));
  const { code, last, out } = await doctor(peer, { OPENAI_FALLBACK_MODEL: SMALL });
  expect(out).toContain(`the server has no model named ${MODEL}`);
  expect(out).toContain(`the model ${SMALL} was shut down on`);
  expect({ code, last }).toEqual({ code: 1, last: "2 to mend." });
});

test("doctor says that a server without a list of models could not be checked", async () => {
  const { code, last, out } = await doctor(await peerWith(null));
  expect(out).toContain("does not list its models");
  expect(code).toBe(0);
  expect(last).toMatch(/^\d+ warnings?, nothing that stops Lede\./);
});
