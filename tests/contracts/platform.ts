import { describe } from "vitest";
import { describeAnswers } from "./platform-answers.ts";
import { type OpenPlatform, usePlatform } from "./platform-bench.ts";
import { describePosts } from "./platform-posts.ts";
import { describeWords } from "./platform-words.ts";

/** What every chat platform has to do, the same everywhere. `open` gives a started platform with a server of its own. */
export function describePlatform(name: string, open: OpenPlatform): void {
  describe(`the platform ${name}`, () => {
    const used = usePlatform(open);
    describePosts(used);
    describeAnswers(used);
    describeWords(used);
  });
}
