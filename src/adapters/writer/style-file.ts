import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { HouseStyle } from "#src/core/house-style.ts";

/** A style longer than this is a handbook, and each brief would pay for it. */
const MAX_STYLE_CHARS = 16_000;

/** Reads a house style from a file. Throws AppError `config/invalid`, which says what is wrong with it. */
export function readHouseStyle(path: string): HouseStyle {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const say = `LEDE_HOUSE_STYLE names ${path}, which can not be read. Check the path, or unset the variable.`;
    throw new AppError("config/invalid", { say, cause });
  }
  return parseHouseStyle(text);
}

/** A house style as YAML with the style's keys, or as plain lines. Throws AppError `config/invalid`. */
export function parseHouseStyle(text: string): HouseStyle {
  if (text.length > MAX_STYLE_CHARS) throw invalid(`is longer than ${MAX_STYLE_CHARS} characters`);
  const parsed = HouseStyle.safeParse(toKeys(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return parsed.data;
}

const KEYS = new Set(Object.keys(HouseStyle.shape));
const YamlKeys = z.record(z.string(), z.unknown());

/** Prose is YAML of some sort too: only what has a key of the style is read as keys. */
function toKeys(text: string): unknown {
  try {
    const value = YamlKeys.safeParse(parseYaml(text));
    if (value.success && Object.keys(value.data).some((key) => KEYS.has(key))) return value.data;
  } catch {
    // Not YAML: plain lines.
  }
  return fromLines(text);
}

/** One rule a line: `spelling: en-GB`, `terrorist -> militant`, `never: slammed`, or words for the writer. */
function fromLines(text: string): unknown {
  const style: { spelling?: string; replace: Record<string, string>; banned: string[]; rules: string[] } = {
    replace: {},
    banned: [],
    rules: [],
  };
  for (const raw of text.split("\n")) {
    const line = raw.replace(/^\s*(?:[-*•]\s+)?/, "").trim();
    const [, from, to] = /^(.+?)\s*(?:->|=>|→)\s*(.+)$/.exec(line) ?? [];
    const spelling = /^spelling:\s*(\S+)$/i.exec(line)?.[1];
    const banned = /^(?:never|avoid|banned):\s*(.+)$/i.exec(line)?.[1];
    if (line === "" || line.startsWith("#")) continue;
    if (spelling !== undefined) style.spelling = spelling;
    else if (from !== undefined && to !== undefined) style.replace[unquoted(from)] = unquoted(to);
    else if (banned !== undefined) style.banned.push(...banned.split(",").map(unquoted));
    else style.rules.push(line);
  }
  return style;
}

function unquoted(word: string): string {
  return word.trim().replaceAll(/^["'“]|["'”]$/g, "");
}

function invalid(problem: string): AppError {
  return new AppError("config/invalid", { say: `The house style ${problem}. See docs/house-style.md.` });
}
