import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Child {
  /** All it has said so far, line by line; a line that was cut off is not one. */
  lines: () => string[];
  /** Resolves once it said something. */
  said: Promise<void>;
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>;
}

/** Runs a file beside this one in a process of its own. */
export function startChild(file: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return {
    lines: () => text.split("\n").slice(0, -1),
    said: firstWord(child),
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

async function firstWord(child: ChildProcess): Promise<void> {
  if (child.stdout !== null) await Promise.race([once(child.stdout, "data"), once(child, "close")]);
}
