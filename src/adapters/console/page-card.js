// @ts-check
import { articleText, showFirstMark } from "./page-article.js";
import { element, outLink, timeElement } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireCard} Card */

/**
 * A card on the page. `open` is the index of the fact whose evidence is shown.
 * @typedef {{ root: HTMLElement, card: Card, open: number | null, dropped: boolean }} Shown
 */

/**
 * @param {Card} card
 * @returns {Shown}
 */
export function createCard(card) {
  const root = element("article", { class: "card", "data-id": card.id });
  /** @type {Shown} */
  const shown = { root, card, open: null, dropped: false };
  render(shown);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown.open !== null) toggle(shown, shown.open);
  });
  return shown;
}

/**
 * Shows a newer version in place; open evidence, the text's scroll position and the focus stay. False when it is the same.
 * @param {Shown} shown
 * @param {Card} card
 */
export function updateCard(shown, card) {
  if (JSON.stringify(card) === JSON.stringify(shown.card)) return false;
  const openText = shown.open === null ? null : shown.card.facts[shown.open]?.text;
  const found = card.facts.findIndex((fact) => fact.text === openText);
  shown.card = card;
  if (shown.open !== null && found !== -1) shown.open = found;
  if (shown.open !== null && shown.open >= card.facts.length) shown.open = null;
  render(shown);
  flash(shown.root);
  return true;
}

/**
 * A short highlight.
 * @param {HTMLElement} root
 */
export function flash(root) {
  root.classList.remove("fresh");
  // Reading the layout restarts the animation when the class comes back.
  void root.offsetWidth;
  root.classList.add("fresh");
}

/** @param {Shown} shown */
function render(shown) {
  const { root, card } = shown;
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const scrolled = root.querySelector(".article-text")?.scrollTop ?? 0;
  const title = element("h3", { id: `${card.id}-title`, lang: card.language }, card.headline);
  root.setAttribute("aria-labelledby", title.id);
  root.replaceChildren(brief(shown, title), source(shown));
  const text = root.querySelector(".article-text");
  if (text !== null) text.scrollTop = scrolled;
  if (focused !== undefined && focused !== "")
    document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * @param {Shown} shown
 * @param {HTMLElement} title
 */
function brief(shown, title) {
  const { card } = shown;
  return element(
    "div",
    { class: "brief" },
    byline(card),
    title,
    card.change === null ? null : changeLine(card, card.change),
    ...card.caveats.map((caveat) => element("p", { class: "caveat" }, sign("Caution"), ` ${caveat}`)),
    element("p", { class: "summary", lang: card.language }, card.summary),
    element(
      "ul",
      { class: "facts", lang: card.language },
      ...card.facts.map((_, index) => factItem(shown, index)),
    ),
    card.dropped.length === 0 ? null : droppedList(shown),
  );
}

/** @param {Card} card */
function byline({ sentAt, article: { site, publishedAt } }) {
  const at = publishedAt ?? sentAt;
  const parts = [site ?? "Pasted text", at === null ? null : timeElement(at)];
  return element("p", { class: "kicker" }, ...joined(parts));
}

/**
 * @param {Card} card
 * @param {string} note
 */
function changeLine({ updatedAt }, note) {
  const at = updatedAt === null ? [] : [" ", timeElement(updatedAt)];
  return element("p", { class: "change" }, element("strong", {}, "Updated", ...at, ":"), ` ${note}`);
}

/** @param {string} text */
function sign(text) {
  return element("strong", {}, `${text}:`);
}

/**
 * @param {Shown} shown
 * @param {number} index
 */
function factItem(shown, index) {
  const { card, open } = shown;
  const fact = card.facts[index];
  const tag = fact?.changed ? element("span", { class: "tag", lang: "en" }, "corrected") : null;
  const button = element(
    "button",
    {
      type: "button",
      class: "fact",
      id: `${card.id}-fact-${index}`,
      "aria-expanded": String(open === index),
      "aria-controls": `${card.id}-source`,
      title: "Show the article’s own words",
    },
    element("span", { class: "fact-text" }, fact?.text ?? ""),
    tag,
  );
  button.addEventListener("click", () => toggle(shown, index));
  return element("li", {}, button);
}

/**
 * @param {Shown} shown
 * @param {number} index
 */
function toggle(shown, index) {
  shown.open = shown.open === index ? null : index;
  render(shown);
  const text = shown.root.querySelector(".article-text");
  if (text instanceof HTMLElement) showFirstMark(text);
}

/** @param {Shown} shown */
function droppedList(shown) {
  const { dropped } = shown.card;
  const items = dropped.map(({ text, reason }) =>
    element(
      "li",
      {},
      element("span", { class: "dropped-text" }, text),
      element("span", { class: "reason" }, reason),
    ),
  );
  const details = element(
    "details",
    { class: "dropped", open: shown.dropped ? "" : null },
    element("summary", { id: `${shown.card.id}-dropped` }, `Dropped (${dropped.length})`),
    element(
      "p",
      { class: "small" },
      "The writer said this too. It did not pass the check and was not posted.",
    ),
    element("ul", {}, ...items),
  );
  details.addEventListener("toggle", () => {
    shown.dropped = details.open;
  });
  return details;
}

/** @param {Shown} shown */
function source(shown) {
  const { card, open } = shown;
  const { article } = card;
  const aside = element(
    "aside",
    {
      class: open === null ? "source" : "source open",
      id: `${card.id}-source`,
      "aria-label": `Source: ${article.title}`,
    },
    element("p", { class: "source-title", lang: card.language }, outLink(article.url, article.title)),
    article.byline === null ? null : element("p", { class: "small" }, `By ${article.byline}`),
  );
  if (open === null)
    aside.append(element("p", { class: "hint" }, "Choose a fact to read it in the article’s own words."));
  else aside.append(articleText(card, card.facts[open]?.evidence ?? []), closeButton(shown, open));
  aside.append(smallPrint(card));
  return aside;
}

/**
 * @param {Shown} shown
 * @param {number} open
 */
function closeButton(shown, open) {
  const { id } = shown.card;
  const close = element("button", { type: "button", class: "close", id: `${id}-close` }, "Close the text");
  close.addEventListener("click", () => {
    toggle(shown, open);
    document.getElementById(`${id}-fact-${open}`)?.focus({ preventScroll: true });
  });
  return close;
}

/** @param {Card} card */
function smallPrint({ sentAt, writer, usage, prompt }) {
  const sent = sentAt === null ? null : element("span", {}, "Posted ", timeElement(sentAt));
  return element("p", { class: "small print" }, ...joined([sent, writer, usage, prompt]));
}

/** @param {(Node | string | null)[]} parts */
function joined(parts) {
  return parts
    .filter((part) => part !== null && part !== "")
    .flatMap((part, index) => (index === 0 ? [part] : [" · ", part]));
}
