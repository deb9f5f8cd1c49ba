import type { BrokenLine } from "./line.ts";

const STORE = ["tests/adapters/store/sqlite.test.ts"];

/** Nothing lost, nothing twice on the way in: entries, webhooks, calls, feeds. */
export const INTAKE_LINES: readonly BrokenLine[] = [
  {
    file: "src/adapters/store/entries.ts",
    from: '    .where("seq", "=", Number(queued.id))\n    .where("token", "=", queued.token)',
    to: '    .where("seq", "=", Number(queued.id))',
    breaks: "A worker that lost its lease settles newer content as done.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: "dueAt: now.getTime() + LEASE_MS,",
    to: "dueAt: now.getTime(),",
    breaks: "One entry is worked on by two.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: 'if (known.bodyHash !== bodyHash) return { kind: "conflict" };',
    to: "",
    breaks: "Another article under an id that was used passes for a replay, and is lost.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: 'return { kind: "replay", entryId: String(known.entrySeq) };',
    to: "",
    breaks: "A webhook that is sent again counts again.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: 'if (mode === "in-order" && isStale(known, entry)) return { seq: known.seq, kind: "stale" };',
    to: "",
    breaks: "A message that was overtaken undoes the newer one.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: 'return ahead < 0 || (ahead === 0 && known.event === "unpublish" && entry.event === "publish");',
    to: "return ahead < 0;",
    breaks: "A publication of the same second undoes a take-back.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/entries.ts",
    from: "const isHeld = entry.releaseAt !== null && entry.releaseAt > now;",
    to: "const isHeld = false;",
    breaks: "An embargoed article is published at once.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/calls.ts",
    from: "return added !== undefined;",
    to: "return true;",
    breaks: "A command that a platform sends twice is run twice.",
    tests: STORE,
  },
  {
    file: "src/adapters/store/calls.ts",
    from: ".set({ finishedAt: now.getTime(), body: null })",
    to: ".set({ finishedAt: now.getTime() })",
    breaks: "Pasted texts and reply tokens of answered commands stay in the file.",
    tests: ["tests/adapters/store/open.test.ts"],
  },
  {
    file: "src/pipeline/calls.ts",
    from: "if (isNew) await add(call);",
    to: "await add(call);",
    breaks: "A command that a platform sends twice is run twice.",
    tests: ["tests/adapters/slack/answers.test.ts", "tests/scenarios/turns.test.ts"],
  },
  {
    file: "src/pipeline/ingest.ts",
    from: "return canonical !== null && siteOf(canonical) === siteOf(readAt) ? canonical : actual;",
    to: "return canonical ?? actual;",
    breaks: "A page takes over another site's article by naming its address.",
    tests: ["tests/pipeline/hostile.test.ts", "tests/scenarios/publish.test.ts"],
  },
  {
    file: "src/pipeline/ingest.ts",
    from: 'return known?.visibility === "members" ? articleId({ text: `public\\n${id}` }) : id;',
    to: "return id;",
    breaks: "A question about a members' link shows the members' text, or replaces it.",
    tests: ["tests/scenarios/audience.test.ts", "tests/scenarios/publish.test.ts"],
  },
];
