import { afterEach, beforeEach, expect } from "vitest";
import {
  createOpenAiWriter,
  type OpenAiWriter,
  type OpenAiWriterOptions,
} from "#src/adapters/writer/openai.ts";
import { AppError } from "#src/core/errors.ts";
import type { WriteRequest } from "#src/ports.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";

export const KEY = "sk-test-0123456789abcdef";

export const PARAGRAPHS = [
  "The city council of Port Ansel voted 9 to 4 on Monday to close Harbour Street to cars. The closure begins on 1 May and is planned to last two years.",
  'Mayor Lena Brandt said the street "belongs to people on foot". Shop owners had asked the council to wait until a parking garage with 320 places is finished.',
  "The work will cost about 2.4 million euros, according to the council's budget office. Two of the four members who voted against it said they would go to court.",
  "A ferry that was to bring the paving stones is delayed. The harbour authority did not say by how long.",
];

/** What one test works with: a peer of its own, and everything the writer logged. */
export interface Bench {
  peer: OpenAiPeer;
  logged: object[];
  writer: (options?: Partial<OpenAiWriterOptions>) => OpenAiWriter;
}

/** Starts a peer for each test and, after it, expects that every request was one the API describes. */
export function useBench(): Bench {
  let peer: OpenAiPeer | null = null;
  const logged: object[] = [];
  beforeEach(async () => {
    peer = await startOpenAiPeer({ key: KEY });
    logged.length = 0;
  });
  afterEach(async () => {
    await peer?.stop();
    expect(peer?.violations).toEqual([]);
    expect(JSON.stringify(logged)).not.toContain(KEY);
    expect(JSON.stringify(logged)).not.toContain("Port Ansel");
  });
  const current = (): OpenAiPeer => {
    if (peer === null) throw new Error("no test is running");
    return peer;
  };
  return {
    get peer() {
      return current();
    },
    logged,
    writer: (options = {}) =>
      createOpenAiWriter({
        apiKey: KEY,
        model: "gpt-5.6-mini",
        baseUrl: current().url,
        api: "responses",
        log: { info: (fields, message) => logged.push({ ...fields, message }) },
        ...options,
      }),
  };
}

export function writeRequest(changes: Partial<WriteRequest> = {}): WriteRequest {
  return {
    title: "Council votes to close Harbour Street to cars",
    byline: "Ida Holm",
    site: "Ansel Courier",
    publishedAt: new Date("2026-03-02T18:00:00Z"),
    articleLanguage: "en",
    paragraphs: PARAGRAPHS,
    length: "standard",
    language: "en",
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The AppError that the promise must be rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  return error;
}
