import { z } from "zod";
import { toChannel } from "#src/core/channel.ts";
import type { Inbound } from "#src/ports.ts";

/** The events after which Lede can not post in a channel, or in a whole workspace, any more; the app's manifest subscribes to them. */
export const CHANNEL_ENDS = [
  "channel_archive",
  "channel_deleted",
  "channel_left",
  "group_archive",
  "group_deleted",
  "group_left",
] as const;

const Ended = z.object({
  type: z.literal("event_callback"),
  team_id: z.string(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.enum(CHANNEL_ENDS), channel: z.string() }),
    z.object({ type: z.literal("member_left_channel"), user: z.string(), channel: z.string() }),
    z.object({ type: z.literal("app_uninstalled") }),
    z.object({
      type: z.literal("tokens_revoked"),
      tokens: z.object({ bot: z.array(z.string()).default([]) }),
    }),
  ]),
});

/** Where Lede's place ended, by what Slack delivered; null when it tells of nothing of the kind. */
export function endedPlace(body: unknown, me: string): Parameters<Inbound["removed"]>[0] | null {
  const { data } = Ended.safeParse(body);
  if (data === undefined) return null;
  const { team_id: workspace, event } = data;
  const whole = { platform: "slack", workspace, channel: null } as const;
  if (event.type === "app_uninstalled") return whole;
  // A person who takes back their own token leaves the bot's in force.
  if (event.type === "tokens_revoked") return event.tokens.bot.includes(me) ? whole : null;
  if (event.type === "member_left_channel" && event.user !== me) return null;
  return { ...whole, channel: toChannel({ platform: "slack", workspace, id: event.channel }) };
}
