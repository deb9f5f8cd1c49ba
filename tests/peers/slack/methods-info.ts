import { textOf, type JsonObject } from "./json.ts";
import { refuse, type Method, type MethodContext } from "./method.ts";
import type { PeerUser } from "./state.ts";

/** Methods that tell who is who, and the one that opens a socket. */
export const INFO_METHODS: Readonly<Record<string, Method>> = {
  "apps.connections.open": {
    scopes: () => [],
    token: "app",
    run: ({ openSocketUrl }) => ({ ok: true, url: openSocketUrl() }),
  },
  "auth.test": { scopes: () => [], run: testAuth },
  "bots.info": { scopes: () => ["users:read"], run: botInfo },
  "team.info": { scopes: () => ["team:read"], run: ({ state }) => ({ ok: true, team: { ...state.team } }) },
  "users.info": { scopes: () => ["users:read"], run: userInfo },
};

function testAuth({ state }: MethodContext): JsonObject {
  return {
    ok: true,
    url: `https://${state.team.domain}.slack.com/`,
    team: state.team.name,
    user: state.app.name,
    team_id: state.team.id,
    user_id: state.app.userId,
    ...(state.settings.isPersonsToken ? {} : { bot_id: state.app.botId }),
    is_enterprise_install: false,
  };
}

function botInfo({ state }: MethodContext, args: JsonObject): JsonObject {
  const { app } = state;
  if (textOf(args["bot"]) !== app.botId) return refuse("bot_not_found");
  return {
    ok: true,
    bot: { id: app.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.userId },
  };
}

function userInfo({ state }: MethodContext, args: JsonObject): JsonObject {
  const user = state.users.get(textOf(args["user"]));
  return user === undefined ? refuse("user_not_found") : { ok: true, user: toSlackUser(user) };
}

function toSlackUser(user: PeerUser): JsonObject {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.name,
    deleted: user.deleted,
    is_bot: user.isBot,
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: user.isPrimaryOwner,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_stranger: user.isStranger,
    ...(user.organisation === null ? {} : { enterprise_user: { teams: [...user.organisation] } }),
    profile: { real_name: user.name, display_name: user.name },
  };
}
