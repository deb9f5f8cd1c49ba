import { z } from "zod";

export const PlatformName = z.enum(["discord", "slack", "console"]);
export type PlatformName = z.infer<typeof PlatformName>;

/** `platform:workspace:channel`, one opaque string everywhere but in the adapter that owns it. */
export const Channel = z.templateLiteral([
  PlatformName,
  ":",
  z.string().regex(/^[\w-]+$/),
  ":",
  z.string().regex(/^[\w-]+$/),
]);
export type Channel = z.infer<typeof Channel>;

export interface ChannelParts {
  platform: PlatformName;
  workspace: string;
  id: string;
}

export const CONSOLE_CHANNEL: Channel = "console:local:main";

/** The parts of a channel's name. */
export function channelParts(channel: Channel): ChannelParts {
  const [platform, workspace = "", id = ""] = channel.split(":");
  return { platform: PlatformName.parse(platform), workspace, id };
}

/** Discord's direct conversations belong to no server; Slack's belong to the workspace of both. */
export const DIRECT = "dm";

export function isDirect(channel: Channel): boolean {
  return channelParts(channel).workspace === DIRECT;
}

export function toChannel({ platform, workspace, id }: ChannelParts): Channel {
  return Channel.parse(`${platform}:${workspace}:${id}`);
}
