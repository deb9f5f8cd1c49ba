import { z } from "zod";
import { created, NO_CONTENT, ok, refuse, type Answer } from "./answer.ts";
import { CHAT_INPUT, CommandBody } from "./judge-commands.ts";
import { guildFor, type Call, type Handler } from "./rest-access.ts";
import { announceChange, listOf, type PeerState, type RegisteredCommand } from "./state.ts";
import { commandJson } from "./wire.ts";

export const GLOBAL = "global";

export const commandRoutes: Record<string, Handler> = {
  ...routesUnder("/applications/{application_id}/commands"),
  ...routesUnder("/applications/{application_id}/guilds/{guild_id}/commands"),
};

function routesUnder(path: string): Record<string, Handler> {
  return {
    [`GET ${path}`]: scoped((state, scope) => ok(listOf(state.commands, scope).map(commandJson))),
    [`PUT ${path}`]: scoped(replaceAll),
    [`POST ${path}`]: scoped(upsert),
    [`GET ${path}/{command_id}`]: scoped((state, scope, call) =>
      withCommand(state, scope, call, (command) => ok(commandJson(command))),
    ),
    [`PATCH ${path}/{command_id}`]: scoped(change),
    [`DELETE ${path}/{command_id}`]: scoped(remove),
  };
}

/** Checks that the application is the bot's own and the guild is one it is in. */
function scoped(handle: (state: PeerState, scope: string, call: Call) => Answer): Handler {
  return function handleScoped(call) {
    const { state } = call.ctx;
    if (call.params["application_id"] !== state.applicationId) return refuse("unknownApplication");
    const guildId = call.params["guild_id"];
    if (guildId !== undefined && guildFor(state, guildId).refusal) return refuse("missingAccess");
    const answer = handle(state, guildId ?? GLOBAL, call);
    announceChange(state);
    return answer;
  };
}

function replaceAll(state: PeerState, scope: string, { body }: Call): Answer {
  const before = listOf(state.commands, scope);
  const after = z
    .array(CommandBody)
    .parse(body)
    .map((wanted) => register(state, scope, wanted, before));
  state.commands.set(scope, after);
  return ok(after.map(commandJson));
}

function upsert(state: PeerState, scope: string, { body }: Call): Answer {
  const before = listOf(state.commands, scope);
  const command = register(state, scope, CommandBody.parse(body), before);
  const isNew = !before.some(({ id }) => id === command.id);
  state.commands.set(scope, [...before.filter(({ id }) => id !== command.id), command]);
  return isNew ? created(commandJson(command)) : ok(commandJson(command));
}

function change(state: PeerState, scope: string, call: Call): Answer {
  return withCommand(state, scope, call, (command) => {
    const changed = {
      ...command,
      ...CommandBody.partial().parse(call.body),
      type: command.type,
      version: state.nextId(),
    };
    state.commands.set(
      scope,
      listOf(state.commands, scope).map((other) => (other.id === command.id ? changed : other)),
    );
    return ok(commandJson(changed));
  });
}

function remove(state: PeerState, scope: string, call: Call): Answer {
  return withCommand(state, scope, call, (command) => {
    state.commands.set(
      scope,
      listOf(state.commands, scope).filter(({ id }) => id !== command.id),
    );
    return NO_CONTENT;
  });
}

function withCommand(
  state: PeerState,
  scope: string,
  call: Call,
  use: (command: RegisteredCommand) => Answer,
): Answer {
  const command = listOf(state.commands, scope).find(({ id }) => id === call.params["command_id"]);
  return command ? use(command) : refuse("unknownCommand");
}

/** A command of the same kind and name keeps its id, as Discord does on every overwrite. */
function register(
  state: PeerState,
  scope: string,
  wanted: CommandBody,
  before: readonly RegisteredCommand[],
): RegisteredCommand {
  const type = wanted.type ?? CHAT_INPUT;
  const known = before.find((command) => command.name === wanted.name && command.type === type);
  return {
    ...wanted,
    type,
    id: known?.id ?? state.nextId(),
    applicationId: state.applicationId,
    guildId: scope === GLOBAL ? undefined : scope,
    version: state.nextId(),
  };
}
