import pico from "picocolors";
import { toAppError } from "#src/core/errors.ts";
import { EXIT } from "#src/exit.ts";
import { examine } from "#src/compose-doctor.ts";
import type { Finding } from "#src/ports.ts";

const MARKS = { ok: pico.green("✓"), warning: pico.yellow("!"), error: pico.red("✗") } as const;

/** `lede doctor`: prints every finding with what to do about it. Exit code 1 when something is wrong, 2 for configuration. */
export async function doctor(): Promise<number> {
  const findings = await collect();
  for (const finding of findings) process.stdout.write(`${line(finding)}\n`);
  const wrong = findings.filter((finding) => finding.level === "error");
  const warnings = findings.filter((finding) => finding.level === "warning").length;
  if (wrong.length === 0) {
    process.stdout.write(`\n${soundText(warnings)} Start Lede with: npm start\n`);
    return EXIT.ok;
  }
  process.stdout.write(`\n${wrong.length} to mend.\n`);
  return wrong.some((finding) => finding.about === "configuration") ? EXIT.usage : EXIT.failed;
}

function soundText(warnings: number): string {
  if (warnings === 0) return "Nothing is wrong.";
  return warnings === 1
    ? "1 warning, nothing that stops Lede."
    : `${warnings} warnings, nothing that stops Lede.`;
}

async function collect(): Promise<Finding[]> {
  try {
    return await examine();
  } catch (thrown) {
    const error = toAppError(thrown);
    const about = error.code.startsWith("config/") ? "configuration" : "lede";
    return [
      { level: "error", about, text: error.say, advice: "Each variable is explained in .env.example." },
    ];
  }
}

function line({ level, about, text, advice }: Finding): string {
  const first = `${MARKS[level]} ${pico.bold(about)}: ${text}`;
  return advice === null ? first : `${first}\n    ${pico.cyan("→")} ${advice}`;
}
