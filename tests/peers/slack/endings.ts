import type { EventDelivery } from "./interactions.ts";
import type { JsonObject } from "./json.ts";
import { changed, newTs, type PeerState } from "./state.ts";

/** How the app's place in a channel ends. */
type ChannelEnd = "archive" | "delete" | "remove";

export interface Endings {
  /** Archives or deletes the channel, or removes the app from it; what Slack tells of it, in order. */
  readonly endChannel: (channel: string, how: ChannelEnd) => readonly EventDelivery[];
  /** Removes the app from the workspace. */
  readonly uninstall: () => readonly EventDelivery[];
}

/** The ends that reach the app as events. */
export function createEndings(state: PeerState, send: (event: JsonObject) => EventDelivery): Endings {
  return {
    endChannel(id, how) {
      const channel = state.channels.get(id);
      if (channel === undefined) throw new Error(`no channel ${id}`);
      const kind = channel.isPrivate ? "group" : "channel";
      const at = { channel: id, event_ts: newTs(state) };
      if (how === "archive") channel.isArchived = true;
      else if (how === "delete") state.channels.delete(id);
      else channel.isMember = false;
      changed(state);
      if (how === "archive") return [send({ type: `${kind}_archive`, user: "U0ADMIN001", ...at })];
      if (how === "delete") return [send({ type: `${kind}_deleted`, actor_id: "U0ADMIN001", ...at })];
      const member = {
        user: state.app.userId,
        channel_type: kind === "group" ? "G" : "C",
        team: state.team.id,
      };
      return [
        send({ type: `${kind}_left`, actor_id: "U0ADMIN001", ...at }),
        send({ type: "member_left_channel", ...member, ...at }),
      ];
    },
    uninstall: () => [
      send({
        type: "tokens_revoked",
        tokens: { oauth: [], bot: [state.app.userId] },
        event_ts: newTs(state),
      }),
      send({ type: "app_uninstalled", event_ts: newTs(state) }),
    ],
  };
}
