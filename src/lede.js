#!/usr/bin/env node
// Plain JavaScript, because it has to run on a Node too old for the rest in order to say so.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  // Only these come with "npm ci" (optionalDependencies in package.json); a test compares the two.
  const brought = ["linux-arm64", "linux-x64", "win-x64"];
  const here = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const remedy = brought.includes(here)
    ? 'Run it as "npm start" or "npx lede" after "npm ci", which brings a newer one'
    : `"npm ci" brings none for ${here}: install Node 26 (https://nodejs.org), then run the same command again`;
  process.stderr.write(`Lede needs Node 24.12 or newer; this is ${process.versions.node}. ${remedy}.\n`);
  process.exit(1);
}
const { runCli } = await import("./cli.ts");
process.exitCode = await runCli(process.argv);
