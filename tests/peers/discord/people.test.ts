import { ApplicationCommandOptionType, Client, InteractionResponseType, Routes } from "discord.js";
import { beforeEach, expect, test } from "vitest";
import { createBench } from "./bench.ts";
import type { DiscordPeer } from "./peer.ts";

const { startPeer, login } = createBench();

const OPTIONS = [
  { type: ApplicationCommandOptionType.Channel, name: "where", description: "Where", channel_types: [0] },
  { type: ApplicationCommandOptionType.Role, name: "whom", description: "Whom" },
  { type: ApplicationCommandOptionType.Attachment, name: "file", description: "File" },
];
const field = (component: object) => ({ type: 18, label: "Q", component });
const MODAL = {
  custom_id: "m",
  title: "T",
  components: [
    field({ type: 4, custom_id: "words", style: 1, min_length: 2, max_length: 4, value: "one" }),
    field({
      type: 3,
      custom_id: "often",
      required: false,
      min_values: 0,
      options: [
        { label: "A", value: "a" },
        { label: "B", value: "b", default: true },
      ],
    }),
    field({ type: 8, custom_id: "where", required: false, min_values: 0, channel_types: [0] }),
    field({ type: 6, custom_id: "whom", required: false, min_values: 0 }),
  ],
};

let peer: DiscordPeer;
let client: Client<true>;

beforeEach(async () => {
  peer = await startPeer();
  client = await login(peer, {}, async (interaction) => {
    if (interaction.isModalSubmit()) {
      await interaction.reply("Thanks");
      return;
    }
    const route = Routes.interactionCallback(interaction.id, interaction.token);
    await client.rest.post(route, {
      body: { type: InteractionResponseType.Modal, data: MODAL },
      auth: false,
    });
  });
  await client.rest.put(Routes.applicationCommands(peer.applicationId), {
    body: [{ name: "set", description: "Set", options: OPTIONS }],
  });
});

function set(options: Record<string, string> = {}) {
  return peer.slash({ channel: peer.channels.news, user: peer.users.member, command: "set", options });
}

test("a picker offers what there is, of the kinds asked for", () => {
  expect(() => set({ where: peer.channels.forum.id })).toThrow("does not offer #stories");
  expect(() => set({ where: "1" })).toThrow("knows no channel");
  expect(() => set({ whom: peer.users.member.id })).toThrow("knows no role");
  expect(() => set({ file: "1" })).toThrow("knows no file");
  set({ where: peer.channels.news.id, whom: peer.roles.bot.id, file: peer.upload("a.txt", "words").id });
});

test("a file that was given can be downloaded, and no other", async () => {
  const file = peer.upload("a.txt", "words");
  expect(await (await fetch(peer.fileUrl(file))).text()).toBe("words");
  expect((await fetch(peer.fileUrl(file).replace(file.id, "1"))).status).toBe(404);
});

test.for([
  [{ words: "" }, "0 characters"],
  [{ words: "x" }, "1 characters"],
  [{ words: "fiver" }, "5 characters"],
  [{ often: "c" }, "does not offer c"],
  [{ often: ["a", "b"] }, "2 entries"],
  [{ where: "1" }, "knows no channel"],
  [{ whom: "1" }, "knows no role"],
  [{ other: "x" }, "has no other"],
] as const)("a modal is not sent with %j", async ([values, problem]) => {
  const from = set();
  await from.acked;
  expect(() => peer.submitModal({ from, values })).toThrow(problem);
});

test("a modal is sent with what it held and what was put in", async () => {
  const from = set();
  await from.acked;
  const sent = peer.submitModal({ from, values: { where: peer.channels.general.id } });
  await sent.waitForReply();
  expect(peer.interactions().at(-1)?.payload["data"]).toMatchObject({
    custom_id: "m",
    components: [
      { type: 18, component: { type: 4, custom_id: "words", value: "one" } },
      { component: { type: 3, custom_id: "often", values: ["b"] } },
      { component: { type: 8, values: [peer.channels.general.id] } },
      { component: { type: 6, values: [] } },
    ],
    resolved: { channels: { [peer.channels.general.id]: { name: "general" } } },
  });
  expect(peer.violations).toEqual([]);
});
