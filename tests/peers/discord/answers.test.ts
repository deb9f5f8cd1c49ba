import * as spec from "discord-api-spec/zod";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { ZodMiniType } from "zod/mini";
import { startDiscordPeer, type DiscordPeer } from "./peer.ts";

let peer: DiscordPeer;

beforeAll(async () => {
  peer = await startDiscordPeer();
});
afterAll(() => peer.close());

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${peer.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${peer.token}`,
      "user-agent": "DiscordBot (https://example.org, 1.0)",
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

function problemsOf(schema: ZodMiniType, answer: unknown): unknown[] {
  const result = z.safeParse(schema, answer);
  return result.success ? [] : result.error.issues;
}

const MESSAGE = {
  content: "hello <@1>",
  nonce: "n1",
  embeds: [
    {
      title: "t",
      fields: [{ name: "a", value: "b" }],
      footer: { text: "f" },
      image: { url: "https://example.org/a.png" },
      timestamp: "2026-01-01T00:00:00.000Z",
    },
  ],
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: "Go", custom_id: "go" },
        { type: 2, style: 5, label: "Read", url: "https://example.org" },
      ],
    },
    { type: 1, components: [{ type: 3, custom_id: "s", options: [{ label: "A", value: "a" }] }] },
  ],
};
const V2 = {
  flags: 32_768,
  components: [
    {
      type: 17,
      components: [
        { type: 10, content: "text" },
        { type: 14 },
        {
          type: 9,
          components: [{ type: 10, content: "c" }],
          accessory: { type: 11, media: { url: "https://example.org/a.png" } },
        },
        {
          type: 9,
          components: [{ type: 10, content: "b" }],
          accessory: { type: 2, style: 2, label: "Go", custom_id: "go" },
        },
      ],
    },
  ],
};

test("what the peer answers has the shape Discord publishes", async () => {
  const { news, announcements, forum } = peer.channels;
  const { main } = peer.guilds;
  const { member } = peer.users;
  const commands = `/applications/${peer.applicationId}/commands`;
  const set = [
    {
      name: "brief",
      description: "b",
      default_member_permissions: "32",
      options: [{ type: 3, name: "url", description: "u", required: true }],
    },
  ];
  const sent = z
    .looseObject({ id: z.string() })
    .parse(await ask("POST", `/channels/${news.id}/messages`, MESSAGE));
  const asked = peer.userMessage({ channel: news, user: member, content: "?" });
  const answers: [string, ZodMiniType, unknown][] = [
    ["own user", spec.UserPIIResponseSchema, await ask("GET", "/users/@me")],
    ["user", spec.UserResponseSchema, await ask("GET", `/users/${member.id}`)],
    ["own guilds", z.array(spec.MyGuildResponseSchema), await ask("GET", "/users/@me/guilds")],
    ["application", spec.PrivateApplicationResponseSchema, await ask("GET", "/applications/@me")],
    ["gateway", spec.GatewayBotResponseSchema, await ask("GET", "/gateway/bot")],
    ["guild", spec.GuildWithCountsResponseSchema, await ask("GET", `/guilds/${main.id}?with_counts=true`)],
    ["roles", z.array(spec.GuildRoleResponseSchema), await ask("GET", `/guilds/${main.id}/roles`)],
    ["channels", z.array(spec.GuildChannelResponseSchema), await ask("GET", `/guilds/${main.id}/channels`)],
    [
      "own member",
      spec.GuildMemberResponseSchema,
      await ask("GET", `/guilds/${main.id}/members/${peer.users.bot.id}`),
    ],
    ["text channel", spec.GuildChannelResponseSchema, await ask("GET", `/channels/${news.id}`)],
    ["forum", spec.GuildChannelResponseSchema, await ask("GET", `/channels/${forum.id}`)],
    [
      "direct channel",
      spec.PrivateChannelResponseSchema,
      await ask("POST", "/users/@me/channels", { recipient_id: member.id }),
    ],
    ["command set", z.array(spec.ApplicationCommandResponseSchema), await ask("PUT", commands, set)],
    ["commands", z.array(spec.ApplicationCommandResponseSchema), await ask("GET", commands)],
    [
      "V2 message",
      spec.MessageResponseSchema,
      await ask("POST", `/channels/${announcements.id}/messages`, V2),
    ],
    [
      "reply",
      spec.MessageResponseSchema,
      await ask("POST", `/channels/${news.id}/messages`, {
        content: "a",
        message_reference: { message_id: asked.id },
      }),
    ],
    [
      "thread",
      spec.ThreadResponseSchema,
      await ask("POST", `/channels/${news.id}/messages/${sent.id}/threads`, { name: "t" }),
    ],
    [
      "edited message",
      spec.MessageResponseSchema,
      await ask("PATCH", `/channels/${news.id}/messages/${sent.id}`, { content: "b" }),
    ],
    ["history", z.array(spec.MessageResponseSchema), await ask("GET", `/channels/${news.id}/messages`)],
    [
      "forum post",
      spec.CreatedThreadResponseSchema,
      await ask("POST", `/channels/${forum.id}/threads`, { name: "p", message: { content: "x" } }),
    ],
    ["active threads", spec.ThreadsResponseSchema, await ask("GET", `/guilds/${main.id}/threads/active`)],
    ["error", spec.ErrorResponseSchema, await ask("GET", "/channels/1")],
  ];
  const slash = { channel: news, user: peer.users.moderator, command: "brief", options: { url: "u" } };
  const used = peer.slash(slash);
  const deferred = await ask("POST", `/interactions/${used.id}/${used.token}/callback?with_response=true`, {
    type: 5,
  });
  const webhook = `/webhooks/${peer.applicationId}/${used.token}`;
  answers.push(
    ["callback", spec.InteractionCallbackResponseSchema, deferred],
    [
      "original",
      spec.MessageResponseSchema,
      await ask("PATCH", `${webhook}/messages/@original`, { content: "x" }),
    ],
    [
      "follow-up",
      spec.MessageResponseSchema,
      await ask("POST", `${webhook}?wait=true`, { content: "y", flags: 64 }),
    ],
  );
  peer.fail({ match: { path: /@me$/ }, how: { kind: "rateLimit", retryAfterMs: 10 } });
  answers.push(["rate limit", spec.RatelimitedResponseSchema, await ask("GET", "/users/@me")]);
  const wrong = answers.flatMap(([name, schema, answer]) =>
    problemsOf(schema, answer).map((problem) => ({ name, problem })),
  );
  expect(wrong).toEqual([]);
});
