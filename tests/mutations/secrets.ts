import type { BrokenLine } from "./line.ts";

const SEAL = ["tests/adapters/store/seal.test.ts"];
const KEY = ["tests/adapters/store/key.test.ts"];

/** What whoever reads the data folder without the key does not learn. */
export const SECRET_LINES: readonly BrokenLine[] = [
  {
    file: "src/adapters/store/still-file-worker.ts",
    from: "  takeOutSecrets(copyTo);",
    to: "",
    breaks: "The copy from before an upgrade holds in clear what the upgrade seals.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/clear-secrets.ts",
    from: 'database.exec("pragma secure_delete = on");',
    to: 'database.exec("pragma secure_delete = off");',
    breaks: "What was taken out of a copy still stands in its file.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/calls.ts",
    from: "seal.close(callToJson(call), call.id);",
    to: "callToJson(call) || seal.close(callToJson(call), call.id);",
    breaks: "Tokens of answers stand in the store in clear.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: 'createHmac("sha256", secrets).update(about)',
    to: 'createHmac("sha256", about).update(about)',
    breaks: "Whoever reads the store makes a hub's secret.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: 'hkdfSync("sha256", key, "",',
    to: 'hkdfSync("sha256", key === "" ? "" : "key", "",',
    breaks: "Any key opens what another sealed.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: "`lede ${use}`",
    to: '"lede"',
    breaks: "What tells one key from another in the store is part of the key that seals.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: "const nonce = randomBytes(NONCE_BYTES);",
    to: "const nonce = Buffer.alloc(NONCE_BYTES);",
    breaks: "Two calls sealed alike give both away.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: "return Buffer.concat([VERSION, Buffer.from(about)]);",
    to: 'return Buffer.from(about === "" ? "" : "call");',
    breaks: "A sealed call opens in another's row.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/seal.ts",
    from: "decipher.update(sealed.subarray(textAt)), decipher.final()",
    to: "decipher.update(sealed.subarray(textAt))",
    breaks: "What was tampered with is opened.",
    tests: SEAL,
  },
  {
    file: "src/adapters/store/key-change.ts",
    from: "if (known?.value === mark) return;",
    to: "if (known !== undefined) return;",
    breaks: "Under another key what hubs send passes for forged, unseen for days.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/key-change.ts",
    from: ".set({ body: seal.close(body, id) })",
    to: ".set({ body })",
    breaks: "Calls of before stay in clear, and are lost.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/sqlite.ts",
    from: "await sql`pragma wal_checkpoint(truncate)`.execute(db);",
    to: "",
    breaks: "What a migration took away is in the file while Lede runs.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/migrations.ts",
    from: "`delete from pushes`, `alter table pushes drop column secret`",
    to: "`alter table pushes rename column secret to old_secret`",
    breaks: "Secrets told to hubs stay in the file.",
    tests: KEY,
  },
  {
    file: "src/adapters/store/key-file.ts",
    from: 'const handle = await open(next, "wx", 0o600);',
    to: 'const handle = await open(next, "wx", 0o644);',
    breaks: "Other accounts read the key.",
    tests: KEY,
  },
  {
    file: "src/pipeline/calls.ts",
    from: "for (const id of lost) await deps.store.finishCall(id, deps.clock());",
    to: "",
    breaks: "A call that no key opens stays in the store for good.",
    tests: ["tests/e2e/lost-key.test.ts"],
  },
];
