// @ts-check
import { answerPlace } from "./page-answers.js";
import { giveCall, post, upload } from "./page-give.js";
import { announce, byId, element } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireCompletion} Completion */

const USUAL_HELP = "Type / for what can be done, such as /topics or /sources.";
const LINES_KEPT = 50;

const input = /** @type {HTMLInputElement} */ (byId("line"));
const list = byId("completions");
const help = byId("line-help");

/** @type {Completion} */
let found = { from: 0, to: 0, items: [], eager: false, help: null };
/** How long the line was when it was asked about. */
let length = 0;
let active = -1;
let asked = 0;
/** What was put into the line, and what is sent for it. @type {Map<string, string>} */
const meant = new Map();
/** Lines that were given, the newest last. @type {string[]} */
const lines = [];
let recalled = 0;

/** Makes the line take commands, wherever the reader is on the page. */
export function openCommandLine() {
  byId("command").addEventListener("submit", (event) => {
    event.preventDefault();
    void give();
  });
  input.addEventListener("input", () => void refresh());
  input.addEventListener("click", () => void refresh());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", onKey);
  document.addEventListener("keydown", (event) => {
    const asks = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isWriting(event.target);
    if ((!asks && !slash) || document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    input.focus();
    if (slash && input.value === "") input.value = "/";
    void refresh();
  });
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const handler = list.hidden ? CLOSED_KEYS[event.key] : OPEN_KEYS[event.key];
  if (handler === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (handler()) event.preventDefault();
}

/** Each says whether it took the key. @type {Record<string, () => boolean>} */
const OPEN_KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => active !== -1 && accept(active),
  // Where no word was begun the key goes on to the next element: the line must not trap it.
  Tab: () => (active !== -1 || found.from < found.to) && accept(Math.max(0, active)),
  Escape: () => {
    close();
    return true;
  },
};

/** @type {Record<string, () => boolean>} */
const CLOSED_KEYS = {
  ArrowUp: () => recall(-1),
  ArrowDown: () => {
    if (recalled < lines.length) return recall(1);
    void refresh();
    return true;
  },
};

async function refresh() {
  asked += 1;
  const mine = asked;
  const line = input.value;
  const at = input.selectionStart ?? line.length;
  const answer = await post("/api/complete", { line, at });
  // An answer to what stood there before helps nobody.
  if (mine !== asked) return;
  if (answer.message !== null) return close();
  found = answer.body;
  length = line.length;
  active = found.eager && found.items.length > 0 ? 0 : -1;
  showHelp(found.help);
  const options = found.items.map(({ detail, label }, index) => {
    const option = element(
      "li",
      { role: "option", id: `completion-${index}` },
      element("span", { class: "completion" }, label),
      element("span", { class: "detail" }, detail),
    );
    // The line keeps the focus while the list is clicked.
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => accept(index));
    return option;
  });
  list.replaceChildren(...options);
  list.hidden = options.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  showActive();
}

/** @param {Completion["help"]} about */
function showHelp(about) {
  help.dataset["state"] = "help";
  if (about === null) help.replaceChildren(USUAL_HELP);
  else help.replaceChildren(element("code", {}, about.usage), ` ${about.text}`);
}

function showActive() {
  for (const [index, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(index === active));
    if (index === active) option.scrollIntoView({ block: "nearest" });
  }
  if (active === -1) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `completion-${active}`);
}

/** @param {number} step */
function move(step) {
  const { length } = found.items;
  active = active === -1 && step < 0 ? length - 1 : (active + step + length) % length;
  showActive();
  return true;
}

/** @param {number} index */
function accept(index) {
  const item = found.items[index];
  if (item === undefined) return false;
  if (item.file) {
    chooseFile(item.text);
    return true;
  }
  if (item.text !== item.value) meant.set(item.text, item.value);
  put(item.text);
  return true;
}

/** @param {string} text */
function put(text) {
  // Letters typed since the list came belong to the word that is replaced.
  const to = Math.max(found.from, found.to + input.value.length - length);
  input.setRangeText(`${text}${text.endsWith(":") ? "" : " "}`, found.from, to, "end");
  void refresh();
}

/**
 * What is chosen stands in the line by its name and is sent by its id.
 * @param {string} option
 */
function chooseFile(option) {
  const chooser = element("input", { type: "file", accept: ".opml,.xml,.txt,text/*" });
  const range = { from: found.from, to: found.to };
  const take = async () => {
    const file = chooser.files?.[0];
    if (file === undefined) return;
    const answer = await upload(file);
    if (answer.message !== null) return refuse(input.value, answer.message);
    const text = `${option}"${file.name.replaceAll('"', "'")}"`;
    meant.set(text, `${option}${answer.body.id}`);
    found = { ...found, ...range };
    input.focus();
    put(text);
  };
  chooser.addEventListener("change", () => void take());
  chooser.click();
}

function close() {
  asked += 1;
  active = -1;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

/** @param {number} step */
function recall(step) {
  const next = Math.min(lines.length, Math.max(0, recalled + step));
  if (next === recalled || (recalled === lines.length && input.value !== "")) return false;
  recalled = next;
  input.value = lines[recalled] ?? "";
  return true;
}

async function give() {
  const line = input.value.trim();
  if (line === "") {
    await refresh();
    return;
  }
  close();
  input.value = "";
  showHelp(null);
  lines.push(line);
  lines.splice(0, lines.length - LINES_KEPT);
  recalled = lines.length;
  const place = answerPlace(line);
  await giveCall({ kind: "line", line: meaningOf(line) }, { ...place, refused: (why) => refuse(line, why) });
}

/** @param {string} line */
function meaningOf(line) {
  let sent = line;
  for (const [text, value] of meant) sent = sent.replaceAll(text, () => value);
  return sent;
}

/**
 * What was typed comes back, to be set right.
 * @param {string} line
 * @param {string} why
 */
function refuse(line, why) {
  if (input.value === "") input.value = line;
  help.dataset["state"] = "error";
  help.textContent = why;
  announce(why);
}
