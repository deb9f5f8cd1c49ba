import { describe } from "vitest";
import { describeAnswers } from "./platform-answers.ts";
import { type OpenPlatform, usePlatform } from "./platform-bench.ts";
import { describeForms } from "./platform-forms.ts";
import { describeManners } from "./platform-manners.ts";
import { describePlaces } from "./platform-places.ts";
import { describePosts } from "./platform-posts.ts";
import { describeWords } from "./platform-words.ts";

/** What every chat platform has to do, the same everywhere. `open` gives a started platform with a server of its own. */
export function describePlatform(name: string, open: OpenPlatform): void {
  describe(`the platform ${name}`, () => {
    const used = usePlatform(open);
    describePosts(used);
    describeAnswers(used);
    describeWords(used);
    describeManners(used);
    describePlaces(open);
    describeForms(open);
  });
}
