import type { MessagePayload } from "#src/adapters/discord/render.ts";
import { judgeRequest } from "#tests/peers/discord/judge.ts";

/** What Discord would say against a message of this payload. */
export function problems(payload: MessagePayload): string[] {
  const body = { ...payload, nonce: "0123456789abcdef01234567", enforce_nonce: true };
  const request = {
    method: "POST",
    template: "/channels/{channel_id}/messages",
    query: new URLSearchParams(),
    body,
  };
  const uploaded = payload.attachments.map(({ id }) => id);
  return judgeRequest({ ...request, uploaded, userAgent: "DiscordBot (https://example.org, 1)" }).map(
    ({ message }) => message,
  );
}
