import { Command } from "commander";
import { liveThrough } from "./round.ts";

const KILLS_A_ROUND = 8;

/** `npm run chaos -- --kills 1000 --seed 7`: the same seed kills at the same moments, as far as a machine can. */
const { kills, seed } = new Command()
  .option("--kills <number>", "how often Lede is killed", Number, 100)
  .option("--seed <number>", "of the first round", Number, Date.now() % 1_000_000)
  .parse()
  .opts<{ kills: number; seed: number }>();

console.log(`Seed ${seed}`);
const counted = { lost: 0, doubled: 0, text: 0, order: 0 };
let [killed, posts] = [0, 0];
for (let round = 0; killed < kills; round += 1) {
  const lived = await liveThrough(seed + round, Math.min(KILLS_A_ROUND, kills - killed));
  killed += lived.kills;
  posts += lived.posts;
  for (const { kind, what } of lived.wrong) {
    counted[kind] += 1;
    console.log(`Round of seed ${seed + round}, ${kind}: ${what}`);
  }
  const { doubled, lost, order, text } = counted;
  console.log(
    `${killed} kills, ${posts} posts: ${lost} lost, ${doubled} doubled, ${text} wrong texts, ${order} out of order`,
  );
}
if (Object.values(counted).some((count) => count > 0)) process.exitCode = 1;
