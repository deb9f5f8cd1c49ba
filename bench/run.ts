import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { measureExtraction } from "./extraction.ts";
import { measureFeeds } from "./feeds.ts";
import { toText, type Table } from "./figures.ts";
import { measurePublish } from "./publish.ts";
import { measureStories } from "./stories.ts";
import { measureTopics } from "./topics.ts";
import { measureMemory, measureStart } from "./start.ts";

// Figures are printed and never judged: they tell as much about the machine as about the code.
const source = process.argv[2];
const folder = await mkdtemp(path.join(tmpdir(), "lede-bench-"));
const parts: (() => Promise<Table>)[] = [
  () => measurePublish(folder),
  () => measureStart(folder),
  () => measureMemory(folder),
  () => measureExtraction(source),
  () => measureFeeds(folder),
  () => measureTopics(),
  () => Promise.resolve(measureStories()),
];
try {
  const today = new Date().toISOString().slice(0, 10);
  console.log(`Lede benchmarks, ${today}, Node ${process.version}, ${availableParallelism()} cores`);
  for (const part of parts) console.log(`\n${toText(await part())}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
