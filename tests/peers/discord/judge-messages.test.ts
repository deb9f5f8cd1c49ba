import { expect, test } from "vitest";
import { button, openCourt, row, select, text, v2, withRow, type Row } from "./court.ts";

const { messages, peer, problems, send } = openCourt();

const BAD_MESSAGES: Row[] = [
  {
    name: "2001 characters of content",
    problem: "content: Must be 2000 or fewer",
    body: { content: "x".repeat(2001) },
  },
  { name: "no body at all", problem: "", body: undefined },
  { name: "an empty message", problem: "EMPTY_MESSAGE", body: { content: " " } },
  { name: "buttons alone", problem: "EMPTY_MESSAGE", body: { components: [row(button())] } },
  {
    name: "an unknown property",
    problem: "contents: Discord knows no such property",
    body: { content: "x", contents: "y" },
  },
  {
    name: "an unknown property of an embed",
    problem: "embeds.0.text: Discord knows no such",
    body: { embeds: [{ title: "a", text: "b" }] },
  },
  {
    name: "an unknown property of a button",
    problem: "components.0.components.0.colour",
    body: withRow(button({ colour: 1 })),
  },
  {
    name: "eleven embeds",
    problem: "embeds",
    body: { embeds: Array.from({ length: 11 }, () => ({ title: "a" })) },
  },
  { name: "a title of 257", problem: "embeds.0.title", body: { embeds: [{ title: "x".repeat(257) }] } },
  {
    name: "a description of 4097",
    problem: "embeds.0.description",
    body: { embeds: [{ description: "x".repeat(4097) }] },
  },
  {
    name: "26 fields",
    problem: "embeds.0.fields",
    body: { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: "a", value: "b" })) }] },
  },
  {
    name: "a field of 1025",
    problem: "embeds.0.fields.0.value",
    body: { embeds: [{ fields: [{ name: "a", value: "x".repeat(1025) }] }] },
  },
  {
    name: "a blank field",
    problem: "embeds.0.fields.0.value: This field is required",
    body: { embeds: [{ fields: [{ name: "a", value: " " }] }] },
  },
  {
    name: "a footer of 2049",
    problem: "embeds.0.footer.text",
    body: { embeds: [{ footer: { text: "x".repeat(2049) } }] },
  },
  {
    name: "6001 characters over embeds",
    problem: "MAX_EMBED_SIZE",
    body: { embeds: [{ description: "x".repeat(3000) }, { description: "x".repeat(3001) }] },
  },
  {
    name: "an embed that shows nothing",
    problem: "embeds.0.description: This field is required",
    body: { embeds: [{ color: 1 }] },
  },
  {
    name: "an embed link of another scheme",
    problem: "URL_TYPE_INVALID_SCHEME",
    body: { embeds: [{ title: "a", url: "ftp://example.org" }] },
  },
  {
    name: "a colour beyond white",
    problem: "embeds.0.color",
    body: { embeds: [{ title: "a", color: 16_777_216 }] },
  },
  { name: "a nonce of 26", problem: "nonce", body: { content: "x", nonce: "n".repeat(26) } },
  {
    name: "enforce_nonce without a nonce",
    problem: "enforce_nonce needs a nonce",
    body: { content: "x", enforce_nonce: true },
  },
  {
    name: "parse and ids together",
    problem: "mutually exclusive",
    body: { content: "x", allowed_mentions: { parse: ["users"], users: ["1"] } },
  },
  {
    name: "an unknown kind of mention",
    problem: "allowed_mentions.parse",
    body: { content: "x", allowed_mentions: { parse: ["here"] } },
  },
  {
    name: "an ephemeral channel message",
    problem: "MESSAGE_FLAGS_INVALID",
    body: { content: "x", flags: 64 },
  },
  {
    name: "content with components V2",
    problem: 'content: The "content" field cannot be used',
    body: { ...v2(text("a")), content: "x" },
  },
  {
    name: "embeds with components V2",
    problem: "LEGACY_FIELDS",
    body: { ...v2(text("a")), embeds: [{ title: "a" }] },
  },
  {
    name: "V2 components without the flag",
    problem: "components.0.type",
    body: { content: "x", components: [text("a")] },
  },
  {
    name: "41 components",
    problem: "40 are allowed",
    body: v2(...Array.from({ length: 21 }, (_, n) => row(button({ custom_id: `b${n}` })))),
  },
  {
    name: "4001 characters of text displays",
    problem: "4000 are allowed",
    body: v2(text("x".repeat(2000)), text("x".repeat(2001))),
  },
  { name: "a blank text display", problem: "content: This field is required", body: v2(text("  ")) },
  {
    name: "six rows",
    problem: "Must be 5 or fewer",
    body: {
      content: "x",
      components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `b${n}` }))),
    },
  },
  {
    name: "six buttons in a row",
    problem: "components.0.components",
    body: withRow(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `b${n}` }))),
  },
  { name: "a button beside a menu", problem: "maximum width", body: withRow(button(), select()) },
  { name: "the same custom id twice", problem: "cannot be duplicated", body: withRow(button(), button()) },
  { name: "a custom id of 101", problem: "custom_id", body: withRow(button({ custom_id: "x".repeat(101) })) },
  { name: "an empty custom id", problem: "custom_id", body: withRow(button({ custom_id: "" })) },
  { name: "a label of 81", problem: "label", body: withRow(button({ label: "x".repeat(81) })) },
  { name: "a button without a label", problem: "needs a label", body: withRow(button({ label: undefined })) },
  {
    name: "a link button with a custom id",
    problem: "BUTTON_COMPONENT_CUSTOM_ID",
    body: withRow(button({ style: 5, url: "https://example.org" })),
  },
  {
    name: "a link button without a link",
    problem: "BUTTON_COMPONENT_URL",
    body: withRow({ type: 2, style: 5, label: "Go" }),
  },
  {
    name: "a plain button with a link",
    problem: "BUTTON_COMPONENT_URL",
    body: withRow(button({ url: "https://example.org" })),
  },
  {
    name: "a link of 513",
    problem: "url",
    body: withRow({ type: 2, style: 5, label: "Go", url: `https://example.org/${"x".repeat(500)}` }),
  },
  {
    name: "a mail link on a button",
    problem: "URL_TYPE_INVALID_SCHEME",
    body: withRow({ type: 2, style: 5, label: "Go", url: "mailto:a@example.org" }),
  },
  { name: "a button of no known style", problem: "style", body: withRow(button({ style: 9 })) },
  {
    name: "26 options in a menu",
    problem: "options",
    body: withRow(select({ options: Array.from({ length: 26 }, (_, n) => ({ label: "A", value: `${n}` })) })),
  },
  {
    name: "an option of 101",
    problem: "options.0.label",
    body: withRow(select({ options: [{ label: "x".repeat(101), value: "a" }] })),
  },
  {
    name: "the same option twice",
    problem: "must be unique",
    body: withRow(
      select({
        options: [
          { label: "A", value: "a" },
          { label: "B", value: "a" },
        ],
      }),
    ),
  },
  { name: "more to choose than there is", problem: "max_values", body: withRow(select({ max_values: 2 })) },
  {
    name: "a placeholder of 151",
    problem: "placeholder",
    body: withRow(select({ placeholder: "x".repeat(151) })),
  },
  { name: "half an emoji", problem: "STRING_NOT_WELL_FORMED", body: { content: "flood \ud83d" } },
];

test.for(BAD_MESSAGES)("a channel message with $name is refused", async ({ problem, body }) => {
  const before = peer().messages(peer().channels.news).length;
  const { status, answer } = await send("POST", messages(), body);
  expect(status).toBe(400);
  expect(answer).toMatchObject({ code: problem === "EMPTY_MESSAGE" ? 50_006 : 50_035 });
  expect(peer().violations).toHaveLength(1);
  expect(problems()).toContain(problem);
  expect(peer().messages(peer().channels.news)).toHaveLength(before);
});

test("errors are told in Discord's shape", async () => {
  const { answer } = await send("POST", messages(), withRow(button({ label: "x".repeat(81) })));
  expect(answer).toEqual({
    message: "Invalid Form Body",
    code: 50_035,
    errors: {
      components: {
        0: {
          components: {
            0: { label: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: expect.any(String) }] } },
          },
        },
      },
    },
  });
});

test("an edit is judged by what the message becomes", async () => {
  const { answer } = await send("POST", messages(), v2(text("a")));
  const { id } = Object(answer);
  const path = `${messages()}/${id}`;
  expect((await send("PATCH", path, { content: "x" })).status).toBe(400);
  expect((await send("PATCH", path, { components: [] })).status).toBe(400);
  expect((await send("PATCH", path, { components: [text("b")] })).status).toBe(200);
  expect((await send("PATCH", path, { components: [text("b")], nonce: "n" })).status).toBe(400);
  expect(peer().violations).toHaveLength(3);
});
