import { expect, test } from "vitest";
import { z } from "zod";
import { readLine } from "#src/adapters/slack/line.ts";
import { defineCommand } from "#src/core/command.ts";
import { sentence } from "#src/core/reply.ts";

const call = defineCommand({
  name: "call",
  description: "Calls a group",
  deeds: ["lede help"],
  deedOf: () => "lede help",
  lane: "quick",
  visibility: "private",
  surfaces: ["typed"],
  messageLabel: null,
  options: z.object({ group: z.string().optional().describe("Whom").meta({ pick: "role" }) }),
  fromText: () => ({}),
  run: () => Promise.resolve(sentence("Called.")),
});

test.for<[string, string]>([
  ["group:<!subteam^S0DESK0001|@desk>", "group:S0DESK0001"],
  ["group:<!subteam^S0DESK0001>", "group:S0DESK0001"],
  ["group:<!here>", "group:here"],
  ["group:<!channel|channel>", "group:channel"],
  ["<#C0NEWS0001|news> and <#C0SECRET01|> and <@U1|ann>", "#news and #C0SECRET01 and @ann"],
  ["&lt;#C0NEWS0001|news&gt; &amp;lt;", "<#C0NEWS0001|news> &lt;"],
  ["<https://a.example/?x=1&amp;y=2|a.example>", "https://a.example/?x=1&y=2"],
])("a command that takes a group by id reads %s", ([typed, read]) => {
  expect(readLine(typed, call)).toBe(read);
});
