// @ts-check
import { createCard, flash, updateCard } from "./page-card.js";
import { announce, byId, element } from "./page-dom.js";
import { ask } from "./page-fetch.js";

/** @typedef {import("./page-wire.ts").WirePost} Post */
/** @typedef {import("./page-card.js").Shown} Shown */
/** @typedef {import("./page-card.js").ActIn} ActIn */

/** @type {Map<string, Shown>} */
const posts = new Map();
let loadedOnce = false;

/**
 * Reads the posts and shows what is new or other than before.
 * @param {ActIn} act
 */
export async function loadPosts(act) {
  const answer = await ask("/api/posts");
  if (answer?.ok !== true) return;
  /** @type {{ posts: Post[], notes: string[] }} */
  const { posts: cards, notes } = await answer.json();
  keepPlace(() => {
    showNotes(notes);
    showPosts(cards, act);
  });
  byId("empty").hidden = cards.length > 0;
  loadedOnce = true;
}

/** @param {string[]} notes */
function showNotes(notes) {
  const shown = byId("notes");
  // Words that are set again would be read out again.
  if (notes.join() === [...shown.children].map(({ textContent }) => textContent).join()) return;
  shown.replaceChildren(...notes.map((note) => element("p", { class: "caveat" }, note)));
}

/**
 * @param {Post[]} cards newest first
 * @param {ActIn} act
 */
function showPosts(cards, act) {
  const list = byId("posts");
  for (const [id, shown] of posts) {
    if (cards.some((card) => card.id === id)) continue;
    shown.root.remove();
    posts.delete(id);
  }
  for (const [index, card] of cards.entries()) {
    const shown = posts.get(card.id) ?? addPost(card, act);
    if (updateCard(shown, card)) announce(`Updated: ${titleOf(card)}. ${changeOf(card)}`);
    // Moving a node that is already in place would drop its focus.
    if (list.children[index] !== shown.root) list.insertBefore(shown.root, list.children[index] ?? null);
  }
}

/**
 * @param {Post} card
 * @param {ActIn} act
 */
function addPost(card, act) {
  const shown = createCard(card, act);
  posts.set(card.id, shown);
  if (loadedOnce) {
    flash(shown.root);
    announce(`New brief: ${titleOf(card)}`);
  }
  return shown;
}

/** @param {Post} card */
function titleOf(card) {
  return card.kind === "message" ? (card.reply.title ?? "") : card.brief.headline;
}

/** @param {Post} card */
function changeOf(card) {
  return card.kind === "message" ? "" : (card.brief.change ?? "");
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
