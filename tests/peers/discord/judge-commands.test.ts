import { expect, test } from "vitest";
import { command, openCourt, option, type Row } from "./court.ts";

const { commands, peer, problems, send } = openCourt();

const BAD_COMMANDS: Row[] = [
  { name: "a name in capitals", problem: "Command name", body: command({ name: "Brief" }) },
  { name: "a name with a space", problem: "Command name", body: command({ name: "brief this" }) },
  { name: "a name of 33", problem: "name", body: command({ name: "x".repeat(33) }) },
  {
    name: "no description",
    problem: "description: This field is required",
    body: command({ description: undefined }),
  },
  { name: "a description of 101", problem: "description", body: command({ description: "x".repeat(101) }) },
  {
    name: "26 options",
    problem: "options",
    body: command({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) }),
  },
  {
    name: "26 choices",
    problem: "choices",
    body: command({
      options: [option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `c${n}`, value: "v" })) })],
    }),
  },
  {
    name: "choices and autocomplete",
    problem: "exclude each other",
    body: command({ options: [option({ autocomplete: true, choices: [{ name: "a", value: "a" }] })] }),
  },
  {
    name: "a required option last",
    problem: "Required options",
    body: command({ options: [option(), option({ name: "b", required: true })] }),
  },
  {
    name: "the same option twice",
    problem: "must be unique",
    body: command({ options: [option(), option()] }),
  },
  {
    name: "an option without description",
    problem: "options.0.description",
    body: command({ options: [option({ description: "" })] }),
  },
  {
    name: "subcommands beside options",
    problem: "cannot be mixed",
    body: command({ options: [{ type: 1, name: "add", description: "a" }, option()] }),
  },
  {
    name: "a minimum above the maximum",
    problem: "above the maximum",
    body: command({ options: [option({ min_length: 5, max_length: 4 })] }),
  },
  {
    name: "an option of no known kind",
    problem: "options.0",
    body: command({ options: [option({ type: 99 })] }),
  },
  { name: "an unknown property", problem: "descripton", body: command({ descripton: "x" }) },
  {
    name: "a message command with a description",
    problem: "cannot have a description",
    body: { type: 3, name: "Brief", description: "x" },
  },
  {
    name: "more than 8000 characters",
    problem: "8000 are allowed",
    body: command({
      options: Array.from({ length: 20 }, (_, n) =>
        option({
          name: `o${n}`,
          choices: Array.from({ length: 25 }, (_, m) => ({ name: `choice-number-${m}`, value: "v" })),
        }),
      ),
    }),
  },
];

test.for(BAD_COMMANDS)("a command with $name is refused, alone and in a set", async ({ problem, body }) => {
  expect((await send("POST", commands(), body)).status).toBe(400);
  expect(problems()).toContain(problem);
  expect((await send("PUT", commands(), [body])).status).toBe(400);
  expect(peer().violations).toHaveLength(2);
  expect(peer().commands()).toEqual([]);
});

test("a set of commands with a name twice, or too many, is refused", async () => {
  await send("PUT", commands(), [command(), command()]);
  await send(
    "PUT",
    commands(),
    Array.from({ length: 101 }, (_, n) => command({ name: `c${n}` })),
  );
  expect(problems()).toContain("must be unique");
  expect(problems()).toContain("101 commands of type 1; 100 are allowed");
});

test("commands of every kind are taken", async () => {
  const set = [
    command({
      options: [
        option({ required: true, max_length: 10 }),
        option({ name: "n", type: 4, min_value: 1, max_value: 9 }),
        option({ name: "c", choices: [{ name: "a", value: "a" }] }),
      ],
    }),
    command({
      name: "topic",
      default_member_permissions: "32",
      contexts: [0],
      integration_types: [0],
      options: [
        {
          type: 2,
          name: "set",
          description: "g",
          options: [{ type: 1, name: "add", description: "a", options: [option()] }],
        },
        { type: 1, name: "list", description: "l" },
      ],
    }),
    command({ name: "налаштування", name_localizations: { de: "kurz" } }),
    { type: 3, name: "Brief This Message" },
    { type: 2, name: "About", description: "" },
  ];
  expect(await send("PUT", commands(), set)).toMatchObject({ status: 200 });
  expect(
    await send("PUT", `/applications/${peer().applicationId}/guilds/${peer().guilds.main.id}/commands`, set),
  ).toMatchObject({ status: 200 });
  expect(peer().violations).toEqual([]);
  await send("PUT", commands(), []);
});
