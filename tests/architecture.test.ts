import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseEnv } from "node:util";
import { Env } from "#src/config.ts";

/** Ring of a file: what it may import is decided by where it lies. */
function ringOf(file: string): string {
  const [top = "", second = "", third = ""] = file.split("/");
  if (top === "src" && second === "adapters") return `adapters/${third}`;
  if (top === "src" && (second === "core" || second === "pipeline")) return second;
  // The store's port is as large as the others together and has a file of its own.
  if (top === "src" && second === "ports-store.ts") return "ports.ts";
  if (top === "src" && (second === "ports.ts" || second === "log.ts" || second === "prompts.ts"))
    return second;
  return top === "src" ? "root" : top;
}

const ALLOWED: Record<string, readonly string[]> = {
  core: ["core"],
  commands: ["commands", "core"],
  "ports.ts": ["core", "ports.ts"],
  "log.ts": ["core"],
  "prompts.ts": ["core"],
  pipeline: ["pipeline", "core", "ports.ts", "log.ts"],
};

/** What each adapter may import: itself, the ports, core. Never another adapter. */
function allowedFor(ring: string): readonly string[] | null {
  if (ring.startsWith("adapters/")) return [ring, "core", "ports.ts", "log.ts", "prompts.ts"];
  return ALLOWED[ring] ?? null;
}

/** Core is pure: of Node it may use only what computes. */
const PURE_BUILTINS = new Set(["node:crypto", "node:util"]);
const IMPURE_NAMES =
  /\b(Date\.now|Math\.random|performance\.now|process\.|(?:fetch|setTimeout|setInterval)\()|new Date\(\)/;

interface Import {
  from: string;
  to: string;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, "utf8");
  const specifiers = [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((specifier) => ({ from: file, to: resolve(file, specifier) }));
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  if (specifier === "#commands") return "commands/index.ts";
  return specifier.startsWith("#") ? specifier.slice(1) : specifier;
}

function isOurs(target: string): boolean {
  return /^(src|commands|tests|prompts)\//.test(target);
}

const FILES = globSync("{src,commands}/**/*.{ts,js}").map((file) => file.split(path.sep).join("/"));

test("each ring imports only what lies further in", () => {
  const wrong = FILES.flatMap(importsOf).filter(({ from, to }) => {
    const allowed = allowedFor(ringOf(from));
    return isOurs(to) && allowed !== null && !allowed.includes(ringOf(to));
  });
  expect(wrong).toEqual([]);
});

test("core touches neither clock, chance, network nor environment", () => {
  const core = FILES.filter((file) => ringOf(file) === "core");
  expect(core.length).toBeGreaterThan(10);
  const impure = core.filter((file) => IMPURE_NAMES.test(withoutComments(readFileSync(file, "utf8"))));
  expect(impure).toEqual([]);
  const builtins = core
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith("node:") && !PURE_BUILTINS.has(to));
  expect(builtins).toEqual([]);
});

test("only the configuration reads the environment", () => {
  const readers = FILES.filter((file) => /process\.env\b/.test(withoutComments(readFileSync(file, "utf8"))));
  expect(readers).toEqual(["src/config.ts"]);
});

test("only the composition root knows which adapter is in use", () => {
  const roots = FILES.filter(
    (file) => ringOf(file) === "root" && importsOf(file).some(({ to }) => to.startsWith("src/adapters/")),
  );
  expect(roots.filter((file) => !/^src\/(main|compose-\w+)\.ts$/.test(file))).toEqual([]);
});

test(".env.example names the variables of the configuration, in its order", () => {
  const example = readFileSync(".env.example", "utf8");
  // Optional variables stand behind a `#`, as in any example file.
  const names = [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect(names).toEqual(Object.keys(Env.shape));
  expect(parseEnv(example)).toEqual({});
});

test("the rule finds a forbidden arrow when there is one", () => {
  expect(allowedFor(ringOf("src/adapters/slack/render.ts"))).not.toContain(
    ringOf("src/adapters/discord/render.ts"),
  );
  expect(allowedFor(ringOf("src/core/brief.ts"))).not.toContain(ringOf("src/ports.ts"));
  expect(allowedFor(ringOf("commands/brief.ts"))).not.toContain(ringOf("src/pipeline/publish.ts"));
  expect(resolve("src/core/brief.ts", "../ports.ts")).toBe("src/ports.ts");
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
}
