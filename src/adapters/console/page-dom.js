// @ts-check

/**
 * An element with text or children. Text always becomes text nodes: nothing of an article is ever read as markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | null>} attributes those that are null are left out
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element ${id}.`);
  return found;
}

const TIME_TODAY = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const TIME_SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const TIME_FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/**
 * A moment in the reader's own zone; the full date is its tool tip.
 * @param {string} iso
 */
export function timeElement(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const shown = (today ? TIME_TODAY : TIME_SHORT).format(at);
  return element("time", { datetime: iso, title: TIME_FULL.format(at) }, shown);
}

/**
 * A link out of the page, or its bare text where there is no address that a browser may follow.
 * @param {string | null} url
 * @param {string} text
 */
export function outLink(url, text) {
  if (url === null || !/^https?:\/\//i.test(url)) return element("span", {}, text);
  return element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text);
}

/**
 * @param {string} text
 * @param {Record<string, string | null>} attributes
 * @param {(button: HTMLButtonElement) => unknown} press
 */
export function button(text, attributes, press) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", () => void press(made));
  return made;
}

/**
 * Parts with a dot between them; those that are null or empty are left out.
 * @param {(Node | string | null)[]} parts
 */
export function dotted(parts) {
  return parts
    .filter((part) => part !== null && part !== "")
    .flatMap((part, index) => (index === 0 ? [part] : [" · ", part]));
}

/**
 * Tells a screen reader what came.
 * @param {string} text
 */
export function announce(text) {
  byId("news").textContent = text;
}
