// @ts-check
import { createCard, flash, updateCard } from "./page-card.js";
import { byId, element } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireCard} Card */
/** @typedef {import("./page-wire.ts").WireReply} Reply */
/** @typedef {import("./page-card.js").Shown} Shown */

const RECONNECT_MS = 3_000;
const ANSWERS_SHOWN = 5;
/** Longer than the longest model call with its retries. */
const LONGEST_WAIT_MS = 120_000;

/** @type {Map<string, Shown>} */
const posts = new Map();
/** @type {string | null} */
let pending = null;
let loadedOnce = false;

const source = /** @type {HTMLTextAreaElement} */ (byId("source"));
const length = /** @type {HTMLSelectElement} */ (byId("length"));
const form = /** @type {HTMLFormElement} */ (byId("ask"));

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
connect();

function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("open", () => {
    setState("live", "Live");
    void loadPosts();
    void askForAnswer();
  });
  events.addEventListener("posts", () => void loadPosts());
  events.addEventListener("reply", (event) => showReply(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    setState("disconnected", "Disconnected, trying again…");
    // The browser retries by itself after a cut, but not after an answer that was an error.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS);
  });
}

/**
 * @param {string} state
 * @param {string} text
 */
function setState(state, text) {
  byId("state").dataset["state"] = state;
  byId("state-text").textContent = text;
}

async function loadPosts() {
  const answer = await fetch("/api/posts").catch(() => null);
  if (answer === null || !answer.ok) return;
  /** @type {{ posts: Card[] }} */
  const { posts: cards } = await answer.json();
  keepPlace(() => showPosts(cards));
  byId("empty").hidden = cards.length > 0;
  loadedOnce = true;
}

/** @param {Card[]} cards newest first */
function showPosts(cards) {
  const list = byId("posts");
  for (const [id, shown] of posts) {
    if (cards.some((card) => card.id === id)) continue;
    shown.root.remove();
    posts.delete(id);
  }
  for (const [index, card] of cards.entries()) {
    const shown = posts.get(card.id) ?? addPost(card);
    if (updateCard(shown, card)) announce(`Updated: ${card.headline}. ${card.change ?? ""}`);
    // Moving a node that is already in place would drop its focus.
    if (list.children[index] !== shown.root) list.insertBefore(shown.root, list.children[index] ?? null);
  }
}

/** @param {Card} card */
function addPost(card) {
  const shown = createCard(card);
  posts.set(card.id, shown);
  if (loadedOnce) {
    flash(shown.root);
    announce(`New brief: ${card.headline}`);
  }
  return shown;
}

/**
 * Keeps what is being read where it is while cards above it come or grow.
 * @param {() => void} change
 */
function keepPlace(change) {
  const cards = [...document.querySelectorAll(".card")];
  const read = window.scrollY > 0 ? cards.find((card) => card.getBoundingClientRect().bottom > 0) : undefined;
  const before = read?.getBoundingClientRect().top ?? 0;
  change();
  if (read?.isConnected === true) window.scrollBy(0, read.getBoundingClientRect().top - before);
}

async function ask() {
  const value = source.value.trim();
  if (form.dataset["state"] === "busy") return;
  if (value === "") return askState("error", "Paste a link or an article’s text first.");
  askState("busy", isLink(value) ? "Reading the page…" : "Reading the text…");
  const input = isLink(value) ? { link: value } : { text: value };
  const answer = await fetch("/api/brief", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...input, length: length.value }),
  }).catch(() => null);
  if (answer === null) return askState("error", "Lede did not answer. Is it still running?");
  const body = await answer.json();
  if (!answer.ok) return askState("error", body.error?.message ?? "That did not work.");
  pending = body.id;
  setTimeout(giveUp, LONGEST_WAIT_MS, body.id);
  // The reply may have come before this answer did.
  await askForAnswer();
}

/** @param {string} id */
function giveUp(id) {
  if (pending !== id) return;
  pending = null;
  askState("error", "No answer came in two minutes. Try again; if it stays so, look into Lede’s log.");
}

async function askForAnswer() {
  if (pending === null) return;
  const answer = await fetch(`/api/brief/${encodeURIComponent(pending)}`).catch(() => null);
  if (answer?.ok === true) showReply(await answer.json());
}

/** @param {Reply} reply */
function showReply({ id, stage, view }) {
  if (id !== pending) return;
  if (stage === "progress") {
    if (view.kind === "text") askState("busy", [view.title, ...view.lines].filter(Boolean).join(" "));
    return;
  }
  pending = null;
  if (view.kind === "text") return askState(view.tone === "warning" ? "error" : "done", textOf(view));
  askState("done", "Done. Your brief is below.");
  source.value = "";
  showAnswer(view.card);
}

/** @param {{ title: string | null, lines: string[] }} view */
function textOf({ title, lines }) {
  return [title, ...lines].filter(Boolean).join("\n");
}

/** @param {Card} card */
function showAnswer(card) {
  const answers = byId("answers");
  const { root } = createCard({ ...card, id: `answer-${card.id}` });
  byDataId(`answer-${card.id}`)?.closest(".answer")?.remove();
  const remove = element(
    "button",
    { type: "button", class: "remove", "aria-label": `Remove: ${card.headline}` },
    "×",
  );
  remove.addEventListener("click", () => {
    root.closest(".answer")?.remove();
    answers.hidden = answers.children.length === 0;
    source.focus();
  });
  answers.prepend(element("div", { class: "answer" }, remove, root));
  while (answers.children.length > ANSWERS_SHOWN) answers.lastElementChild?.remove();
  answers.hidden = false;
  flash(root);
}

/** @param {string} id */
function byDataId(id) {
  return document.querySelector(`[data-id="${CSS.escape(id)}"]`);
}

/**
 * @param {"busy" | "done" | "error"} state
 * @param {string} text
 */
function askState(state, text) {
  form.dataset["state"] = state;
  byId("ask-state").textContent = text;
  const send = /** @type {HTMLButtonElement} */ (byId("send"));
  send.setAttribute("aria-disabled", String(state === "busy"));
}

/** @param {string} text */
function announce(text) {
  byId("news").textContent = text;
}

/** @param {string} text */
function isLink(text) {
  return /^https?:\/\/\S+$/i.test(text.trim());
}
