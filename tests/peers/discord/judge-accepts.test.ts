import { expect, test } from "vitest";
import { button, openCourt, row, select, text, v2, withRow } from "./court.ts";

const { messages, peer, send } = openCourt();

test.for([
  { name: "plain text", body: { content: "x".repeat(2000) } },
  {
    name: "a full embed",
    body: {
      embeds: [
        {
          title: "x".repeat(256),
          description: "x".repeat(4096),
          url: "https://example.org",
          color: 0,
          timestamp: "2026-01-01T10:00:00+02:00",
          fields: [{ name: "a", value: "b", inline: true }],
          footer: { text: "f" },
          author: { name: "n" },
          image: { url: "https://example.org/a.png" },
        },
      ],
    },
  },
  {
    name: "ten embeds of 6000 in all",
    body: { embeds: Array.from({ length: 10 }, () => ({ description: "x".repeat(600) })) },
  },
  {
    name: "rows of buttons and a menu",
    body: {
      content: "x",
      components: [
        row(button(), button({ custom_id: "b", style: 4 }), {
          type: 2,
          style: 5,
          label: "Read",
          url: "https://example.org",
        }),
        row(select({ placeholder: "p" })),
      ],
    },
  },
  { name: "a button with an emoji only", body: withRow(button({ label: undefined, emoji: { name: "🔎" } })) },
  {
    name: "components V2 of every kind",
    body: v2({
      type: 17,
      accent_color: 1,
      components: [
        text("a"),
        { type: 14, divider: true, spacing: 1 },
        { type: 9, components: [text("b")], accessory: button() },
        { type: 12, items: [{ media: { url: "https://example.org/a.png" } }] },
        row(button({ custom_id: "z" })),
      ],
    }),
  },
  { name: "a nonce that is enforced", body: { content: "x", nonce: "n".repeat(25), enforce_nonce: true } },
  { name: "no mentions", body: { content: "@everyone", allowed_mentions: { parse: [] } } },
  {
    name: "chosen mentions",
    body: { content: "x", allowed_mentions: { parse: ["roles"], users: ["1"], replied_user: false } },
  },
  { name: "discord.js's idle defaults", body: { content: "x", tts: false, enforce_nonce: false } },
  { name: "silence", body: { content: "x", flags: 4096 | 4 } },
  { name: "family emoji and Arabic", body: { content: "👩‍👩‍👧 مرحبا" } },
])("a channel message with $name is taken", async ({ body }) => {
  expect(await send("POST", messages(), body)).toMatchObject({ status: 200 });
  expect(peer().violations).toEqual([]);
});
