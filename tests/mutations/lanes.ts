import type { BrokenLine } from "./line.ts";

/** Nothing late: the order of posts, what waits and what is given up. */
export const LANE_LINES: readonly BrokenLine[] = [
  {
    file: "src/pipeline/resting-models.ts",
    from: 'toAppError(error).code === "writer/unavailable";',
    to: "toAppError(error) !== null;",
    breaks: "Two articles that a model can not write keep it from all others.",
    tests: ["tests/pipeline/resting-models.test.ts"],
  },
  {
    file: "src/pipeline/resting-models.ts",
    from: "if (breaker.state === CircuitState.HalfOpen) throw asBefore(last);",
    to: "",
    breaks: "Everybody waits for the one that asks whether a model answers again.",
    tests: ["tests/pipeline/resting-models.test.ts"],
  },
  {
    file: "src/pipeline/publish.ts",
    from: "await deps.store.claimEntry(deps.clock(), origin);",
    to: "await deps.store.claimEntry(deps.clock());",
    breaks: "What a publisher sends waits behind feeds whose pages hang.",
    tests: ["tests/scenarios/lanes.test.ts"],
  },
  {
    file: "src/adapters/store/publishing.ts",
    from: "if (await isOutMeanwhile(trx, input)) return null;",
    to: "",
    breaks: "An article that is taken back while it is posted stays for ever.",
    tests: ["tests/pipeline/interleavings.test.ts"],
  },
  {
    file: "src/adapters/store/deliveries.ts",
    from: '.$if(paused.length > 0, (query) => query.where("channel", "not in", paused))',
    to: "",
    breaks: "A channel that asks to wait is asked again at once.",
    tests: ["tests/adapters/store/sqlite.test.ts"],
  },
  {
    file: "src/adapters/store/deliveries.ts",
    from: "ahead.first_attempt_at > ${at - HOLDS_CHANNEL_MS}",
    to: "ahead.first_attempt_at > ${at}",
    breaks: "A post that is tried again is overtaken by the next of its channel.",
    tests: ["tests/adapters/store/sqlite.test.ts"],
  },
  {
    file: "src/adapters/store/deliveries.ts",
    from: ".orderBy(sql`message is null`)",
    to: "",
    breaks: "Corrections wait behind what is new.",
    tests: ["tests/adapters/store/sqlite.test.ts"],
  },
  {
    file: "src/adapters/store/deliveries.ts",
    from: 'eb("dueAt", ">", tooFar)',
    to: 'eb("dueAt", "<", 0)',
    breaks: "After the clock was set back nothing is tried again for hours.",
    tests: ["tests/adapters/store/sqlite.test.ts"],
  },
  {
    file: "src/core/delivery.ts",
    from: "dueAt: now, attempts: attempts - 1 };",
    to: "dueAt: now };",
    breaks: "Waiting as asked counts as failing.",
    tests: ["tests/core/delivery.test.ts"],
  },
  {
    file: "src/pipeline/deliver.ts",
    from: 'if (isLate({ ...delivery, message }, clock())) return { kind: "late" };',
    to: "",
    breaks: "After an outage a channel is flooded with posts of hours ago.",
    tests: ["tests/scenarios/lanes.test.ts"],
  },
  {
    file: "src/pipeline/platform-lane.ts",
    from: 'return (kind === "retry" || kind === "uncertain") && code !== RATE_LIMITED;',
    to: "return false;",
    breaks: "Each post is sent into a platform that is down.",
    tests: ["tests/pipeline/platform-lane.test.ts"],
  },
];
