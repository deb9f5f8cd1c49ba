import { objectsIn, textOf, type JsonObject } from "./json.ts";
import { addMessage, findMessage } from "./messages.ts";
import { refuse, type Method, type MethodContext } from "./method.ts";
import { changed, newId, type PeerChannel, type PeerFile, type PeerState } from "./state.ts";

/** Methods for files, and those that tell of user groups. */
export const FILE_METHODS: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": { scopes: () => ["files:write"], run: announce },
  "files.completeUploadExternal": { scopes: () => ["files:write"], run: complete },
  "files.info": { scopes: () => ["files:read"], run: info },
  "usergroups.list": { scopes: () => ["usergroups:read"], run: listGroups },
  "usergroups.users.list": { scopes: () => ["usergroups:read"], run: listGroupUsers },
};

/** Where a file's bytes are read. */
export function privateUrl(baseUrl: string, file: PeerFile): string {
  return `${baseUrl}/files/${file.id}/${encodeURIComponent(file.name)}`;
}

/** A file that a person has put into Slack. */
export function addFile(state: PeerState, file: { readonly name: string; readonly bytes: Buffer }): PeerFile {
  const added: PeerFile = {
    id: newId(state, "F"),
    name: file.name,
    title: file.name,
    length: file.bytes.length,
    bytes: file.bytes,
    isComplete: true,
  };
  state.files.set(added.id, added);
  changed(state);
  return added;
}

function announce({ state, baseUrl }: MethodContext, args: JsonObject): JsonObject {
  const name = textOf(args["filename"]);
  const length = Number(args["length"]);
  if (name === "" || !(length > 0)) return refuse("invalid_arguments");
  const id = newId(state, "F");
  state.files.set(id, { id, name, title: name, length, bytes: null, isComplete: false });
  return { ok: true, upload_url: `${baseUrl}/upload/${id}`, file_id: id };
}

function complete({ state }: MethodContext, args: JsonObject): JsonObject {
  const given = objectsIn(args["files"]);
  const files = given.map((file) => state.files.get(textOf(file["id"])));
  const uploaded = files.filter((file) => file !== undefined && file.bytes !== null && !file.isComplete);
  const ready = uploaded.filter((file) => file !== undefined);
  if (ready.length === 0 || ready.length < given.length) return refuse("file_not_found");
  const target = destination(state, args);
  if (target !== null && "error" in target) return target;
  for (const [index, file] of ready.entries()) {
    file.isComplete = true;
    file.title = textOf(given[index]?.["title"]) || file.name;
  }
  if (target !== null) {
    const text = textOf(args["initial_comment"]);
    const thread = args["thread_ts"] === undefined ? {} : { thread_ts: args["thread_ts"] };
    addMessage(state, {
      channel: target.id,
      user: state.app.userId,
      botId: state.app.botId,
      args: { text, ...thread },
      ephemeralTo: null,
      files: ready,
    });
  }
  return { ok: true, files: ready.map(({ id, title }) => ({ id, title })) };
}

/** The conversation that a file goes to; null for none. */
function destination(
  state: PeerState,
  args: JsonObject,
): PeerChannel | (JsonObject & { error: string }) | null {
  const id = textOf(args["channel_id"]);
  if (id === "") return null;
  const channel = state.channels.get(id);
  if (channel === undefined) return { ok: false, error: "channel_not_found" };
  if (!channel.isMember) return { ok: false, error: "not_in_channel" };
  const thread = textOf(args["thread_ts"]);
  if (thread !== "" && findMessage(state, channel.id, thread) === undefined)
    return { ok: false, error: "invalid_thread_ts" };
  return channel;
}

function info({ state, baseUrl }: MethodContext, args: JsonObject): JsonObject {
  const file = state.files.get(textOf(args["file"]));
  if (file === undefined || !file.isComplete) return refuse("file_not_found");
  const { id, name, title, length: size } = file;
  return { ok: true, file: { id, name, title, size, url_private: privateUrl(baseUrl, file) } };
}

function listGroupUsers({ state }: MethodContext, args: JsonObject): JsonObject {
  const group = textOf(args["usergroup"]);
  if (!state.groups.has(group)) return refuse("no_such_subteam");
  return { ok: true, users: [...(state.groupUsers.get(group) ?? [])] };
}

function listGroups({ state }: MethodContext): JsonObject {
  const usergroups = [...state.groups].map(([id, handle]) => ({
    id,
    team_id: state.team.id,
    is_usergroup: true,
    name: handle,
    handle,
    date_delete: 0,
  }));
  return { ok: true, usergroups };
}
