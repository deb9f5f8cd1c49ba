import { readFile } from "node:fs/promises";
import pc from "picocolors";
import { type CheckOut, checkOut } from "./check-out.ts";
import { type BrokenLine, brokenText } from "./line.ts";
import { LINES } from "./lines.ts";

/** Runs side by side, each in a copy of its own. */
const SIDE_BY_SIDE = 2;

interface Verdict {
  caught: boolean;
  how: string;
}

/** Breaks each line of the list in a copy and runs the tests that it names: `npm run mutate -- [part of a file's name]`. */
async function main(wanted: string): Promise<void> {
  const lines = LINES.filter(({ file }) => file.includes(wanted));
  const copies = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, checkOut));
  try {
    const red = new Set(await failingOf(copies, lines));
    const waiting = [...lines];
    const caught: boolean[] = [];
    const work = async (copy: CheckOut): Promise<void> => {
      for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
        const verdict = await verdictOf(copy, line, red);
        caught.push(verdict.caught);
        print(line, verdict);
      }
    };
    await Promise.all(copies.map(work));
    const survived = caught.filter((one) => !one).length;
    console.log(`\n${caught.length - survived} caught, ${survived} survived`);
    if (survived > 0 || lines.length === 0) process.exitCode = 1;
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()));
  }
}

/** A test that fails anyway proves nothing about a line. */
async function failingOf(copies: readonly CheckOut[], lines: readonly BrokenLine[]): Promise<string[]> {
  const tests = [...new Set(lines.flatMap((line) => line.tests))].sort();
  const failing = await Promise.all(
    copies.map((copy, at) => copy.failing(tests.filter((_, index) => index % copies.length === at))),
  );
  return failing.flat();
}

async function verdictOf(copy: CheckOut, line: BrokenLine, red: ReadonlySet<string>): Promise<Verdict> {
  const failing = line.tests.find((test) => red.has(test));
  if (failing !== undefined) return { caught: false, how: `${failing} fails as things are` };
  const text = brokenText(await readFile(line.file, "utf8").catch(() => ""), line);
  if (text === null) return { caught: false, how: "its text is not there once any more: update the list" };
  const ended = await copy.runWith({ file: line.file, text }, line.tests);
  switch (ended.kind) {
    case "failed":
      return { caught: true, how: ended.test };
    case "passed":
      return { caught: false, how: `${line.tests.join(", ")} passed` };
    case "broken":
      return { caught: false, how: ended.why };
    default:
      return ended satisfies never;
  }
}

function print({ breaks, file, from }: BrokenLine, { caught, how }: Verdict): void {
  const mark = caught ? pc.green("caught  ") : pc.red("SURVIVED");
  const shown = from.replaceAll(/\s+/g, " ").trim();
  console.log(`${mark} ${file}: ${shown}\n         ${breaks}\n         ${pc.dim(how)}`);
}

await main(process.argv[2] ?? "");
