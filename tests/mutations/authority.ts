import type { BrokenLine } from "./line.ts";

const TABLE = ["tests/scenarios/authority.test.ts"];

/** Who may do what. */
export const AUTHORITY_LINES: readonly BrokenLine[] = [
  {
    file: "src/core/authority.ts",
    from: 'return scope === "none" ? null : { deed, role, scope };',
    to: 'return { deed, role, scope: scope === "none" ? "workspace" : scope };',
    breaks: "Anybody does anything.",
    tests: TABLE,
  },
  {
    file: "src/core/authority.ts",
    from: 'const TOPICS: Reach = { ...WORKSPACE, "channel moderator": "channel" };',
    to: 'const TOPICS: Reach = { ...WORKSPACE, "channel moderator": "workspace" };',
    breaks: "Whoever makes a channel on Slack decides the topics of the whole workspace.",
    tests: TABLE,
  },
  {
    file: "src/core/authority.ts",
    from: 'const PAID: Reach = { ...POST, guest: "none", stranger: "none" };',
    to: "const PAID: Reach = POST;",
    breaks: "Guests and strangers have briefs written at the workspace's cost.",
    tests: TABLE,
  },
  {
    file: "src/pipeline/authority.ts",
    from: 'if (caller.stranger) return { role: "stranger", why: "the event came from another workspace" };',
    to: "",
    breaks: "A person of another workspace is taken for one of this.",
    tests: TABLE,
  },
  {
    file: "src/pipeline/authority.ts",
    from: "if (settings.moderators.includes(caller.user))",
    to: "if (settings.moderators)",
    breaks: "Any member is a moderator.",
    tests: TABLE,
  },
  {
    file: "src/pipeline/authority.ts",
    from: "if (role !== null && (await platform.hasRole(caller, role, { fresh, signal })))",
    to: "if (role !== null)",
    breaks: "Where a role is named, any member is a moderator.",
    tests: ["tests/scenarios/moderators.test.ts"],
  },
  {
    file: "src/adapters/discord/people.ts",
    from: "return isModerator(new PermissionsBitField(bits))",
    to: "return !isModerator(new PermissionsBitField(0n))",
    breaks: "Any member of a Discord server is a moderator.",
    tests: ["tests/adapters/discord/moderators.test.ts", "tests/scenarios/authority.test.ts"],
  },
  {
    file: "src/adapters/discord/people.ts",
    from: 'if (roles === null) return { role: "stranger", why: "is not in the server" };',
    to: 'if (roles === null) return { role: "workspace moderator", why: "is not in the server" };',
    breaks: "Whoever left a server moderates it.",
    tests: ["tests/adapters/discord/moderators.test.ts", "tests/scenarios/authority.test.ts"],
  },
  {
    file: "src/core/channel-authority.ts",
    from: 'if (value.clearance === "members" && !isDeepStrictEqual(before, value)) return MEMBERS_ONLY;',
    to: "",
    breaks: "Whoever makes a channel lets paid text into it.",
    tests: ["tests/scenarios/channel-creator.test.ts"],
  },
  {
    file: "src/pipeline/status.ts",
    from: 'if (grant.role === "operator") return null;',
    to: "if (grant.role !== undefined) return null;",
    breaks: "A moderator sees what is another workspace's, and tries its messages again.",
    tests: ["tests/scenarios/status.test.ts"],
  },
  {
    file: "src/pipeline/status.ts",
    from: 'of === null || scope !== "all"',
    to: "scope !== undefined",
    breaks: "A moderator sees what all workspaces together cost.",
    tests: ["tests/scenarios/status.test.ts"],
  },
  {
    file: "src/adapters/store/queue.ts",
    from: "`${of};`",
    to: "`${of}~`",
    breaks: "A workspace whose name begins as another's is taken for it.",
    tests: ["tests/scenarios/status.test.ts", "tests/adapters/store/sqlite.test.ts"],
  },
  {
    file: "src/adapters/store/queue.ts",
    from: 'topicScope(of, "")',
    to: 'topicScope(of, "").slice(0, -1)',
    breaks: "A moderator sees what is spent on the topics of a workspace whose name begins as theirs does.",
    tests: ["tests/scenarios/status.test.ts"],
  },
  {
    file: "src/adapters/store/publishing.ts",
    from: 'case "dead":\n      // It would be posted when somebody tries it again.\n      return isNew ? { state: "skipped", reason } : null;',
    to: "",
    breaks: "What was given up and may be shown no more is posted when it is tried again.",
    tests: ["tests/adapters/store/sqlite.test.ts"],
  },
];
