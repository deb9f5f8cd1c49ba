#!/usr/bin/env node
// Plain JavaScript, because it has to run on a Node too old for the rest in order to say so.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `Lede needs Node 24.12 or newer; this is ${process.versions.node}. Run it as "npm start" or "npx lede" after "npm ci", which bring their own, or install Node 24.\n`,
  );
  process.exit(1);
}
const { runCli } = await import("./cli.ts");
process.exitCode = await runCli(process.argv);
