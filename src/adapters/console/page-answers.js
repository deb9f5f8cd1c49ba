// @ts-check
import { giveCall } from "./page-give.js";
import { createCard, flash, unposted } from "./page-card.js";
import { announce, button, byId, element } from "./page-dom.js";
import { replyBody } from "./page-reply.js";

/** @typedef {import("./page-wire.ts").WireView} View */
/** @typedef {import("./page-wire.ts").WireInput} Input */
/** @typedef {import("./page-give.js").Place} Place */

const ANSWERS_SHOWN = 5;
let made = 0;

/**
 * Gives a call whose answer comes on top of the answers, or into a post's own place.
 * @param {Input} input
 * @param {string} label what was typed, pressed or chosen
 * @param {HTMLElement} place
 */
export function act(input, label, place = byId("answers")) {
  return giveCall(input, answerPlace(label, place));
}

/**
 * A place for one answer, which appears when there is something to show.
 * @param {string} label
 * @param {HTMLElement} [list]
 * @returns {Place}
 */
export function answerPlace(label, list = byId("answers")) {
  const body = element("div", {});
  const root = element("div", { class: "answer", role: "group", "aria-label": label });
  const remove = button("×", { class: "remove", "aria-label": `Remove: ${label}` }, () => {
    root.remove();
    list.hidden = list.children.length === 0;
    byId("line").focus();
  });
  root.append(remove, body);
  /** @param {Node} shown */
  const show = (shown) => {
    body.replaceChildren(shown);
    if (!root.isConnected) insert(list, root);
  };
  return {
    busy: (text) => show(framed(label, element("p", { class: "busy", role: "status" }, text))),
    refused: (message) => {
      show(framed(label, element("p", { class: "note warning" }, message)));
      announce(message);
    },
    done: (view, again) => {
      show(viewElement(view, { again, label, list }));
      flash(root);
      root.scrollIntoView({ block: "nearest", behavior: "instant" });
      announce(spoken(view));
    },
  };
}

/**
 * A post holds one answer, the list the newest ones.
 * @param {HTMLElement} list
 * @param {HTMLElement} root
 */
function insert(list, root) {
  if (list.id !== "answers") return list.replaceChildren(root);
  list.prepend(root);
  while (list.children.length > ANSWERS_SHOWN) list.lastElementChild?.remove();
  list.hidden = false;
}

/**
 * @param {View} view
 * @param {{ again: (() => void) | null, label: string, list: HTMLElement }} about
 */
function viewElement(view, { again, label, list }) {
  if (view.kind === "brief") {
    made += 1;
    return createCard(unposted(view.brief, `answer-${made}`), act).root;
  }
  const { reply, failed } = view;
  const title = reply.title === null ? null : element("h3", {}, reply.title);
  const back = failed && again !== null ? button("Back to the form", { class: "action" }, again) : null;
  return framed(
    label,
    title,
    replyBody(reply, (input, said) => act(input, said, list)),
    back,
  );
}

/**
 * The title, or what is said where there is none.
 * @param {View} view
 */
function spoken(view) {
  if (view.kind === "brief") return view.brief.headline;
  const { blocks, title } = view.reply;
  return title ?? blocks.map((block) => ("spans" in block ? textOf(block.spans) : "")).join(" ");
}

/** @param {readonly { text: string }[]} spans */
function textOf(spans) {
  return spans.map(({ text }) => text).join("");
}

/**
 * @param {string} label
 * @param {...(Node | null)} children
 */
function framed(label, ...children) {
  return element("div", { class: "reply" }, element("p", { class: "asked" }, label), ...children);
}
