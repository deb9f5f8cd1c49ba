import { expect, test } from "vitest";
import { command, openCourt, option, select } from "./court.ts";

const { commands, peer, problems, send } = openCourt();

const input = (extra: object = {}) => ({ type: 4, custom_id: "q", style: 1, ...extra });
const label = (component: object, extra: object = {}) => ({ type: 18, label: "Q", component, ...extra });
const role = (extra: object = {}) => ({ type: 6, custom_id: "r", ...extra });
const manyLabels = (count: number) =>
  Array.from({ length: count }, (_, index) => label(input({ custom_id: `q${index}` })));

/** What Discord says to a modal of these components. */
async function show(components: object[], extra: object = {}): Promise<number> {
  await send("PUT", commands(), [command({ options: [option()] })]);
  const { id, token } = peer().slash({
    channel: peer().channels.news,
    user: peer().users.member,
    command: "brief",
    options: { url: "a" },
  });
  const data = { custom_id: "m", title: "T", components, ...extra };
  return (await send("POST", `/interactions/${id}/${token}/callback`, { type: 9, data })).status;
}

test.for<[string, object[], string]>([
  ["six labels", manyLabels(6), "between 1 and 5"],
  ["no label at all", [], "components"],
  ["an input without a label", [input()], "components.0"],
  ["a label without words", [label(input(), { label: " " })], "label"],
  ["a label of 46", [label(input(), { label: "x".repeat(46) })], "label"],
  ["a hint of 101", [label(input(), { description: "x".repeat(101) })], "description"],
  ["an empty hint", [label(input(), { description: "" })], "description"],
  ["an input with a label of its own", [label(input({ label: "Q" }))], "label"],
  ["a button", [{ type: 1, components: [{ type: 2, style: 1, label: "B", custom_id: "b" }] }], "components"],
  ["a text longer than it may be", [label(input({ max_length: 3, value: "four" }))], "min_length"],
  ["a text shorter than it may be", [label(input({ min_length: 9, value: "four" }))], "shorter"],
  ["two inputs of one id", [label(input()), label(input())], "duplicated"],
  ["a menu that must and need not be chosen from", [label(select({ min_values: 0 }))], "min_values"],
  ["a menu that can not be used", [label(role({ disabled: true }))], "disabled"],
  [
    "a menu with a value twice",
    [
      label(
        select({
          options: [
            { label: "A", value: "a" },
            { label: "B", value: "a" },
          ],
        }),
      ),
    ],
    "unique",
  ],
  [
    "a menu of 26",
    [label(select({ options: Array.from({ length: 26 }, (_, i) => ({ label: "A", value: `${i}` })) }))],
    "options",
  ],
  [
    "a role chosen by a person's id",
    [label(role({ default_values: [{ id: "1", type: "user" }] }))],
    "components.0.component",
  ],
  [
    "two roles where one may be chosen",
    [
      label(
        role({
          default_values: [
            { id: "1", type: "role" },
            { id: "2", type: "role" },
          ],
        }),
      ),
    ],
    "defaults",
  ],
])("%s is refused and recorded", async ([, components, problem]) => {
  expect(await show(components)).toBe(400);
  expect(problems()).toContain(problem);
});

test("a title without words is refused and recorded", async () => {
  expect(await show([label(input())], { title: " " })).toBe(400);
  expect(problems()).toContain("title");
});

test("a modal with all that Lede uses is taken", async () => {
  const status = await show([
    label(input({ max_length: 3_000, style: 2, required: false, value: "x" }), { description: "Hint" }),
    label(select({ required: false, min_values: 0, max_values: 1 })),
    label(role({ required: true, min_values: 1, default_values: [{ id: "1", type: "role" }] })),
    label({ type: 8, custom_id: "c", channel_types: [0, 5, 10, 11, 12, 15], required: false, min_values: 0 }),
    label({ type: 5, custom_id: "u" }),
  ]);
  expect(problems()).toBe("");
  expect(status).toBe(204);
});

test.for<[string, object, string]>([
  ["a completion without a label", { name: " ", value: "a" }, "name"],
  ["a completion of 101", { name: "a", value: "x".repeat(101) }, "100 or fewer"],
  ["a completion's label of 101", { name: "x".repeat(101), value: "a" }, "name"],
])("%s is refused and recorded", async ([, choice, problem]) => {
  await send("PUT", commands(), [command({ options: [option({ autocomplete: true })] })]);
  const use = { channel: peer().channels.news, user: peer().users.member, command: "brief" };
  peer()
    .autocomplete({ ...use, focused: "url", options: { url: "a" } })
    .catch(() => undefined);
  const { id, token } = peer().interactions().at(-1) ?? { id: "", token: "" };
  const body = { type: 8, data: { choices: [choice] } };
  expect((await send("POST", `/interactions/${id}/${token}/callback`, body)).status).toBe(400);
  expect(problems()).toContain(problem);
});

test("an input in a message, and a file nobody sent, are refused and recorded", async () => {
  const path = `/channels/${peer().channels.news.id}/messages`;
  expect(
    (await send("POST", path, { content: "x", components: [{ type: 1, components: [input()] }] })).status,
  ).toBe(400);
  expect(problems()).toContain("components");
  const attachments = [{ id: "0", filename: "a.txt" }];
  expect((await send("POST", path, { content: "x", attachments })).status).toBe(400);
  expect(problems()).toContain("neither uploaded nor there");
});
