import { beforeAll, describe, expect, test } from "vitest";
import { createJudge, type Judge } from "./judge.ts";
import type { JsonObject } from "./json.ts";
import { actions, plain, times } from "./sample-blocks.ts";

const WARM_UP_MS = 60_000;

let judge: Judge;

// The first run on a machine generates the schemas, which takes seconds.
beforeAll(async () => {
  judge = await createJudge();
}, WARM_UP_MS);

const OPTION = { text: plain("One"), value: "1" };

function menu(changes: JsonObject): JsonObject {
  return { type: "static_select", action_id: "m", options: [OPTION], ...changes };
}

function input(element: JsonObject, changes: JsonObject = {}): JsonObject {
  return { type: "input", block_id: "b", label: plain("Label"), element, ...changes };
}

function text(changes: JsonObject): JsonObject {
  return { type: "plain_text_input", action_id: "t", ...changes };
}

function modal(blocks: JsonObject[], changes: JsonObject = {}): JsonObject {
  return { type: "modal", title: plain("Title"), submit: plain("Save"), blocks, ...changes };
}

const INVALID_MODALS: [string, JsonObject][] = [
  ["a title of 25 characters", modal([], { title: plain("x".repeat(25)) })],
  ["a title with markup", modal([], { title: { type: "mrkdwn", text: "x" } })],
  ["a button of 25 characters", modal([], { submit: plain("x".repeat(25)) })],
  ["metadata of 3001 characters", modal([], { private_metadata: "x".repeat(3_001) })],
  ["a callback_id of 256 characters", modal([], { callback_id: "x".repeat(256) })],
  ["inputs and nothing to send them with", { type: "modal", title: plain("T"), blocks: [input(text({}))] }],
  ["an input without label", modal([{ type: "input", element: text({}) }])],
  ["a label with markup", modal([input(text({}), { label: { type: "mrkdwn", text: "x" } })])],
  ["two blocks of one id", modal([input(text({})), input(text({}))])],
  ["an element that is none", modal([input({ type: "slider", action_id: "s" })])],
  ["a button as an input", modal([input({ type: "button", action_id: "s", text: plain("x") })])],
  ["a text of more than it takes", modal([input(text({ max_length: 2, initial_value: "abc" }))])],
  ["a text that takes 3001 characters", modal([input(text({ max_length: 3_001 }))])],
  ["a text that takes nothing", modal([input(text({ max_length: 0 }))])],
  ["a menu without options", modal([input(menu({ options: [] }))])],
  [
    "a menu of 101 options",
    modal([input(menu({ options: times(101, (i) => ({ ...OPTION, value: `${i}` })) }))]),
  ],
  [
    "an option of 76 characters",
    modal([input(menu({ options: [{ ...OPTION, text: plain("x".repeat(76)) }] }))]),
  ],
  ["an option without words", modal([input(menu({ options: [{ ...OPTION, text: plain("") }] }))])],
  ["an option without value", modal([input(menu({ options: [{ text: plain("x") }] }))])],
  ["two options of one value", modal([input(menu({ options: [OPTION, OPTION] }))])],
  [
    "a choice that is none of the options",
    modal([input(menu({ initial_option: { ...OPTION, value: "2" } }))]),
  ],
  [
    "a filter of its own",
    modal([input({ type: "conversations_select", action_id: "c", filter: { include: ["everything"] } })]),
  ],
  [
    "two fields with the focus",
    modal([input(text({ focus_on_load: true })), { ...input(text({ focus_on_load: true })), block_id: "c" }]),
  ],
  ["101 blocks", modal(times(101, () => ({ type: "divider" })))],
];

const VALID_MODALS: [string, JsonObject][] = [
  ["nothing in it", modal([])],
  ["metadata at its limit", modal([], { private_metadata: "x".repeat(3_000), title: plain("x".repeat(24)) })],
  ["a text", modal([input(text({ multiline: true, max_length: 3_000, initial_value: "abc" }))])],
  ["a choice", modal([input(menu({ initial_option: OPTION }))])],
  ["a person", modal([input({ type: "users_select", action_id: "u", initial_user: "U0MEMBER01" })])],
  [
    "a channel",
    modal([
      input({
        type: "conversations_select",
        action_id: "c",
        initial_conversation: "C0NEWS0001",
        filter: { include: ["public", "private"], exclude_bot_users: true },
      }),
    ]),
  ],
];

describe("a modal", () => {
  test.for(INVALID_MODALS)("with %s is refused", ([, view]) => {
    const problems = judge.method("views.open", { trigger_id: "1", view });
    expect(problems.map(({ error }) => error)).toContain("invalid_arguments");
  });

  test.for(VALID_MODALS)("with %s raises no alarm", ([, view]) => {
    expect(judge.method("views.open", { trigger_id: "1", view })).toEqual([]);
  });
});

function rich(...elements: JsonObject[]): JsonObject[] {
  return [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }];
}

describe("a message", () => {
  test.for<[string, JsonObject[]]>([
    ["a menu without options", [actions(menu({ options: [] }))]],
    ["a group without id", rich({ type: "usergroup" })],
    ["a broadcast to nobody known", rich({ type: "broadcast", range: "all" })],
  ])("with %s is refused", ([, blocks]) => {
    const problems = judge.method("chat.postMessage", { channel: "C1", text: "t", blocks });
    expect(problems.map(({ error }) => error)).toContain("invalid_blocks");
  });

  test.for<[string, JsonObject[]]>([
    ["a menu beside its words", [{ type: "section", text: plain("Which?"), accessory: menu({}) }]],
    ["a group", rich({ type: "usergroup", usergroup_id: "S0DESK0001" })],
    ["a broadcast", rich({ type: "broadcast", range: "here" })],
    [
      "a preformatted text",
      [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "a\nb" }] }],
        },
      ],
    ],
  ])("with %s raises no alarm", ([, blocks]) => {
    expect(judge.method("chat.postMessage", { channel: "C1", text: "t", blocks })).toEqual([]);
  });
});
