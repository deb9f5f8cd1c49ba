// @ts-check
import { ask } from "./page-fetch.js";
import { openForm } from "./page-form.js";

/** @typedef {import("./page-wire.ts").WireReplyEvent} ReplyEvent */
/** @typedef {import("./page-wire.ts").WireView} View */
/** @typedef {import("./page-wire.ts").WireForm} Form */
/** @typedef {import("./page-wire.ts").WireInput} Input */

/**
 * Where an answer is shown. `again` opens the form anew with what was filled in; null where there was none.
 * @typedef {object} Place
 * @property {(text: string) => void} busy
 * @property {(view: View, again: (() => void) | null) => void} done
 * @property {(message: string) => void} refused nothing was stored
 */

/** Longer than the longest model call with its retries. */
const LONGEST_WAIT_MS = 120_000;
const NO_ANSWER = "Lede did not answer. Is it still running?";

/** @type {Map<string, { place: Place, again: (() => void) | null }>} */
const waiting = new Map();

/**
 * Gives a call; where a form comes first it is opened, and its values are the call. Resolves when the call is stored,
 * refused or its form is open.
 * @param {Input} input
 * @param {Place} place
 */
export async function giveCall(input, place) {
  const answer = await post("/api/calls", input);
  if (answer.message !== null) return place.refused(answer.message);
  const { form, id } = answer.body;
  if (form === undefined) return follow(id, place, null);
  askForm({ form, values: {}, place });
}

/**
 * @param {unknown} input
 * @param {Place} place
 */
export async function giveBrief(input, place) {
  const answer = await post("/api/brief", input);
  if (answer.message !== null) return place.refused(answer.message);
  return follow(answer.body.id, place, null);
}

/**
 * Shows a reply where it was asked for; one that another page asked for is nobody's here.
 * @param {ReplyEvent} reply
 */
export function receive({ id, stage, view }) {
  const asked = waiting.get(id);
  if (asked === undefined) return;
  if (stage === "progress") return asked.place.busy(progressText(view));
  waiting.delete(id);
  asked.place.done(view, asked.again);
}

/** Asks for what may have been answered while nobody listened. */
export async function catchUp() {
  for (const id of waiting.keys()) {
    const answer = await ask(`/api/calls/${encodeURIComponent(id)}`);
    if (answer?.ok === true) receive(await answer.json());
  }
}

/**
 * @param {string} path
 * @param {unknown} body
 */
export function post(path, body) {
  return send(path, JSON.stringify(body), "application/json");
}

/** @param {File} file */
export function upload(file) {
  return send("/api/files", file, "application/octet-stream");
}

/**
 * @param {string} path
 * @param {BodyInit} body
 * @param {string} type
 * @returns {Promise<{ body: any, message: string | null }>} `message` says why it was refused; null when it was not
 */
async function send(path, body, type) {
  const headers = { "Content-Type": type };
  const answer = await ask(path, { method: "POST", headers, body });
  const json = await answer?.json().catch(() => null);
  if (answer?.ok === true) return { body: json, message: null };
  return {
    body: null,
    message: json?.error?.message ?? (answer === null ? NO_ANSWER : "That did not work."),
  };
}

/** @param {{ form: Form, values: Record<string, string>, place: Place }} asked */
function askForm({ form, values, place }) {
  openForm({
    form,
    values,
    send: async (filled) => {
      const answer = await post("/api/calls", { kind: "submit", id: form.id, values: filled });
      if (answer.message !== null) return answer.message;
      void follow(answer.body.id, place, () => askForm({ form, values: filled, place }));
      return null;
    },
  });
}

/**
 * @param {string} id
 * @param {Place} place
 * @param {(() => void) | null} again
 */
async function follow(id, place, again) {
  waiting.set(id, { place, again });
  place.busy("Working on it…");
  setTimeout(giveUp, LONGEST_WAIT_MS, id);
  // The reply may have come before this answer did.
  await catchUp();
}

/** @param {string} id */
function giveUp(id) {
  const asked = waiting.get(id);
  waiting.delete(id);
  asked?.place.refused("No answer came in two minutes. Try again; if it stays so, look into Lede’s log.");
}

/** @param {View} view */
function progressText(view) {
  if (view.kind === "brief") return view.brief.headline;
  const said = view.reply.blocks.flatMap((block) => ("spans" in block ? block.spans : []));
  return said.map((span) => span.text).join("");
}
