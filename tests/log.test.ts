import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { AppError } from "#src/core/errors.ts";
import { createLog } from "#src/log.ts";

/** What one record looks like in the log. */
function written(record: object): string {
  let text = "";
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  createLog({ level: "info", format: "json" }, sink).info(record, "told");
  return text;
}

test.for(["token", "apiKey", "secret", "authorization", "headers", "handle", "paragraphs", "body"])(
  "the log shows no %s, at the top of a record or one step down",
  (name) => {
    for (const record of [{ [name]: "hunter2" }, { call: { [name]: "hunter2" } }]) {
      const text = written(record);
      expect(text).toContain("[hidden]");
      expect(text).not.toContain("hunter2");
    }
  },
);

test("a failure's stack stands in the log only where the fault is ours", () => {
  const known = written({ err: new AppError("fetch/timeout", { cause: new Error("socket") }) });
  expect(JSON.parse(known)).toMatchObject({ err: { code: "fetch/timeout", cause: { message: "socket" } } });
  expect(JSON.parse(known).err).not.toHaveProperty("stack");
  expect(JSON.parse(written({ err: new Error("a bug") })).err.stack).toContain("log.test.ts");
});
