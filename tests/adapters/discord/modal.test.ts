import fc from "fast-check";
import { expect, it } from "vitest";
import { renderModal } from "#src/adapters/discord/modal.ts";
import { Form } from "#src/core/form.ts";
import { judgeRequest } from "#tests/peers/discord/judge.ts";

function problems(form: Form): string[] {
  return judgeRequest({
    method: "POST",
    template: "/interactions/{interaction_id}/{interaction_token}/callback",
    query: new URLSearchParams(),
    body: { type: 9, data: renderModal(form) },
    userAgent: "DiscordBot (https://example.org, 1)",
  }).map(({ message }) => message);
}

const line = (max: number) =>
  fc.oneof(
    fc.string({ unit: "grapheme-composite", maxLength: max / 4 }),
    fc.string({ unit: "binary", maxLength: max / 4 }),
    fc.constant(" "),
  );
const common = (name: string) => ({
  name: fc.constant(name),
  label: line(45),
  hint: fc.option(line(100)),
  required: fc.boolean(),
});
const field = (name: string) =>
  fc.oneof(
    fc.record({
      ...common(name),
      kind: fc.constant("text" as const),
      value: fc.option(fc.string({ unit: "binary", maxLength: 60 })),
      max: fc.integer({ min: 1, max: 3_000 }),
      lines: fc.boolean(),
    }),
    fc.record({
      ...common(name),
      kind: fc.constant("select" as const),
      value: fc.option(fc.constantFrom("a", "b", "gone")),
      choices: fc.array(fc.record({ value: fc.constantFrom("a", "b", "c"), label: line(75) }), {
        minLength: 1,
        maxLength: 25,
      }),
    }),
    fc.record({
      ...common(name),
      kind: fc.constantFrom("channel" as const, "role" as const, "user" as const),
      value: fc.option(fc.constant("41771983423143937")),
    }),
  );
const form = fc
  .record({ title: line(24), fields: fc.tuple(field("a"), field("b"), field("c"), field("d"), field("e")) })
  .chain(({ title, fields }) =>
    fc.integer({ min: 1, max: 5 }).map((count) => ({
      id: "topics:edit:7",
      title,
      submit: "Save",
      fields: fields.slice(0, count),
    })),
  );

it("shows any form at all as a modal that Discord takes", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(form, (given) => {
      const parsed = Form.parse(given);
      expect(problems(parsed)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
