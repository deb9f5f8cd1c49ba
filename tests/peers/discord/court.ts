import { afterAll, afterEach, beforeAll } from "vitest";
import { startDiscordPeer, type DiscordPeer } from "./peer.ts";

export type Row = { readonly name: string; readonly problem: string; readonly body: unknown };

const USER_AGENT = "DiscordBot (https://example.org, 1.0)";
const V2 = 32_768;

export const button = (extra: object = {}) => ({ type: 2, style: 1, label: "Go", custom_id: "go", ...extra });
export const row = (...components: unknown[]) => ({ type: 1, components });
export const withRow = (...components: unknown[]) => ({ content: "x", components: [row(...components)] });
export const select = (extra: object = {}) => ({
  type: 3,
  custom_id: "s",
  options: [{ label: "A", value: "a" }],
  ...extra,
});
export const text = (content: string) => ({ type: 10, content });
export const v2 = (...components: unknown[]) => ({ flags: V2, components });
export const option = (extra: object = {}) => ({ type: 3, name: "url", description: "A link", ...extra });
export const command = (extra: object = {}) => ({ name: "brief", description: "Brief it", ...extra });

/** One peer for all tests of the calling file, asked by plain HTTP, its violations cleared after each test. */
export function openCourt() {
  let started: DiscordPeer | undefined;

  beforeAll(async () => {
    started = await startDiscordPeer({ rateLimit: { limit: 1000, windowMs: 1000 } });
  });
  afterAll(() => started?.close());
  afterEach(() => {
    if (started) started.violations.length = 0;
  });

  function peer(): DiscordPeer {
    if (!started) throw new Error("The peer runs within tests only");
    return started;
  }

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const isEmpty = body === undefined;
    const response = await fetch(`${peer().apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${peer().token}`,
        "user-agent": USER_AGENT,
        ...(isEmpty ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(isEmpty ? {} : { body: JSON.stringify(body) }),
    });
    const answered = await response.text();
    const answer: unknown = answered === "" ? undefined : JSON.parse(answered);
    return { status: response.status, type: response.headers.get("content-type"), answer };
  }

  return {
    peer,
    send,
    problems: () =>
      peer()
        .violations.map(({ problem }) => problem)
        .join("\n"),
    messages: () => `/channels/${peer().channels.news.id}/messages`,
    commands: () => `/applications/${peer().applicationId}/commands`,
  };
}
