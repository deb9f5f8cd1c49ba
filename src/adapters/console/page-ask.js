// @ts-check
import { answerPlace } from "./page-answers.js";
import { giveBrief } from "./page-give.js";
import { byId } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireView} View */

const source = /** @type {HTMLTextAreaElement} */ (byId("source"));
const length = /** @type {HTMLSelectElement} */ (byId("length"));
const form = /** @type {HTMLFormElement} */ (byId("ask"));

/** Makes the box take a link or a text. */
export function openAsk() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask();
  });
  source.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey || isLink(source.value));
    if (!sends || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

async function ask() {
  const value = source.value.trim();
  if (form.dataset["state"] === "busy") return;
  if (value === "") return askState("error", "Paste a link or an article’s text first.");
  askState("busy", isLink(value) ? "Reading the page…" : "Reading the text…");
  const input = isLink(value) ? { link: value } : { text: value };
  await giveBrief(
    { ...input, length: length.value },
    {
      busy: (text) => askState("busy", text),
      refused: (message) => askState("error", message),
      done: showAnswer,
    },
  );
}

/** @param {View} view */
function showAnswer(view) {
  if (view.kind === "reply") {
    const said = view.reply.blocks.flatMap((block) => ("spans" in block ? block.spans : []));
    return askState(view.failed ? "error" : "done", said.map(({ text }) => text).join(" "));
  }
  askState("done", "Done. Your brief is below.");
  source.value = "";
  answerPlace(view.brief.headline).done(view, null);
}

/**
 * @param {"busy" | "done" | "error"} state
 * @param {string} text
 */
function askState(state, text) {
  form.dataset["state"] = state;
  byId("ask-state").textContent = text;
  byId("send").setAttribute("aria-disabled", String(state === "busy"));
}

/** @param {string} text */
function isLink(text) {
  return /^https?:\/\/\S+$/i.test(text.trim());
}
