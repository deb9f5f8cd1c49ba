import { jsonrepair } from "jsonrepair";
import type { z } from "zod";

/** What an answer turned out to be. */
export type Reading<T> =
  | { kind: "good"; value: T }
  /** Usable, but less than was asked for. */
  | { kind: "thin"; value: T; issues: string[] }
  | { kind: "bad"; issues: string[] };

/** An answer with more objects than this is noise. */
const MAX_OBJECTS = 8;

/** Finds the object of a schema in a model's answer, repairing what is harmless. Never throws. */
export function readObject<T>(
  text: string,
  schema: z.ZodType<T>,
): { kind: "good"; value: T } | { kind: "bad"; issues: string[] } {
  let issues: string[] | null = null;
  for (const candidate of candidates(text)) {
    const value = parseJson(candidate);
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) return { kind: "good", value: parsed.data };
    issues ??= parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  }
  return { kind: "bad", issues: issues ?? ["The answer holds no JSON object."] };
}

/** The places where the object may be, likeliest first. */
function candidates(answer: string): string[] {
  const text = answer.replace(/^[\s\S]*<\/think(?:ing)?>/i, "").trim();
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(text)?.[1];
  // The widest run is the last resort: an unpaired quotation mark in prose hides an object from the search for balance.
  const widest = text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
  return [text, ...(fenced === undefined ? [] : [fenced]), ...balancedObjects(text), widest];
}

/** Top-level `{…}` runs; braces inside strings do not count. */
function balancedObjects(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (token[0] === "{") {
      if (depth === 0) start = token.index;
      depth += 1;
    } else if (token[0] === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, token.index + 1));
    }
    if (found.length === MAX_OBJECTS) break;
  }
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // jsonrepair makes one string of prose and a list of prose plus object: only what begins as an object is repaired.
    if (!text.startsWith("{")) return null;
  }
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return null;
  }
}
