import { isObject, textOf, type JsonObject } from "./json.ts";
import { refuse, type Method, type MethodContext } from "./method.ts";
import { changed, newId, type PeerState, type PeerView } from "./state.ts";

const MAX_STACK = 3;

/** Methods that open and change modals and the home tab. */
export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  "views.open": { scopes: () => [], run: (context, args) => openView(context, args, null) },
  "views.push": { scopes: () => [], run: pushView },
  "views.update": { scopes: () => [], run: updateView },
  "views.publish": { scopes: () => [], run: publishView },
};

/** Opens a modal, on top of another one when `below` is given. */
export function addView(
  state: PeerState,
  view: JsonObject,
  { user, below }: { readonly user: string; readonly below: PeerView | null },
): PeerView {
  const id = newId(state, "V");
  const opened: PeerView = {
    id,
    user,
    previousId: below?.id ?? null,
    rootId: below?.rootId ?? id,
    isOpen: true,
    hash: newId(state, "h"),
    view: withBlockIds(state, view),
  };
  state.views.push(opened);
  changed(state);
  return opened;
}

/** Replaces what a view shows. */
export function replaceView(state: PeerState, known: PeerView, view: JsonObject): void {
  known.view = withBlockIds(state, view);
  known.hash = newId(state, "h");
  changed(state);
}

/** A view as answers and payloads show it. */
export function toSlackView(state: PeerState, known: PeerView): JsonObject {
  return {
    id: known.id,
    team_id: state.team.id,
    app_id: state.app.id,
    bot_id: state.app.botId,
    root_view_id: known.rootId,
    previous_view_id: known.previousId,
    hash: known.hash,
    private_metadata: "",
    callback_id: "",
    state: { values: {} },
    ...known.view,
  };
}

function openView(context: MethodContext, args: JsonObject, below: PeerView | null): JsonObject {
  const { state, triggers } = context;
  const trigger = triggers.redeem(textOf(args["trigger_id"]));
  if ("error" in trigger) return refuse(trigger.error);
  const view = isObject(args["view"]) ? args["view"] : {};
  const opened = addView(state, view, { user: trigger.user, below });
  return { ok: true, view: toSlackView(state, opened) };
}

function pushView(context: MethodContext, args: JsonObject): JsonObject {
  const below = context.state.views.findLast((view) => view.isOpen) ?? null;
  const depth = context.state.views.filter((view) => view.isOpen && view.rootId === below?.rootId).length;
  return depth >= MAX_STACK ? refuse("push_limit_reached") : openView(context, args, below);
}

function updateView({ state }: MethodContext, args: JsonObject): JsonObject {
  const known = state.views.find(
    (view) =>
      view.isOpen &&
      (view.id === args["view_id"] ||
        (args["external_id"] !== undefined && view.view["external_id"] === args["external_id"])),
  );
  if (known === undefined || !isObject(args["view"])) return refuse("not_found");
  if (args["hash"] !== undefined && args["hash"] !== known.hash) return refuse("hash_conflict");
  replaceView(state, known, args["view"]);
  return { ok: true, view: toSlackView(state, known) };
}

function publishView({ state }: MethodContext, args: JsonObject): JsonObject {
  const user = textOf(args["user_id"]);
  if (!state.users.has(user)) return refuse("user_not_found");
  const known = state.homes.get(user);
  if (args["hash"] !== undefined && known !== undefined && args["hash"] !== known.hash)
    return refuse("hash_conflict");
  const id = known?.id ?? newId(state, "V");
  const hash = newId(state, "h");
  const view = withBlockIds(state, isObject(args["view"]) ? args["view"] : {});
  const home: PeerView = { id, user, previousId: null, rootId: id, isOpen: true, hash, view };
  state.homes.set(user, home);
  changed(state);
  return { ok: true, view: toSlackView(state, home) };
}

function withBlockIds(state: PeerState, given: JsonObject): JsonObject {
  const view = structuredClone(given);
  for (const block of Array.isArray(view["blocks"]) ? view["blocks"] : []) {
    if (isObject(block) && block["block_id"] === undefined) block["block_id"] = newId(state, "b");
  }
  return view;
}
