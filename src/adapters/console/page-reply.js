// @ts-check
import { button, element, outLink, timeElement } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireReply} Reply */
/** @typedef {import("./page-wire.ts").WireBlock} Block */
/** @typedef {import("./page-wire.ts").WireSpan} Span */
/** @typedef {import("./page-wire.ts").WireInput} Input */

/**
 * Gives a call: what was pressed or chosen, and the words on it.
 * @typedef {(input: Input, label: string) => unknown} Act
 */

/** @type {{ [Style in Exclude<Span["style"], "plain" | "time">]: "strong" | "em" | "s" | "code" }} */
const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code" };
const DOWNLOAD_MS = 60_000;
let made = 0;

/**
 * What a reply says, below its title.
 * @param {Reply} reply
 * @param {Act} act
 */
export function replyBody({ blocks }, act) {
  return element("div", { class: "reply-body" }, ...blocks.map((block) => blockElement(block, act)));
}

/**
 * Buttons that call.
 * @param {readonly { id: string, label: string }[]} actions
 * @param {Act} act
 */
export function actionButtons(actions, act) {
  return actions.map(({ id, label }) =>
    button(label, { class: "action" }, (pressed) => once(pressed, () => act({ kind: "press", id }, label))),
  );
}

/**
 * @param {Block} block
 * @param {Act} act
 */
function blockElement(block, act) {
  switch (block.kind) {
    case "text":
      return element("p", { class: "text" }, ...spans(block.spans));
    case "note":
      return element("p", { class: `note ${block.tone}` }, ...spans(block.spans));
    case "list":
      return element(
        "ul",
        { class: "list" },
        ...block.items.map((item) => element("li", {}, ...spans(item))),
      );
    case "facts":
      return element(
        "ul",
        { class: "quoted" },
        ...block.facts.map((fact) => quotedFact(fact, block.evidence)),
      );
    case "link":
      return element("p", { class: "out" }, outLink(block.url, block.label));
    case "actions":
      return element("div", { class: "actions" }, ...actionButtons(block.actions, act));
    case "select":
      return menu(block, act);
    case "file":
      return file(block);
    default: {
      /** @type {never} */
      const none = block;
      return none;
    }
  }
}

/** @param {readonly Span[]} all */
function spans(all) {
  return all.map((span) => {
    if (span.style === "time") return timeElement(span.at);
    return span.style === "plain" ? span.text : element(TAGS[span.style], {}, span.text);
  });
}

/**
 * @param {{ text: string, quotes: string[], changed: boolean }} fact
 * @param {boolean} evidence
 */
function quotedFact({ text, quotes, changed }, evidence) {
  const tag = changed ? element("span", { class: "tag" }, "corrected") : null;
  const shown = evidence ? quotes : [];
  return element(
    "li",
    {},
    element("p", { class: "quoted-fact" }, text, tag),
    ...shown.map((quote) => element("blockquote", {}, quote)),
  );
}

/**
 * A menu waits for its button: the arrow keys change a closed one, which must not already call.
 * @param {Extract<Block, { kind: "select" }>} block
 * @param {Act} act
 */
function menu({ choices, id, label }, act) {
  made += 1;
  const select = element(
    "select",
    { id: `menu-${made}` },
    element("option", { value: "" }, "Choose…"),
    ...choices.map((choice) => element("option", { value: choice.value }, choice.label)),
  );
  const go = button("Go", { class: "action", "aria-label": `Go: ${label}` }, (pressed) => {
    const chosen = select.selectedOptions[0];
    if (chosen === undefined || chosen.value === "") return select.focus();
    const said = `${label.replace(/…$/, "")}: ${chosen.text}`;
    return once(pressed, () => act({ kind: "choose", id, choice: chosen.value }, said));
  });
  return element("div", { class: "menu" }, element("label", { for: select.id }, label), select, go);
}

/** @param {Extract<Block, { kind: "file" }>} block */
function file({ mediaType, name, text }) {
  const blob = new Blob([text], { type: mediaType });
  const size = `${Math.max(1, Math.round(blob.size / 1024)).toLocaleString()} kB`;
  return element(
    "div",
    { class: "file" },
    button(`Download ${name}`, { class: "action" }, () => download(blob, name)),
    element("span", { class: "small" }, size),
  );
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function download(blob, name) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  // The browser reads it only after the click has ended.
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}

/**
 * A second press while the first is under way does nothing.
 * @param {HTMLButtonElement} pressed
 * @param {() => unknown} work
 */
async function once(pressed, work) {
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  await work();
  pressed.removeAttribute("aria-disabled");
}
