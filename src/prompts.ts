import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";

/** A prompt ready for use. The same `ref` always means the same words. */
export interface Prompt<Name extends string> {
  /** `name.vN`, as stored with each brief. */
  ref: string;
  config: PromptConfig;
  /** The same for every request, so that providers can cache it; null where the prompt is a follow-up. */
  system: string | null;
  user: (values: Record<Name, string>) => string;
}

const PromptConfig = z.strictObject({
  temperature: z.number().min(0).max(2).nullable().default(null),
  maxOutputTokens: z.int().min(1).nullable().default(null),
});
type PromptConfig = z.infer<typeof PromptConfig>;

/** What is checked of an example, whatever else its prompt asks for. */
const ExampleDraft = z.object({ facts: z.array(z.object({ quote: z.string(), text: z.string() })) });

/** Keys as dotprompt names them. */
const FrontMatter = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  version: z.int().min(1),
  config: PromptConfig.prefault({}),
  input: z.strictObject({ schema: z.record(z.string(), z.string().startsWith("string")) }),
  output: z.strictObject({ format: z.enum(["json", "text"]) }),
});

const PROMPTS = new URL("../prompts/", import.meta.url);
const VARIABLE = /\{\{\s*([A-Za-z]+)\s*\}\}/g;
const EXAMPLE =
  /<example>\s*<example-article>([\s\S]*?)<\/example-article>\s*<example-draft>([\s\S]*?)<\/example-draft>\s*<\/example>/g;
const SENTENCE_MARK = /^\[[a-z0-9]+:\d+\] /;
/**
 * Format characters, fillers and runs of variation selectors hide text from people but not from a model. Kept are the
 * joiners, which several scripts need, the number marks of Arabic, Syriac and Kaithi, and a single selector.
 */
const HIDDEN =
  /[[\p{Cf}--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u200C\u200D]]\u034F\u115F\u1160\u3164\uFFA0]|[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{2,}|(?<!\p{sc=Han})[\u{E0100}-\u{E01EF}]/gv;
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/**
 * Reads `prompts/<ref>.md`. Throws AppError `bug` when it does not parse, when the variables of its text, of its front
 * matter and of the caller differ, or when an example quotes what its article does not say.
 */
export function loadPrompt<Name extends string>(ref: string, names: readonly Name[]): Prompt<Name> {
  return parsePrompt(readFileSync(new URL(`${ref}.md`, PROMPTS), "utf8"), ref, names);
}

/** `loadPrompt` for a text at hand. */
export function parsePrompt<Name extends string>(
  text: string,
  ref: string,
  names: readonly Name[],
): Prompt<Name> {
  const parts = /^---\n([\s\S]*?)\n---\n(?:# system\n([\s\S]*?)\n)?# user\n([\s\S]*)$/.exec(text);
  if (parts === null) throw broken(ref, "needs front matter, then '# system' (optional), then '# user'");
  const front = readFrontMatter(ref, parts[1] ?? "");
  const system = parts[2]?.trim() ?? null;
  const user = (parts[3] ?? "").trim();
  checkVariables(ref, { text: variablesOf(user), front: Object.keys(front.input.schema), code: names });
  // A variable up there would end the prefix that all requests share.
  if (system !== null && variablesOf(system).length > 0) throw broken(ref, "variables belong under '# user'");
  checkExamples(ref, system ?? "");
  const blocks = blocksOf(user);
  return { ref, config: front.config, system, user: (values) => fill(user, values, blocks) };
}

function readFrontMatter(ref: string, yaml: string): z.infer<typeof FrontMatter> {
  const front = FrontMatter.safeParse(parseYaml(yaml));
  if (!front.success) throw broken(ref, z.prettifyError(front.error));
  if (`${front.data.name}.v${front.data.version}` !== ref)
    throw broken(ref, "name and version differ from the file's");
  return front.data;
}

function checkVariables(
  ref: string,
  lists: { text: readonly string[]; front: readonly string[]; code: readonly string[] },
): void {
  const code = new Set(lists.code);
  for (const [place, list] of [["text", lists.text] as const, ["front matter", lists.front] as const]) {
    const differing = [...code.symmetricDifference(new Set(list))];
    if (differing.length > 0) throw broken(ref, `${place} and code disagree about: ${differing.join(", ")}`);
  }
}

/** Examples are held to what a model's answer is held to: each quote stands in one sentence of its article. */
function checkExamples(ref: string, system: string): void {
  const examples = [...system.matchAll(EXAMPLE)];
  const opened = system.split("<example>").length - 1;
  if (examples.length !== opened)
    throw broken(ref, "an <example> is not <example-article> plus <example-draft>");
  for (const [, article = "", draft = ""] of examples) {
    const sentences = article.split("\n").map((line) => line.replace(SENTENCE_MARK, ""));
    for (const { quote } of ExampleDraft.parse(JSON.parse(draft)).facts) {
      if (!sentences.some((sentence) => sentence.includes(quote))) {
        throw broken(ref, `an example quotes what its article does not say: ${quote}`);
      }
    }
  }
}

function variablesOf(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = ""]) => name);
}

function blocksOf(text: string): string[] {
  return [...new Set([...text.matchAll(/<([a-z]+)[a-z-]*\{\{/g)].map(([, name = ""]) => name))];
}

/** Fills all variables in one pass: a value that looks like a variable stays what it is. */
function fill<Name extends string>(text: string, values: Record<Name, string>, blocks: string[]): string {
  const filled = new Map<string, string>(Object.entries(values));
  return text.replace(VARIABLE, (_, name: string) => escapeValue(filled.get(name) ?? "", blocks));
}

/**
 * Keeps a value from opening or closing a block of the prompt. Everything else stays as it is, because quotes have to
 * be found in the article again: entities would turn "AT&T" into something nobody wrote.
 */
function escapeValue(value: string, blocks: readonly string[]): string {
  const visible = value.replace(HIDDEN, "").replace(CONTROLS, " ");
  if (blocks.length === 0) return visible;
  return visible.replace(new RegExp(`<(?=\\s*/?\\s*(?:${blocks.join("|")}))`, "gi"), "‹");
}

function broken(ref: string, problem: string): AppError {
  return new AppError("bug", {
    say: `The prompt ${ref} is broken: ${problem}`,
    details: { prompt: ref, problem },
  });
}
