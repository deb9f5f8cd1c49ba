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

export function toChannel({ platform, workspace, id }: ChannelParts): Channel {
  return Channel.parse(`${platform}:${workspace}:${id}`);
}
